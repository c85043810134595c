"""Plans of the past with their frozen copies: the product's own actions would stamp them with today."""

from collections.abc import Sequence
from typing import Any

from vuntrong.ops.demo.shelf import Row, Shelf
from vuntrong.ops.demo.times import day, moment
from vuntrong.planning.enums import DecisionKind, PlanState, SubmissionState
from vuntrong.planning.models import (
    Decision,
    LineContent,
    NeedsSnapshot,
    PlanLine,
    PlanSubmission,
    SubmittedLine,
    TrainingPlan,
)

CONTENT = tuple(field.attname for field in LineContent._meta.local_fields)


def write_plan(shelf: Shelf, row: Row, *, snapshot: NeedsSnapshot | None = None) -> TrainingPlan:
    """Enter a plan with its lines; a submission with a decision makes it approved, one without leaves it waiting."""
    plan = TrainingPlan.objects.create(
        owner=shelf.units[row["owner"]],
        approver=shelf.units[row["approver"]],
        approver_text=row["approver_text"],
        year=row["year"],
        side=row["side"],
        title=row["title"],
        survey=snapshot.survey if snapshot else None,
        state=_state(row.get("submission")),
    )
    defaults = row.get("defaults", {})
    lines = [_line(shelf, plan, at, {**defaults, **line}, snapshot) for at, line in enumerate(row["lines"], start=1)]
    PlanLine.objects.bulk_create(lines)
    _link_cooperating(shelf, lines, row["lines"])
    if row.get("submission"):
        _submit(shelf, plan, row["submission"], snapshot)
    return plan


def write_decision(shelf: Shelf, row: Row, kind: str) -> Decision:
    """Enter a signed decision."""
    return Decision.objects.create(
        number=row["number"],
        issued_on=day(row["on"]),
        issuer=shelf.units[row["issuer"]],
        issuer_text=row["issuer_text"],
        signer_name=row.get("signer", ""),
        signer_post=row.get("signer_post", ""),
        subject=row.get("subject", ""),
        kind=kind,
    )


def _state(submission: Row | None) -> str:
    if submission is None:
        return PlanState.DRAFT
    return PlanState.APPROVED if submission.get("decision") else PlanState.SUBMITTED


def _line(shelf: Shelf, plan: TrainingPlan, position: int, row: Row, snapshot: NeedsSnapshot | None) -> PlanLine:
    programme = shelf.programmes[row["programme"]]
    return PlanLine(
        plan=plan,
        snapshot=snapshot,
        position=position,
        programme=programme,
        title=row.get("title", ""),
        audience=row.get("audience", ""),
        mode=row.get("mode", programme.mode),
        opener=shelf.unit(row.get("opener")),
        lead=shelf.unit(row.get("lead")),
        owner_role=row.get("role", "opens"),
        line_state=row.get("state", "planned"),
        class_count=row.get("classes"),
        learner_count=row.get("learners"),
        **_optional(row),
    )


def _optional(row: Row) -> dict[str, Any]:
    numbers = {name: row.get(name) for name in ("month", "quarter", "days", "for_year")}
    texts = {"place": "place", "funding_source": "source", "legal_basis": "basis", "note": "note"}
    return {**numbers, "budget_vnd": row.get("budget"), **{name: row.get(key, "") for name, key in texts.items()}}


def _link_cooperating(shelf: Shelf, lines: Sequence[PlanLine], rows: Sequence[Row]) -> None:
    PlanLine.cooperating.through.objects.bulk_create(
        PlanLine.cooperating.through(planline_id=line.pk, unit_id=shelf.units[slug].pk)
        for line, row in zip(lines, rows, strict=True)
        for slug in row.get("with", [])
    )


def _submit(shelf: Shelf, plan: TrainingPlan, row: Row, snapshot: NeedsSnapshot | None) -> None:
    decision = write_decision(shelf, row["decision"], DecisionKind.PLAN) if row.get("decision") else None
    submission = PlanSubmission.objects.create(
        plan=plan,
        number=1,
        state=SubmissionState.APPROVED if decision else SubmissionState.PENDING,
        paper_number=row.get("paper", ""),
        submitted_at=moment(day(row["on"])),
        submitted_by_name=row["by"],
        remarks=row.get("remarks", ""),
        decided_at=moment(decision.issued_on, 15) if decision else None,
        decided_by_name=row.get("decided_by", "") if decision else "",
        decision=decision,
        snapshot=snapshot,
    )
    _freeze(plan, submission)


def _freeze(plan: TrainingPlan, submission: PlanSubmission) -> None:
    """Copy the lines of the plan into the submission, word for word."""
    lines = list(plan.lines.prefetch_related("cooperating"))
    copies = SubmittedLine.objects.bulk_create(
        SubmittedLine(submission=submission, line=line, **{name: getattr(line, name) for name in CONTENT})
        for line in lines
    )
    SubmittedLine.cooperating.through.objects.bulk_create(
        SubmittedLine.cooperating.through(submittedline_id=copy.pk, unit_id=unit.pk)
        for copy, line in zip(copies, lines, strict=True)
        for unit in line.cooperating.all()
    )
