from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "vuntrong.exchange"

    def ready(self) -> None:
        """Say what personal data this package keeps."""
        from vuntrong.exchange import copies  # noqa: PLC0415 - models are there only now

        copies.declare()
