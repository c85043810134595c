"""Plan lines as facts: working lines and frozen copies read the same."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vuntrong.planning.enums import LineState, SubmissionState
from vuntrong.planning.models import PlanLine, PlanSubmission, SubmittedLine, TrainingPlan
from vuntrong.planning.rules.plans import LineDraft, LineFacts, Totals, totals

PLAIN_FIELDS = tuple(
    field.name for field in dataclasses.fields(LineDraft) if field.name not in {"programme_id", "cooperating_ids"}
)
"""Fields that a line and a draft hold under the same name."""


def line_draft(line: PlanLine | SubmittedLine) -> LineDraft:
    """Return what a line says. 1 query for the co-operating units unless they are prefetched."""
    said = {name: getattr(line, name) for name in PLAIN_FIELDS}
    units = frozenset(unit.pk for unit in line.cooperating.all())
    return LineDraft(programme_id=line.programme_id, cooperating_ids=units, **said)


def line_facts(line: PlanLine | SubmittedLine) -> LineFacts:
    """Return a line with its names. No queries when the relations are loaded as `_loaded` does."""
    return LineFacts(
        line_id=line.line_id if isinstance(line, SubmittedLine) else line.pk,
        position=line.position,
        draft=line_draft(line),
        programme=line.programme.name,
        programme_code=line.programme.code,
        kind=line.programme.kind,
        field=line.programme.field,
        opener=line.opener.short_name if line.opener else "",
        lead=line.lead.short_name if line.lead else "",
        cooperating=tuple(unit.short_name for unit in line.cooperating.all()),
    )


def working_lines(plan: TrainingPlan) -> list[LineFacts]:
    """Return the lines of the working copy in their order. 2 queries."""
    return [line_facts(line) for line in working_rows(plan)]


def working_rows(plan: TrainingPlan) -> list[PlanLine]:
    """Return the rows of the working copy with everything that a page shows. 2 queries."""
    return list(_loaded(plan.lines.filter(is_removed=False)).order_by("position", "id"))


def submitted_lines(submission: PlanSubmission) -> list[LineFacts]:
    """Return the lines of a frozen copy in their order. 2 queries."""
    return [line_facts(line) for line in _loaded(submission.lines.all()).order_by("position", "id")]


def approved_submission(plan: TrainingPlan, on: dt.date | None = None) -> PlanSubmission | None:
    """Return the copy that counts as the plan on a day, by the date of its decision; the newest without a day. 1 query.

    Several decisions of one day: the later submission counts.
    """
    rows = plan.submissions.filter(state=SubmissionState.APPROVED).select_related("decision", "decision__issuer")
    if on is not None:
        rows = rows.filter(decision__issued_on__lte=on)
    return rows.order_by("-number").first()


def approved_lines(plan: TrainingPlan, on: dt.date | None = None) -> list[LineFacts]:
    """Return the lines that count as the plan on a day; none before the first decision. 3 queries."""
    submission = approved_submission(plan, on)
    return submitted_lines(submission) if submission else []


@dataclass(frozen=True)
class PlannedLine:
    """One approved, planned line as reports and classes need it. Counts of 0 stand for "not settled" too."""

    line_id: int
    """The working line: classes point at it."""
    plan_id: int
    owner_id: int
    side: str
    programme_id: int
    title: str
    mode: str
    classes: int
    learners: int
    month: int | None
    quarter: int | None
    owner_role: str


def planned_lines(owner_ids: Collection[int], year: int, on: dt.date | None = None) -> list[PlannedLine]:
    """Return the planned lines of the last approved copies of the owners' plans for a year. 1 query.

    `on` asks for the copies that counted on that day, by the date of the decision.
    """
    rows = countable_lines(on).filter(
        submission__plan__owner_id__in=owner_ids, submission__plan__year=year, line_state=LineState.PLANNED
    )
    rows = rows.annotate(classes=Coalesce("class_count", 0), learners=Coalesce("learner_count", 0))
    names = ["line_id", "submission__plan_id", "submission__plan__owner_id", "submission__plan__side", "programme_id"]
    names += ["title", "mode", "classes", "learners", "month", "quarter", "owner_role"]
    return [PlannedLine(*row) for row in rows.order_by("submission__plan_id", "position", "id").values_list(*names)]


def countable_lines(on: dt.date | None = None) -> QuerySet[SubmittedLine]:
    """Return the lines of the copies that count as plans, whatever their state."""
    newest = PlanSubmission.objects.filter(plan=OuterRef("submission__plan"), state=SubmissionState.APPROVED)
    if on is not None:
        newest = newest.filter(decision__issued_on__lte=on)
    return SubmittedLine.objects.filter(submission_id=Subquery(newest.order_by("-number").values("pk")[:1]))


@dataclass(frozen=True)
class PlannedProgramme:
    """What the plan asks for in one programme."""

    programme_id: int
    classes: int
    learners: int


def planned_by_programme(lines: Iterable[PlannedLine]) -> dict[int, PlannedProgramme]:
    """Add up planned lines by programme. No queries."""
    classes, learners = Counter[int](), Counter[int]()
    for line in lines:
        classes[line.programme_id] += line.classes
        learners[line.programme_id] += line.learners
    return {key: PlannedProgramme(key, count, learners[key]) for key, count in classes.items()}


def plan_totals(plan: TrainingPlan) -> Totals:
    """Return the figures of the working copy. 2 queries."""
    return totals(working_lines(plan))


def _loaded(rows: QuerySet) -> QuerySet:
    return rows.select_related("programme", "opener", "lead").prefetch_related("cooperating")
