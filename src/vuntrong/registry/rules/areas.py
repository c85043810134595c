"""When a unit may be said to lie in a hard area."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vuntrong.kernel.errors import Violation

Period = tuple[dt.date, dt.date | None]
"""First and last day, both included; an open end holds until further notice."""


@dataclass(frozen=True)
class AreaFacts:
    """What decides: the period typed, the first day of the unit, the other periods of the same kind."""

    period: Period
    first_day: dt.date
    others: Sequence[Period]


def area_violations(facts: AreaFacts) -> list[Violation]:
    """Return every reason why the row may not stand so; empty means allowed."""
    begins, ends = facts.period
    found = []
    if ends is not None and ends < begins:
        found.append(Violation("area-ends-before-start", "", {"first_day": begins}))
    if begins < facts.first_day:
        found.append(Violation("area-before-unit", "", {"first_day": facts.first_day}))
    if clash := next((one for one in facts.others if _overlap(one, facts.period)), None):
        found.append(Violation("area-twice", "", {"first_day": clash[0]}))
    return found


def _overlap(one: Period, other: Period) -> bool:
    return all(ends is None or ends >= begins for (_, ends), (begins, _) in ((one, other), (other, one)))
