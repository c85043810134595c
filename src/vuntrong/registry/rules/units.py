"""What may be done to a unit."""

import datetime as dt
from dataclasses import dataclass

from vuntrong.kernel.errors import Violation


@dataclass(frozen=True)
class UnitChangeFacts:
    """What decides whether a unit may change from a day on. Days of its versions; ids of the units above, and of those
    at and below it.
    """

    changes_on: dt.date
    first_day: dt.date
    last_version_from: dt.date
    above: frozenset[int]
    subtree: frozenset[int]


def unit_change_violations(facts: UnitChangeFacts) -> list[Violation]:
    """Return every reason why the unit may not change so; empty means allowed."""
    found = []
    if facts.changes_on < facts.first_day:
        found.append(Violation("unit-change-before-start", "", {"first_day": facts.first_day}))
    elif facts.changes_on < facts.last_version_from:
        found.append(Violation("unit-change-before-last", "", {"last_day": facts.last_version_from}))
    if facts.above & facts.subtree:
        found.append(Violation("unit-inside-itself"))
    return found


@dataclass(frozen=True)
class NewUnitFacts:
    """What decides whether a unit may be entered."""

    valid_from: dt.date
    valid_to: dt.date | None
    is_slug_taken: bool


def new_unit_violations(facts: NewUnitFacts) -> list[Violation]:
    """Return every reason why the unit may not be entered; empty means allowed."""
    found = []
    if facts.is_slug_taken:
        found.append(Violation("unit-slug-taken"))
    if facts.valid_to is not None and facts.valid_to < facts.valid_from:
        found.append(Violation("unit-ends-before-start", "", {"first_day": facts.valid_from}))
    return found
