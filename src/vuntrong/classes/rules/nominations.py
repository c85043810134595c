"""Who may be nominated, accepted, let in by an exception, given up or moved, and how seats are dealt out."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from vuntrong.classes.enums import ENROLLING_STATES, NOMINATION_MOVES, NominationState
from vuntrong.kernel.errors import Violation

ELIGIBLE, NEEDS_EXCEPTION, MISSING = "eligible", "needs-exception", "missing-data"


@dataclass(frozen=True)
class NominationFacts:
    """A unit that nominates people for a class."""

    class_state: str
    begins_on: dt.date | None
    places: int | None
    """Quota of the unit; null where the class gives it none."""
    used: int
    """Places of the quota that are in use already."""
    coming: int
    strangers: tuple[str, ...] = ()
    """Names of those who do not work in the unit or below it."""
    nominated: tuple[str, ...] = ()
    """Names of those whom some unit has nominated for the class already."""
    enrolled: tuple[str, ...] = ()
    """Names of those who are on the list of the class."""


def nomination_violations(facts: NominationFacts) -> list[Violation]:
    """Return every reason why the unit may not nominate these people. A verdict that is not good is none of them."""
    found = []
    if facts.class_state not in ENROLLING_STATES:
        found.append(Violation("class-not-enrolling", values={"state": facts.class_state}))
    if facts.coming < 1:
        found.append(Violation("nobody-chosen"))
    if facts.begins_on is None:
        found.append(Violation("class-without-day"))
    if facts.places is None:
        found.append(Violation("no-quota"))
    elif facts.used + facts.coming > facts.places:
        left = max(0, facts.places - facts.used)
        found.append(Violation("quota-full", values={"places": facts.places, "used": facts.used, "left": left}))
    found += [Violation("person-of-another-unit", values={"name": name}) for name in facts.strangers]
    found += [Violation("already-nominated", values={"name": name}) for name in facts.nominated]
    return found + [Violation("already-enrolled", values={"name": name}) for name in facts.enrolled]


@dataclass(frozen=True)
class AcceptanceFacts:
    """A nomination that the owner of the class wants to accept."""

    name: str
    state: str
    answer: str
    exception: str = ""
    """State of the request for an exception; empty where none was made."""


def acceptance_violations(facts: AcceptanceFacts) -> list[Violation]:
    """Return why the owner cannot accept the person by hand."""
    if facts.state != NominationState.NOMINATED:
        code = "accept-waits-for-exception" if facts.state == NominationState.EXCEPTION else "nomination-answered"
        return [Violation(code, values={"name": facts.name})]
    if facts.answer == ELIGIBLE or facts.exception == "granted":
        return []
    return [Violation(f"accept-{facts.answer}", values={"name": facts.name})]


def unanswered_class(class_state: str, chosen: int) -> list[Violation]:
    """Return why the class cannot take anybody now."""
    found = [] if chosen else [Violation("nobody-chosen")]
    if class_state not in ENROLLING_STATES:
        found.append(Violation("class-not-enrolling", values={"state": class_state}))
    return found


def over_quota(unit: str, places: int | None, used: int) -> list[Violation]:
    """Return why no more people of the unit can be accepted; a granted exception may have brought one too many."""
    if places is not None and used <= places:
        return []
    return [Violation("unit-over-quota", values={"unit": unit, "places": places or 0, "used": used})]


@dataclass(frozen=True)
class EndFacts:
    """A nomination that is to be refused, withdrawn or moved."""

    name: str
    state: str
    to: str
    reason: str


def end_violations(facts: EndFacts) -> list[Violation]:
    """Return why the nomination cannot end so."""
    found = []
    if facts.to not in NOMINATION_MOVES[NominationState(facts.state)]:
        found.append(Violation("nomination-answered", values={"name": facts.name}))
    if not facts.reason.strip():
        found.append(Violation("reason-missing"))
    return found


@dataclass(frozen=True)
class MoveFacts:
    """A nomination that is to go on in another class; the classes by programme and first day."""

    same_class: bool
    same_programme: bool
    begins_on: dt.date | None
    begins_there_on: dt.date | None


def move_violations(facts: MoveFacts) -> list[Violation]:
    """Return why the person cannot be moved to that class."""
    if facts.same_class:
        return [Violation("move-to-same-class")]
    found = [] if facts.same_programme else [Violation("move-to-other-programme")]
    days = (facts.begins_on, facts.begins_there_on)
    if None not in days and days[1] <= days[0]:  # type: ignore[operator]
        found.append(Violation("move-to-earlier-class", values={"on": days[1], "from_day": days[0]}))
    return found


@dataclass(frozen=True)
class AskFacts:
    """A request for an exception."""

    name: str
    state: str
    answer: str
    exception_by: str
    """Who may grant it, as the rule names the body; empty where the rule knows no exception."""
    reason: str


def ask_violations(facts: AskFacts) -> list[Violation]:
    """Return why an exception cannot be asked for."""
    found = []
    if facts.state != NominationState.NOMINATED:
        found.append(Violation("nomination-answered", values={"name": facts.name}))
    if facts.answer == ELIGIBLE:
        found.append(Violation("exception-not-needed", values={"name": facts.name}))
    elif facts.answer == MISSING:
        found.append(Violation("exception-data-missing", values={"name": facts.name}))
    elif not facts.exception_by:
        found.append(Violation("exception-by-nobody", values={"name": facts.name}))
    if not facts.reason.strip():
        found.append(Violation("reason-missing"))
    return found


@dataclass(frozen=True)
class GrantFacts:
    """The decision that grants an exception."""

    number: str
    decided_on: dt.date | None
    signer: str
    today: dt.date
    is_own: bool
    """The person who decides is the one who asked."""


def grant_violations(facts: GrantFacts) -> list[Violation]:
    """Return what is missing of the decision that grants an exception."""
    found = [Violation("own-request")] if facts.is_own else []
    if not facts.number.strip():
        found.append(Violation("exception-number-missing"))
    if facts.decided_on is None:
        found.append(Violation("exception-date-missing"))
    elif facts.decided_on > facts.today:
        found.append(Violation("exception-date-in-future", values={"on": facts.decided_on, "today": facts.today}))
    if not facts.signer.strip():
        found.append(Violation("exception-signer-missing"))
    return found


def free_seats(capacity: int | None, taken: int) -> int | None:
    """Return how many seats are free; null for no limit."""
    return None if capacity is None else max(0, capacity - taken)


def dealt(wanted: int, free: int | None) -> int:
    """Return how many of those who stand in line get a seat now."""
    return wanted if free is None else min(wanted, free)


@dataclass(frozen=True)
class ListFacts:
    """The accepted people of a class who are to be enrolled by a decision."""

    accepted: int
    seats: int
    """All who hold a seat, the accepted among them."""
    minimum: int | None
    decision: str


def list_violations(facts: ListFacts) -> list[Violation]:
    """Return why the accepted people cannot be enrolled."""
    found = [] if facts.accepted else [Violation("nobody-accepted")]
    if facts.minimum is not None and facts.accepted and facts.seats < facts.minimum:
        found.append(Violation("class-below-minimum", values={"minimum": facts.minimum, "seats": facts.seats}))
    if not facts.decision.strip():
        found.append(Violation("list-decision-missing"))
    return found


def unanswered(names: Collection[str]) -> list[Violation]:
    """Return that people cannot be enrolled by name while their nomination is not accepted."""
    return [Violation("nominated-not-accepted", values={"name": name}) for name in names]
