"""Two people act at once: on both engines one of them wins."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tests.planning.plan_samples import line_of, plan_with, submitted
from vuntrong.kernel import log
from vuntrong.kernel.errors import DomainError, StaleState
from vuntrong.planning.actions.lines import add_line
from vuntrong.planning.actions.plans import approve_plan, recall_plan, submit_plan
from vuntrong.planning.models import Decision, PlanSubmission, TrainingPlan
from vuntrong.planning.queries.lines import line_draft

pytestmark = pytest.mark.django_db(transaction=True)


def race(*acts: Callable[[], object]) -> list[str]:
    """Run the acts at the same moment; returns what became of each, by name of the refusal."""
    barrier = threading.Barrier(len(acts))
    outcomes = [""] * len(acts)

    def run(index: int) -> None:
        barrier.wait()
        try:
            acts[index]()
            outcomes[index] = "done"
        except DomainError as refusal:
            outcomes[index] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def approval(submission_id: int, number: str) -> Callable[[], object]:
    submission = PlanSubmission.objects.get(pk=submission_id)
    words = {"issued_on": dt.date(2026, 1, 10), "signer_name": "Hòa", "by": None}
    return lambda: approve_plan(submission=submission, number=number, **words)


def test_of_four_approvers_one_wins():
    submission = submitted(plan_with(1))

    outcomes = race(*(approval(submission.pk, f"{number}-QĐ/HU") for number in range(1, 5)))

    assert sorted(outcomes) == ["StaleState"] * 3 + ["done"]
    assert Decision.objects.count() == 1
    assert log.first_broken() is None


def test_of_two_plans_one_gets_the_number():
    plans = [plan_with(1) for _ in range(2)]
    TrainingPlan.objects.update(approver=plans[0].approver)
    submissions = [submitted(plan) for plan in plans]

    outcomes = race(*(approval(submission.pk, "718-QĐ/HU") for submission in submissions))

    assert sorted(outcomes) == ["RuleBroken", "done"]
    assert sorted(PlanSubmission.objects.values_list("state", flat=True)) == ["approved", "pending"]


@pytest.mark.parametrize("_attempt", range(3))
def test_of_approval_and_recall_one_wins(_attempt):
    submission = submitted(plan_with(1))
    copy = PlanSubmission.objects.get(pk=submission.pk)

    outcomes = race(approval(submission.pk, "1-QĐ/HU"), lambda: recall_plan(submission=copy, by=None))

    state = PlanSubmission.objects.get().state
    assert sorted(outcomes) == ["StaleState", "done"]
    assert (state, TrainingPlan.objects.get().state, Decision.objects.count()) in {
        ("approved", "approved", 1),
        ("recalled", "draft", 0),
    }


def test_of_four_clerks_who_submit_one_wins():
    plan = plan_with(1)

    outcomes = race(*(lambda: submit_plan(plan=plan, by=None) for _ in range(4)))

    assert sorted(outcomes) == ["IllegalTransition"] * 3 + ["done"]
    assert PlanSubmission.objects.count() == 1


def test_no_line_slips_in_behind_a_submission():
    plan = plan_with(1)
    draft = line_draft(plan.lines.get())

    outcomes = race(lambda: submit_plan(plan=plan, by=None), lambda: add_line(plan=plan, draft=draft, by=None))

    frozen = PlanSubmission.objects.get().lines.count()
    assert outcomes[0] == "done"
    assert frozen == plan.lines.count() == (2 if outcomes[1] == "done" else 1)


def test_lines_added_at_once_stand_in_different_places():
    plan = plan_with(0)
    draft = line_draft(line_of(plan))

    outcomes = race(*(lambda: add_line(plan=plan, draft=draft, by=None) for _ in range(4)))

    assert outcomes == ["done"] * 4
    assert list(plan.lines.values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def test_a_recalled_submission_is_stale_for_the_approver():
    submission = submitted(plan_with(1))
    seen = PlanSubmission.objects.get(pk=submission.pk)
    recall_plan(submission=submission, by=None)

    with pytest.raises(StaleState):
        approve_plan(submission=seen, number="1-QĐ/HU", issued_on=dt.date(2026, 1, 10), signer_name="Hòa", by=None)

    assert Decision.objects.count() == 0
