from django.apps import AppConfig


class ClassesConfig(AppConfig):
    name = "vuntrong.classes"

    def ready(self) -> None:
        """Say what personal data this package keeps, and what people have completed."""
        from vuntrong.classes import copies, courses_taken  # noqa: PLC0415 - models are there only now

        copies.declare()
        courses_taken.register()
