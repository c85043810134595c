import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuntrong.kernel.dates import BadDate, BadPeriod, PartialDate, Period, Precision, long_date, party_date

days = st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31))
partial_dates = st.builds(
    lambda day, known: PartialDate(day.year, day.month if known > 1 else 0, day.day if known > 2 else 0),
    days,
    st.integers(1, 3),
)


@pytest.mark.parametrize(
    ("text", "iso", "display", "precision"),
    [
        ("1990-05-01", "1990-05-01", "01/05/1990", Precision.DAY),
        ("1990/5/1", "1990-05-01", "01/05/1990", Precision.DAY),
        ("1990-05", "1990-05", "05/1990", Precision.MONTH),
        ("1990", "1990", "1990", Precision.YEAR),
        (" 01/05/1990 ", "1990-05-01", "01/05/1990", Precision.DAY),
        ("1/5/1990", "1990-05-01", "01/05/1990", Precision.DAY),
        ("01-05-1990", "1990-05-01", "01/05/1990", Precision.DAY),
        ("01.05.1990", "1990-05-01", "01/05/1990", Precision.DAY),
        ("5/1990", "1990-05", "05/1990", Precision.MONTH),
        ("05.1990", "1990-05", "05/1990", Precision.MONTH),
        ("00/05/1990", "1990-05", "05/1990", Precision.MONTH),
        ("00/00/1990", "1990", "1990", Precision.YEAR),
        ("29/02/2024", "2024-02-29", "29/02/2024", Precision.DAY),
        ("1800", "1800", "1800", Precision.YEAR),
        ("2200", "2200", "2200", Precision.YEAR),
    ],
)
def test_partial_date_reads_what_people_write(text, iso, display, precision):
    date = PartialDate.parse(text)

    assert (date.iso(), date.display(), str(date), date.precision) == (iso, display, display, precision)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", BadDate.EMPTY),
        ("  ", BadDate.EMPTY),
        ("không rõ", BadDate.UNREADABLE),
        ("1/2/3/1990", BadDate.UNREADABLE),
        ("199", BadDate.UNREADABLE),
        ("32874", BadDate.UNREADABLE),
        ("１９９０", BadDate.UNREADABLE),
        ("01.05.90", BadDate.SHORT_YEAR),
        ("5/90", BadDate.SHORT_YEAR),
        ("1799", BadDate.YEAR),
        ("2201", BadDate.YEAR),
        ("13/1990", BadDate.MONTH),
        ("12/31/1990", BadDate.MONTH),
        ("01/00/1990", BadDate.MONTH),
        ("32/01/1990", BadDate.DAY),
        ("31/04/1990", BadDate.DAY),
        ("29/02/2023", BadDate.DAY),
        ("1990-02-30", BadDate.DAY),
    ],
)
def test_partial_date_refuses_with_the_reason(text, code):
    with pytest.raises(BadDate) as refusal:
        PartialDate.parse(text)

    assert (refusal.value.code, refusal.value.text) == (code, text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1990", dt.date(1990, 1, 1), dt.date(1990, 12, 31)),
        ("02/2024", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("02/2023", dt.date(2023, 2, 1), dt.date(2023, 2, 28)),
        ("03/02/1930", dt.date(1930, 2, 3), dt.date(1930, 2, 3)),
    ],
)
def test_partial_date_knows_the_days_it_can_mean(text, first, last):
    date = PartialDate.parse(text)

    assert (date.first_day(), date.last_day()) == (first, last)


@given(partial_dates)
def test_partial_date_survives_the_round_trip(date):
    assert PartialDate.parse(date.iso()) == date
    assert PartialDate.parse(date.display()) == date
    assert date.first_day() <= date.last_day()


@given(st.lists(partial_dates))
def test_partial_dates_sort_as_their_iso_text(dates):
    assert [date.iso() for date in sorted(dates)] == sorted(date.iso() for date in dates)


@given(days)
def test_partial_date_of_a_whole_date(day):
    date = PartialDate.from_date(day)

    assert (date.iso(), date.first_day(), date.last_day()) == (day.isoformat(), day, day)


@pytest.mark.parametrize(
    ("period", "start", "end", "length"),
    [
        (Period.half_year(2022, 1), dt.date(2022, 1, 1), dt.date(2022, 6, 30), 181),
        (Period.half_year(2022, 2), dt.date(2022, 7, 1), dt.date(2022, 12, 31), 184),
        (Period.year(2024), dt.date(2024, 1, 1), dt.date(2024, 12, 31), 366),
        (Period.quarter(2022, 1), dt.date(2022, 1, 1), dt.date(2022, 3, 31), 90),
        (Period.quarter(2022, 4), dt.date(2022, 10, 1), dt.date(2022, 12, 31), 92),
        (Period.month(2024, 2), dt.date(2024, 2, 1), dt.date(2024, 2, 29), 29),
        (Period.month(2022, 12), dt.date(2022, 12, 1), dt.date(2022, 12, 31), 31),
        (Period(dt.date(2022, 1, 1), dt.date(2022, 1, 1)), dt.date(2022, 1, 1), dt.date(2022, 1, 1), 1),
        (Period(dt.date(2022, 1, 1), None), dt.date(2022, 1, 1), None, None),
    ],
)
def test_period_has_both_ends_inside(period, start, end, length):
    assert (period.start, period.end, period.days) == (start, end, length)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Period.half_year(2022, 0),
        lambda: Period.half_year(2022, 3),
        lambda: Period.quarter(2022, 5),
        lambda: Period.month(2022, 13),
    ],
)
def test_period_refuses_a_part_the_year_does_not_have(make):
    with pytest.raises(ValueError, match="a year has no part"):
        make()


def test_period_refuses_an_end_before_its_start():
    with pytest.raises(BadPeriod):
        Period(dt.date(2022, 1, 2), dt.date(2022, 1, 1))


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (dt.date(2021, 12, 31), False),
        (dt.date(2022, 1, 1), True),
        (dt.date(2022, 6, 30), True),
        (dt.date(2022, 7, 1), False),
    ],
)
def test_period_contains_its_ends(day, inside):
    assert Period.half_year(2022, 1).contains(day) is inside


def test_running_period_contains_every_later_day():
    running = Period(dt.date(2022, 1, 1), None)

    assert running.contains(dt.date(2199, 1, 1))
    assert not running.contains(dt.date(2021, 12, 31))


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        (Period(dt.date(2021, 12, 1), dt.date(2021, 12, 31)), False),
        (Period(dt.date(2021, 12, 1), dt.date(2022, 1, 1)), True),
        (Period(dt.date(2022, 6, 30), dt.date(2022, 8, 1)), True),
        (Period(dt.date(2022, 7, 1), dt.date(2022, 8, 1)), False),
        (Period(dt.date(2022, 7, 1), None), False),
        (Period(dt.date(2022, 6, 30), None), True),
        (Period(dt.date(2000, 1, 1), None), True),
    ],
)
def test_periods_overlap_when_they_share_a_day(other, shared):
    half = Period.half_year(2022, 1)

    assert half.overlaps(other) is shared
    assert other.overlaps(half) is shared


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (dt.date(2023, 2, 6), "ngày 06 tháng 02 năm 2023", "ngày 06/02/2023"),
        (dt.date(2022, 1, 10), "ngày 10 tháng 01 năm 2022", "ngày 10/01/2022"),
        (dt.date(2026, 9, 5), "ngày 05 tháng 9 năm 2026", "ngày 05/9/2026"),
        (dt.date(2026, 3, 9), "ngày 09 tháng 3 năm 2026", "ngày 09/3/2026"),
        (dt.date(2026, 10, 31), "ngày 31 tháng 10 năm 2026", "ngày 31/10/2026"),
    ],
)
def test_paper_dates_follow_the_zero_rule(day, long, short):
    assert (long_date(day), party_date(day)) == (long, short)
