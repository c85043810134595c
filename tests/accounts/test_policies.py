import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import make_unit, make_user, make_user_with
from vuntrong.accounts import policies
from vuntrong.accounts.enums import Role
from vuntrong.kernel import log

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_only_the_organisation_board_changes_units_in_its_scope(role):
    unit, other = make_unit(), make_unit()
    user = make_user_with(role, unit)

    may = [policies.may_change_unit(user, one) for one in (unit, other)]

    assert may == [role == Role.ORGANISATION_BOARD, False]
    assert list(policies.units_changeable_by(user)) == ([unit] if role == Role.ORGANISATION_BOARD else [])
    assert policies.may_change_units(user) is (role == Role.ORGANISATION_BOARD)


def test_a_superuser_changes_every_unit_and_reads_the_whole_log():
    unit, user = make_unit(), make_user(is_superuser=True)

    assert policies.may_change_unit(user, unit)
    assert policies.may_see_log(user)
    assert policies.log_visible_to(user).count() == 1


@pytest.mark.parametrize("user", [AnonymousUser(), None])
def test_nobody_is_nobody(user):
    user = user or make_user()

    assert policies.is_nobody(user)
    assert not policies.may_see_log(user)


def test_the_log_of_a_board_holds_what_its_people_did():
    district = make_unit(kind="district_committee")
    board = make_user_with(Role.ORGANISATION_BOARD, district)
    clerk = make_user_with(Role.UNIT_CLERK, make_unit(parent=district))
    stranger = make_user_with(Role.UNIT_CLERK, make_unit())
    rows = [log.record("create_person", None, by=by) for by in (board, clerk, stranger, None)]

    visible = policies.log_visible_to(board).filter(action="create_person").order_by("id")

    assert list(visible) == rows[:2]


@pytest.mark.parametrize("role", list(Role))
def test_people_are_entered_by_clerks_and_planners(role):
    unit = make_unit()
    user = make_user_with(role, unit)
    enters = role not in (Role.APPROVER, Role.ACADEMY_READER)

    assert policies.may_enter_people(user, unit.pk) is enters
    assert list(policies.units_enterable_by(user)) == ([unit] if enters else [])
