"""The unit, the plan and the classes of a report, short to write."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from tests.factories import make_class, make_decision, make_enrolment, make_person, make_plan, make_programme, make_unit
from vuntrong.classes.models import ClassRole, ClassRun
from vuntrong.planning.models import PlanLine, PlanSubmission, SubmittedLine, TrainingPlan
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Person, Unit
from vuntrong.reports.rules.periods import ReportPeriod, half_year

FIRST_HALF = half_year(2022, 1)
ORDER_718 = {
    "number": "718-QĐ/HU",
    "issued_on": dt.date(2022, 1, 10),
    "issuer_text": "Ban Thường vụ Huyện ủy Tuyên Hóa",
    "subject": "về việc giao chỉ tiêu, kế hoạch tổ chức các lớp đào tạo, bồi dưỡng năm 2022",
}


@dataclass
class Centre:
    """A political centre below a district committee, with its people."""

    unit: Unit
    people: list[Person] = field(default_factory=list)

    def crowd(self, count: int, **extra: Any) -> list[Person]:
        """Return so many new people."""
        return [make_person(f"Nguyễn Văn {number}", unit=self.unit, **extra) for number in range(count)]


def make_centre(slug: str = "tuyen-hoa", **extra: Any) -> Centre:
    district = make_unit("Huyện ủy Tuyên Hóa", kind="district_committee", code="HU", seat="Tuyên Hóa")
    words = {"slug": slug, "kind": "district_centre", "parent": district, "code": "TTCT", "seat": "Tuyên Hóa"}
    return Centre(make_unit("Trung tâm Chính trị huyện Tuyên Hóa", **words | extra))


def held(owner: Unit, day: str = "2022-03-01", *, people: list[Person] = (), **extra: Any) -> ClassRun:
    """Return a closed class opened on `day` with `people` who completed it."""
    opened = dt.date.fromisoformat(day)
    words = {"opened_on": opened, "closed_on": opened, "year": opened.year, "state": "closed"}
    run = make_class(owner=owner, **words | extra)
    for person in people:
        make_enrolment(class_run=run, person=person, state="completed", grade="passed")
    return run


def approve(
    owner: Unit, lines: list[tuple[Programme, int | None, int | None]], *, year: int = 2022, **extra: Any
) -> TrainingPlan:
    """Return a plan with one approved version; a line is (programme, classes, learners)."""
    plan = make_plan(owner=owner, year=year, state="approved")
    submit(plan, lines, **extra)
    return plan


def submit(
    plan: TrainingPlan,
    lines: list[tuple[Programme, int | None, int | None]],
    *,
    state: str = "approved",
    number: int = 1,
    decision: dict[str, Any] | None = None,
    **extra: Any,
) -> PlanSubmission:
    submission = PlanSubmission.objects.create(
        plan=plan,
        number=number,
        state=state,
        submitted_at=timezone.now(),
        decision=make_decision(issuer=plan.approver, **decision or {}) if state == "approved" else None,
    )
    for position, (programme, classes, learners) in enumerate(lines, 1):
        words = {"position": position, "programme": programme, "mode": "full_time", "class_count": classes}
        words |= {"learner_count": learners} | extra
        line = PlanLine.objects.create(plan=plan, **words)
        SubmittedLine.objects.create(submission=submission, line=line, **words)
    return submission


PROGRAMMES = (
    ("Bồi dưỡng lý luận chính trị dành cho đảng viên mới", (48, 46)),
    ("Bồi dưỡng lý luận chính trị dành cho đối tượng nhận thức về Đảng", (54,)),
    ("Bồi dưỡng nghiệp vụ công tác kiểm tra, giám sát và thi hành kỷ luật Đảng", (45,)),
    ("Bồi dưỡng nghiệp vụ công tác Đảng cho bí thư chi bộ năm 2022", (70, 64)),
)


def make_tuyen_hoa() -> Centre:
    """Return Tuyên Hóa 2022 as the article tells it: 6 of 20 classes, 327 learners, the school's class apart."""
    centre = make_centre()
    known = [make_programme(name) for name, _sizes in PROGRAMMES]
    plan = approve(
        centre.unit,
        [(one, count, None) for one, count in zip([*known, make_programme("Chưa mở")], (3, 3, 1, 2, 11), strict=True)],
        decision=ORDER_718,
    )
    lines = {line.programme_id: line for line in plan.lines.all()}
    for programme, (_name, sizes) in zip(known, PROGRAMMES, strict=True):
        for size in sizes:
            held(centre.unit, people=centre.crowd(size), programme=programme, plan_line=lines[programme.pk])
    host_class(centre.unit, centre.crowd(10))
    return centre


def host_class(host: Unit, people: list[Person], **extra: Any) -> ClassRun:
    """Return the school's running class khóa XII at the centre, 5 modules finished."""
    school = make_unit("Trường Chính trị tỉnh", kind="provincial_school")
    words = {
        "programme": make_programme("Trung cấp lý luận chính trị", kind="training"),
        "cohort": "XII",
        "mode": "part_time",
        "state": "running",
        "opened_on": dt.date(2021, 11, 6),
        "modules_total": 13,
        "modules_finished": 5,
    }
    run = make_class(owner=school, **words | extra)
    ClassRole.objects.create(class_run=run, unit=host, role="host")
    for person in people:
        make_enrolment(class_run=run, person=person)
    return run


def period(start: str, end: str, kind: str = "other") -> ReportPeriod:
    return ReportPeriod(kind, dt.date.fromisoformat(start), dt.date.fromisoformat(end))
