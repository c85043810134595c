import datetime as dt
from decimal import Decimal

import pytest

from vuntrong.documents.cells import Cell, CellError, CellWarning, Place
from vuntrong.documents.workbooks import RawValue
from vuntrong.kernel.dates import BadDate

MIDNIGHT = dt.datetime.fromisoformat("1985-03-02T00:00")
MORNING = dt.datetime.fromisoformat("2026-03-02T07:30")
PLACE = Place("Danh sách", 7, "C", "Ngày sinh")


def cell(value: RawValue) -> Cell:
    return Cell(value, PLACE)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", ""),
        ("  Nông  Thị\nThủy ", "Nông Thị Thủy"),
        ("Thu\u0309y", "Thủy"),
        (12.0, "12"),
        (1085001234567.0, "1085001234567"),
        (8.25, "8.25"),
        (7, "7"),
        (True, "TRUE"),
        (dt.date(1985, 3, 2), "02/03/1985"),
        (MIDNIGHT, "02/03/1985"),
        (MORNING, "02/03/2026 07:30"),
        (dt.time(7, 30), "07:30:00"),
    ],
)
def test_text_of_a_cell(value, text):
    assert cell(value).text() == text


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (dt.date(1985, 3, 2), "02/03/1985"),
        (MIDNIGHT, "02/03/1985"),
        (31108.0, "02/03/1985"),
        (1985.0, "1985"),
        (1985, "1985"),
        ("1985", "1985"),
        ("5/1985", "05/1985"),
        ("2.3.1985", "02/03/1985"),
        ("02-03-1985", "02/03/1985"),
        ("ngày 2 tháng 3 năm 1985", "02/03/1985"),
        ("Tháng 5 năm 1985", "05/1985"),
        ("năm 1985", "1985"),
    ],
)
def test_dates_are_read_in_every_form_a_clerk_uses(value, shown):
    date = cell(value).date()

    assert date is not None
    assert date.display() == shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("31/02/1985", BadDate.DAY, "31/02/1985"),
        ("12/13/1985", BadDate.MONTH, "12/13/1985"),
        ("1/2/85", BadDate.SHORT_YEAR, "1/2/85"),
        ("chưa rõ", BadDate.UNREADABLE, "chưa rõ"),
        (2201.0, BadDate.YEAR, "2201"),
        (31108.5, BadDate.UNREADABLE, "31108.5"),
        (73051, BadDate.UNREADABLE, "73051"),
    ],
)
def test_a_date_that_cannot_be_meant_names_its_cell(value, code, text):
    with pytest.raises(CellError) as caught:
        cell(value).date()

    assert (caught.value.code, caught.value.place, caught.value.values) == (code, PLACE, {"value": text})


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, Decimal(7)),
        (54.5, Decimal("54.5")),
        (120000.0, Decimal(120000)),
        ("54,5", Decimal("54.5")),
        ("54.5", Decimal("54.5")),
        ("1.234", Decimal(1234)),
        ("12.500.000,5", Decimal("12500000.5")),
        ("1 234", Decimal(1234)),
        ("", None),
    ],
)
def test_numbers_are_read_with_comma_and_point(value, number):
    assert cell(value).decimal() == number


@pytest.mark.parametrize("value", ["hai", "NaN", "Infinity", "1,2,3", True, dt.date(2022, 1, 1)])
def test_what_is_no_number_names_its_cell(value):
    with pytest.raises(CellError) as caught:
        cell(value).decimal()

    assert (caught.value.code, caught.value.place) == ("not-a-number", PLACE)


def test_a_whole_number_is_whole():
    assert cell(94.0).whole() == 94
    assert cell("").whole() is None


def test_a_number_with_a_fraction_is_not_whole():
    with pytest.raises(CellError) as caught:
        cell("94,5").whole()

    assert (caught.value.code, caught.value.values) == ("not-whole", {"value": "94,5"})


@pytest.mark.parametrize(
    ("value", "text", "is_warned"),
    [
        (1085001234.0, "1085001234", True),
        (79085001234, "79085001234", True),
        (179085001234, "179085001234", False),
        ("001085001234", "001085001234", False),
        ("1085001234", "1085001234", False),
        ("", "", False),
    ],
)
def test_lost_leading_zeros_are_reported_and_not_repaired(value, text, is_warned):
    warning = CellWarning("leading-zero-lost", PLACE, {"value": text, "length": 12}) if is_warned else None

    assert cell(value).digits(12) == (text, warning)
