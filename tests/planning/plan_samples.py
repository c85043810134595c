"""Lines and plans that the tests of plans share."""

import dataclasses
from typing import Any

from tests.factories import make_decision, make_plan, make_programme, make_unit
from vuntrong.planning.actions.lines import add_line
from vuntrong.planning.actions.plans import submit_plan
from vuntrong.planning.models import NeedsSnapshot, NeedsSurvey, PlanLine, PlanSubmission, SnapshotLine, TrainingPlan
from vuntrong.planning.rules.plans import LineDraft, LineFacts
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Unit

GOOD = LineDraft(programme_id=1, mode="full_time", class_count=2, learner_count=94, month=3)


def facts(line_id: int = 1, *, programme: str = "Bồi dưỡng đảng viên mới", **changes: Any) -> LineFacts:
    """A line that may be submitted, unless `changes` spoil it."""
    kind = changes.pop("kind", "retraining")
    field = changes.pop("field", "political_theory")
    names = {name: changes.pop(name) for name in ("opener", "lead", "cooperating") if name in changes}
    draft = dataclasses.replace(GOOD, **changes)
    return LineFacts(line_id, line_id, draft, programme, f"ma-{line_id}", kind, field, **names)


def house() -> tuple[Unit, Unit]:
    """A district committee and its centre."""
    committee = make_unit("Huyện ủy Tuyên Hóa", kind="district_committee")
    return committee, make_unit("Trung tâm Chính trị huyện Tuyên Hóa", kind="district_centre", parent=committee)


def plan_with(lines: int = 1, **extra: Any) -> TrainingPlan:
    """A draft plan of a centre with `lines` good lines."""
    committee, centre = house()
    plan = make_plan(owner=centre, approver=committee, **extra)
    for _ in range(lines):
        line_of(plan)
    return plan


def line_of(plan: TrainingPlan, programme: Programme | None = None, **changes: Any) -> PlanLine:
    """A good line at the end of the plan."""
    programme = programme or make_programme()
    return add_line(plan=plan, draft=dataclasses.replace(GOOD, programme_id=programme.pk, **changes), by=None)


def submitted(plan: TrainingPlan) -> PlanSubmission:
    """The plan's new submission."""
    return submit_plan(plan=plan, by=None)


def approved(plan: TrainingPlan, **extra: Any) -> PlanSubmission:
    """The plan's new submission, approved by a decision."""
    submission = submitted(plan)
    submission.state, submission.decision = "approved", make_decision(issuer=plan.approver, **extra)
    submission.save()
    TrainingPlan.objects.filter(pk=plan.pk).update(state="approved", amendment_reason="")
    plan.refresh_from_db()
    return submission


def snapshot_of(survey: NeedsSurvey, needs: dict[tuple[Unit, Programme], int], **extra: Any) -> NeedsSnapshot:
    """A consolidation with these needs, in people."""
    words = {"taken_at": survey.closes_at, "taken_by_name": "Dũng", "asked": 3, "answered": 2, "nil_answers": 0}
    snapshot = NeedsSnapshot.objects.create(survey=survey, **words | extra)
    rows = [
        SnapshotLine(snapshot=snapshot, unit=unit, programme=programme, named=0, total=total)
        for (unit, programme), total in needs.items()
    ]
    SnapshotLine.objects.bulk_create(rows)
    return snapshot
