from django.apps import AppConfig


class ClassesConfig(AppConfig):
    name = "vuntrong.classes"

    def ready(self) -> None:
        """Say what personal data this package keeps, what people have completed, and what of it follows its unit."""
        from vuntrong.classes import copies, courses_taken  # noqa: PLC0415 - models are there only now
        from vuntrong.classes.actions.succession import ClassFollower  # noqa: PLC0415
        from vuntrong.registry import following  # noqa: PLC0415

        copies.declare()
        courses_taken.register()
        following.register(ClassFollower())
