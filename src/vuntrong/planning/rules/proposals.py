"""Classes that needs ask for, and how far a plan covers the needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vuntrong.kernel.errors import Violation

LARGEST_CLASS = 500
"""Learners; a limit on the form, not a rule of law."""


@dataclass(frozen=True)
class Proposal:
    """Classes for the needs of one programme. The sizes and those left over add up to the needs."""

    needs: int
    sizes: tuple[int, ...]
    unplaced: int = 0
    remark: Violation | None = None
    """Why somebody is left over; null when everybody has a place."""

    @property
    def learners(self) -> int:
        """People placed."""
        return sum(self.sizes)


def limit_violations(smallest: int, largest: int) -> list[Violation]:
    """Return what is wrong with the limits of a class."""
    found = []
    if smallest < 1:
        found.append(Violation("class-minimum-below-one"))
    if largest > LARGEST_CLASS:
        found.append(Violation("class-maximum-too-large", "", {"most": LARGEST_CLASS}))
    if largest < smallest:
        found.append(Violation("class-limits-reversed", "", {"smallest": smallest, "largest": largest}))
    return found


def propose_classes(needs: int, *, smallest: int, largest: int) -> Proposal:
    """Split the needs into as few classes as the largest size allows, as equal as possible.

    Below the smallest size no class is proposed. Where no split keeps both limits (65 people, 40 to 60), full classes
    are proposed and the rest is left over; the remark says so. Limits must hold `limit_violations`.
    """
    values = {"needs": needs, "smallest": smallest, "largest": largest}
    if needs == 0:
        return Proposal(0, ())
    if needs < smallest:
        return Proposal(needs, (), needs, Violation("needs-below-minimum", "", values))
    count = -(-needs // largest)
    if count * smallest <= needs:
        return Proposal(needs, balanced(needs, count))
    count = needs // smallest
    unplaced = needs - count * largest
    remark = Violation("needs-left-over", "", {**values, "unplaced": unplaced, "classes": count})
    return Proposal(needs, (largest,) * count, unplaced, remark)


def balanced(learners: int, count: int) -> tuple[int, ...]:
    """Return `count` class sizes that differ by at most one, the larger first; none without classes."""
    if count < 1:
        return ()
    size, larger = divmod(learners, count)
    return (size + 1,) * larger + (size,) * (count - larger)


class CoverageState(StrEnum):
    """How the plan answers the needs for a programme."""

    COVERED = "covered"
    UNDER = "under"
    OVER = "over"
    NOT_PLANNED = "not_planned"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Coverage:
    """People asked for and places planned for one programme."""

    demand: int
    planned: int

    @property
    def covered(self) -> int:
        """People who have a place."""
        return min(self.demand, self.planned)

    @property
    def short(self) -> int:
        """People without a place."""
        return max(0, self.demand - self.planned)

    @property
    def over(self) -> int:
        """Places that nobody asked for."""
        return max(0, self.planned - self.demand)

    @property
    def share(self) -> float:
        """Covered part of the demand, 0 to 1; 0 without demand."""
        return self.covered / self.demand if self.demand else 0.0

    @property
    def state(self) -> CoverageState:
        """What the screen says about the programme."""
        if self.demand == 0:
            return CoverageState.NOT_ASKED
        if self.planned == 0:
            return CoverageState.NOT_PLANNED
        if self.planned == self.demand:
            return CoverageState.COVERED
        return CoverageState.UNDER if self.planned < self.demand else CoverageState.OVER


def coverage(demand: Mapping[int, int], planned: Mapping[int, int]) -> dict[int, Coverage]:
    """Compare people and places by programme; programmes that stand on one side only are kept."""
    return {key: Coverage(demand.get(key, 0), planned.get(key, 0)) for key in {**demand, **planned}}


def overall(rows: Mapping[int, Coverage]) -> tuple[int, int]:
    """Return (people who have a place, people asked for); surplus of one programme does not cover another."""
    return sum(row.covered for row in rows.values()), sum(row.demand for row in rows.values())
