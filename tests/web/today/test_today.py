"""The page after sign-in: what waits for each role, what comes first, figures of the year."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests.factories import (
    make_class,
    make_decision,
    make_enrolment,
    make_person,
    make_plan,
    make_programme,
    make_survey,
    make_unit,
    make_user,
    make_user_with,
)
from tests.reports.builders import approve, held, make_centre
from vuntrong.accounts.enums import Role
from vuntrong.planning.models import PlanSubmission, SurveyRecipient
from vuntrong.reports.actions import submit_report
from vuntrong.reports.rules.periods import half_year
from vuntrong.web.today.figures import learners_by_month
from vuntrong.web.today.work import Task, first_tasks

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 10, 13)


@pytest.fixture(autouse=True)
def _on_13_october():
    with time_machine.travel(dt.datetime(2026, 10, 13, 2, tzinfo=dt.UTC), tick=False):
        yield


def page_of(client, user):
    client.force_login(user)
    return client.get(reverse("today")).context


def cards(context) -> dict[str, int]:
    return {card.icon: card.count for card in context["cards"]}


def ask(owner, *units, days: int = 3, **extra):
    survey = make_survey(owner=owner, closes_at=timezone.now() + dt.timedelta(days=days), **extra)
    for unit in units:
        SurveyRecipient.objects.create(survey=survey, unit=unit)
    return survey


def sent_plan(owner, approver, *, days_ago: int = 2):
    plan = make_plan(owner=owner, approver=approver, state="submitted", year=2027)
    at = timezone.now() - dt.timedelta(days=days_ago)
    PlanSubmission.objects.create(plan=plan, number=1, submitted_at=at)
    return plan


def test_a_clerk_sees_the_surveys_to_answer_with_the_days_left(client):
    centre, commune = make_centre().unit, make_unit()
    ask(centre, commune, days=3)
    ask(centre, commune, days=20, state="draft")
    ask(centre, make_unit())

    page = page_of(client, make_user_with(Role.UNIT_CLERK, commune))

    assert cards(page) == {"message": 1}
    [(task, state)] = page["tasks"]
    assert (task.due, state.tone, task.days_left(TODAY)) == (dt.date(2026, 10, 16), "run", 3)
    assert client.get(page["cards"][0].url).context["listing"].count == 1
    assert client.get(task.url).status_code == 200


def test_a_clerk_with_everything_answered_is_told_so(client):
    page = page_of(client, make_user_with(Role.UNIT_CLERK, make_unit()))

    assert cards(page) == {"message": 0}
    assert page["tasks"] == []


def test_a_clerk_reads_what_became_of_her_people(client):
    commune, centre = make_unit(), make_centre()
    run = make_class(owner=centre.unit, opened_on=dt.date(2026, 3, 1))
    one, other = make_person(unit=commune), make_person(unit=commune)
    make_enrolment(class_run=run, person=one, state="completed", grade="good")
    make_enrolment(class_run=run, person=other)
    make_enrolment(class_run=held(centre.unit, "2026-05-01"), person=one, state="completed", grade="good")
    make_enrolment(class_run=run)

    figures = page_of(client, make_user_with(Role.UNIT_CLERK, commune))["year"].figures

    assert [figure.value for figure in figures] == [2, 3, 2, 1]


def test_an_approver_sees_the_plans_that_wait(client):
    committee = make_unit(kind="district_committee")
    plan = sent_plan(make_unit(parent=committee, kind="district_centre"), committee, days_ago=4)
    sent_plan(make_unit(), make_unit())

    page = page_of(client, make_user_with(Role.APPROVER, committee))

    assert cards(page) == {"gavel": 1}
    [(task, state)] = page["tasks"]
    assert (task.since, state.tone) == (dt.date(2026, 10, 9), "wait")
    assert task.url == reverse("plans:plan", args=[plan.pk])
    assert client.get(page["cards"][0].url).context["listing"].count == 1


def test_a_centre_sees_all_that_it_has_to_do_late_things_first(client):
    centre = make_centre()
    ask(centre.unit, make_unit(parent=centre.unit.parent), make_unit(parent=centre.unit.parent), days=5)
    make_plan(owner=centre.unit, state="returned", year=2027)
    make_plan(owner=centre.unit, state="draft", year=2027)
    words = {"owner": centre.unit, "year": 2026, "opened_on": None}
    make_class(**words, state="draft", planned_start=dt.date(2026, 10, 12))
    make_class(**words, state="draft", planned_start=TODAY + dt.timedelta(days=1))
    held(centre.unit, "2026-02-01", people=centre.crowd(2), opening_decision=make_decision())

    page = page_of(client, make_user_with(Role.CENTRE_STAFF, centre.unit))

    assert cards(page) == {"message": 2, "arrow-back-up": 1, "checklist": 1, "alert-triangle": 1, "chart-bar": 1}
    assert [state.tone for _task, state in page["tasks"]] == ["bad", "bad", "wait", "run"]
    assert [task.due for task, _state in page["tasks"]][:2] == [dt.date(2026, 6, 30), dt.date(2026, 10, 12)]
    [late] = [card for card in page["cards"] if card.icon == "alert-triangle"]
    assert client.get(late.url).context["listing"].count == late.count


def test_the_counts_of_plans_lead_to_lists_of_as_many(client):
    province = make_unit(kind="provincial_committee")
    board = make_unit(parent=province, kind="organisation_board")
    make_plan(owner=province, state="draft", year=2027)
    make_plan(owner=board, state="draft", year=2027)
    make_plan(owner=province, state="returned", year=2027)
    make_plan(owner=province, state="draft", year=2025)

    page = page_of(client, make_user_with(Role.ORGANISATION_BOARD, province))

    counted = {card.icon: card for card in page["cards"]}
    assert (counted["checklist"].count, counted["arrow-back-up"].count) == (2, 1)
    for icon in ("checklist", "arrow-back-up"):
        assert client.get(counted[icon].url).context["listing"].count == counted[icon].count


def test_a_report_that_changed_since_submission_leads_to_the_causes(client):
    centre = make_centre()
    run = held(centre.unit, "2026-03-01", people=centre.crowd(2), opening_decision=make_decision())
    user = make_user_with(Role.CENTRE_STAFF, centre.unit)
    submit_report(unit=centre.unit, period=half_year(2026, 1), number=1, by=user)

    before = page_of(client, user)
    run.enrolments.first().delete()
    after = page_of(client, user)

    assert (cards(before)["chart-bar"], cards(after)["chart-bar"]) == (0, 1)
    [(task, _state)] = after["tasks"]
    assert client.get(task.url).context["start"] == (1, 2, 2)


def test_a_unit_without_classes_is_not_asked_for_a_report(client):
    page = page_of(client, make_user_with(Role.CENTRE_STAFF, make_centre().unit))

    assert cards(page) == {"alert-triangle": 0, "chart-bar": 0}
    assert page["tasks"] == []


def test_figures_of_the_year_open_the_lists_that_they_count(client):
    centre = make_centre()
    programme = make_programme()
    plan = approve(centre.unit, [(programme, 4, 60)], year=2026, quarter=1)
    people = centre.crowd(3)
    held(centre.unit, "2026-03-01", people=people, programme=programme, plan_line=plan.lines.get())
    held(centre.unit, "2026-09-01", people=people[:1])

    year = page_of(client, make_user_with(Role.CENTRE_STAFF, centre.unit))["year"]

    assert [figure.value for figure in year.figures[:3]] == [2, 3, 4]
    assert float(year.figures[0].share) == 0.5
    assert client.get(year.figures[1].url).context["listing"].count == 3
    assert client.get(year.figures[2].url).context["listing"].count == 4
    rows = dict(year.chart.rows)
    assert list(rows.values())[:4] == [(20, 0, -20), (20, 0, -20), (20, 3, -17), (0, 0, 0)]
    assert list(rows.values())[8:] == [(0, 1, 1), (0, 0, 0), (0, None, None), (0, None, None)]
    assert year.chart.totals == (60, 4, -56)


def test_an_academy_reader_has_figures_and_no_work(client):
    centre = make_centre()
    held(centre.unit, "2026-03-01", people=centre.crowd(2))

    page = page_of(client, make_user_with(Role.ACADEMY_READER, centre.unit.parent))

    assert (page["cards"], page["tasks"]) == ([], [])
    assert page["year"].figures[0].value == 1


def test_somebody_without_a_role_sees_an_empty_page(client):
    page = page_of(client, make_user())

    assert (page["cards"], page["tasks"], page["year"].figures, page["running"].count) == ([], [], [], 0)


@pytest.mark.parametrize("times", [1, 3])
def test_the_page_costs_the_same_whatever_waits(client, django_assert_num_queries, times):
    centre = make_centre()
    user = make_user_with(Role.CENTRE_STAFF, centre.unit)
    for number in range(times):
        ask(centre.unit, make_unit(parent=centre.unit.parent))
        make_plan(owner=centre.unit, state="returned", year=2027)
        words = {"owner": centre.unit, "year": 2026}
        make_class(**words, opened_on=None, state="draft", planned_start=dt.date(2026, 10, 1))
        make_class(**words, opened_on=dt.date(2026, 9, 1 + number))
    client.force_login(user)

    with django_assert_num_queries(26):
        client.get(reverse("today"))


@pytest.mark.parametrize(("due", "tone", "left"), [(-1, "bad", -1), (0, "wait", 0), (1, "run", 1), (None, "wait", 0)])
def test_a_task_says_how_late_it_is(due, tone, left):
    task = Task("", "", "", "", due=None if due is None else TODAY + dt.timedelta(days=due))

    assert (task.state(TODAY).tone, task.days_left(TODAY)) == (tone, left)


def test_the_first_tasks_are_the_latest_then_what_has_waited_longest():
    def task(due: int | None = None, since: int | None = None) -> Task:
        return Task(
            "",
            "",
            "",
            "",
            due=None if due is None else TODAY + dt.timedelta(days=due),
            since=None if since is None else TODAY + dt.timedelta(days=since),
        )

    late, waiting, fresh, soon = task(due=-2), task(since=-9), task(since=-1), task(due=3)

    assert first_tasks([soon, fresh, waiting, late], TODAY) == [late, waiting, fresh, soon]


def test_learners_of_a_quarter_are_spread_and_add_up():
    from vuntrong.planning.queries.lines import PlannedLine

    def line(learners: int, month: int | None = None, quarter: int | None = None) -> PlannedLine:
        return PlannedLine(1, 1, 1, "party", 1, "", "full_time", 1, learners, month, quarter, "opens")

    found = learners_by_month([line(100, quarter=2), line(7, month=12), line(50)])

    assert dict(found) == {4: 34, 5: 33, 6: 33, 12: 7, 0: 50}
