"""Give a role, or end one, from the command line."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from vuntrong.accounts.actions import end_grant, grant_role
from vuntrong.accounts.enums import Role
from vuntrong.accounts.models import Grant, User
from vuntrong.ops.naming import unit_named


class Command(BaseCommand):
    help = "Give an account a role in the subtree of a unit, or with --end let it end. Safe to run twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", choices=Role.values, required=True)
        parser.add_argument("--unit", required=True, help="slug of the unit")
        parser.add_argument(
            "--from", dest="valid_from", type=dt.date.fromisoformat, help="first day, YYYY-MM-DD; today"
        )
        parser.add_argument("--to", dest="valid_to", type=dt.date.fromisoformat, help="last day, YYYY-MM-DD; no end")
        parser.add_argument("--end", action="store_true", help="end the role with the day --to, yesterday by default")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"no account {options['username']}")
        unit = unit_named(options["unit"])
        held = user.grants.valid_on(timezone.localdate()).filter(role=options["role"], unit=unit).first()
        said = f"{options['role']} of {user.username} in {unit.slug}"
        if options["end"]:
            self._end(held, said, options)
        else:
            self._give(held, said, {"user": user, "role": options["role"], "unit": unit}, options)

    def _give(self, held: Grant | None, said: str, grant: dict[str, Any], options: dict[str, Any]) -> None:
        if held:
            print(f"{said}: held already since {held.valid_from}; nothing was written.")
            return
        valid_from = options["valid_from"] or timezone.localdate()
        if options["valid_to"] and options["valid_to"] < valid_from:
            raise CommandError(f"--to {options['valid_to']} lies before the first day {valid_from}")
        if options["dry_run"]:
            print(f"Would grant {said} from {valid_from}; nothing was written.")
            return
        grant_role(**grant, valid_from=valid_from, valid_to=options["valid_to"], by=None)
        print(f"Granted {said} from {valid_from}.")

    def _end(self, held: Grant | None, said: str, options: dict[str, Any]) -> None:
        if held is None:
            print(f"{said}: not held today; nothing was written.")
            return
        day = options["valid_to"] or max(held.valid_from, timezone.localdate() - dt.timedelta(days=1))
        if day < held.valid_from:
            raise CommandError(f"--to {day} lies before the first day {held.valid_from}")
        if options["dry_run"]:
            print(f"Would end {said} with {day}; nothing was written.")
            return
        end_grant(grant=held, on=day, by=None)
        print(f"Ended {said} with {day}.")
