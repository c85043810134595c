from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "vuntrong.reports"

    def ready(self) -> None:
        """Say what personal data this package keeps."""
        from vuntrong.reports import copies  # noqa: PLC0415 - models are there only now

        copies.declare()
