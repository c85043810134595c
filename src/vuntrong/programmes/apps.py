from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "vuntrong.programmes"
