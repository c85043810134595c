"""Working days: which day is one, and when a term of days ends."""

import datetime as dt
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

SATURDAY = 5
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class WorkCalendar:
    """Days off besides Saturday and Sunday, and weekend days that are worked instead of them (làm bù)."""

    days_off: AbstractSet[dt.date] = frozenset()
    worked: AbstractSet[dt.date] = frozenset()

    def is_working(self, day: dt.date) -> bool:
        """Say whether offices work on `day`."""
        return day in self.worked or (day.weekday() < SATURDAY and day not in self.days_off)

    def working_day_from(self, day: dt.date) -> dt.date:
        """Return `day`, or the next working day where it is none. Source: Civil Code 91/2015/QH13, art. 148(5)."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def after_working_days(self, start: dt.date, days: int) -> dt.date:
        """Return the last day of a term of working days; the day on which it begins does not count.

        Source: Civil Code 91/2015/QH13, art. 147(2).
        """
        day = start
        for _day in range(days):
            day = self.working_day_from(day + ONE_DAY)
        return day

    def after_calendar_days(self, start: dt.date, days: int) -> dt.date:
        """Return the last day of a term of calendar days; one that ends on a day off goes on to the next working day.

        Source: Civil Code 91/2015/QH13, art. 147(2) and 148(5).
        """
        return self.working_day_from(start + dt.timedelta(days=days))
