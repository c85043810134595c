"""Values that the pages of units and people show."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.text import search_key
from vuntrong.registry.models import Person
from vuntrong.registry.rules import dates_agree


@dataclass(frozen=True)
class Namesake:
    """Somebody known of the same name; `url` is empty where the record may not be opened."""

    person: Person
    url: str


def namesakes(people: QuerySet[Person], full_name: str, born_on: PartialDate | None) -> list[Namesake]:
    """Return the known people with the same name and a birth date that may be the same. 2 queries."""
    key = search_key(full_name)
    visible = set(people.filter(search_key=key).values_list("pk", flat=True))
    same = Person.objects.filter(search_key=key).select_related("unit")
    found = [person for person in same if dates_agree(_iso(person.born_on), _iso(born_on))]
    return [Namesake(one, reverse("registry:person", args=[one.pk]) if one.pk in visible else "") for one in found]


def _iso(date: PartialDate | None) -> str:
    return date.iso() if date else ""
