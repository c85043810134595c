"""What became of units: from any old unit to those of a day, through any chain of mergers, splits and new names."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

WHOLE = Fraction(1)


class Link(NamedTuple):
    """That one unit went into another at an event, and which part of it; null where it went whole."""

    from_id: int
    to_id: int
    share: Fraction | None
    on: dt.date
    event_id: int

    @property
    def order(self) -> tuple[dt.date, int]:
        """Events of one day follow each other as they were entered."""
        return (self.on, self.event_id)


class Part(NamedTuple):
    """A unit and how much of an older one is in it, above 0 to 1."""

    unit_id: int
    share: Fraction


@dataclass(frozen=True)
class Fold:
    """Old units as units of a day. Made by `queries.fold`; a unit without successor stands for itself."""

    links: Mapping[int, tuple[Link, ...]] = field(default_factory=dict)
    """By the unit that went, in the order of the events."""

    def parts(self, unit_id: int, since: dt.date | None = None) -> tuple[Part, ...]:
        """Return what became of the unit as it was on `since` (by default from its beginning), greatest part first.

        The shares add up to 1. A unit that split and went on itself stands among its own parts.
        """
        found: dict[int, Fraction] = {}
        waiting = [(unit_id, WHOLE, (since, 0) if since else None, True)]
        while waiting:
            one, share, after, is_day = waiting.pop()
            links = self._next(one, after, is_day=is_day)
            if not links:
                found[one] = found.get(one, Fraction(0)) + share
            for link in links:
                part = WHOLE if link.share is None else link.share
                waiting.append((link.to_id, share * part, link.order, False))
        return tuple(sorted((Part(*item) for item in found.items()), key=lambda part: (-part.share, part.unit_id)))

    def heir(self, unit_id: int, since: dt.date | None = None) -> int:
        """Return the unit that took over the greatest part, the unit itself where nobody did."""
        return self.parts(unit_id, since)[0].unit_id

    def figures(self, figures: Mapping[int, int], since: dt.date | None = None) -> dict[int, int]:
        """Return whole numbers of old units as numbers of today's, with the same total: by largest remainder."""
        found: dict[int, int] = {}
        for unit_id, number in figures.items():
            for part, units in zip(parts := self.parts(unit_id, since), divided(number, parts), strict=True):
                found[part.unit_id] = found.get(part.unit_id, 0) + units
        return found

    def _next(self, unit_id: int, after: tuple[dt.date, int] | None, *, is_day: bool) -> tuple[Link, ...]:
        """Return the links of the next event at which the unit went anywhere, itself included."""
        for link in self.links.get(unit_id, ()):
            if after is None or (link.on > after[0] if is_day else link.order > after):
                return tuple(one for one in self.links[unit_id] if one.event_id == link.event_id)
        return ()


def divided(number: int, parts: Iterable[Part]) -> list[int]:
    """Return a whole number in parts whose sum is the number; of equal remainders the earlier part gets the unit."""
    quotas = [number * part.share for part in parts]
    units = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(quotas)), key=lambda at: units[at] - quotas[at])
    for at in by_remainder[: number - sum(units)]:
        units[at] += 1
    return units


def fold_of(links: Iterable[Link]) -> Fold:
    """Return the fold that the links make. Links from a unit to itself alone change nothing and are left out."""
    by_unit: dict[int, list[Link]] = {}
    for link in sorted(set(links), key=lambda one: (one.order, one.to_id)):
        if link.share is not None or link.from_id != link.to_id:
            by_unit.setdefault(link.from_id, []).append(link)
    return Fold({unit_id: tuple(found) for unit_id, found in by_unit.items()})
