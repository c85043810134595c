"""Who ran and hosted a class, by the names of each time: TTCT xã Tân Phú (until 28/02/2027: TTCT xã Tân Lộc)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Held(NamedTuple):
    """That a unit had a part in a class from one day to another; null for an open end."""

    unit_id: int
    valid_from: dt.date | None
    valid_to: dt.date | None


class NameRow(NamedTuple):
    """A name that a unit bore from one day to another."""

    name: str
    valid_from: dt.date
    valid_to: dt.date | None


class NameThen(NamedTuple):
    """A name, and the last day on which it was the right one; null for the one of today."""

    name: str
    until: dt.date | None


def names_through_time(
    held: Iterable[Held], names: Mapping[int, Sequence[NameRow]], *, start: dt.date, today: dt.date
) -> tuple[NameThen, ...]:
    """Return the names from the first day of the class to today, the newest first; equal neighbours are one."""
    found: list[NameThen] = []
    for part in sorted(held, key=lambda one: one.valid_from or dt.date.min):
        first, last = max(part.valid_from or start, start), min(part.valid_to or today, today)
        for row in names.get(part.unit_id, ()):
            begins, ends = max(row.valid_from, first), min(row.valid_to or last, last)
            if begins <= ends:
                found.append(NameThen(row.name, ends))
    return tuple(reversed(_joined(found, today)))


def _joined(found: Sequence[NameThen], today: dt.date) -> list[NameThen]:
    joined: list[NameThen] = []
    for one in found:
        if joined and joined[-1].name == one.name:
            joined.pop()
        joined.append(one)
    return [NameThen(one.name, None if one.until == today else one.until) for one in joined]
