"""Prove that nobody changed the action log behind our back."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vuntrong.kernel.log import first_broken
from vuntrong.kernel.models import ActionLogEntry


class Command(BaseCommand):
    help = "Walk the chain of the action log; exit 1 and name the first row that does not hold."

    def handle(self, *_args: Any, **_options: Any) -> None:
        broken = first_broken()
        if broken is None:
            print(f"The action log holds: {ActionLogEntry.objects.count()} rows.")
            return
        row = ActionLogEntry.objects.filter(pk__in=[broken.entry_id or 0]).first()
        what = json.dumps({"row": broken.entry_id, "why": broken.why, "action": row.action if row else ""})
        raise CommandError(f"The action log is broken: {what}")
