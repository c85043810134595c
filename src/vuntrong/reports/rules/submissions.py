"""When the figures of a report may be frozen."""

import datetime as dt
from dataclasses import astuple, dataclass
from enum import StrEnum

from vuntrong.kernel.errors import Violation
from vuntrong.reports.rules.periods import ReportPeriod, period_violations


@dataclass(frozen=True)
class Fingerprint:
    """Sums that differ as soon as a class or a turn comes, goes or changes its person."""

    classes: int = 0
    class_keys: int = 0
    turns: int = 0
    turn_keys: int = 0
    person_keys: int = 0

    def __add__(self, other: "Fingerprint") -> "Fingerprint":
        return Fingerprint(*(mine + theirs for mine, theirs in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class SubmissionFacts:
    """What decides whether a report may be submitted."""

    period: ReportPeriod
    today: dt.date
    number: int
    """Number that the new version will have."""
    reason: str
    has_changed: bool
    """Whether anything differs from the version before; true for the first one."""


def submission_violations(facts: SubmissionFacts) -> list[Violation]:
    """Return every reason why the figures may not be frozen now."""
    period = facts.period
    found = period_violations(period.kind, period.start, period.end)
    if period.end > facts.today:
        found.append(Violation("report-period-not-over", "", {"to": period.end}))
    if facts.number > 1 and not facts.reason.strip():
        found.append(Violation("supplement-needs-reason", "", {"number": facts.number}))
    if not facts.has_changed:
        found.append(Violation("supplement-without-change", "", {"number": facts.number - 1}))
    return found


class ReportStanding(StrEnum):
    """Where a report of a period stands."""

    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    DUE = "due"
    SUBMITTED = "submitted"
    CHANGED = "changed"
    """Submitted, but rows or classes differ today."""


def standing_of(period: ReportPeriod, today: dt.date, *, is_submitted: bool, has_changed: bool) -> ReportStanding:
    """Return where the report of `period` stands on `today`."""
    if is_submitted:
        return ReportStanding.CHANGED if has_changed else ReportStanding.SUBMITTED
    if today < period.start:
        return ReportStanding.NOT_BEGUN
    return ReportStanding.RUNNING if today <= period.end else ReportStanding.DUE
