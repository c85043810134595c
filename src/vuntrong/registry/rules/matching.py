"""Who is who: matching of typed rows with known people and units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from vuntrong.kernel.errors import Violation
from vuntrong.kernel.text import search_key


class KnownPerson(NamedTuple):
    """What matching needs to know of somebody in the registry; `born_on` is ISO, empty when unknown.

    A tuple because an import makes tens of thousands of them.
    """

    id: int
    search_key: str
    born_on: str
    unit_id: int
    is_restricted: bool = False
    """Whether only the archive may use the record, so that no list may go on with it."""


@dataclass(frozen=True)
class TypedPerson:
    """Somebody as a workbook or a form names her; `born_on` is ISO, empty when not given."""

    full_name: str
    born_on: str
    unit_id: int


@dataclass(frozen=True)
class Match:
    """The person meant (null: somebody new), or the violation that forbids a guess."""

    person_id: int | None = None
    violation: Violation | None = None


def match_person(typed: TypedPerson, known: Iterable[KnownPerson]) -> Match:
    """Decide who is meant. `known` are the people with the same search key.

    Same name and same birth date is the same person, in whatever unit; a year against a full date of that year agrees
    only inside the same unit. Without a birth date only the unit tells. Two who fit equally well are never guessed, and
    a restricted record is told and not touched.
    """
    known = list(known)
    exact = [one for one in known if typed.born_on and one.born_on == typed.born_on]
    inside = [one for one in known if one.unit_id == typed.unit_id and dates_agree(one.born_on, typed.born_on)]
    for fitting in (_inside(exact, typed.unit_id), exact, inside):
        if len(fitting) == 1:
            restricted = Violation("person-restricted", "", {"name": typed.full_name})
            return Match(violation=restricted) if fitting[0].is_restricted else Match(fitting[0].id)
        if len(fitting) > 1:
            return Match(violation=Violation("person-ambiguous", "", {"name": typed.full_name, "count": len(fitting)}))
    return Match()


def _inside(people: list[KnownPerson], unit_id: int) -> list[KnownPerson]:
    return [one for one in people if one.unit_id == unit_id]


def dates_agree(one: str, other: str) -> bool:
    """Say whether two ISO dates may be the same: one is the beginning of the other, or one is unknown (empty)."""
    return one.startswith(other) or other.startswith(one)


def unit_index(units: Iterable[tuple[int, str, str]]) -> Mapping[str, set[int]]:
    """Return the ids of units by the search key of their names and short names; `units` are (id, name, short name)."""
    index: dict[str, set[int]] = {}
    for unit_id, name, short_name in units:
        for text in (name, short_name):
            index.setdefault(search_key(text), set()).add(unit_id)
    return index


def match_unit(text: str, index: Mapping[str, set[int]]) -> int | Violation:
    """Return the unit that `text` names, or why it cannot be told: unit-unknown, unit-ambiguous."""
    found = index.get(search_key(text), set())
    if len(found) == 1:
        return next(iter(found))
    return Violation("unit-ambiguous" if found else "unit-unknown", "", {"unit": text, "count": len(found)})
