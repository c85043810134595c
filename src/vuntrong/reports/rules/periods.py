"""What days a report may cover."""

import datetime as dt
from dataclasses import dataclass

from vuntrong.kernel.errors import Violation
from vuntrong.reports.enums import ReportKind

FIRST_YEAR, LAST_YEAR = 1950, 2200


@dataclass(frozen=True)
class ReportPeriod:
    """The days that a report covers, both ends inside. The asker sets the cut-off: 31/5, 15/6, 30/6."""

    kind: str
    start: dt.date
    end: dt.date

    @property
    def years(self) -> range:
        """The years whose plans the report is measured against."""
        return range(self.start.year, self.end.year + 1)


def half_year(year: int, half: int) -> ReportPeriod:
    """Return January to June (1) or July to December (2)."""
    first = half == 1
    start, end = (dt.date(year, 1, 1), dt.date(year, 6, 30)) if first else (dt.date(year, 7, 1), dt.date(year, 12, 31))
    return ReportPeriod(ReportKind.HALF_YEAR, start, end)


def whole_year(year: int) -> ReportPeriod:
    """Return a calendar year."""
    return ReportPeriod(ReportKind.ANNUAL, dt.date(year, 1, 1), dt.date(year, 12, 31))


def period_violations(kind: str, start: dt.date, end: dt.date) -> list[Violation]:
    """Return why no report of this kind covers these days. The end may be any cut-off inside the half-year or year."""
    values = {"from": start, "to": end}
    if not (start.year >= FIRST_YEAR and end.year <= LAST_YEAR):
        return [Violation("period-out-of-range", "", values)]
    if end < start:
        return [Violation("period-reversed", "", values)]
    if kind == ReportKind.HALF_YEAR and not _inside(half_year(start.year, 1 if start.month < 7 else 2), start, end):
        return [Violation("period-not-half-year", "", values)]
    if kind == ReportKind.ANNUAL and not _inside(whole_year(start.year), start, end):
        return [Violation("period-not-year", "", values)]
    return []


def _inside(whole: ReportPeriod, start: dt.date, end: dt.date) -> bool:
    return start == whole.start and end <= whole.end
