from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "vuntrong.reports"

    def ready(self) -> None:
        """Say what personal data this package keeps, and what of it follows its unit."""
        from vuntrong.registry.following import register  # noqa: PLC0415
        from vuntrong.reports import copies  # noqa: PLC0415 - models are there only now
        from vuntrong.reports.following import ReportFollower  # noqa: PLC0415

        copies.declare()
        register(ReportFollower())
