"""The clock of the product: runs small, repeatable chores when they are due."""

import datetime as dt
import logging
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from vuntrong.accounts.actions import send_due
from vuntrong.registry.actions import refresh_people, refresh_units
from vuntrong.registry.actions.reorganise import finish_reorganisations, refresh_all

LOGGER = logging.getLogger(__name__)
TICK = 5
"""Seconds between two looks at the clock."""


@dataclass(frozen=True)
class Chore:
    """Something to do once in each interval; must be safe to do twice."""

    name: str
    every: dt.timedelta
    do: Callable[[], object]


def refresh_today(today: dt.date) -> None:
    """Let units, people and classes say what their dated rows say of today, and complete what takes effect today."""
    refresh_units(today)
    finish_reorganisations(today)
    refresh_all(today)


CHORES = (
    Chore("what holds today", dt.timedelta(minutes=10), lambda: refresh_today(timezone.localdate())),
    Chore("people of today", dt.timedelta(hours=1), lambda: refresh_people(timezone.localdate())),
    Chore("outgoing mail", dt.timedelta(seconds=30), send_due),
    Chore("ended sessions", dt.timedelta(days=1), lambda: call_command("clearsessions")),
)


class Command(BaseCommand):
    help = "Run chores when they are due, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run every chore once and end")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["once"]:
            for chore in CHORES:
                chore.do()
            return
        due = dict.fromkeys(CHORES, timezone.now())
        while True:
            run_due(due)
            time.sleep(TICK)


def run_due(due: dict[Chore, dt.datetime]) -> None:
    """Run the chores whose time has come and note when they are due again; one that fails waits for its next turn."""
    for chore, when in list(due.items()):
        if when > timezone.now():
            continue
        close_old_connections()
        try:
            chore.do()
        except Exception:
            LOGGER.exception("chore %s failed", chore.name)
        due[chore] = timezone.now() + chore.every
