import datetime as dt

import pytest
import time_machine

from tests.classes.builders import make_centre, paper
from tests.factories import make_class, make_enrolment, make_person, make_user
from vuntrong.classes.actions import life
from vuntrong.classes.enums import ClassState, EnrolmentState
from vuntrong.kernel.errors import IllegalTransition, RuleBroken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.planning.models import Decision

pytestmark = pytest.mark.django_db
OPENS = dt.date(2026, 3, 9)


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC), tick=False):
        yield


def draft(**extra):
    return make_class(owner=make_centre(), year=2026, **{"state": "draft", "opened_on": None} | extra)


def running(**extra):
    return make_class(owner=make_centre(), year=2026, **{"opened_on": OPENS} | extra)


def refused(action, **arguments) -> list[str]:
    logged = ActionLogEntry.objects.count()
    with pytest.raises(RuleBroken) as refusal:
        action(**arguments)
    arguments["class_run"].refresh_from_db()
    assert ActionLogEntry.objects.count() == logged
    return [violation.code for violation in refusal.value.violations]


def test_a_decision_opens_a_class():
    run, user = draft(), make_user("Tám")

    life.open_class(class_run=run, decision=paper(run.owner), opens_on=OPENS, ends_on=dt.date(2026, 3, 13), by=user)

    run.refresh_from_db()
    assert (run.state, run.opened_on, run.planned_end) == (ClassState.OPEN, OPENS, dt.date(2026, 3, 13))
    assert (run.opening_decision.number, run.opening_decision.kind) == ("21-QĐ/TTCT", "opening")
    assert ActionLogEntry.objects.get(action="open_class").after["decision"] == "21-QĐ/TTCT"


def test_one_decision_may_open_two_classes():
    first = draft()
    second = make_class(owner=first.owner, state="draft", opened_on=None)

    for run in (first, second):
        life.open_class(class_run=run, decision=paper(first.owner), opens_on=OPENS, by=None)

    assert Decision.objects.count() == 1


def test_a_class_without_decision_stays_in_preparation():
    run = draft()

    codes = refused(
        life.open_class, class_run=run, decision=paper(run.owner, number="", issued_on=None), opens_on=None, by=None
    )

    assert codes == ["decision-number-missing", "decision-date-missing", "opening-date-missing"]
    assert (run.state, Decision.objects.count()) == (ClassState.DRAFT, 0)


def test_a_class_opens_once():
    run = draft()
    life.open_class(class_run=run, decision=paper(run.owner), opens_on=OPENS, by=None)

    with pytest.raises(IllegalTransition):
        life.open_class(class_run=run, decision=paper(run.owner), opens_on=OPENS, by=None)


def test_a_class_starts_on_the_day_it_really_began():
    run = draft()
    life.open_class(class_run=run, decision=paper(run.owner), opens_on=OPENS, by=None)

    life.start_class(class_run=run, on=dt.date(2026, 3, 10), by=None)

    run.refresh_from_db()
    assert (run.state, run.opened_on) == (ClassState.RUNNING, dt.date(2026, 3, 10))
    assert ActionLogEntry.objects.get(action="start_class").before == {"opened_on": "2026-03-09"}


def test_a_class_does_not_start_tomorrow():
    run = draft()
    life.open_class(class_run=run, decision=paper(run.owner), opens_on=dt.date(2026, 3, 21), by=None)

    assert refused(life.start_class, class_run=run, by=None) == ["start-in-future"]
    assert run.state == ClassState.OPEN


def test_modules_are_recorded_while_the_class_runs():
    run = running(modules_total=13)

    life.record_modules(class_run=run, finished=5, by=None)

    run.refresh_from_db()
    assert run.modules_finished == 5
    assert refused(life.record_modules, class_run=run, finished=14, by=None) == ["modules-out-of-range"]
    assert refused(life.record_modules, class_run=draft(modules_total=13), finished=1, by=None) == ["class-not-running"]


def test_a_class_closes_when_everybody_has_a_result():
    run = running()
    make_enrolment(class_run=run, state="completed", grade="good")
    make_enrolment(class_run=run, state="withdrawn")

    life.close_class(class_run=run, on=dt.date(2026, 3, 13), by=None)

    run.refresh_from_db()
    assert (run.state, run.closed_on) == (ClassState.CLOSED, dt.date(2026, 3, 13))
    assert ActionLogEntry.objects.get(action="close_class").after == {"closed_on": "2026-03-13", "learners": 2}


def test_a_class_with_learners_without_result_stays_open():
    run = running()
    make_enrolment(class_run=run)

    assert refused(life.close_class, class_run=run, on=dt.date(2026, 3, 13), by=None) == ["results-missing"]
    assert run.state == ClassState.RUNNING


def test_cancelling_lets_the_learners_go():
    run = running()
    learner = make_enrolment(class_run=run)
    absent = make_enrolment(class_run=run, person=make_person("Lê Bình"), state="no_show")

    life.cancel_class(class_run=run, reason="Mưa lũ", by=None)

    run.refresh_from_db()
    learner.refresh_from_db()
    absent.refresh_from_db()
    assert (run.state, run.cancel_reason) == (ClassState.CANCELLED, "Mưa lũ")
    assert (learner.state, learner.state_reason, learner.revision) == (EnrolmentState.WITHDRAWN, "Mưa lũ", 1)
    assert absent.state == EnrolmentState.NO_SHOW


def test_a_class_with_results_is_not_cancelled():
    run = running()
    make_enrolment(class_run=run, state="completed", grade="good")

    assert refused(life.cancel_class, class_run=run, reason="", by=None) == ["reason-missing", "class-has-results"]
    assert run.state == ClassState.RUNNING
