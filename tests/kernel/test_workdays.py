"""Terms of days: weekends, holidays, days worked instead, both sides of each border."""

import datetime as dt

import pytest

from vuntrong.kernel.workdays import WorkCalendar

FRIDAY, SATURDAY, MONDAY = dt.date(2026, 11, 20), dt.date(2026, 11, 21), dt.date(2026, 11, 23)
PLAIN = WorkCalendar()
FEAST = WorkCalendar(days_off=frozenset({MONDAY, dt.date(2026, 11, 24)}), worked=frozenset({SATURDAY}))


@pytest.mark.parametrize(
    ("calendar", "day", "expected"),
    [
        (PLAIN, FRIDAY, True),
        (PLAIN, SATURDAY, False),
        (PLAIN, dt.date(2026, 11, 22), False),
        (PLAIN, MONDAY, True),
        (FEAST, MONDAY, False),
        (FEAST, SATURDAY, True),
    ],
)
def test_which_day_is_worked(calendar, day, expected):
    assert calendar.is_working(day) is expected


@pytest.mark.parametrize(
    ("calendar", "start", "days", "expected"),
    [
        (PLAIN, dt.date(2026, 11, 18), 2, FRIDAY),
        (PLAIN, dt.date(2026, 11, 19), 2, MONDAY),
        (PLAIN, FRIDAY, 2, dt.date(2026, 11, 24)),
        (PLAIN, SATURDAY, 2, dt.date(2026, 11, 24)),
        (FEAST, dt.date(2026, 11, 19), 2, SATURDAY),
        (FEAST, FRIDAY, 2, dt.date(2026, 11, 25)),
        (PLAIN, FRIDAY, 0, FRIDAY),
    ],
)
def test_a_term_of_working_days(calendar, start, days, expected):
    assert calendar.after_working_days(start, days) == expected


@pytest.mark.parametrize(
    ("calendar", "start", "expected"),
    [
        (PLAIN, dt.date(2026, 11, 5), FRIDAY),
        (PLAIN, dt.date(2026, 11, 6), MONDAY),
        (FEAST, dt.date(2026, 11, 6), SATURDAY),
        (FEAST, dt.date(2026, 11, 8), dt.date(2026, 11, 25)),
    ],
)
def test_a_term_of_calendar_days_never_ends_on_a_day_off(calendar, start, expected):
    assert calendar.after_calendar_days(start, 15) == expected
