"""What each page of reports is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vuntrong.reports.documents.paper import classes_left
from vuntrong.reports.enums import Dimension, Result
from vuntrong.reports.models import ReportSubmission
from vuntrong.reports.queries.differences import ReportDifference
from vuntrong.reports.queries.figures import figures_now
from vuntrong.reports.queries.overview import PeriodReport, UnitReports
from vuntrong.reports.queries.rows import recount, recount_frozen
from vuntrong.reports.queries.submissions import changed_since, versions_of
from vuntrong.reports.rules.checks import checks
from vuntrong.reports.rules.differences import Row, RowChange
from vuntrong.reports.rules.frozen import ReportFigures, from_plain, to_plain
from vuntrong.reports.rules.periods import ReportPeriod
from vuntrong.reports.rules.submissions import standing_of
from vuntrong.web.history.words import words_for
from vuntrong.web.kit import numbers
from vuntrong.web.kit.values import State
from vuntrong.web.reports import showing
from vuntrong.web.reports.access import Named, report_url, senders_of
from vuntrong.web.reports.sentences import (
    CHANGES,
    line_label,
    moment,
    period_words,
    report_title,
    sex_label,
    standing_state,
)

MOST_UNITS = 200
"""So many units are listed at once; the form opens every other one."""
MOST_ROWS = 200
"""So many changed rows are shown of one cause."""


def report_page(named: Named, *, may_submit: bool) -> dict[str, Any]:
    """Return what the page of one report shows. 18 queries today, 32 in today's units, 4 for a version."""
    report = named.figures()
    versions = list(versions_of(named.unit, named.period))
    rows = recount_frozen(named.version, len(report.classes)) if named.version else recount(named.scope())
    checked = checks(report, rows)
    last = versions[0] if versions else None
    has_changed = bool(last and named.version is None and not named.is_folded and _differs(report, last))
    standing = standing_of(named.period, timezone.localdate(), is_submitted=bool(last), has_changed=has_changed)
    return {
        "named": named,
        "report": report,
        "title": report_title(named.period),
        "facts": showing.header_facts(report),
        "state": showing.header_state(named, checked, standing),
        "tabs": showing.version_tabs(named, versions),
        "left": classes_left(report),
        "hosted": [(one, line_label(Dimension.MODE, one.mode)) for one in report.hosted],
        "rows": showing.programme_rows(named, report),
        "waiting": showing.waiting_lines(report),
        "squares": showing.squares(report),
        "tables": showing.breakdowns(named, report),
        "results": showing.result_rows(named, report),
        "sexes": showing.sex_rows(named, report),
        "checks": showing.check_lines(checked),
        "held": sum(check.holds for check in checked),
        "chain": showing.plan_chain(report),
        "chart": showing.month_chart(report),
        "versions": showing.version_notes(versions),
        "links": links_of(named),
        "senders": showing.sender_table(named, senders_of(named, report)),
        "readings": showing.reading_tabs(named),
        "has_changed": has_changed,
        "last": last,
        "submit": submit_offer(named, last, may_submit=may_submit, has_changed=has_changed),
    }


def _differs(report: ReportFigures, last: ReportSubmission) -> bool:
    return to_plain(report) != last.figures or bool(changed_since([last]))


def links_of(named: Named) -> dict[str, str]:
    """Return the addresses of the totals, the differences and the files."""
    return {
        "classes": named.url("classes"),
        "people": named.url("people"),
        "turns": named.url("rows"),
        "differences": named.url("differences"),
        **{form: named.download_url(form) for form in ("docx", "pdf", "xlsx")},
    }


@dataclass(frozen=True)
class SubmitOffer:
    """Whether figures can be frozen now, and the words for it; a reason where they cannot."""

    url: str
    number: int
    is_supplement: bool
    why_not: str = ""


def submit_offer(
    named: Named, last: ReportSubmission | None, *, may_submit: bool, has_changed: bool
) -> SubmitOffer | None:
    """Return what the button offers; None for who may not submit."""
    if not may_submit:
        return None
    if named.is_folded:
        return SubmitOffer("", 0, is_supplement=False, why_not=_("Reports are submitted as it was then"))
    url = report_url(named.unit, named.period, "submit")
    number = last.number + 1 if last else 1
    if named.period.end > timezone.localdate():
        return SubmitOffer(url, number, number > 1, _("The period is not over yet"))
    if last and not has_changed:
        return SubmitOffer(url, number, number > 1, _("Nothing has changed since version %(n)s") % {"n": last.number})
    return SubmitOffer(url, number, number > 1)


@dataclass(frozen=True)
class OverviewCell:
    """The report of one unit and period in the list."""

    name: str
    report: PeriodReport
    state: State
    url: str


def overview_rows(overview: Sequence[UnitReports]) -> list[tuple[UnitReports, list[OverviewCell]]]:
    """Return each unit with its three reports; a submitted one opens at its own cut-off."""
    return [(one, [_overview_cell(one, cell) for cell in one.reports]) for one in overview]


def _overview_cell(one: UnitReports, cell: PeriodReport) -> OverviewCell:
    period = _period_of(cell.submission) if cell.submission else cell.period
    return OverviewCell(period_words(cell.period), cell, standing_state(cell.standing), report_url(one.unit, period))


def _period_of(submission: ReportSubmission) -> ReportPeriod:
    return ReportPeriod(submission.kind, submission.period_from, submission.period_to)


def recent_rows(submissions: Iterable[ReportSubmission]) -> list[tuple[ReportSubmission, str, str, str]]:
    """Return (submission, period, when, address)."""
    return [
        (one, period_words(_period_of(one)), moment(one.submitted_at), Named(one.unit, _period_of(one), one).url())
        for one in submissions
    ]


def difference_page(named: Named, found: ReportDifference) -> dict[str, Any]:
    """Return what the page of differences shows."""
    causes = [
        {
            "cause": step.cause,
            "what": str(CHANGES[step.cause.kind]),
            "action": words_for(step.cause.entry.action) if step.cause.entry else _("Not in the action log"),
            "at": moment(step.cause.entry.at) if step.cause.entry else "",
            "classes": _signed(step.classes),
            "people": _signed(step.learners),
            "turns": _signed(step.turns),
            "rows": [_changed_row(change) for change in step.cause.rows[:MOST_ROWS]],
            "more": max(0, len(step.cause.rows) - MOST_ROWS),
        }
        for step in found.reckoning.steps
    ]
    return {
        "named": named,
        "found": found,
        "causes": causes,
        "submitted_at": moment(found.submission.submitted_at),
        "title": _("What changed since version %(number)s") % {"number": found.submission.number},
        "period": period_words(named.period),
        "back_url": report_url(named.unit, named.period),
        "others": _other_differences(from_plain(found.submission.figures), figures_now(named.unit, named.period)),
        "start": found.reckoning.start,
        "end": found.reckoning.end,
    }


def _other_differences(before: ReportFigures, now: ReportFigures) -> list[str]:
    """Return what differs without any row: the plan, the classes of others."""
    found = []
    if before.total.planned_classes != now.total.planned_classes:
        words = {"before": before.total.planned_classes, "now": now.total.planned_classes}
        found.append(_("Planned classes: %(before)s then, %(now)s now.") % words)
    if before.hosted != now.hosted:
        words = {"before": len(before.hosted), "now": len(now.hosted)}
        found.append(_("Classes of other owners: %(before)s then, %(now)s now, or their modules moved on.") % words)
    return found


def _signed(number: int) -> str:
    """Return +64, −3 or 0."""
    return f"+{numbers.number(number)}" if number > 0 else numbers.number(number)


def _changed_row(change: RowChange) -> tuple[str, str, str, str]:
    """Return (name, class, what was submitted, what is so now)."""
    row = change.row
    return row.person_name, row.class_code, _said(change.before), _said(change.after)


def _said(row: Row | None) -> str:
    if row is None:
        return _("not counted")
    return f"{row.person_name}, {sex_label(row.sex)}, {Result(row.result).label}"
