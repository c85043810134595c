from django.apps import AppConfig


class ClassesConfig(AppConfig):
    name = "vuntrong.classes"

    def ready(self) -> None:
        """Say what personal data this package keeps."""
        from vuntrong.classes import copies  # noqa: PLC0415 - models are there only now

        copies.declare()
