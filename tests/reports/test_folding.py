"""Both readings of a report over real rows: a merge, a split, a chain, an owner that changed."""

import datetime as dt

import pytest

from tests.factories import make_class, make_enrolment, make_person, make_unit
from vuntrong.registry.actions import UnitWords, change_unit
from vuntrong.registry.enums import EventKind
from vuntrong.registry.models import Unit, UnitEvent, UnitEventLink
from vuntrong.reports.enums import Dimension, Reading
from vuntrong.reports.queries.figures import figures_now, reading_scope
from vuntrong.reports.queries.folding import senders
from vuntrong.reports.queries.rows import RowFilter, recount, report_rows
from vuntrong.reports.rules.checks import checks
from vuntrong.reports.rules.periods import half_year

pytestmark = pytest.mark.django_db
PERIOD = half_year(2024, 2)
EVE = dt.date(2025, 2, 28)
DAY = dt.date(2025, 3, 1)


class World:
    """A province whose communes Tân Lộc (9 people) and Phú Mỹ (5) sent to a class of the centre of Tân Lộc."""

    def __init__(self) -> None:
        self.province = make_unit("Tỉnh ủy", kind="provincial_committee")
        self.one, self.other = (
            make_unit(name, parent=self.province, valid_to=EVE) for name in ("xã Tân Lộc", "xã Phú Mỹ")
        )
        self.centre = make_unit("TTCT xã Tân Lộc", parent=self.one, kind="commune_centre", valid_to=EVE)
        self.run = make_class(owner=self.centre, year=2024, opened_on=dt.date(2024, 9, 14), code="K12-TL")
        for unit, count in ((self.one, 9), (self.other, 5)):
            for number in range(count):
                person = make_person(f"Nguyễn Văn {number}", unit=unit)
                make_enrolment(class_run=self.run, person=person)

    def event(self, kind: str, day: dt.date, links: list[tuple[Unit, Unit, str | None]]) -> None:
        event = UnitEvent.objects.create(kind=kind, happened_on=day)
        for old, new, share in links:
            UnitEventLink.objects.create(event=event, from_unit=old, to_unit=new, share=share)

    def born(self, name: str, **words: object) -> Unit:
        return make_unit(name, **{"parent": self.province, "valid_from": DAY} | words)

    def merge(self) -> Unit:
        new = self.born("xã Tân Phú")
        self.event(EventKind.MERGE, DAY, [(self.one, new, None), (self.other, new, None)])
        centre = self.born("TTCT xã Tân Phú", parent=new, kind="commune_centre")
        self.event(EventKind.MERGE, DAY, [(self.centre, centre, None)])
        return new

    def sent(self, reading: str, unit: Unit | None = None) -> list[tuple[str, int]]:
        scope = reading_scope(unit or self.province, PERIOD, reading)
        return [(line.label, line.turns) for line in senders(scope, [self.run.pk])]


@pytest.fixture
def world():
    return World()


def whole(unit: Unit, reading: str) -> tuple[int, int, int]:
    found = figures_now(unit, PERIOD, reading)
    assert all(check.holds for check in checks(found, recount(reading_scope(unit, PERIOD, reading))))
    return found.total.classes, found.total.learners, found.total.turns


def test_a_merge_reads_nine_and_five_then_and_fourteen_today(world):
    world.merge()

    assert world.sent(Reading.THEN) == [("xã Tân Lộc", 9), ("xã Phú Mỹ", 5)]
    assert world.sent(Reading.TODAY) == [("xã Tân Phú", 14)]
    assert whole(world.province, Reading.THEN) == whole(world.province, Reading.TODAY) == (1, 14, 14)


def test_a_split_gives_shares_that_keep_the_total_and_open_all_rows(world):
    east, west = world.born("xã Đông"), world.born("xã Tây")
    world.event(EventKind.SPLIT, DAY, [(world.one, east, "0.6"), (world.one, west, "0.4")])
    scope = reading_scope(world.province, PERIOD, Reading.TODAY)

    lines = senders(scope, [world.run.pk])
    rows = report_rows(scope, RowFilter(unit_ids=[int(lines[0].key)]))

    assert [(line.label, line.turns, line.is_apportioned) for line in lines] == [
        ("xã Phú Mỹ", 5, False),
        ("xã Đông", 5, True),
        ("xã Tây", 4, True),
    ]
    assert report_rows(scope, RowFilter(unit_ids=[world.one.pk])).count() == 9
    assert rows.count() == 5
    assert {row["unit_name"] for row in report_rows(scope)} == {"xã Phú Mỹ", "xã Đông (60%), xã Tây (40%)"}
    assert whole(world.province, Reading.TODAY) == (1, 14, 14)


def test_a_chain_of_two_ends_at_the_unit_of_today(world):
    middle = world.merge()
    last = world.born("xã Tân Phú Đông", valid_from=dt.date(2025, 7, 1))
    world.event(EventKind.MERGE, dt.date(2025, 7, 1), [(middle, last, None)])

    assert world.sent(Reading.TODAY) == [("xã Tân Phú Đông", 14)]


def test_the_successor_reports_in_todays_units_what_its_predecessors_did(world):
    world.merge()
    centre = Unit.objects.get(name="TTCT xã Tân Phú")

    assert whole(centre, Reading.THEN) == (0, 0, 0)
    assert whole(centre, Reading.TODAY) == (1, 14, 14)
    [owner] = figures_now(centre, PERIOD, Reading.TODAY).lines[Dimension.OWNER]
    assert (owner.label, owner.key) == ("TTCT xã Tân Phú", str(centre.pk))


def test_an_ended_unit_keeps_its_figures_in_both_readings(world):
    world.merge()

    assert whole(world.centre, Reading.THEN) == whole(world.centre, Reading.TODAY) == (1, 14, 14)


def test_rows_bear_the_name_of_the_day_of_enrolment_then_and_of_today(world):
    unit = make_unit("xã Cũ", parent=world.province)
    make_enrolment(class_run=world.run, person=make_person("Lê Mới", unit=unit))
    change_unit(unit=unit, words=UnitWords("xã Mới", "xã Mới", unit.kind, world.province), valid_from=DAY, by=None)

    def name(reading: str) -> str:
        rows = report_rows(reading_scope(world.province, PERIOD, reading))
        return next(row["unit_name"] for row in rows if row["person_name"] == "Lê Mới")

    assert (name(Reading.THEN), name(Reading.TODAY)) == ("xã Cũ", "xã Mới")
    assert dict(world.sent(Reading.THEN))["xã Cũ"] == 1


def test_the_words_of_the_period_count_for_a_unit_renamed_inside_it(world):
    words = UnitWords("xã Giữa kỳ", "xã", world.other.kind, world.province)
    change_unit(unit=world.other, words=words, valid_from=dt.date(2024, 12, 1), by=None)

    assert world.sent(Reading.THEN) == [("xã Tân Lộc", 9), ("xã Giữa kỳ", 5)]


@pytest.mark.parametrize("count", [1, 3])
def test_todays_reading_costs_the_same_whatever_changed(world, count, django_assert_num_queries):
    world.merge()
    for _ in range(count):
        run = make_class(owner=world.centre, year=2024, opened_on=dt.date(2024, 10, 1))
        make_enrolment(class_run=run, person=make_person(unit=world.other))

    with django_assert_num_queries(15):
        figures_now(world.province, PERIOD, Reading.TODAY)
