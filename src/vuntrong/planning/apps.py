from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "vuntrong.planning"

    def ready(self) -> None:
        """Say what personal data this package keeps, and what of it follows its unit."""
        from vuntrong.planning import copies  # noqa: PLC0415 - models are there only now
        from vuntrong.planning.actions.succession import PlanningFollower  # noqa: PLC0415
        from vuntrong.registry.following import register  # noqa: PLC0415

        copies.declare()
        register(PlanningFollower())
