"""List the people whom some words fit."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from vuntrong.ops.naming import unit_named
from vuntrong.registry.models import Person
from vuntrong.registry.queries import people_found, people_in_use, subtree_ids

LIMIT = 100


class Command(BaseCommand):
    help = "List people by any words of their names, an ID from the left, or a birth date, in Vietnamese order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--search", required=True, metavar="TEXT", help="words in any order, without accents")
        parser.add_argument("--unit", metavar="CODE", help="only in this unit and below it, for example tuyen-hoa")
        parser.add_argument("--limit", type=int, default=LIMIT, metavar="N", help=f"at most so many ({LIMIT})")
        parser.add_argument("--format", choices=("json", "text"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["limit"] < 1:
            raise CommandError("--limit needs a number from 1 on")
        people = people_found(people_in_use(_people(options["unit"])), options["search"])
        found = [_plain(one) for one in people.select_related("unit").order_by("sort_key", "pk")[: options["limit"]]]
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for one in found:
            self.stdout.write("\t".join((one["name"], one["birth_date"], one["unit"], str(one["id"]))))


def _people(slug: str | None) -> QuerySet[Person]:
    return Person.objects.filter(unit_id__in=subtree_ids({unit_named(slug).pk})) if slug else Person.objects.all()


def _plain(person: Person) -> dict[str, Any]:
    """Return what the list says of somebody; `id` is the key of the record, as addresses have it."""
    return {
        "id": person.pk,
        "name": person.full_name,
        "birth_date": person.born_on.iso() if person.born_on else "",
        "unit": person.unit.name,
        "unit_code": person.unit.slug,
        "post": person.post_text,
        "personal_id": person.personal_id,
    }
