import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import LONG_AGO, make_unit, make_user, make_user_with
from vuntrong.accounts.enums import EVERYBODY, PLANNERS, Role
from vuntrong.accounts.models import Grant
from vuntrong.accounts.queries import scope, serves
from vuntrong.registry.models import UnitVersion

pytestmark = pytest.mark.django_db


def test_a_grant_reaches_the_subtree_and_no_further():
    district = make_unit(kind="district_committee")
    commune = make_unit(parent=district)
    cell = make_unit(parent=commune, kind="party_cell")
    make_unit()
    user = make_user_with(Role.ORGANISATION_BOARD, district)

    assert scope(user, PLANNERS) == {district.pk, commune.pk, cell.pk}
    assert scope(user, {Role.UNIT_CLERK}) == frozenset()


def test_a_centre_serves_what_is_below_its_committee():
    district = make_unit(kind="district_committee")
    centre = make_unit(parent=district, kind="district_centre")
    commune = make_unit(parent=district)
    user = make_user_with(Role.CENTRE_STAFF, centre)

    assert scope(user, PLANNERS) == {centre.pk}
    assert serves(user, PLANNERS) == {district.pk, centre.pk, commune.pk}


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "reaches"),
    [(-1, None, True), (0, None, True), (1, None, False), (-5, -1, False), (-5, 0, True)],
)
def test_a_grant_holds_on_its_days(valid_from, valid_to, reaches):
    unit, today = make_unit(), timezone.localdate()
    user = make_user()
    days = [None if offset is None else today + dt.timedelta(days=offset) for offset in (valid_from, valid_to)]
    Grant.objects.create(user=user, role=Role.UNIT_CLERK, unit=unit, valid_from=days[0], valid_to=days[1])

    assert (unit.pk in scope(user, EVERYBODY)) is reaches


def test_a_unit_that_left_the_tree_is_out_of_scope():
    district = make_unit(kind="district_committee")
    commune = make_unit(parent=district)
    UnitVersion.objects.filter(unit=commune).update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    user = make_user_with(Role.ORGANISATION_BOARD, district)

    assert scope(user, PLANNERS) == {district.pk}


def test_scope_costs_two_queries_however_often_it_is_asked(django_assert_num_queries):
    district = make_unit(kind="district_committee")
    for _ in range(3):
        make_unit(parent=district)
    user = make_user_with(Role.ORGANISATION_BOARD, district)

    with django_assert_num_queries(2):
        for _ in range(3):
            scope(user, PLANNERS)


def test_an_inactive_user_reaches_nothing():
    unit = make_unit()
    user = make_user(is_active=False)
    Grant.objects.create(user=user, role=Role.UNIT_CLERK, unit=unit, valid_from=LONG_AGO)

    assert scope(user, EVERYBODY) == frozenset()


def test_a_grant_on_a_unit_that_has_ended_reaches_what_was_below_it_on_its_last_day():
    last_day = timezone.localdate() - dt.timedelta(days=30)
    district = make_unit(kind="district_committee", valid_to=last_day)
    centre = make_unit(parent=district, kind="district_centre", valid_to=last_day)
    commune = make_unit(parent=district, valid_to=last_day)
    user = make_user_with(Role.CENTRE_STAFF, centre)

    assert serves(user, PLANNERS) == {district.pk, centre.pk, commune.pk}
