"""Rows of text as events and back."""

import datetime as dt
from decimal import Decimal

import pytest

from vuntrong.registry.enums import EventKind, UnitKind
from vuntrong.registry.rules.event_rows import EventRow, ReadRows, read_rows, rows_of
from vuntrong.registry.rules.events import Choice, Event, Target, UnitSaid
from vuntrong.registry.rules.reorganisation import KnownUnit

DAY = dt.date(2000, 1, 1)
KINDS = {"sap nhap": "merge", "chia tach": "split"} | {kind.value: kind.value for kind in EventKind}
UNIT_KINDS = {"xa": "commune"} | {kind.value: kind.value for kind in UnitKind}


def known(slug: str, name: str, last_day: dt.date | None = None) -> KnownUnit:
    return KnownUnit(1, slug, UnitSaid(name, name, "commune", "tinh-uy"), DAY, last_day)


UNITS = {
    one.slug: one
    for one in (
        known("tinh-uy", "Tỉnh ủy"),
        known("tan-loc", "xã Tân Lộc"),
        known("phu-mi", "xã Phú Mỹ"),
        known("hai-1", "xã Hai"),
        known("hai-2", "xã Hai"),
        known("cu", "xã Cũ", DAY),
    )
}


def read(*rows: EventRow, **extra: object) -> ReadRows:
    return read_rows(enumerate(rows, start=1), UNITS, kinds=KINDS, unit_kinds=UNIT_KINDS, **extra)


def test_a_merger_is_one_row_and_the_new_unit_is_like_its_first_source():
    found = read(EventRow("Sáp nhập", "xã Tân Lộc; phu-mi", "xã Tân Phú", area_code="05860"))

    said = UnitSaid("xã Tân Phú", "xã Tân Phú", "commune", "tinh-uy", area_code="05860")
    assert found.problems == ()
    assert found.events == (Event("merge", ("tan-loc", "phu-mi"), (Target("xa-tan-phu", said, is_new=True),), row="1"),)


def test_a_split_takes_a_row_for_each_part():
    found = read(
        EventRow("Chia tách", "xã Tân Lộc", "xã Đông", share="60", rest="x"),
        EventRow("chia tách", "xã Tân Lộc", "xã Phú Mỹ", share="40 %"),
    )

    [event] = found.events
    assert [(one.unit, one.share, one.is_new) for one in event.targets] == [
        ("xa-dong", Decimal("0.6"), True),
        ("phu-mi", Decimal("0.4"), False),
    ]
    assert event.rest == "xa-dong"


def test_changes_and_an_end_are_about_the_old_unit():
    found = read(
        EventRow("rename", "XÃ TÂN LỘC", "xã Tân Lộc Mới"),
        EventRow("retype", "phu-mi", unit_kind="ward"),
        EventRow("reparent", "hai-1", parent="xã Phú Mỹ"),
        EventRow("dissolve", "hai-2", "xã Phú Mỹ"),
    )

    assert found.problems == ()
    assert [(event.sources, event.rest) for event in found.events][-1] == (("hai-2",), "phu-mi")
    assert [one.targets[0].said for one in found.events[:3]] == [
        UnitSaid(name="xã Tân Lộc Mới"),
        UnitSaid(kind="ward"),
        UnitSaid(parent="phu-mi"),
    ]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (EventRow("", "xã Tân Lộc"), "kind", "event-cell-missing"),
        (EventRow("hợp nhất gì đó", "xã Tân Lộc"), "kind", "event-cell-word-unknown"),
        (EventRow("merge", "xã Lạ; phu-mi", "xã Mới"), "old", "event-cell-unit-unknown"),
        (EventRow("merge", "xã Cũ; phu-mi", "xã Mới"), "old", "event-cell-unit-unknown"),
        (EventRow("merge", "xã Hai; phu-mi", "xã Mới"), "old", "event-cell-unit-ambiguous"),
        (EventRow("merge", "tan-loc; phu-mi"), "new", "event-cell-missing"),
        (EventRow("retype", "tan-loc", unit_kind="làng"), "unit_kind", "event-cell-word-unknown"),
        (EventRow("split", "tan-loc", "xã Đông", share="nửa"), "share", "event-cell-share"),
        (EventRow("split", "tan-loc", "xã Đông", share="0"), "share", "event-cell-share"),
        (EventRow("split", "tan-loc", "xã Đông", share="101"), "share", "event-cell-share"),
        (EventRow("split", "tan-loc", "xã Đông", share="33,333"), "share", "event-cell-share"),
        (EventRow("create", "", "xã Đông", parent="xã Lạ"), "parent", "event-cell-unit-unknown"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(row, column, code):
    assert [(one.row, one.column, one.code) for one in read(row).problems] == [(1, column, code)]


def test_a_later_row_may_name_a_unit_that_an_earlier_one_makes():
    found = read(
        EventRow("create", "", "xã Mới", unit_kind="xã", parent="tinh-uy"),
        EventRow("reparent", "hai-1", parent="xã Mới"),
    )

    assert found.problems == ()
    assert found.events[1].targets[0].said.parent == "xa-moi"


def test_two_new_units_of_one_name_get_two_codes():
    found = read(EventRow("create", "", "xã Mới"), EventRow("create", "", "xã Mới"))

    assert [one.targets[0].unit for one in found.events] == ["xa-moi", "xa-moi-2"]


def test_empty_rows_are_passed_over_and_numbers_stay():
    found = read(EventRow(), EventRow("dissolve", "phu-mi"))

    assert [one.row for one in found.events] == ["2"]


def test_what_was_said_of_posts_stays_with_the_list():
    choice = Choice("posting", 7, "xa-moi")

    assert read(EventRow("dissolve", "phu-mi"), choices=[choice]).events[0].choices == (choice,)


@pytest.mark.parametrize(
    "row",
    [
        EventRow("merge", "xã Tân Lộc; xã Phú Mỹ", "xã Tân Phú", "Tân Phú", "ward", "Tỉnh ủy", area_code="1", note="a"),
        EventRow("split", "xã Tân Lộc", "xã Đông", "Đông", "commune", "Tỉnh ủy", share="33,33", rest="x"),
        EventRow("rename", "xã Tân Lộc", "xã Khác"),
        EventRow("retype", "xã Tân Lộc", unit_kind="ward"),
        EventRow("reparent", "hai-1", parent="xã Phú Mỹ", state_parent="Tỉnh ủy"),
        EventRow("dissolve", "xã Tân Lộc", "xã Phú Mỹ"),
        EventRow("merge", "xã Tân Lộc; xã Phú Mỹ", "xã Phú Mỹ"),
    ],
)
def test_rows_survive_being_read_and_written(row):
    found = read(row)

    assert found.problems == ()
    assert rows_of(found.events, UNITS) == [row]
