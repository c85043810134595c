"""The page of a class names its units by the names of each time; a reprint keeps the name of its day."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import make_class, make_unit, make_user
from vuntrong.classes.models import ClassOwner
from vuntrong.registry.actions import UnitWords, change_unit
from vuntrong.registry.documents import paper_head
from vuntrong.web.classes.units_then import unit_facts

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = TODAY - dt.timedelta(days=10)
EVE = DAY - dt.timedelta(days=1)
OPENED = TODAY - dt.timedelta(days=200)


@pytest.fixture
def school():
    return make_unit("Trường Chính trị", kind="provincial_school")


def test_a_renamed_host_is_told_with_its_old_name(school):
    centre = make_unit("TTCT xã Tân Lộc", kind="commune_centre")
    run = make_class(owner=school, opened_on=OPENED)
    run.roles.create(unit=centre, role="host")
    words = UnitWords("TTCT xã Tân Phú", "TTCT", "commune_centre", None)
    change_unit(unit=centre, words=words, valid_from=DAY, by=None)

    facts = {fact.term: fact.value for fact in unit_facts(run)}

    assert facts["Đơn vị mở lớp"] == "Trường Chính trị"
    assert f"TTCT xã Tân Phú (đến {EVE:%d/%m/%Y}: TTCT xã Tân Lộc)" in facts.values()


def test_an_owner_that_changed_is_told_the_same_way(school):
    old = make_unit("TTCT xã Tân Lộc", kind="commune_centre", valid_to=EVE)
    run = make_class(owner=school, opened_on=OPENED)
    ClassOwner.objects.create(class_run=run, unit=old, valid_to=EVE)
    ClassOwner.objects.create(class_run=run, unit=school, valid_from=DAY)

    [owner] = unit_facts(run)

    assert owner.value == f"Trường Chính trị (đến {EVE:%d/%m/%Y}: TTCT xã Tân Lộc)"


@pytest.mark.parametrize("count", [1, 3])
def test_the_names_cost_the_same_whatever_the_units(school, count, django_assert_num_queries):
    run = make_class(owner=school, opened_on=OPENED)
    for _ in range(count):
        run.roles.create(unit=make_unit(), role="sending")

    with django_assert_num_queries(3):
        assert len(unit_facts(run)) == 1 + count


def test_a_reprint_bears_the_name_of_the_day_of_the_paper():
    centre = make_unit("Trung tâm Chính trị xã Tân Lộc", kind="commune_centre", short_name="TTCT Tân Lộc")
    words = UnitWords("Trung tâm Chính trị xã Tân Phú", "TTCT Tân Phú", "commune_centre", None, seat="Tân Phú")
    change_unit(unit=centre, words=words, valid_from=DAY, by=None)

    reprint, new = (paper_head(centre, kind="QĐ", day=day) for day in (EVE, DAY))

    assert (reprint.place, new.place) == ("Tân Lộc", "Tân Phú")
    assert reprint.date == EVE


def test_units_of_a_class_are_added_and_taken_away_by_rows(client, school):
    run, one, other = make_class(owner=school), make_unit("xã Một"), make_unit("xã Hai")
    run.roles.create(unit=one, role="sending")
    client.force_login(make_user(is_superuser=True))
    url = f"/classes/{run.pk}/units/"

    page = client.get(url).content.decode()
    client.post(url, {"revision": run.revision, "sending": [other.pk], "cooperating": [one.pk]})

    assert page.count("data-records") == 2
    now = set(run.roles.on(timezone.localdate()).values_list("role", "unit__name"))
    assert now == {("sending", "xã Hai"), ("cooperating", "xã Một")}
