"""Dates known in part, periods with both ends inside, and the forms of a date in papers."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

EARLIEST_YEAR, LATEST_YEAR = 1800, 2200
"""A year outside is a slip of the keyboard: no officer and no paper is that old."""

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(?:(?P<day>\d{1,2})[-/.])?(?P<month>\d{1,2})[-/.])?(?P<year>\d{4})")
_SHORT_YEAR = re.compile(r"(?:\d{1,2}[-/.]){1,2}\d{2}")


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class BadDate(ValueError):
    """A date that cannot be meant. `code` is one of the constants below, `text` what was given."""

    EMPTY = "date-empty"
    UNREADABLE = "date-unreadable"
    SHORT_YEAR = "date-short-year"
    YEAR = "date-year-out-of-range"
    MONTH = "date-month-out-of-range"
    DAY = "date-day-out-of-range"

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        self.text = text
        super().__init__(f"{code}: {text!r}")


class BadPeriod(ValueError):
    """A period that ends before it starts."""

    code = "period-reversed"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A day, a month or a year; 0 stands for what is not known.

    The order is that of the ISO text: the coarser date comes before the finer ones inside it, so that the database
    sorts the same way. Raises BadDate for a date that is not in the calendar.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise BadDate(BadDate.YEAR, self.display())
        if not 0 <= self.month <= 12 or (self.day and not self.month):
            raise BadDate(BadDate.MONTH, self.display())
        if (self.day > 28 and self.day > calendar.monthrange(self.year, self.month)[1]) or self.day < 0:
            raise BadDate(BadDate.DAY, self.display())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 1990-05-01, 1990-05, 1990, 01/05/1990, 1/5/1990, 5/1990, with - or . as well; 00 is "not known".

        Raises BadDate. Years of two digits are refused because the century would be a guess.
        """
        given = text.strip()
        if not given:
            raise BadDate(BadDate.EMPTY, text)
        if _SHORT_YEAR.fullmatch(given):
            raise BadDate(BadDate.SHORT_YEAR, text)
        found = given.isascii() and (_YEAR_FIRST.fullmatch(given) or _DAY_FIRST.fullmatch(given))
        if not found:
            raise BadDate(BadDate.UNREADABLE, text)
        try:
            return cls(int(found["year"]), int(found["month"] or 0), int(found["day"] or 0))
        except BadDate as error:
            raise BadDate(error.code, text) from None

    @classmethod
    def from_date(cls, day: dt.date) -> Self:
        """Return a whole calendar date."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> Precision:
        """How much is known."""
        if self.day:
            return Precision.DAY
        return Precision.MONTH if self.month else Precision.YEAR

    def iso(self) -> str:
        """Return 1990-05-01, 1990-05 or 1990."""
        if self.day:
            return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"

    def display(self) -> str:
        """Return 01/05/1990, 05/1990 or 1990; what is not known is never invented."""
        return "/".join([*(f"{part:02d}" for part in (self.day, self.month) if part), str(self.year)])

    def __str__(self) -> str:
        return self.display()

    def first_day(self) -> dt.date:
        """Return the earliest day that can be meant."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> dt.date:
        """Return the latest day that can be meant."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` to `end`, both inside; an absent end means still running. Raises BadPeriod when reversed."""

    start: dt.date
    end: dt.date | None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise BadPeriod(f"{self.start} - {self.end}")

    @classmethod
    def year(cls, year: int) -> Self:
        """Return a calendar year."""
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    @classmethod
    def half_year(cls, year: int, half: int) -> Self:
        """Return January to June (1) or July to December (2). Raises ValueError for another half."""
        return cls._months(year, half, 6)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Self:
        """Return a quarter, 1 to 4. Raises ValueError for another."""
        return cls._months(year, quarter, 3)

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        """Return a month, 1 to 12. Raises ValueError for another."""
        return cls._months(year, month, 1)

    @classmethod
    def _months(cls, year: int, number: int, length: int) -> Self:
        """Return part `number` of the year, cut into parts of `length` months."""
        if not 1 <= number <= 12 // length:
            raise ValueError(f"a year has no part {number} of {length} months")
        last = number * length
        return cls(dt.date(year, last - length + 1, 1), dt.date(year, last, calendar.monthrange(year, last)[1]))

    @property
    def days(self) -> int | None:
        """The number of days with both ends, None while the period is running."""
        return None if self.end is None else (self.end - self.start).days + 1

    def contains(self, day: dt.date) -> bool:
        """Return whether `day` lies inside, ends included."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """Return whether the two share at least one day."""
        return (other.end is None or self.start <= other.end) and (self.end is None or other.start <= self.end)


def _paper_day(day: dt.date) -> str:
    """Return the day with a leading 0 below 10, against forgery. Source: papers.md 1.4 and 3.2."""
    return f"{day.day:02d}"


def _paper_month(day: dt.date) -> str:
    """Return the month with a leading 0 for January and February only, which could become 11 and 12."""
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)


def long_date(day: dt.date) -> str:
    """Return "ngày 06 tháng 02 năm 2023", the form of the issue line and of State papers."""
    return f"ngày {_paper_day(day)} tháng {_paper_month(day)} năm {day.year}"


def party_date(day: dt.date) -> str:
    """Return "ngày 05/9/2026", the form of citations in Party papers."""
    return f"ngày {_paper_day(day)}/{_paper_month(day)}/{day.year}"
