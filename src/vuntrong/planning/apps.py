from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "vuntrong.planning"
