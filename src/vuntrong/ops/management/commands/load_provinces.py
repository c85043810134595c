"""Enter the provinces of the country with the changes of 2025 and 2026."""

from typing import Any

from django.core.management.base import BaseCommand

from vuntrong.registry.actions.provinces import load_provinces


class Command(BaseCommand):
    help = (
        "Enter the 34 provinces, the former 63 and the events between. Safe to run again: only what is missing comes."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        did = load_provinces(by=None)
        print(f"{did.units} units, {did.events} events" if did.units or did.events else "already there")
