"""What tests of classes stand on: an approved plan with its lines."""

import datetime as dt

from django.utils import timezone

from tests.factories import make_decision, make_plan, make_programme, make_unit
from vuntrong.classes.actions.life import NewDecision
from vuntrong.planning.models import PlanLine, PlanSubmission, SubmittedLine
from vuntrong.registry.models import Unit


def make_centre() -> Unit:
    """A district committee with its centre and one commune."""
    district = make_unit("Huyện ủy Tuyên Hóa", kind="district_committee")
    make_unit("Đảng ủy xã Lê Hóa", parent=district)
    return make_unit("Trung tâm Chính trị huyện Tuyên Hóa", parent=district, kind="district_centre")


def make_line(*, owner: Unit | None = None, state: str = "approved", plan=None, number: int = 1, line=None, **extra):
    """A submitted line, its plan and its decision; `line` continues a working line in a later submission."""
    owner = owner or make_centre()
    plan = plan or make_plan(owner=owner, year=2026)
    said = {
        "position": 1,
        "programme": extra.pop("programme", None)
        or make_programme("Bồi dưỡng đảng viên mới", short_name="Đảng viên mới"),
        "mode": "full_time",
        "class_count": 2,
        "learner_count": 95,
        "month": 3,
        "place": "Hội trường huyện",
    } | extra
    line = line or PlanLine.objects.create(plan=plan, **said)
    submission = PlanSubmission.objects.create(
        plan=plan,
        number=number,
        state=state,
        submitted_at=timezone.now(),
        submitted_by_name="Thu",
        decision=make_decision(issuer=owner.parent) if state == "approved" else None,
    )
    return SubmittedLine.objects.create(submission=submission, line=line, **said)


def paper(issuer: Unit, **extra) -> NewDecision:
    said = {
        "number": "21-QĐ/TTCT",
        "issued_on": dt.date(2026, 3, 1),
        "issuer": issuer,
        "issuer_text": "Trung tâm Chính trị",
    }
    return NewDecision(**said | extra)
