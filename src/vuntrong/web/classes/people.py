"""People who may be enrolled, as the search of a class shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from vuntrong.classes.models import ClassRun
from vuntrong.registry.models import Person
from vuntrong.web.kit.listing import matching

SHORTEST = 2
"""Letters below which a search would find everybody."""
SHOWN = 20


@dataclass(frozen=True)
class Candidate:
    """Somebody who was found, and whether she is on the list of the class already."""

    person: Person
    is_here: bool


def candidates(people: QuerySet[Person], run: ClassRun, words: str) -> Sequence[Candidate]:
    """Return the first people whose names hold the words, by given name. 2 queries, none for fewer than 2 letters."""
    if len(words) < SHORTEST:
        return []
    found = list(matching(people.select_related("unit"), words, ["search_key"]).order_by("sort_key", "pk")[:SHOWN])
    here = set(run.enrolments.filter(person__in=found).values_list("person_id", flat=True))
    return [Candidate(person, person.pk in here) for person in found]
