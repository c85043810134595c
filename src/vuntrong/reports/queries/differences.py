"""What a submitted report and today disagree about, row by row, with the entries of the action log that explain it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.models import Person, Unit
from vuntrong.reports.models import ReportRow, ReportSubmission
from vuntrong.reports.queries.rows import in_words
from vuntrong.reports.queries.scopes import Scope, counted_enrolments, held_classes, scope_of
from vuntrong.reports.rules import differences as rules
from vuntrong.reports.rules.differences import Cause, LogFact, Reckoning, Row, RowChange
from vuntrong.reports.rules.frozen import from_plain

SUBJECTS = {
    ClassRun._meta.label_lower: "class",
    Enrolment._meta.label_lower: "enrolment",
    Person._meta.label_lower: "person",
}
COMPARED = ("person_id", "sex", "result", "class_id", "programme_id")
"""What makes a row another one; a new name or unit of the same person moves no figure."""
WORDS = [one.name for one in fields(Row)]


@dataclass(frozen=True)
class ReportDifference:
    """Everything between a submission and today."""

    submission: ReportSubmission
    causes: tuple[Cause, ...]
    reckoning: Reckoning

    @property
    def rows(self) -> int:
        """How many rows differ."""
        return sum(len(cause.rows) for cause in self.causes)


def difference(submission: ReportSubmission) -> ReportDifference:
    """Return the causes and the reckoning from the submitted figures to those of today. At most 9 queries."""
    report = from_plain(submission.figures)
    scope = scope_of(Unit(pk=submission.unit_id), report.period)
    before = {one.facts.id: (one.facts.code, one.facts.name) for one in report.classes}
    after = {key: (code, name) for key, code, name in held_classes(scope).values_list("id", "code", "name")}
    changes = row_changes(submission, scope)
    classes = rules.class_changes(before, after)
    touched = {one.row.class_id for one in changes} | {one.class_id for one in classes}
    found = rules.causes(changes, classes, _entries(submission, touched, changes) if touched else [])
    start = (report.total.classes, report.total.learners, report.total.turns)
    return ReportDifference(submission, found, rules.reckon(start, _turns_of(submission) if changes else {}, found))


def row_changes(submission: ReportSubmission, scope: Scope) -> list[RowChange]:
    """Return the rows that came, went or say something else, in the order of classes and names. 4 queries."""
    frozen = ReportRow.objects.filter(submission=submission)
    now = in_words(counted_enrolments(scope)).order_by("class_id", "person__sort_key", "id")
    same = frozen.filter(enrolment_id=OuterRef("pk"))
    differs = Q()
    for name in COMPARED:
        differs |= ~Q(**{name: OuterRef(name)})
    added = _rows(now.filter(~Exists(same)))
    moved = now.filter(Exists(same.filter(differs)))
    changed = _rows(moved)
    still = counted_enrolments(scope).filter(pk=OuterRef("enrolment_id"))
    removed = _rows(frozen.filter(~Exists(still)).order_by("id").values(*WORDS))
    said = frozen.filter(enrolment_id__in=moved.order_by().values("enrolment_id")).values(*WORDS)
    old = {row.enrolment_id: row for row in _rows(said)}
    return [
        *(RowChange(None, row) for row in added),
        *(RowChange(row, None) for row in removed),
        *(RowChange(old[row.enrolment_id], row) for row in changed),
    ]


def _rows(rows: Iterable[Any]) -> list[Row]:
    return [Row(**{name: row[name] for name in WORDS}) for row in rows]


def _turns_of(submission: ReportSubmission) -> dict[int, int]:
    rows = submission.rows.order_by().values_list("person_id").annotate(turns=Count("id"))
    return dict(rows)


def _entries(submission: ReportSubmission, class_ids: set[int], changes: list[RowChange]) -> list[LogFact]:
    """Return the newer entries about the classes, enrolments and people that moved, oldest first. 1 query."""
    people = {row.person_id for one in changes for row in (one.before, one.after) if row}
    wanted = {"class": class_ids, "enrolment": {one.row.enrolment_id for one in changes}, "person": people}
    newer = ActionLogEntry.objects.filter(id__gt=submission.last_log_entry, subject_type__in=SUBJECTS).order_by("id")
    return [_fact(entry) for entry in newer.iterator() if entry.subject_id in wanted[SUBJECTS[entry.subject_type]]]


def _fact(entry: ActionLogEntry) -> LogFact:
    people = entry.after.get("people") or entry.after.get("person") or []
    return LogFact(
        id=entry.pk,
        at=entry.at,
        day=timezone.localdate(entry.at),
        actor=entry.actor_name,
        action=entry.action,
        subject=(SUBJECTS[entry.subject_type], entry.subject_id or 0),
        names=frozenset([people] if isinstance(people, str) else people),
        reason=entry.reason,
    )
