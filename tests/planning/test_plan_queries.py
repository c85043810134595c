import datetime as dt

import pytest

from tests.factories import make_plan, make_programme, make_survey, make_unit
from tests.planning.plan_samples import approved, line_of, plan_with, snapshot_of, submitted
from vuntrong.planning.actions.lines import edit_line, remove_line
from vuntrong.planning.actions.plans import start_amendment
from vuntrong.planning.models import SurveyAnswer, TrainingNeed, TrainingPlan
from vuntrong.planning.queries.lines import (
    PlannedProgramme,
    approved_lines,
    approved_submission,
    line_draft,
    planned_by_programme,
    planned_lines,
    working_lines,
)
from vuntrong.planning.queries.plans import (
    PlanSums,
    consolidation,
    demand_by_programme,
    needs_of,
    plan_of_last_year,
    plan_sums,
    with_totals,
)

pytestmark = pytest.mark.django_db


def test_the_plan_is_the_last_approved_copy():
    plan = plan_with(1)
    first = approved(plan, issued_on=dt.date(2027, 1, 10))
    start_amendment(plan=plan, reason="Thêm lớp", by=None)
    line_of(plan)
    assert approved_submission(plan) == first
    second = approved(plan, issued_on=dt.date(2027, 4, 1))

    assert approved_submission(plan) == second
    assert [len(approved_lines(plan, day)) for day in (dt.date(2027, 3, 31), dt.date(2027, 4, 1))] == [1, 2]
    assert approved_lines(plan, dt.date(2027, 1, 9)) == []


def test_planned_lines_are_those_of_approved_copies_in_one_query(django_assert_num_queries):
    plan = plan_with(0)
    programme = make_programme()
    line = line_of(plan, programme, class_count=20, learner_count=900)
    line_of(plan, line_state="under_study")
    line_of(plan, line_state="later_year", for_year=2028)
    approved(plan)
    draft_of_the_same_owner = make_plan(owner=plan.owner)
    line_of(draft_of_the_same_owner)
    start_amendment(plan=plan, reason="Sửa", by=None)
    edit_line(line=line, revision=0, draft=line_draft(line_of(plan)), by=None)

    with django_assert_num_queries(1):
        rows = planned_lines({plan.owner_id}, 2027)

    assert [(row.line_id, row.plan_id, row.owner_id, row.classes, row.learners) for row in rows] == [
        (line.pk, plan.pk, plan.owner_id, 20, 900)
    ]
    assert planned_by_programme(rows) == {programme.pk: PlannedProgramme(programme.pk, 20, 900)}
    assert planned_lines({plan.owner_id}, 2026) == planned_lines({plan.owner_id + 100}, 2027) == []


def test_working_lines_cost_two_queries(django_assert_num_queries):
    plan = plan_with(0)
    partner = make_unit("Sở Nội vụ")
    for _ in range(3):
        line_of(plan, cooperating_ids=frozenset({partner.pk}), lead_id=partner.pk)

    with django_assert_num_queries(2):
        lines = working_lines(plan)

    assert [line.cooperating for line in lines] == [("Sở Nội vụ",)] * 3


def test_totals_of_a_list_leave_out_what_is_no_plan(django_assert_num_queries):
    plan = plan_with(2)
    line_of(plan, line_state="under_study", class_count=9)
    remove_line(line=line_of(plan, class_count=5, budget_vnd=7), revision=0, by=None)
    line_of(plan, budget_vnd=3_000_000_000, funding_source="Ngân sách")
    approved(plan, number="718-QĐ/HU")
    plan_with(0)

    with django_assert_num_queries(1):
        row = with_totals(TrainingPlan.objects.filter(pk=plan.pk)).get()

    assert (row.class_total, row.learner_total, row.budget_total, row.decision_number) == (
        6,
        282,
        3_000_000_000,
        "718-QĐ/HU",
    )
    assert plan_sums(TrainingPlan.objects.all()) == PlanSums(2, 6, 282, 3_000_000_000)
    assert plan_sums(TrainingPlan.objects.none()) == PlanSums(0, 0, 0, 0)


def test_needs_of_now_take_the_greater_of_names_and_number():
    programme, centre = make_programme(), make_unit()
    survey = make_survey(owner=centre, programmes=[programme])
    for unit, headcount, state in ((make_unit(), 30, "sent"), (make_unit(), 12, "sent"), (make_unit(), 99, "draft")):
        answer = SurveyAnswer.objects.create(survey=survey, unit=unit, state=state)
        TrainingNeed.objects.create(answer=answer, programme=programme, headcount=headcount)

    needs = needs_of(survey, None)

    assert demand_by_programme(needs) == {programme.pk: 42}


@pytest.mark.parametrize("lines", [1, 3])
def test_consolidation_sets_needs_beside_the_plan(lines, django_assert_num_queries):
    plan = plan_with(0)
    asked, offered, planned = make_programme("A"), make_programme("B"), make_programme("C")
    survey = make_survey(owner=plan.owner, programmes=[asked, offered])
    plan.survey = survey
    plan.save()
    commune, board = make_unit(), make_unit(kind="organisation_board")
    snapshot = snapshot_of(survey, {(commune, asked): 80, (board, asked): 20, (make_unit(), asked): 5})
    for _ in range(lines):
        line_of(plan, planned, learner_count=10)
    line_of(plan, asked, learner_count=60)
    facts = working_lines(plan)

    with django_assert_num_queries(3):
        found = consolidation(plan, facts, snapshot)

    assert found.clusters == (("organisation_board", 1), ("commune_committee", 2))
    assert [(row.programme.name, row.cells, row.coverage.state, len(row.lines)) for row in found.rows] == [
        ("A", (20, 85), "under", 1),
        ("B", (0, 0), "not_asked", 0),
        ("C", (0, 0), "not_asked", lines),
    ]
    assert (found.column_totals, found.covered, found.demand, found.planned) == ((20, 85), 60, 105, 60 + 10 * lines)


def test_last_years_plan_is_the_approved_one_of_the_same_side():
    plan = plan_with(1)
    make_plan(owner=plan.owner, year=2026, side="government")
    old = make_plan(owner=plan.owner, approver=plan.approver, year=2026)
    line_of(old)
    approved(old, issued_on=dt.date(2026, 1, 5))
    make_plan(owner=plan.owner, year=2026)

    assert plan_of_last_year(plan) == old
    assert plan_of_last_year(old) is None


def test_a_second_submission_counts_up():
    plan = plan_with(1)
    approved(plan)
    start_amendment(plan=plan, reason="Sửa", by=None)

    assert submitted(plan).number == 2
