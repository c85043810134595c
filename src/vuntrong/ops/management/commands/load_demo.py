"""Fill a database with the demonstration."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vuntrong.ops.demo.loading import load_demo
from vuntrong.ops.demo.users import strangers


class Command(BaseCommand):
    help = "Load the demonstration: five articles and an invented province. Safe to run again; nothing is loaded twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--with-hai-phong", action="store_true", help="add the 502 classes of Hải Phòng in the first half of 2022"
        )

        parser.add_argument("--dry-run", action="store_true", help="say what would be loaded and write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        if found := strangers():
            raise CommandError(
                f"this database is in use: it holds accounts that are not the demonstration's ({found[0]})"
            )
        for line in load_demo(with_hai_phong=options["with_hai_phong"], dry_run=options["dry_run"]):
            print(line, flush=True)
