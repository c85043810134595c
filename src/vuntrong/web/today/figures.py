"""Figures of the year for the unit that the person works for."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from vuntrong.accounts.enums import OVERSEERS, Role
from vuntrong.accounts.models import User
from vuntrong.accounts.queries import scope
from vuntrong.classes.enums import HELD_STATES, EnrolmentState
from vuntrong.classes.models import Enrolment
from vuntrong.planning.enums import OwnerRole
from vuntrong.planning.queries.lines import PlannedLine, planned_lines
from vuntrong.registry.models import Unit
from vuntrong.reports.queries.figures import report_of
from vuntrong.reports.queries.scopes import scope_of
from vuntrong.reports.rules.figures import Figure as Line
from vuntrong.reports.rules.figures import TrainingReport
from vuntrong.reports.rules.periods import whole_year
from vuntrong.web.kit import numbers
from vuntrong.web.kit.values import Chart, Figure, Series
from vuntrong.web.reports.access import report_url


@dataclass(frozen=True)
class YearFigures:
    """What a unit has done in a year so far."""

    title: str = ""
    hint: str = ""
    figures: list[Figure] = field(default_factory=list)
    chart: Chart | None = None


def year_figures(user: User, unit: Unit | None, year: int) -> YearFigures:
    """Return the figures of the unit's report for who may read it, else what a clerk's people attended. 6 queries."""
    if unit and unit.pk in scope(user, OVERSEERS):
        return _reported(unit, year)
    if unit and unit.pk in scope(user, {Role.UNIT_CLERK}):
        return _attended(user, unit, year)
    return YearFigures()


def _reported(unit: Unit, year: int) -> YearFigures:
    covered = scope_of(unit, whole_year(year))
    report = report_of(covered)
    lines = [one for one in planned_lines(covered.owner_ids, year) if one.owner_role == OwnerRole.OPENS]
    title = _("%(unit)s in %(year)s") % {"unit": unit.short_name, "year": year}
    hint = _("counted from the lists of learners; press a figure to see the list")
    return YearFigures(title, hint, _figures(unit, year, report), _chart(report, lines, _months_begun(year)))


def _figures(unit: Unit, year: int, report: TrainingReport) -> list[Figure]:
    total, period = report.total, whole_year(year)
    again = _("%(count)s turns are of people who came again") % {"count": numbers.number(total.turns - total.learners)}
    return [
        _opened(total, report_url(unit, period, "classes")),
        Figure(
            _("Learners (people)"),
            total.learners,
            meaning=_("each person once"),
            url=report_url(unit, period, "people"),
        ),
        Figure(_("Turns of study"), total.turns, meaning=again, url=report_url(unit, period, "rows")),
        _places(total, report_url(unit, period)),
    ]


def _opened(total: Line, url: str) -> Figure:
    if not total.planned_classes:
        return Figure(_("Classes opened"), total.classes, meaning=_("no approved plan"), url=url)
    planned = _("of %(planned)s") % {"planned": numbers.number(total.planned_classes)}
    share = _("%(share)s of the plan") % {"share": numbers.percent(total.share_of_plan)}
    return Figure(_("Classes opened"), total.classes, planned, share, url, total.share_of_plan)


def _places(total: Line, url: str) -> Figure:
    if not total.planned_learners:
        return Figure(_("Planned places taken"), "–", meaning=_("the plan names no learners"), url=url)
    reached = Fraction(total.turns, total.planned_learners)
    planned = _("of %(planned)s planned learners") % {"planned": numbers.number(total.planned_learners)}
    return Figure(_("Planned places taken"), numbers.percent(reached), meaning=planned, url=url, share=reached)


def _months_begun(year: int) -> int:
    """Return how many months of the year have begun: what lies ahead has no figure yet, not 0."""
    today = timezone.localdate()
    return 12 if year < today.year else today.month if year == today.year else 0


def _chart(report: TrainingReport, lines: Iterable[PlannedLine], begun: int) -> Chart | None:
    done, planned = Counter[int](), learners_by_month(lines)
    for one in report.classes:
        done[one.opened_on.month] += len(report.turns[one.id].people) if one.id in report.turns else 0
    if not done and not planned:
        return None
    numbers_of = {month: _month(planned[month], done[month] if month <= begun else None) for month in range(1, 13)}
    rows = [(_("M%(month)s") % {"month": month}, shown) for month, shown in numbers_of.items()]
    if planned[0]:
        rows.append((_("No month"), (planned[0], None, None)))
    sums = (sum(planned.values()), sum(done.values()))
    return Chart(
        id="months",
        title=_("Turns of study by month"),
        head=_("Month"),
        series=(Series(_("Plan"), "line"), Series(_("Carried out")), Series(_("Difference"), "")),
        rows=rows,
        totals=(*sums, sums[1] - sums[0]),
        total_label=_("Whole year"),
    )


def _month(planned: int, done: int | None) -> tuple[int, int | None, int | None]:
    return planned, done, None if done is None else done - planned


def learners_by_month(lines: Iterable[PlannedLine]) -> Counter[int]:
    """Return planned learners by month; those of a quarter are spread over its months, what is undated is month 0."""
    found = Counter[int]()
    for line in lines:
        if line.month:
            found[line.month] += line.learners
        elif line.quarter:
            share, rest = divmod(line.learners, 3)
            for at in range(3):
                found[3 * line.quarter - 2 + at] += share + (at < rest)
        else:
            found[0] += line.learners
    return found


def _attended(user: User, unit: Unit, year: int) -> YearFigures:
    days = (dt.date(year, 1, 1), dt.date(year, 12, 31))
    held = {"class_run__state__in": sorted(HELD_STATES), "class_run__opened_on__range": days}
    sent = Enrolment.objects.counted().filter(unit__in=scope(user, {Role.UNIT_CLERK}), **held)
    row = sent.aggregate(
        turns=Count("id"),
        people=Count("person_id", distinct=True),
        completed=Count("id", filter=Q(state=EnrolmentState.COMPLETED)),
        studying=Count("id", filter=Q(state=EnrolmentState.STUDYING)),
    )
    done = Fraction(row["completed"], row["turns"]) if row["turns"] else None
    figures = [
        Figure(_("People sent"), row["people"], meaning=_("each person once")),
        Figure(_("Turns of study"), row["turns"], meaning=_("in classes that have begun")),
        Figure(_("Completed turns"), row["completed"], share=done, tone="ok"),
        Figure(_("Studying now"), row["studying"], meaning=_("result not known yet")),
    ]
    return YearFigures(_("People of %(unit)s in %(year)s") % {"unit": unit.short_name, "year": year}, figures=figures)
