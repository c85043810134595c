from django.apps import AppConfig


class ClassesConfig(AppConfig):
    name = "vuntrong.classes"
