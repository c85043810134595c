from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "vuntrong.accounts"

    def ready(self) -> None:
        """Say what personal data this package keeps."""
        from vuntrong.accounts import copies  # noqa: PLC0415 - models are there only now

        copies.declare()
