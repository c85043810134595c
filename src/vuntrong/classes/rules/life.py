"""The life of a class: made from a plan line, opened, held, closed or cancelled."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from vuntrong.classes.enums import UnitRole
from vuntrong.kernel.dates import Period
from vuntrong.kernel.errors import Violation

PLACES = "##"
"""Where the running number stands in a pattern of codes."""


@dataclass(frozen=True)
class LineFacts:
    """A line of a submitted plan, and how many classes it has already."""

    is_approved: bool
    is_newest: bool
    """Whether the copy is the last one approved: an amendment replaces what it amends."""
    is_planned: bool
    """Not under study, not meant for a later year."""
    class_count: int | None
    """Null where the plan leaves the number open."""
    made: int
    """Classes of the line that are not cancelled."""
    wanted: int


def line_violations(facts: LineFacts) -> list[Violation]:
    """Return why no classes may be made from the line."""
    found = []
    if not facts.is_approved:
        found.append(Violation("line-not-approved"))
    elif not facts.is_newest:
        found.append(Violation("line-replaced"))
    if not facts.is_planned:
        found.append(Violation("line-not-firm"))
    if facts.wanted < 1:
        found.append(Violation("no-class-wanted"))
    if facts.class_count is not None and facts.made + facts.wanted > facts.class_count:
        left = max(0, facts.class_count - facts.made)
        found.append(
            Violation(
                "line-exhausted",
                values={"planned": facts.class_count, "made": facts.made, "left": left, "wanted": facts.wanted},
            )
        )
    return found


def share(total: int | None, parts: int, index: int) -> int | None:
    """Return part `index` (from 0) of learners spread evenly over classes; the first classes take what is left over."""
    if total is None or parts < 1:
        return None
    whole, rest = divmod(total, parts)
    return whole + (1 if index < rest else 0)


def planned_period(year: int, month: int | None, quarter: int | None) -> Period | None:
    """Return the days in which a plan line wants its classes to begin; none where it names no month or quarter."""
    if month:
        return Period.month(year, month)
    return Period.quarter(year, quarter) if quarter else None


def codes(pattern: str, taken: Collection[str], count: int) -> list[str]:
    """Return the next free codes: `DVM-##` gives DVM-01, DVM-02. A pattern without ## gets "-##" at its end."""
    whole = pattern if PLACES in pattern else f"{pattern}-{PLACES}"
    free: list[str] = []
    number = 0
    while len(free) < count:
        number += 1
        code = whole.replace(PLACES, f"{number:02d}")
        if code not in taken:
            free.append(code)
    return free


def code_pattern(short_name: str) -> str:
    """Return the usual pattern of a programme: the first letters of its short name, ĐVM-## for Đảng viên mới.

    A short name of one word is used whole.
    """
    words = [word for word in short_name.replace("-", " ").split() if word[0].isalnum()]
    if len(words) < 2:
        return f"{short_name.upper()[:12]}-{PLACES}"
    return "".join(word if word.isdigit() else word[0].upper() for word in words)[:12] + f"-{PLACES}"


@dataclass(frozen=True)
class OpeningFacts:
    """What a decision to open a class says."""

    number: str
    issued_on: dt.date | None
    issuer: str
    opens_on: dt.date | None
    ends_on: dt.date | None


def opening_violations(facts: OpeningFacts) -> list[Violation]:
    """Return what is missing or cannot be in a decision to open a class."""
    found = []
    if not facts.number.strip():
        found.append(Violation("decision-number-missing"))
    if not facts.issuer.strip():
        found.append(Violation("decision-issuer-missing"))
    if facts.issued_on is None:
        found.append(Violation("decision-date-missing"))
    if facts.opens_on is None:
        found.append(Violation("opening-date-missing"))
    elif facts.issued_on and facts.opens_on < facts.issued_on:
        values = {"opens_on": facts.opens_on, "issued_on": facts.issued_on}
        found.append(Violation("opens-before-decision", values=values))
    if facts.opens_on and facts.ends_on and facts.ends_on < facts.opens_on:
        found.append(Violation("ends-before-opening", values={"ends_on": facts.ends_on, "opens_on": facts.opens_on}))
    return found


@dataclass(frozen=True)
class StartFacts:
    """The first day of a class."""

    starts_on: dt.date | None
    decided_on: dt.date | None
    today: dt.date


def start_violations(facts: StartFacts) -> list[Violation]:
    """Return why a class cannot be marked as running."""
    found = []
    if facts.starts_on is None:
        return [Violation("opening-date-missing")]
    if facts.starts_on > facts.today:
        found.append(Violation("start-in-future", values={"starts_on": facts.starts_on, "today": facts.today}))
    if facts.decided_on and facts.starts_on < facts.decided_on:
        values = {"opens_on": facts.starts_on, "issued_on": facts.decided_on}
        found.append(Violation("opens-before-decision", values=values))
    return found


@dataclass(frozen=True)
class ClosingFacts:
    """What a class leaves behind when it closes."""

    closes_on: dt.date | None
    opened_on: dt.date | None
    today: dt.date
    learners: int
    """Everybody who was ever enrolled and came."""
    without_result: int
    modules_total: int
    modules_finished: int


def closing_violations(facts: ClosingFacts) -> list[Violation]:
    """Return why a class cannot be closed."""
    found = []
    if facts.closes_on is None:
        found.append(Violation("closing-date-missing"))
    elif facts.closes_on > facts.today:
        found.append(Violation("closing-in-future", values={"closes_on": facts.closes_on, "today": facts.today}))
    if facts.closes_on and facts.opened_on and facts.closes_on < facts.opened_on:
        days = {"closes_on": facts.closes_on, "opened_on": facts.opened_on}
        found.append(Violation("closes-before-opening", values=days))
    if facts.learners < 1:
        found.append(Violation("class-without-learners"))
    if facts.without_result:
        found.append(Violation("results-missing", values={"count": facts.without_result}))
    if facts.modules_finished < facts.modules_total:
        values = {"finished": facts.modules_finished, "total": facts.modules_total}
        found.append(Violation("modules-unfinished", values=values))
    return found


@dataclass(frozen=True)
class CancellingFacts:
    """Why a class is given up, and what it already holds."""

    reason: str
    with_result: int


def cancelling_violations(facts: CancellingFacts) -> list[Violation]:
    """Return why a class cannot be cancelled: results stay, so such a class is closed instead."""
    found = []
    if not facts.reason.strip():
        found.append(Violation("reason-missing"))
    if facts.with_result:
        found.append(Violation("class-has-results", values={"count": facts.with_result}))
    return found


@dataclass(frozen=True)
class ContentFacts:
    """What a clerk writes about a class, beside what the class holds."""

    code: str
    name: str
    planned_start: dt.date | None
    planned_end: dt.date | None
    capacity: int | None
    seats_taken: int
    modules_total: int
    modules_finished: int
    minimum: int | None = None


def content_violations(facts: ContentFacts) -> list[Violation]:
    """Return what cannot be in the words and figures of a class."""
    found = []
    if not facts.code.strip():
        found.append(Violation("code-missing"))
    if not facts.name.strip():
        found.append(Violation("name-missing"))
    if facts.planned_start and facts.planned_end and facts.planned_end < facts.planned_start:
        days = {"ends_on": facts.planned_end, "opens_on": facts.planned_start}
        found.append(Violation("ends-before-opening", values=days))
    if facts.capacity is not None and facts.capacity < facts.seats_taken:
        values = {"capacity": facts.capacity, "taken": facts.seats_taken}
        found.append(Violation("capacity-below-learners", values=values))
    if facts.minimum is not None and facts.capacity is not None and facts.minimum > facts.capacity:
        found.append(Violation("minimum-above-capacity", values={"least": facts.minimum, "most": facts.capacity}))
    return found + modules_violations(facts.modules_finished, facts.modules_total)


def modules_violations(finished: int, total: int) -> list[Violation]:
    """Return why a class cannot have finished so many modules."""
    if 0 <= finished <= total:
        return []
    return [Violation("modules-out-of-range", values={"finished": finished, "total": total})]


def role_violations(owner_id: int, roles: Iterable[tuple[int, str]]) -> list[Violation]:
    """Return why units cannot have these roles in a class; `roles` are (unit id, role)."""
    given = list(roles)
    found = [
        Violation("role-twice", values={"role": role})
        for role in (UnitRole.HOST, UnitRole.LEAD)
        if sum(1 for _, each in given if each == role) > 1
    ]
    if (owner_id, UnitRole.HOST) in given:
        found.append(Violation("owner-as-host"))
    return found
