import datetime as dt

import pytest

from tests.factories import make_decision, make_unit, make_user, make_user_with
from tests.planning.plan_samples import approved, plan_with
from vuntrong.accounts.models import Grant
from vuntrong.planning.policies import plans as policies

pytestmark = pytest.mark.django_db


def rights(user, plan) -> tuple[bool, bool, bool, bool]:
    return (
        policies.plans_visible_to(user).filter(pk=plan.pk).exists(),
        policies.may_edit_plan(user, plan),
        policies.may_approve_plan(user, plan),
        policies.may_record_decision(user, plan),
    )


@pytest.mark.parametrize(
    ("role", "where", "expected"),
    [
        ("centre_staff", "owner", (True, True, False, True)),
        ("approver", "approver", (True, False, True, True)),
        ("unit_clerk", "owner", (False, False, False, False)),
        ("academy_reader", "approver", (True, False, False, False)),
        ("centre_staff", "elsewhere", (False, False, False, False)),
        ("approver", "elsewhere", (False, False, False, False)),
    ],
)
def test_who_may_do_what_with_a_plan(role, where, expected):
    plan = plan_with(0)
    unit = {"owner": plan.owner, "approver": plan.approver, "elsewhere": make_unit()}[where]
    user = make_user_with(role, unit)

    assert rights(user, plan) == expected
    assert policies.may_see_plan(user, plan) == expected[0]


def test_a_stranger_sees_nothing():
    plan = plan_with(0)

    assert rights(make_user(), plan) == (False, False, False, False)


def test_the_planner_records_the_decision_only_while_nobody_approves_in_here():
    plan = plan_with(0)
    planner = make_user_with("centre_staff", plan.owner)
    approver = make_user_with("approver", plan.approver)
    assert not policies.may_record_decision(planner, plan)

    Grant.objects.filter(user=approver).update(valid_to=dt.date(2020, 1, 1))

    assert policies.may_record_decision(planner, plan)


def test_an_inactive_approver_does_not_count():
    plan = plan_with(0)
    make_user_with("approver", plan.approver, is_active=False)

    assert not policies.has_active_approver(plan)


def test_decisions_are_seen_by_those_who_see_the_issuer_or_the_plan():
    plan = plan_with(1)
    decision = approved(plan).decision
    foreign = make_decision()
    planner, stranger = make_user_with("centre_staff", plan.owner), make_user_with("centre_staff", make_unit())

    assert set(policies.decisions_visible_to(planner)) == {decision}
    assert [policies.may_see_decision(planner, one) for one in (decision, foreign)] == [True, False]
    assert list(policies.decisions_visible_to(stranger)) == []


def test_owners_to_plan_for_are_those_in_scope():
    plan = plan_with(0)
    planner = make_user_with("organisation_board", plan.approver)

    assert set(policies.plan_owners_for(planner)) == {plan.owner, plan.approver}
    assert policies.may_create_plan(planner, plan.owner)
    assert not policies.may_create_plan(make_user_with("approver", plan.approver), plan.owner)
