"""Freezing the figures of a report."""

from dataclasses import asdict

from django.db import connection, transaction
from django.db.models import BigIntegerField, Max, Value
from django.utils import timezone

from vuntrong.kernel import log
from vuntrong.kernel.errors import StaleState, refuse_if
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.kernel.transitions import lock_row
from vuntrong.registry.models import Unit
from vuntrong.reports.models import ReportRow, ReportSubmission
from vuntrong.reports.queries.figures import figures_now
from vuntrong.reports.queries.rows import ROW_FIELDS, recount_frozen, report_rows
from vuntrong.reports.queries.scopes import scope_of
from vuntrong.reports.queries.submissions import fingerprint_of, latest_version
from vuntrong.reports.rules.frozen import ReportFigures, to_plain
from vuntrong.reports.rules.periods import ReportPeriod
from vuntrong.reports.rules.submissions import SubmissionFacts, submission_violations


@transaction.atomic
def submit_report(
    *, unit: Unit, period: ReportPeriod, number: int, reason: str = "", by: log.Actor
) -> ReportSubmission:
    """Freeze the figures and every turn behind them as version `number`, the one that the person saw coming.

    Version 1 is the report; the next ones are supplements that say why. Versions before stay as they are.
    Raises RuleBroken with every reason; StaleState when somebody else submitted meanwhile, or changed enrolments at
    the very moment, so that figures and list would not agree.
    """
    lock_row(unit)
    last = latest_version(unit, period)
    if number != (last.number + 1 if last else 1):
        raise StaleState(f"version {number} of the report was submitted meanwhile")
    newest_entry = ActionLogEntry.objects.aggregate(newest=Max("id"))["newest"] or 0
    report = figures_now(unit, period)
    submission = _frozen(unit, report, number=number, reason=reason.strip(), newest_entry=newest_entry, by=by)
    facts = SubmissionFacts(period, timezone.localdate(), number, reason, _has_changed(last, submission))
    refuse_if(submission_violations(facts))
    submission.save(force_insert=True)
    _freeze_rows(submission, report)
    log.record("submit_report", submission, by=by, after=_summary(submission, report), reason=reason)
    return submission


def _frozen(
    unit: Unit, report: ReportFigures, *, number: int, reason: str, newest_entry: int, by: log.Actor
) -> ReportSubmission:
    scope = scope_of(unit, report.period)
    return ReportSubmission(
        unit=unit,
        kind=report.period.kind,
        period_from=report.period.start,
        period_to=report.period.end,
        number=number,
        reason=reason,
        figures=to_plain(report),
        fingerprint=asdict(fingerprint_of(scope)),
        submitted_at=timezone.now(),
        submitted_by_name=by.get_full_name(),
        last_log_entry=newest_entry,
    )


def _has_changed(last: ReportSubmission | None, new: ReportSubmission) -> bool:
    """Results, plans and labels may change without moving a sum, so that the whole text is compared."""
    return last is None or new.figures != last.figures or new.fingerprint != last.fingerprint


def _freeze_rows(submission: ReportSubmission, report: ReportFigures) -> None:
    """Copy the rows inside the database: one statement for 55,000 turns."""
    rows = report_rows(scope_of(submission.unit, report.period))
    keyed = rows.annotate(submission_key=Value(submission.pk, BigIntegerField()))
    select, values = keyed.values_list("submission_key", *ROW_FIELDS).query.sql_with_params()
    columns = ", ".join(("submission_id", *ROW_FIELDS))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {ReportRow._meta.db_table} ({columns}) {select}", values)
    found = recount_frozen(submission, len(report.classes))
    if (found.turns, found.learners) != (report.total.turns, report.total.learners):
        raise StaleState("enrolments changed while the figures were being frozen")


def _summary(submission: ReportSubmission, report: ReportFigures) -> dict[str, object]:
    return {
        "from": submission.period_from,
        "to": submission.period_to,
        "number": submission.number,
        "classes": report.total.classes,
        "learners": report.total.learners,
        "turns": report.total.turns,
    }
