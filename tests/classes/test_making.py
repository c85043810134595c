import datetime as dt

import pytest

from tests.classes.builders import make_centre, make_line, paper
from tests.factories import make_class, make_person, make_programme, make_unit, make_user
from vuntrong.classes.actions import making
from vuntrong.classes.actions.enrolment import enrol
from vuntrong.classes.actions.life import cancel_class
from vuntrong.classes.models import ClassRole, ClassRun
from vuntrong.kernel.errors import RuleBroken, StaleState
from vuntrong.kernel.models import ActionLogEntry

pytestmark = pytest.mark.django_db


def refused(action, **arguments) -> list[str]:
    """Return the codes of the refusal; the refused action leaves no trace."""
    before = (ClassRun.objects.count(), ClassRole.objects.count(), ActionLogEntry.objects.count())
    with pytest.raises(RuleBroken) as refusal:
        action(**arguments)
    assert (ClassRun.objects.count(), ClassRole.objects.count(), ActionLogEntry.objects.count()) == before
    return [violation.code for violation in refusal.value.violations]


def test_a_line_makes_all_its_classes_in_one_action():
    line, user = make_line(), make_user("Tám")

    runs = making.create_classes_from_line(line=line, by=user)

    assert [(run.code, run.name, run.planned_learners) for run in runs] == [
        ("ĐVM-01", "Bồi dưỡng đảng viên mới, lớp 1", 48),
        ("ĐVM-02", "Bồi dưỡng đảng viên mới, lớp 2", 47),
    ]
    first = ClassRun.objects.get(pk=runs[0].pk)
    assert (first.plan_line, first.owner, first.year, first.side) == (
        line.line,
        line.submission.plan.owner,
        2026,
        "party",
    )
    assert (first.planned_start, first.venue, first.state) == (dt.date(2026, 3, 1), "Hội trường huyện", "draft")
    entry = ActionLogEntry.objects.get(action="create_classes")
    assert (entry.actor_name, entry.after["codes"]) == ("Tám", ["ĐVM-01", "ĐVM-02"])


def test_a_line_makes_some_now_and_the_rest_later():
    line = make_line(class_count=3)

    making.create_classes_from_line(line=line, count=1, by=None)
    rest = making.create_classes_from_line(line=line, by=None)

    assert [run.code for run in rest] == ["ĐVM-02", "ĐVM-03"]


def test_units_of_the_line_keep_their_roles():
    school, venue = make_unit("Trường Chính trị"), make_unit("Trung tâm xã")
    line = make_line(lead=school, class_count=1)
    helper = make_unit("Sở Nội vụ")
    line.cooperating.add(helper, line.submission.plan.owner)

    [run] = making.create_classes_from_line(line=line, host=venue, by=None)

    assert sorted(run.roles.values_list("role", "unit__name")) == [
        ("cooperating", "Sở Nội vụ"),
        ("host", "Trung tâm xã"),
        ("lead", "Trường Chính trị"),
    ]


def test_codes_of_other_classes_are_left_alone():
    line = make_line()
    make_class(owner=line.submission.plan.owner, code="K-01", year=2026)

    runs = making.create_classes_from_line(line=line, pattern="K-##", by=None)

    assert [run.code for run in runs] == ["K-02", "K-03"]


def test_an_exhausted_line_makes_no_more():
    line = make_line()
    making.create_classes_from_line(line=line, by=None)

    assert refused(making.create_classes_from_line, line=line, count=1, by=None) == ["line-exhausted"]


def test_a_cancelled_class_gives_its_place_in_the_line_back():
    line = make_line()
    runs = making.create_classes_from_line(line=line, by=None)
    cancel_class(class_run=runs[0], reason="Mưa lũ", by=None)

    again = making.create_classes_from_line(line=line, by=None)

    assert [run.code for run in again] == ["ĐVM-03"]


def test_only_the_newest_approved_copy_makes_classes():
    old = make_line()
    new = make_line(plan=old.submission.plan, line=old.line, number=2, programme=old.programme, class_count=3)

    assert refused(making.create_classes_from_line, line=old, by=None) == ["line-replaced"]
    assert len(making.create_classes_from_line(line=new, by=None)) == 3


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"state": "pending"}, ["line-not-approved"]),
        ({"line_state": "later_year"}, ["line-not-firm"]),
        ({"line_state": "under_study"}, ["line-not-firm"]),
    ],
)
def test_a_line_that_is_no_plan_makes_nothing(changes, expected):
    assert refused(making.create_classes_from_line, line=make_line(**changes), by=None) == expected


CONTENT = making.ClassContent(
    code="TC K12", name="Trung cấp lý luận chính trị khóa XII", mode="part_time", modules_total=13
)


def test_a_class_outside_the_plan_stands_on_its_own_decision():
    school, centre = make_unit("Trường Chính trị", kind="provincial_school"), make_centre()

    run = making.create_unplanned_class(
        owner=school,
        programme=make_programme(),
        side="party",
        content=CONTENT,
        decision=paper(school),
        opens_on=dt.date(2026, 3, 7),
        roles=[(centre, "host")],
        by=None,
    )

    run.refresh_from_db()
    assert (run.state, run.plan_line, run.year, run.opening_decision.number) == ("open", None, 2026, "21-QĐ/TTCT")
    assert [(role.role, role.unit) for role in run.roles.all()] == [("host", centre)]
    assert ActionLogEntry.objects.filter(action="create_unplanned_class", subject_id=run.pk).count() == 1


def test_a_class_outside_the_plan_needs_all_of_it():
    school = make_unit()

    codes = refused(
        making.create_unplanned_class,
        owner=school,
        programme=make_programme(),
        side="party",
        content=making.ClassContent(code="", name="", mode="full_time"),
        decision=paper(school, number="", issued_on=None),
        opens_on=None,
        roles=[(school, "host")],
        by=None,
    )

    assert codes == [
        "decision-number-missing",
        "decision-date-missing",
        "opening-date-missing",
        "code-missing",
        "name-missing",
        "owner-as-host",
    ]


def test_editing_writes_only_what_changed_to_the_log():
    run = make_class(owner=make_centre(), code="A1", name="Lớp A", mode="full_time")

    making.edit_class(
        class_run=run,
        revision=0,
        content=making.ClassContent(code="A1", name="Lớp A mới", mode="full_time", capacity=60),
        by=None,
    )

    run.refresh_from_db()
    assert (run.name, run.capacity, run.revision) == ("Lớp A mới", 60, 1)
    assert run.search_key.startswith("a1 lop a moi")
    entry = ActionLogEntry.objects.get(action="edit_class")
    assert (entry.before, entry.after) == (
        {"name": "Lớp A", "capacity": None},
        {"name": "Lớp A mới", "capacity": 60},
    )


def test_editing_refuses_a_code_in_use_and_a_class_too_small():
    owner = make_centre()
    run = make_class(owner=owner, code="A1")
    make_class(owner=owner, code="A2")
    enrol(class_run=run, person=make_person(), by=None)
    content = making.ClassContent(code="A2", name="A", mode="full_time", capacity=0)

    assert refused(making.edit_class, class_run=run, revision=0, content=content, by=None) == [
        "capacity-below-learners",
        "code-taken",
    ]


def test_a_stale_edit_changes_nothing():
    run = make_class(owner=make_centre(), code="A1", name="Lớp A")
    content = making.ClassContent(code="A1", name="Lớp B", mode="full_time")
    making.edit_class(class_run=run, revision=0, content=content, by=None)

    with pytest.raises(StaleState):
        making.edit_class(class_run=run, revision=0, content=making.ClassContent("A1", "Lớp C", "full_time"), by=None)

    run.refresh_from_db()
    assert run.name == "Lớp B"


def test_roles_are_replaced_as_a_whole():
    run, first, second = make_class(owner=make_centre()), make_unit("Xã A"), make_unit("Xã B")
    making.set_roles(class_run=run, revision=0, roles=[(first, "host"), (second, "sending")], by=None)

    making.set_roles(class_run=run, revision=1, roles=[(second, "host"), (second, "host")], by=None)

    assert list(run.roles.values_list("role", "unit__name")) == [("host", "Xã B")]
    entry = ActionLogEntry.objects.filter(action="set_roles").last()
    assert entry.before == {"roles": ["host: Xã A", "sending: Xã B"]}


def test_a_role_of_two_hosts_is_refused():
    run = make_class(owner=make_centre())

    codes = refused(
        making.set_roles, class_run=run, revision=0, roles=[(make_unit(), "host"), (make_unit(), "host")], by=None
    )

    assert codes == ["role-twice"]
