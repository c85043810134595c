"""Lists in both readings: as it was on a day, and in today's units; on a merge, a split with shares, a chain of two."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
import time_machine

from tests.factories import make_class, make_person, make_unit, make_user
from vuntrong.registry.enums import EventKind
from vuntrong.registry.models import Posting, Unit, UnitEvent, UnitEventLink

pytestmark = pytest.mark.django_db
UNITS, PEOPLE, CLASSES = "/registry/units/", "/registry/people/", "/classes/"
EVE, DAY, LATER = dt.date(2025, 2, 28), dt.date(2025, 3, 1), dt.date(2025, 7, 1)
THEN, TODAY = {"on": "28/02/2025", "year": "2025"}, {"on": "28/02/2025", "year": "2025", "reading": "today"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC), tick=True):
        yield


def moved(unit: Unit, new: Unit, count: int) -> None:
    for number in range(count):
        person = make_person(f"Nguyễn Văn {number}", unit=new)
        person.postings.all().delete()
        Posting.objects.create(person=person, unit=unit, valid_from=dt.date(2020, 1, 1), valid_to=EVE)
        Posting.objects.create(person=person, unit=new, valid_from=DAY)


def event(kind: str, day: dt.date, *links: tuple[Unit, Unit, str | None]) -> None:
    made = UnitEvent.objects.create(kind=kind, happened_on=day)
    for old, new, share in links:
        UnitEventLink.objects.create(event=made, from_unit=old, to_unit=new, share=share)


@pytest.fixture
def province(client):
    client.force_login(make_user(is_superuser=True))
    return make_unit("Tỉnh ủy", kind="provincial_committee")


@pytest.fixture
def old(province):
    units = [make_unit(name, parent=province, valid_to=EVE, short_name=name) for name in ("xã Lộc", "xã Mỹ")]
    for number in range(3):
        closed = {"opened_on": dt.date(2025, 1, 6), "closed_on": dt.date(2025, 1, 20), "state": "closed"}
        make_class(owner=units[0], year=2025, code=f"L{number}", **closed)
    return units


def born(name: str, province: Unit, day: dt.date = DAY, **words) -> Unit:
    return make_unit(name, parent=province, valid_from=day, short_name=name, **words)


@pytest.fixture(params=["merge", "split", "chain"])
def case(request, province, old):
    """What was done to two communes, and what (people, classes) of 28/02/2025 stands where today."""
    one, other = old
    if request.param == "split":
        east, west = born("xã Đông", province), born("xã Tây", province)
        event(EventKind.SPLIT, DAY, (one, east, "0.6"), (one, west, "0.4"))
        event(EventKind.MERGE, DAY, (other, east, None))
        moved(one, east, 5), moved(one, west, 4), moved(other, east, 5)
        return {"xã Đông": (10, 2), "xã Tây": (4, 1)}
    middle = born("xã Phú", province, valid_to=LATER - dt.timedelta(days=1) if request.param == "chain" else None)
    event(EventKind.MERGE, DAY, (one, middle, None), (other, middle, None))
    heir = middle
    if request.param == "chain":
        heir = born("xã Cuối", province, LATER)
        event(EventKind.MERGE, LATER, (middle, heir, None))
    moved(one, heir, 9), moved(other, heir, 5)
    return {heir.name: (14, 3)}


def counts(response) -> dict[str, tuple[int, int]]:
    rows = response.context["listing"].table.data.data
    found = {row.held_name: (row.people_count, row.class_count) for row in rows}
    return {name: numbers for name, numbers in found.items() if any(numbers)}


def totals(response) -> dict[str, int]:
    return response.context["listing"].table.totals


def test_the_list_of_units_counts_in_both_readings_with_the_same_totals(client, case):
    then, today = client.get(UNITS, THEN), client.get(UNITS, TODAY)

    assert counts(then) == {"xã Lộc": (9, 3), "xã Mỹ": (5, 0)}
    assert counts(today) == case
    assert totals(then) == totals(today) == {"sum_people_count": 14, "sum_class_count": 3}


def test_the_classes_of_the_year_stand_at_both_units_and_their_number_stays(client, case):
    then, today = client.get(CLASSES, THEN), client.get(CLASSES, TODAY)

    def owners(response) -> set[str]:
        return {row.owner for row in response.context["listing"].table.data.data}

    assert owners(then) == {"xã Lộc"}
    [label] = owners(today)
    assert all(name in label for name, (_people, classes) in case.items() if classes)
    for name in case:
        heir = Unit.objects.get(name=name)
        assert client.get(CLASSES, {**TODAY, "owner": heir.pk}).context["listing"].count == 3
        assert client.get(CLASSES, {**THEN, "owner": heir.pk}).context["listing"].count in {0, 3}
    assert then.context["listing"].count == today.context["listing"].count == 3


def test_people_are_found_by_the_unit_of_then_and_by_what_it_became(client, case, old):
    asked = {"unit": old[0].pk}
    then, today = client.get(PEOPLE, {**THEN, **asked}), client.get(PEOPLE, {**TODAY, **asked})

    assert {row.unit_shown for row in then.context["listing"].table.data.data} == {"xã Lộc"}
    assert then.context["listing"].count == 9
    assert {row.unit_shown for row in today.context["listing"].table.data.data} == set(case)
    assert today.context["listing"].count == 14
    assert client.get(PEOPLE, THEN).context["listing"].count == client.get(PEOPLE, TODAY).context["listing"].count == 14


@pytest.mark.parametrize("url", [UNITS, CLASSES, PEOPLE])
@pytest.mark.parametrize(("asked", "words"), [(THEN, "Tại ngày 28/02/2025"), (TODAY, "Theo đơn vị hiện nay")])
def test_the_page_and_its_workbook_say_which_units_they_show(client, case, url, asked, words):
    page = client.get(url, asked)
    content = client.get(url, {**asked, "export": "xlsx"}).content

    assert [one.label for one in page.context["listing"].units.choices if one.is_on] == [words]
    rows = list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True, max_row=3))
    assert words in {cell for row in rows for cell in row}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("url", "asked", "queries"),
    [
        (UNITS, THEN, 11),
        (UNITS, TODAY, 17),
        (CLASSES, THEN, 10),
        (CLASSES, TODAY, 12),
        (PEOPLE, THEN, 7),
        (PEOPLE, TODAY, 11),
    ],
)
def test_both_readings_cost_the_same_whatever_their_length(
    client, province, url, asked, queries, count, django_assert_num_queries
):
    for number in range(count):
        unit, new = make_unit(f"xã {number}", parent=province, valid_to=EVE), born(f"xã mới {number}", province)
        event(EventKind.MERGE, DAY, (unit, new, None))
        make_class(owner=unit, year=2025, code=f"L{number}", opened_on=dt.date(2025, 1, 6))
        moved(unit, new, 1)
        make_person("Đã nghỉ", unit=unit)

    with django_assert_num_queries(queries):
        client.get(url, asked)
