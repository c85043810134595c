import datetime as dt

import pytest

from vuntrong.documents.columns import DateOrder
from vuntrong.documents.days import DayDoubt, doubt_days, read_day
from vuntrong.kernel.dates import BadDate

DAY_FIRST, MONTH_FIRST, SWAPPED = DateOrder
MARCH_SECOND = dt.date(1985, 3, 2)


def shown(value, **rule) -> str:
    day = read_day(value, **rule)
    return day.display() if day else ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (MARCH_SECOND, "02/03/1985"),
        (31108, "02/03/1985"),
        (31108.0, "02/03/1985"),
        ("31108", "02/03/1985"),
        ("02031985", "02/03/1985"),
        ("19850302", "02/03/1985"),
        ("2/3/1985", "02/03/1985"),
        ("2-3-1985", "02/03/1985"),
        ("2.3.1985.", "02/03/1985"),
        (" 2 / 3 / 1985 ", "02/03/1985"),
        ("2 3 1985", "02/03/1985"),
        ("'02/03/1985", "02/03/1985"),
        ("02/03/1985 00:00:00", "02/03/1985"),
        ("1985-03-02T00:00", "02/03/1985"),
        ("Ngày 2 tháng 3 năm 1985", "02/03/1985"),
        ("sinh ngày 2/3/1985", "02/03/1985"),
        ("sinh năm 1972", "1972"),
        ("Năm 1972", "1972"),
        ("SN 1972", "1972"),
        ("Na\u0306m 1972", "1972"),
        ("1972", "1972"),
        (1972, "1972"),
        ("5/1985", "05/1985"),
        ("Tháng 5/1985", "05/1985"),
        ("00/00/1972", "1972"),
        ("../../1972", "1972"),
        ("--/--/1972", "1972"),
        ("??/05/1972", "05/1972"),
        ("\u00a02/3/1985\u200b", "02/03/1985"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_every_form_of_a_date_is_read(value, expected):
    assert shown(value) == expected


@pytest.mark.parametrize(
    ("value", "latest", "expected"),
    [
        ("1/5/90", 2010, "01/05/1990"),
        ("1-5-10", 2010, "01/05/2010"),
        ("1.5.11", 2010, "01/05/1911"),
        ("5/90", 2010, "05/1990"),
    ],
)
def test_a_short_year_is_the_last_one_up_to_the_latest(value, latest, expected):
    assert shown(value, latest_year=latest) == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1/5/90", BadDate.SHORT_YEAR),
        ("31/2/1985", BadDate.DAY),
        ("12/13/1985", BadDate.MONTH),
        (3021991, BadDate.UNREADABLE),
        ("chưa rõ", BadDate.UNREADABLE),
        (True, BadDate.UNREADABLE),
        (dt.time(7, 30), BadDate.UNREADABLE),
        (1e300, BadDate.UNREADABLE),
        (float("nan"), BadDate.UNREADABLE),
        ("99999999", BadDate.UNREADABLE),
    ],
)
def test_what_cannot_be_meant_is_refused(value, code):
    with pytest.raises(BadDate) as caught:
        read_day(value)

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("value", "order", "expected"),
    [
        ("3/2/1985", MONTH_FIRST, "02/03/1985"),
        ("12/31/1985", MONTH_FIRST, "31/12/1985"),
        ("1985", MONTH_FIRST, "1985"),
        (MARCH_SECOND, MONTH_FIRST, "02/03/1985"),
        (dt.date(1985, 2, 3), SWAPPED, "02/03/1985"),
        (dt.date(1985, 2, 23), SWAPPED, "23/02/1985"),
        ("2/3/1985", SWAPPED, "02/03/1985"),
    ],
)
def test_an_order_that_a_person_decided_is_used(value, order, expected):
    assert shown(value, order=order) == expected


SMALL = [dt.date(1980 + at, 1 + at, 2 + at) for at in range(9)]


@pytest.mark.parametrize(
    ("values", "doubt"),
    [
        (SMALL[:7], None),
        (SMALL[:8], DayDoubt("days-all-small", SWAPPED, 8)),
        ([*SMALL[:8], dt.date(1985, 3, 13)], None),
        ([f"{day:%d/%m/%Y}" for day in SMALL[:8]], DayDoubt("days-all-small", MONTH_FIRST, 8)),
        ([dt.date(1980 + at, 3, 1) for at in range(20)], None),
        ([dt.date(1980 + at, 3, 3) for at in range(20)], None),
        ([*SMALL[:3], "13/04/1985"], DayDoubt("swapped", SWAPPED, 3)),
        ([*SMALL[:2], "13/04/1985"], None),
        ([*SMALL[:3], "13/04/1985", dt.date(1985, 3, 13)], None),
        (["04/13/1985", "5/6/1985"], DayDoubt("month-first", MONTH_FIRST, 2)),
        (["04/13/1985", "13/4/1985"], DayDoubt("orders-mixed", DAY_FIRST, 1)),
        (["1985", 1985, "", "chưa rõ"], None),
        ([], None),
    ],
)
def test_a_column_whose_days_and_months_may_be_swapped_is_doubted(values, doubt):
    assert doubt_days(values) == doubt
