import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import make_unit, make_user
from vuntrong.kernel.errors import RuleBroken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions import UnitWords, change_unit, refresh_units
from vuntrong.registry.models import UnitEvent, UnitVersion
from vuntrong.registry.rules import (
    NewUnitFacts,
    UnitChangeFacts,
    dates_agree,
    new_unit_violations,
    unit_change_violations,
)

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2022, 7, 1)


def facts(**changes) -> UnitChangeFacts:
    words = {
        "changes_on": LAST,
        "first_day": FIRST,
        "last_version_from": LAST,
        "above": frozenset({9}),
        "subtree": frozenset({1, 2}),
    }
    return UnitChangeFacts(**words | changes)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"changes_on": LAST - dt.timedelta(days=1)}, ["unit-change-before-last"]),
        ({"changes_on": FIRST}, ["unit-change-before-last"]),
        ({"changes_on": FIRST - dt.timedelta(days=1)}, ["unit-change-before-start"]),
        ({"above": frozenset()}, []),
        ({"above": frozenset({1})}, ["unit-inside-itself"]),
        ({"above": frozenset({9, 2})}, ["unit-inside-itself"]),
        ({"above": frozenset({2}), "changes_on": FIRST}, ["unit-change-before-last", "unit-inside-itself"]),
    ],
)
def test_a_change_is_refused_for_every_reason_at_once(changes, codes):
    violations = unit_change_violations(facts(**changes))

    assert [violation.code for violation in violations] == codes


@pytest.mark.parametrize(
    ("valid_to", "is_slug_taken", "codes"),
    [
        (None, False, []),
        (FIRST, False, []),
        (FIRST - dt.timedelta(days=1), False, ["unit-ends-before-start"]),
        (None, True, ["unit-slug-taken"]),
    ],
)
def test_a_new_unit_needs_its_own_code_and_a_period(valid_to, is_slug_taken, codes):
    violations = new_unit_violations(NewUnitFacts(FIRST, valid_to, is_slug_taken))

    assert [violation.code for violation in violations] == codes


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("1990-05-01", "1990-05-01", True),
        ("1990-05-01", "1990", True),
        ("1990", "1990-05", True),
        ("", "1990", True),
        ("", "", True),
        ("1990-05-01", "1990-05-02", False),
        ("1990", "1991", False),
    ],
)
def test_dates_known_in_part_agree_when_one_holds_the_other(one, other, agree):
    assert dates_agree(one, other) is agree


def words(name: str, parent=None) -> UnitWords:
    return UnitWords(name, name, "commune_committee", parent)


@pytest.mark.django_db
def test_a_change_from_a_day_on_ends_the_old_row_the_day_before():
    unit, by = make_unit("Cũ"), make_user()

    change_unit(unit=unit, words=words("Mới"), valid_from=dt.date(2025, 7, 1), by=by)

    unit.refresh_from_db()
    assert (unit.name, unit.search_key.split()[0]) == ("Mới", "moi")
    assert list(unit.versions.order_by("valid_from").values_list("name", "valid_to")) == [
        ("Cũ", dt.date(2025, 6, 30)),
        ("Mới", None),
    ]
    row = ActionLogEntry.objects.get(action="change_unit")
    assert (row.actor_id, row.before["name"], row.after["name"], row.after["valid_from"]) == (
        by.pk,
        "Cũ",
        "Mới",
        "2025-07-01",
    )


@pytest.mark.django_db
def test_a_change_from_the_first_day_of_the_newest_row_corrects_it():
    unit = make_unit("Viết sai", valid_from=FIRST)

    change_unit(unit=unit, words=words("Viết đúng"), valid_from=FIRST, by=None)

    assert list(unit.versions.values_list("name", "valid_from")) == [("Viết đúng", FIRST)]


@pytest.mark.django_db
def test_a_change_in_the_future_waits_for_its_day():
    unit = make_unit("Nay")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    change_unit(unit=unit, words=words("Mai"), valid_from=tomorrow, by=None)
    refresh_units(timezone.localdate())
    unit.refresh_from_db()
    today_name = unit.name
    assert unit.ended_on is None
    refresh_units(tomorrow)
    unit.refresh_from_db()

    assert (today_name, unit.name) == ("Nay", "Mai")


@pytest.mark.django_db
def test_a_unit_that_ended_keeps_its_gap_when_it_begins_again():
    unit = make_unit("Trước", valid_from=FIRST, valid_to=dt.date(2021, 12, 31))

    change_unit(unit=unit, words=words("Sau"), valid_from=dt.date(2023, 1, 1), by=None)

    assert list(unit.versions.order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (FIRST, dt.date(2021, 12, 31)),
        (dt.date(2023, 1, 1), None),
    ]


@pytest.mark.django_db
def test_a_unit_never_comes_to_stand_below_itself():
    unit = make_unit()
    child = make_unit(parent=unit)

    with pytest.raises(RuleBroken) as refusal:
        change_unit(unit=unit, words=words("Mới", parent=child), valid_from=dt.date(2025, 7, 1), by=None)

    assert [violation.code for violation in refusal.value.violations] == ["unit-inside-itself"]
    assert UnitVersion.objects.filter(unit=unit).count() == 1
    assert not ActionLogEntry.objects.filter(action="change_unit").exists()


@pytest.mark.django_db
def test_a_new_name_kind_or_place_is_an_event_and_a_correction_is_none():
    top, unit = make_unit(), make_unit("Cũ", valid_from=FIRST)
    said = UnitWords("Mới", "Mới", "direct_committee", top)

    change_unit(unit=unit, words=said, valid_from=LAST, instrument_text="Nghị quyết 1", by=None)
    change_unit(unit=unit, words=words("Mới, viết đúng", parent=top), valid_from=LAST, by=None)

    events = UnitEvent.objects.order_by("kind").values_list("kind", "happened_on", "instrument_text", "links__to_unit")
    assert list(events) == [(kind, LAST, "Nghị quyết 1", unit.pk) for kind in ("rename", "reparent", "retype")]


@pytest.mark.django_db
def test_a_change_says_the_state_line_and_the_codes_too():
    top, council, unit = make_unit(), make_unit(), make_unit("Cũ", valid_from=FIRST)
    said = UnitWords("Cũ", "Cũ", unit.kind, top, state_parent=council, area_code="05860", iso_code="VN-09")

    change_unit(unit=unit, words=said, valid_from=LAST, by=None)

    unit.refresh_from_db()
    row = unit.versions.get(valid_to=None)
    assert (unit.state_parent, row.state_parent, row.area_code, row.iso_code) == (council, council, "05860", "VN-09")
    assert list(UnitEvent.objects.values_list("kind", flat=True)) == ["reparent"]


@pytest.mark.django_db
def test_a_unit_never_comes_to_stand_below_itself_on_the_state_line():
    unit = make_unit()
    child = make_unit(parent=unit)

    with pytest.raises(RuleBroken, match="unit-inside-itself"):
        change_unit(unit=unit, words=UnitWords("M", "M", unit.kind, None, state_parent=child), valid_from=LAST, by=None)
