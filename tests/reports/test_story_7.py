"""Story 7: the half-year report changes after submission. Joining person records comes with the registry."""

import datetime as dt

import pytest
import time_machine
from django.db import transaction

from tests.factories import make_class, make_enrolment, make_person, make_programme, make_user
from tests.reports.builders import approve, make_centre
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.kernel import log
from vuntrong.kernel.errors import RuleBroken
from vuntrong.reports.actions import submit_report
from vuntrong.reports.queries.differences import difference
from vuntrong.reports.queries.figures import figures_now
from vuntrong.reports.queries.rows import RowFilter, people_of, recount_frozen, report_rows
from vuntrong.reports.queries.scopes import scope_of
from vuntrong.reports.queries.submissions import changed_since, is_in_submitted_period, versions_of
from vuntrong.reports.rules.frozen import from_plain
from vuntrong.reports.rules.periods import ReportPeriod

pytestmark = pytest.mark.django_db

CUT_OFF = ReportPeriod("half_year", dt.date(2027, 1, 1), dt.date(2027, 6, 15))
SIZES = (82, 82, 82, 82, 82, 82, 82, 82, 86)
NAMES = ("BT-01", "DVM-03", "DVM-01", "DVM-02", "NTD-01", "KT-01", "CN-01", "CN-02", "BT-02")


def at(day: int, hour: int = 9) -> dt.datetime:
    return dt.datetime(2027, 6, day, hour - 7, tzinfo=dt.UTC)


@pytest.fixture
def an_phu():
    """9 of 20 planned classes, 742 turns, 611 people: 131 people sit in two classes."""
    centre = make_centre(slug="an-phu")
    programme = make_programme()
    line = approve(centre.unit, [(programme, 20, 1500)], year=2027).lines.get()
    people = [make_person(f"Trần Thị {number}", unit=centre.unit) for number in range(611)]
    seats = iter(range(sum(SIZES)))
    for code, size in zip(NAMES, SIZES, strict=True):
        words = {"code": code, "programme": programme, "plan_line": line, "year": 2027, "state": "running"}
        run = make_class(owner=centre.unit, opened_on=dt.date(2027, 4, 5), **words)
        chosen = [people[next(seats) % 611] for _ in range(size)]
        Enrolment.objects.bulk_create(
            Enrolment(class_run=run, person=one, unit=centre.unit, enrolled_on=run.opened_on, state_on=run.opened_on)
            for one in chosen
        )
    return centre


@transaction.atomic
def mark_three_as_absent(by) -> None:
    """Tám sets 3 of DVM-03 to "did not come" from 02/06; one of them sits in another class."""
    run = ClassRun.objects.get(code="DVM-03")
    chosen = run.enrolments.filter(person__full_name__in=["Trần Thị 82", "Trần Thị 131", "Trần Thị 132"])
    names = list(chosen.values_list("person__full_name", flat=True))
    assert chosen.update(state="no_show", state_on=dt.date(2027, 6, 2)) == 3
    log.record("mark_departed", run, by=by, after={"state": "no_show", "people": names}, reason="không đến nhập học")


@transaction.atomic
def join_two_records(by) -> None:
    """What joining the records of Hòa and Hoà does to the rows: one enrolment changes its person."""
    kept = Enrolment.objects.get(person__full_name="Trần Thị 200").person
    other = Enrolment.objects.get(person__full_name="Trần Thị 300")
    Enrolment.objects.filter(pk=other.pk).update(person=kept)
    log.record("join_people", kept, by=by, after={"other": other.person_id}, reason="cùng số định danh")


@transaction.atomic
def enter_the_late_class(centre, by) -> ClassRun:
    """Tám enters NTD-02, 07-11/06, with 64 people only on 22/06."""
    line = ClassRun.objects.get(code="NTD-01").plan_line
    words = {"code": "NTD-02", "programme": line.programme, "plan_line": line, "state": "running"}
    run = make_class(owner=centre.unit, opened_on=dt.date(2027, 6, 7), **words)
    for number in range(64):
        make_enrolment(class_run=run, person=make_person(f"Lê Văn {number}", unit=centre.unit))
    log.record("start_class", run, by=by, after={"opened_on": run.opened_on})
    log.record("enrol_from_workbook", run, by=by, after={"count": 64})
    return run


@pytest.fixture
def told(an_phu):
    """The story up to the moment when Thu opens the page on 25/06."""
    thu, tam = make_user("Lê Thị Thu"), make_user("Phạm Văn Tám")
    with time_machine.travel(at(15), tick=False):
        first = submit_report(unit=an_phu.unit, period=CUT_OFF, number=1, by=thu)
    with time_machine.travel(at(18), tick=False):
        mark_three_as_absent(tam)
    with time_machine.travel(at(21), tick=False):
        join_two_records(tam)
    with time_machine.travel(at(22), tick=False):
        enter_the_late_class(an_phu, tam)
    return an_phu, thu, first


def test_version_1_is_stored_with_its_rows(told):
    _centre, _thu, first = told

    report = from_plain(first.figures)

    assert (report.total.classes, report.total.turns, report.total.learners) == (9, 742, 611)
    assert float(report.total.share_of_plan) == 0.45
    rows = recount_frozen(first, len(report.classes))
    assert (rows.turns, rows.learners) == (742, 611)


def test_the_page_knows_that_figures_changed_and_warns_before_a_change(told):
    _centre, _thu, first = told

    assert changed_since([first]) == {first.pk}
    assert is_in_submitted_period(ClassRun.objects.get(code="DVM-03"))


def test_three_causes_stand_behind_68_rows_each_with_person_and_time(told):
    _centre, _thu, first = told

    found = difference(first)

    assert found.rows == 68
    assert [(one.kind, one.class_code, len(one.rows), one.entry.actor, one.entry.at) for one in found.causes] == [
        ("removed", "DVM-03", 3, "Phạm Văn Tám", at(18)),
        ("changed", found.causes[1].class_code, 1, "Phạm Văn Tám", at(21)),
        ("class_added", "NTD-02", 64, "Phạm Văn Tám", at(22)),
    ]
    assert [one.entry.reason for one in found.causes] == ["không đến nhập học", "cùng số định danh", ""]


def test_the_reckoning_leads_from_742_to_803_turns_and_from_611_to_672_people(told):
    centre, _thu, first = told

    reckoning = difference(first).reckoning

    assert (reckoning.start, reckoning.end) == ((9, 611, 742), (10, 672, 803))
    assert [(one.classes, one.learners, one.turns) for one in reckoning.steps] == [(0, -2, -3), (0, -1, 0), (1, 64, 64)]
    now = figures_now(centre.unit, CUT_OFF).total
    assert (now.classes, now.learners, now.turns, float(now.share_of_plan)) == (10, 672, 803, 0.5)


def test_version_2_replaces_version_1_which_stays_readable(told):
    centre, thu, first = told

    with time_machine.travel(at(25), tick=False):
        with pytest.raises(RuleBroken):
            submit_report(unit=centre.unit, period=CUT_OFF, number=2, by=thu)
        second = submit_report(unit=centre.unit, period=CUT_OFF, number=2, reason="Bổ sung lớp NTD-02", by=thu)

    assert [one.number for one in versions_of(centre.unit, CUT_OFF)] == [2, 1]
    assert (first.rows.count(), second.rows.count()) == (742, 803)
    assert difference(second).causes == ()
    assert changed_since([second]) == frozenset()


def test_803_opens_803_rows_of_672_people_and_filters_by_class(told):
    centre, _thu, _first = told
    scope = scope_of(centre.unit, CUT_OFF)
    late = ClassRun.objects.get(code="NTD-02")

    rows = report_rows(scope)

    assert (len(rows), len(people_of(rows))) == (803, 672)
    assert len(report_rows(scope, RowFilter(class_ids=[late.pk]))) == 64
    assert (late.opened_on, late.recorded_at) == (dt.date(2027, 6, 7), at(22))
