"""All reports of a year at a glance: figures of each unit and period, what was submitted, what changed since."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vuntrong.registry.models import Unit
from vuntrong.reports.models import ReportSubmission
from vuntrong.reports.queries.submissions import (
    differing,
    latest_of_each,
    owners_below,
    prints_between,
    sum_of,
)
from vuntrong.reports.rules.periods import ReportPeriod, half_year, whole_year
from vuntrong.reports.rules.submissions import ReportStanding, standing_of


@dataclass(frozen=True)
class PeriodReport:
    """The report of one unit for one period."""

    period: ReportPeriod
    classes: int
    turns: int
    submission: ReportSubmission | None
    """The version in force; its cut-off may lie before the end of the period."""
    standing: ReportStanding


@dataclass(frozen=True)
class UnitReports:
    """The reports of one unit for a year: both halves and the whole."""

    unit: Unit
    reports: tuple[PeriodReport, ...]


def periods_of(year: int) -> tuple[ReportPeriod, ...]:
    """Return the periods that are reported on every year."""
    return half_year(year, 1), half_year(year, 2), whole_year(year)


def year_overview(units: Sequence[Unit], year: int, today: dt.date) -> list[UnitReports]:
    """Return a row for each unit. 3 queries."""
    periods = periods_of(year)
    submitted = _in_force(units, year)
    owners = owners_below(
        [(unit.pk, period.end) for unit in units for period in periods]
        + [(one.unit_id, one.period_to) for one in submitted.values()]
    )
    prints = prints_between(periods[-1].start, periods[-1].end)
    changed = differing(submitted.values(), owners, prints)

    def report(unit: Unit, period: ReportPeriod) -> PeriodReport:
        now = sum_of(prints, owners[unit.pk, period.end], period.start, period.end)
        version = submitted.get((unit.pk, period.kind, period.start))
        has_changed = version is not None and version.pk in changed
        standing = standing_of(period, today, is_submitted=version is not None, has_changed=has_changed)
        return PeriodReport(period, now.classes, now.turns, version, standing)

    return [UnitReports(unit, tuple(report(unit, period) for period in periods)) for unit in units]


def _in_force(units: Iterable[Unit], year: int) -> dict[tuple[int, str, dt.date], ReportSubmission]:
    """Return by (unit, kind, first day) the newest submission of each period that is reported on every year."""
    rows = ReportSubmission.objects.filter(unit__in=list(units), period_from__year=year).defer("figures")
    newest = sorted(latest_of_each(rows).values(), key=lambda one: one.submitted_at)
    return {(one.unit_id, one.kind, one.period_from): one for one in newest}
