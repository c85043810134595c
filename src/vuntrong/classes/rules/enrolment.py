"""Who may sit in a class, and how a learner's way through it ends."""

import datetime as dt
from dataclasses import dataclass

from vuntrong.classes.enums import (
    ENROLLING_STATES,
    ENROLMENT_MOVES,
    ClassState,
    EnrolmentState,
    Grade,
)
from vuntrong.kernel.errors import Violation

SEAT_STATES = frozenset({EnrolmentState.STUDYING, EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED})
"""Who left or never came frees the seat."""
GRADED_STATES = SEAT_STATES
"""Who may be given a result, or lose a wrong one."""


@dataclass(frozen=True)
class EnrolmentFacts:
    """A class and the people who are to join it."""

    class_state: str
    capacity: int | None
    seats_taken: int
    coming: int
    already: tuple[str, ...] = ()
    """Names of those who are on the list of the class, in whatever state."""


def enrolment_violations(facts: EnrolmentFacts) -> list[Violation]:
    """Return every reason why these people may not join the class."""
    found = []
    if facts.class_state not in ENROLLING_STATES:
        found.append(Violation("class-not-enrolling", values={"state": facts.class_state}))
    if facts.coming < 1 and not facts.already:
        found.append(Violation("nobody-chosen"))
    if facts.capacity is not None and facts.seats_taken + facts.coming > facts.capacity:
        found.append(
            Violation(
                "class-full",
                values={
                    "capacity": facts.capacity,
                    "taken": facts.seats_taken,
                    "coming": facts.coming,
                    "left": max(0, facts.capacity - facts.seats_taken),
                },
            )
        )
    found += [Violation("already-enrolled", values={"name": name}) for name in facts.already]
    return found


def outcome_of(grade: str) -> EnrolmentState:
    """Return the state that a grade leads to; no grade means that the learner is still studying."""
    if grade == Grade.NONE:
        return EnrolmentState.STUDYING
    return EnrolmentState.NOT_COMPLETED if grade == Grade.FAILED else EnrolmentState.COMPLETED


@dataclass(frozen=True)
class ResultFacts:
    """A grade for one learner."""

    name: str
    class_state: str
    state: str
    grade: str


def result_violations(facts: ResultFacts) -> list[Violation]:
    """Return why this learner cannot be given the grade."""
    found = []
    if facts.class_state != ClassState.RUNNING:
        found.append(Violation("results-while-running", values={"state": facts.class_state}))
    if facts.state not in GRADED_STATES:
        found.append(Violation("result-for-absent", values={"name": facts.name, "state": facts.state}))
    if facts.grade not in Grade.values:
        found.append(Violation("grade-unknown", values={"name": facts.name, "grade": facts.grade}))
    return found


@dataclass(frozen=True)
class DepartureFacts:
    """A learner who left or never came."""

    name: str
    class_state: str
    state: str
    to: str
    on: dt.date | None
    first_day: dt.date
    """The earlier of the enrolment and the opening of the class."""
    today: dt.date
    reason: str


def departure_violations(facts: DepartureFacts) -> list[Violation]:
    """Return why the learner cannot be marked as gone."""
    found = []
    if facts.class_state == ClassState.CANCELLED:
        found.append(Violation("class-cancelled"))
    if facts.to not in ENROLMENT_MOVES.get(facts.state, frozenset()):  # type: ignore[call-overload]
        found.append(Violation("departure-impossible", values={"name": facts.name, "state": facts.state}))
    if not facts.reason.strip():
        found.append(Violation("reason-missing"))
    if facts.on is None:
        found.append(Violation("departure-date-missing"))
    elif facts.on > facts.today:
        found.append(Violation("departure-in-future", values={"on": facts.on, "today": facts.today}))
    elif facts.on < facts.first_day:
        values = {"name": facts.name, "on": facts.on, "first_day": facts.first_day}
        found.append(Violation("departure-before-class", values=values))
    return found
