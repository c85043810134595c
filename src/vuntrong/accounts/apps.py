from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "vuntrong.accounts"

    def ready(self) -> None:
        """Say what personal data this package keeps, and what of it follows its unit."""
        from vuntrong.accounts import copies  # noqa: PLC0415 - models are there only now
        from vuntrong.accounts.following import GrantFollower  # noqa: PLC0415
        from vuntrong.registry.following import register  # noqa: PLC0415

        copies.declare()
        register(GrantFollower())
