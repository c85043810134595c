from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "vuntrong.registry"

    def ready(self) -> None:
        from vuntrong.registry.actions.paper_following import PaperFollower  # noqa: PLC0415
        from vuntrong.registry.actions.postings import PeopleFollower  # noqa: PLC0415 - models are loaded by now
        from vuntrong.registry.following import register  # noqa: PLC0415

        register(PeopleFollower())
        register(PaperFollower())
