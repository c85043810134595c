"""Make an invented province to work with, of any size."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from vuntrong.ops.demo.shelf import slug_of
from vuntrong.ops.province.files import read
from vuntrong.ops.province.making import CannotMake, make_province
from vuntrong.ops.province.size import Size


class Command(BaseCommand):
    help = (
        "Make an invented province: units with the changes of 2025, people with their records, years of classes and "
        "enrolments. The same numbers and seed make the same province. Never on a database in use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=10_000, help="number of people, at least 500")
        parser.add_argument("--years", type=int, default=10, help="years of classes up to the year of --until")
        parser.add_argument("--seed", type=int, default=1, help="another seed makes other people")
        parser.add_argument("--classes-per-year", type=int, default=0, help="default: one for each hundred people")
        parser.add_argument("--name", default="Thanh Giang", help="name of the province, without “Tỉnh”")
        parser.add_argument("--slug", default="", help="code of the province; default: from its name")
        parser.add_argument("--region", choices=sorted(read("peoples")["regions"]), default="north")
        parser.add_argument("--until", type=dt.date.fromisoformat, default=None, help="yyyy-mm-dd; default: today")

    def handle(self, *_args: Any, **options: Any) -> None:
        years, classes = options["years"], options["classes_per_year"]
        if not 0 <= years <= 40 or classes < 0:
            raise CommandError("--years lies from 0 to 40, --classes-per-year is not negative")
        size = Size(
            slug=options["slug"] or slug_of(options["name"]),
            name=options["name"],
            people=options["people"],
            years=years,
            seed=options["seed"],
            until=options["until"] or timezone.localdate(),
            region=options["region"],
            classes_a_year=classes,
        )
        try:
            made = make_province(size, lambda line: print(line, flush=True))
        except CannotMake as error:
            raise CommandError(str(error)) from None
        counts = f"{made.units} units, {made.people} people, {made.classes} classes, {made.enrolments} enrolments"
        print(f"{size.name}: {counts}")
