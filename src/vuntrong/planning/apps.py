from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "vuntrong.planning"

    def ready(self) -> None:
        """Say what personal data this package keeps."""
        from vuntrong.planning import copies  # noqa: PLC0415 - models are there only now

        copies.declare()
