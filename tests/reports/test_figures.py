"""Figures come from rows: what counts, what stands apart, what adds up."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_class, make_enrolment, make_person, make_programme, make_unit
from tests.reports.builders import FIRST_HALF, approve, held, host_class, make_centre, make_tuyen_hoa, period, submit
from vuntrong.classes.models import ClassRole
from vuntrong.registry.models import UnitVersion
from vuntrong.reports.enums import Dimension
from vuntrong.reports.queries.figures import figures_now, training_report
from vuntrong.reports.queries.rows import RowFilter, people_of, recount, report_rows
from vuntrong.reports.queries.scopes import scope_of
from vuntrong.reports.rules.checks import checks
from vuntrong.reports.rules.frozen import from_plain, to_plain

pytestmark = pytest.mark.django_db


def total(unit, of=FIRST_HALF) -> tuple[int, int, int]:
    found = training_report(unit, of).total
    return found.classes, found.learners, found.turns


def test_tuyen_hoa_held_6_of_20_classes_with_327_learners():
    centre = make_tuyen_hoa()

    report = training_report(centre.unit, FIRST_HALF)

    assert (report.total.classes, report.total.learners, report.total.turns) == (6, 327, 327)
    assert (report.plan.classes, float(report.total.share_of_plan)) == (20, 0.3)
    assert [(one.classes, one.turns) for one in report.by_programme] == [(2, 94), (1, 54), (1, 45), (2, 134), (0, 0)]
    [hosted] = report.hosted
    assert (hosted.programme, hosted.cohort, hosted.mode) == ("Trung cấp lý luận chính trị", "XII", "part_time")
    assert (hosted.owner, hosted.modules_finished, hosted.turns) == ("Trường Chính trị tỉnh", 5, 10)


def test_a_report_costs_five_queries_and_a_whole_one_nine(django_assert_num_queries):
    centre = make_tuyen_hoa()

    with django_assert_num_queries(5):
        training_report(centre.unit, FIRST_HALF)
    with django_assert_num_queries(9):
        figures_now(centre.unit, FIRST_HALF)


@pytest.mark.parametrize(
    ("opened", "counts"), [("2021-12-31", 0), ("2022-01-01", 1), ("2022-06-30", 1), ("2022-07-01", 0)]
)
def test_the_opening_day_decides_and_both_ends_count(opened, counts):
    centre = make_centre()
    held(centre.unit, opened, people=centre.crowd(1))

    assert total(centre.unit) == (counts, counts, counts)


@pytest.mark.parametrize(
    ("state", "counts"), [("draft", 0), ("open", 0), ("running", 1), ("closed", 1), ("cancelled", 0)]
)
def test_only_a_held_class_counts(state, counts):
    centre = make_centre()
    held(centre.unit, state=state)

    assert total(centre.unit) == (counts, 0, 0)


@pytest.mark.parametrize(
    ("state", "turns"), [("studying", 1), ("completed", 1), ("not_completed", 1), ("withdrawn", 1), ("no_show", 0)]
)
def test_somebody_who_never_came_is_no_turn(state, turns):
    centre = make_centre()
    run = held(centre.unit)
    make_enrolment(class_run=run, state=state)

    assert total(centre.unit) == (1, turns, turns)


def test_somebody_in_two_classes_is_one_learner_and_two_turns():
    centre = make_centre()
    [person] = centre.crowd(1)
    held(centre.unit, people=[person])
    held(centre.unit, people=[person])

    report = training_report(centre.unit, FIRST_HALF)

    assert (report.total.classes, report.total.learners, report.total.turns) == (2, 1, 2)
    assert [one.learners for one in report.by_programme] == [1, 1]


def test_a_unit_reports_for_everything_below_it_on_the_last_day():
    centre = make_centre()
    district = centre.unit.parent
    held(centre.unit, people=centre.crowd(2))
    gone = make_unit(parent=district)
    UnitVersion.objects.filter(unit=gone).update(valid_to=dt.date(2022, 6, 29))
    held(gone, people=centre.crowd(1))
    held(make_unit(), people=centre.crowd(1))

    assert total(district) == (1, 2, 2)
    assert training_report(district, FIRST_HALF).hosted == ()


def test_a_hosted_class_is_listed_and_never_counted():
    centre = make_centre()
    run = host_class(centre.unit, centre.crowd(3))

    report = training_report(centre.unit, FIRST_HALF)

    assert [one.id for one in report.hosted] == [run.pk]
    assert (report.total.classes, report.total.learners, report.total.turns) == (0, 0, 0)
    assert total(run.owner, period("2021-11-01", "2021-11-30")) == (1, 3, 3)


@pytest.mark.parametrize(
    ("role", "listed"), [("host", 1), ("lead", 1), ("cooperating", 1), ("linked", 1), ("sending", 0)]
)
def test_sending_people_is_not_hosting(role, listed):
    centre = make_centre()
    run = held(make_unit())
    ClassRole.objects.create(class_run=run, unit=centre.unit, role=role)

    assert len(training_report(centre.unit, FIRST_HALF).hosted) == listed


def test_two_roles_of_units_of_the_scope_list_a_class_once():
    centre = make_centre()
    run = held(make_unit())
    ClassRole.objects.create(class_run=run, unit=centre.unit, role="host")
    ClassRole.objects.create(class_run=run, unit=centre.unit.parent, role="cooperating")

    assert [one.id for one in training_report(centre.unit.parent, FIRST_HALF).hosted] == [run.pk]


@pytest.mark.parametrize(
    ("opened", "closed", "carried"),
    [
        ("2021-12-31", "2021-12-31", 0),
        ("2021-12-31", "2022-01-01", 1),
        ("2021-09-01", None, 1),
        ("2022-01-01", None, 0),
    ],
)
def test_a_class_carried_over_stands_apart(opened, closed, carried):
    centre = make_centre()
    held(centre.unit, opened, closed_on=closed, state="closed" if closed else "running", people=centre.crowd(2))

    report = figures_now(centre.unit, FIRST_HALF)

    assert [one.turns for one in report.carried] == [2] * carried
    assert report.total.classes == (1 if opened >= "2022-01-01" else 0)


def test_the_plan_is_the_last_approved_version_of_each_owner():
    centre = make_centre()
    programme = make_programme()
    plan = approve(centre.unit, [(programme, 4, 100)])
    submit(plan, [(programme, 5, 120)], number=2)
    submit(plan, [(programme, 9, 900)], number=3, state="pending")
    approve(make_unit(parent=centre.unit), [(programme, 2, None)])
    approve(make_unit(), [(programme, 7, 7)])
    approve(centre.unit, [(programme, 3, 3)], year=2023)

    report = training_report(centre.unit, FIRST_HALF)

    assert (report.plan.classes, report.plan.learners) == (7, 120)
    assert [(one.planned_classes, one.planned_learners) for one in report.by_programme] == [(7, 120)]


@pytest.mark.parametrize(
    "words",
    [
        {"line_state": "under_study"},
        {"line_state": "later_year"},
        {"owner_role": "coordinates"},
        {"owner_role": "linked"},
    ],
)
def test_only_planned_lines_that_the_owner_opens_are_the_plan(words):
    centre = make_centre()
    approve(centre.unit, [(make_programme(), 4, 100)], **words)

    report = training_report(centre.unit, FIRST_HALF)

    assert (report.plan.classes, report.plan.is_approved, report.total.share_of_plan) == (0, True, None)


def test_a_line_without_numbers_is_unknown_and_not_none():
    centre = make_centre()
    programme = make_programme()
    approve(centre.unit, [(programme, None, None), (make_programme(), 2, None)])
    held(centre.unit, programme=programme)

    report = training_report(centre.unit, FIRST_HALF)

    assert [one.planned_classes for one in report.by_programme] == [None, 2]
    assert (report.plan.classes, report.plan.learners) == (2, None)


def test_a_class_outside_the_plan_counts_but_does_not_raise_the_plan():
    centre = make_centre()
    approve(centre.unit, [(make_programme(), 2, 40)])
    held(centre.unit, people=centre.crowd(1))

    report = figures_now(centre.unit, FIRST_HALF)

    assert (report.total.classes, report.total.planned_classes, report.unplanned) == (1, 2, 1)
    assert float(report.total.share_of_plan) == 0.5


@pytest.mark.parametrize(
    ("ethnicities", "minority", "unstated"),
    [((2, 8, 1, 55, None), 2, 1), ((1, 1), 0, 0), ((None, None), None, 2), ((54,), 1, 0)],
)
def test_learners_of_ethnic_minorities_are_counted_where_the_group_is_stated(ethnicities, minority, unstated):
    centre = make_centre()
    run = held(centre.unit)
    for code in ethnicities:
        make_enrolment(class_run=run, person=make_person(ethnicity_id=code))

    total = figures_now(centre.unit, FIRST_HALF).total

    assert (total.minority, total.origins[""]) == (minority, unstated)
    assert sum(total.origins.values()) == total.learners


def test_sexes_and_results_of_every_line():
    centre = make_centre()
    run = held(centre.unit)
    for sex, state, grade in [
        ("male", "completed", "excellent"),
        ("female", "completed", "fair"),
        ("female", "not_completed", "failed"),
        ("", "withdrawn", ""),
    ]:
        make_enrolment(class_run=run, person=make_person(sex=sex), state=state, grade=grade)

    [line] = figures_now(centre.unit, FIRST_HALF).lines[Dimension.PROGRAMME]

    assert line.sexes == {"male": 1, "female": 2, "": 1}
    assert {name: count for name, count in line.results.items() if count} == {
        "good": 1,
        "fair": 1,
        "failed": 1,
        "withdrawn": 1,
    }


def test_the_audience_is_that_of_the_line_else_of_the_programme():
    centre = make_centre()
    programme = make_programme()
    programme.target_groups.create(code="b", name="Bí thư chi bộ")
    programme.target_groups.create(code="a", name="Phó bí thư chi bộ")
    plan = approve(centre.unit, [(programme, 2, 40)], audience="Đảng viên mới kết nạp")
    held(centre.unit, programme=programme, plan_line=plan.lines.get())
    held(centre.unit, programme=programme)
    held(centre.unit)

    found = figures_now(centre.unit, FIRST_HALF).lines[Dimension.AUDIENCE]

    assert [(one.label, one.classes) for one in found] == [
        ("", 1),
        ("Bí thư chi bộ; Phó bí thư chi bộ", 1),
        ("Đảng viên mới kết nạp", 1),
    ]


def test_a_frozen_report_reads_back_as_it_was():
    centre = make_tuyen_hoa()
    report = figures_now(centre.unit, FIRST_HALF)

    assert from_plain(to_plain(report)) == report


DAYS = st.dates(dt.date(2021, 12, 20), dt.date(2022, 7, 10))
TURN = st.tuples(
    st.integers(0, 5),
    st.sampled_from([("studying", ""), ("completed", "excellent"), ("completed", "passed"), ("no_show", "")]),
)
CLASSES = st.lists(
    st.tuples(
        DAYS,
        st.integers(0, 2),
        st.sampled_from(["running", "closed", "cancelled"]),
        st.sampled_from(["party", "government"]),
        st.sampled_from(["full_time", "part_time"]),
        st.dictionaries(st.integers(0, 5), TURN.map(lambda turn: turn[1]), max_size=6),
    ),
    max_size=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(classes=CLASSES)
def test_totals_equal_the_lists_behind_them(classes):
    with transaction.atomic():
        centre = make_centre(slug="")
        people = [make_person(sex=sex) for sex in ("male", "female", "", "male", "female", "female")]
        known = [make_programme() for _ in range(3)]
        for opened, at, state, side, mode, turns in classes:
            run = make_class(
                owner=centre.unit, programme=known[at], state=state, side=side, mode=mode, opened_on=opened, year=2022
            )
            for who, (turn, grade) in turns.items():
                make_enrolment(class_run=run, person=people[who], state=turn, grade=grade)
        scope, report = scope_of(centre.unit, FIRST_HALF), figures_now(centre.unit, FIRST_HALF)

        assert [check for check in checks(report, recount(scope)) if not check.holds] == []
        for dimension, lines in report.lines.items():
            assert sum(line.classes for line in lines) == report.total.classes
            assert sum(line.turns for line in lines) == report.total.turns
            for line in lines:
                chosen = report.select(dimension, line.key)
                rows = report_rows(scope, RowFilter(class_ids=[one.facts.id for one in chosen]))
                assert (len(chosen), len(rows), len(people_of(rows))) == (line.classes, line.turns, line.learners)
                for result, count in line.results.items():
                    behind = RowFilter(class_ids=[one.facts.id for one in chosen], result=result)
                    assert len(report_rows(scope, behind)) == count
        transaction.set_rollback(True)
