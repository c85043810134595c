"""Hard areas of units: dated rows, read for everybody below."""

import datetime as dt

import pytest

from tests.factories import make_person, make_unit, make_user
from vuntrong.kernel.errors import RuleBroken, StaleState
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions.areas import AreaWords, add_area, change_area, remove_area
from vuntrong.registry.models import Person, UnitArea
from vuntrong.registry.queries import in_hard_area
from vuntrong.registry.rules.areas import AreaFacts, area_violations

D = dt.date
FIRST = D(2020, 1, 1)


SINCE = D(2025, 7, 1)


def words(since=SINCE, until=None, kind="border"):
    return AreaWords(kind, since, until, "Quyết định 861/QĐ-TTg")


@pytest.mark.parametrize(
    ("period", "others", "codes"),
    [
        ((FIRST, None), [], []),
        ((FIRST - dt.timedelta(days=1), None), [], ["area-before-unit"]),
        ((D(2025, 7, 1), D(2025, 7, 1)), [], []),
        ((D(2025, 7, 1), D(2025, 6, 30)), [], ["area-ends-before-start"]),
        ((D(2025, 7, 1), None), [(FIRST, D(2025, 6, 30))], []),
        ((D(2025, 7, 1), None), [(FIRST, D(2025, 7, 1))], ["area-twice"]),
        ((FIRST, D(2025, 6, 30)), [(D(2025, 7, 1), None)], []),
        ((FIRST, None), [(D(2025, 7, 1), None)], ["area-twice"]),
    ],
)
def test_when_a_row_may_stand(period, others, codes):
    assert [one.code for one in area_violations(AreaFacts(period, FIRST, others))] == codes


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "lies_there"),
    [(D(2025, 6, 30), False), (D(2025, 7, 1), True), (D(2026, 6, 30), True), (D(2026, 7, 1), False)],
)
def test_it_holds_for_everybody_below_on_its_days(day, lies_there):
    commune = make_unit()
    person = make_person(unit=make_unit(parent=commune))
    make_person(unit=make_unit())
    add_area(unit=commune, words=words(until=D(2026, 6, 30)), by=make_user())

    found = Person.objects.filter(unit_id__in=in_hard_area(day)).values_list("pk", flat=True)
    assert list(found) == ([person.pk] if lies_there else [])


@pytest.mark.django_db
def test_a_refused_row_leaves_no_trace_and_a_change_that_comes_second_is_told():
    unit, clerk = make_unit(), make_user()
    row = add_area(unit=unit, words=words(), by=clerk)
    with pytest.raises(RuleBroken):
        add_area(unit=unit, words=words(since=D(2026, 1, 1)), by=clerk)
    assert unit.areas.count() == 1

    change_area(row=UnitArea.objects.get(), words=words(until=D(2026, 12, 31)), revision=0, by=clerk)
    with pytest.raises(StaleState):
        change_area(row=row, words=words(kind="island"), revision=0, by=clerk)
    assert unit.areas.get().valid_to == D(2026, 12, 31)

    remove_area(row=unit.areas.get(), by=clerk)
    remove_area(row=row, by=clerk)
    actions = (
        ActionLogEntry.objects.filter(action__endswith="unit_area").order_by("pk").values_list("action", flat=True)
    )
    assert list(actions) == ["add_unit_area", "change_unit_area", "remove_unit_area"]
