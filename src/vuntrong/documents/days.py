"""Dates in the forms of clerks and spreadsheets, and columns in which day and month may have changed places."""

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from vuntrong.documents.columns import DateOrder
from vuntrong.documents.grids import RawValue
from vuntrong.kernel.dates import EARLIEST_YEAR, LATEST_YEAR, BadDate, PartialDate
from vuntrong.kernel.text import nfc

YEARS = range(EARLIEST_YEAR, LATEST_YEAR + 1)
"""A bare number in this range in a date column is a year, never a day in 1905."""
SERIALS = range(3_654, 73_051)
"""Excel day numbers from 01/01/1910 to 31/12/2099."""
SERIAL_START = dt.date(1899, 12, 30)
WORDS = re.compile(r"\b(?:sinh|sn|ngày|ngay|tháng|thang|năm|nam)\b[\s:.]*", re.IGNORECASE)
"""The words of "sinh ngày 12 tháng 3 năm 1985"."""
UNKNOWN_PART = re.compile(r"(?<![\d])(?:[?x_…]+|\.{2,}|-{2,})(?=\s*[-/.])", re.IGNORECASE)
"""Signs that stand for a day or month nobody knows: ../../1972."""
CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AaPp][Mm])?$")
THREE_PARTS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})([-/.])(\d{2}|\d{4})")
SHORT_YEAR = re.compile(r"((?:\d{1,2}[-/.]){1,2})(\d{2})")
FEW = 3
"""Date cells with a small day that raise suspicion when texts beside them have large days only."""
MANY = 8
"""So many dates without a single day above 12 do not happen by chance: (12/30) to the 8th is less than 1 in 1,000."""


def read_day(
    value: RawValue, *, order: DateOrder = DateOrder.DAY_FIRST, latest_year: int | None = None
) -> PartialDate | None:
    """Return a date or what is known of it; None for an empty cell.

    Reads date cells, Excel day numbers, years, 01/05/1990, 1-5-1990, 1.5.90, 5/1990, 01051990, "năm 1972", "sinh năm
    1972", "ngày 2 tháng 3 năm 1985", ../../1972. A year of two digits means the last such year up to `latest_year`;
    without `latest_year` it is refused. Raises BadDate.
    """
    if isinstance(value, dt.date):
        return _typed(value, order)
    if isinstance(value, int | float) and not isinstance(value, bool):
        days = int(value) if math.isfinite(value) else 0
        if days == value and days not in YEARS and days in SERIALS:
            return _typed(SERIAL_START + dt.timedelta(days=days), order)
        value = str(days) if days == value else repr(value)
    if not isinstance(value, str):
        raise BadDate(BadDate.UNREADABLE, str(value))
    return _read_text(value, order, latest_year)


def _typed(day: dt.date, order: DateOrder) -> PartialDate:
    if order is DateOrder.SWAPPED and day.day <= 12:
        return PartialDate(day.year, day.day, day.month)
    return PartialDate(day.year, day.month, day.day)


@lru_cache(maxsize=16384)
def _read_text(text: str, order: DateOrder, latest_year: int | None) -> PartialDate | None:
    given = nfc(text)
    if not given:
        return None
    try:
        return _parsed(_plain_form(given), order, latest_year)
    except BadDate as error:
        raise BadDate(error.code, given) from None


def _plain_form(text: str) -> str:
    """Return a date text with nothing but digits and separators where it is one."""
    bare = UNKNOWN_PART.sub("00", CLOCK.sub("", text))
    bare = WORDS.sub("/", bare)
    bare = re.sub(r"\s*[-/.,]\s*", lambda found: "-" if "-" in found[0] else "/", bare.strip(" .,;/-'"))
    return re.sub(r"/{2,}", "/", re.sub(r"(?<=\d)\s+(?=\d)", "/", bare))


def _parsed(form: str, order: DateOrder, latest_year: int | None) -> PartialDate:
    if form.isascii() and form.isdigit() and len(form) != 4:
        return _run_of_digits(form)
    if order is DateOrder.MONTH_FIRST:
        form = THREE_PARTS.sub(r"\3\2\1\4\5", form)
    short = SHORT_YEAR.fullmatch(form)
    if short and latest_year is not None:
        year = latest_year - (latest_year - int(short[2])) % 100
        form = f"{short[1]}{year}"
    return PartialDate.parse(form)


def _run_of_digits(digits: str) -> PartialDate:
    """Read 02031985, 19850302 or an Excel day number kept as text; 2031985 lost a zero: refused. Raises BadDate."""
    if len(digits) == 5 and int(digits) in SERIALS:
        return PartialDate.from_date(SERIAL_START + dt.timedelta(days=int(digits)))
    if len(digits) == 8:
        for year, month, day in ((digits[4:], digits[2:4], digits[:2]), (digits[:4], digits[4:6], digits[6:])):
            if "1900" <= year <= "2099" and "01" <= month <= "12":
                return PartialDate(int(year), int(month), int(day))
    if len(digits) < 5:
        return PartialDate.parse(digits)
    raise BadDate(BadDate.UNREADABLE, digits)


def with_lost_zero(value: RawValue) -> PartialDate | None:
    """Return the day that 1051990 was before a spreadsheet ate its zero, 01/05/1990; None for anything else."""
    digits = str(int(value)) if isinstance(value, int | float) and value == value // 1 else str(value).strip()
    if len(digits) != 7 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return _run_of_digits(f"0{digits}")
    except BadDate:
        return None


@dataclass(frozen=True)
class DayDoubt:
    """Day and month of a column may have changed places; `suggested` is the order that would explain the cells.

    Codes: month-first (texts such as 12/31/1985), orders-mixed (both orders in one column), swapped (date cells have
    small days only, texts beside them large days only), days-all-small (no day above 12 among many).
    """

    code: str
    suggested: DateOrder
    count: int
    """Cells that the suggestion would change."""


def doubt_days(values: Iterable[RawValue]) -> DayDoubt | None:
    """Look at a whole column of dates read day first; None when nothing is suspicious."""
    seen: Counter[str] = Counter()
    days: set[int] = set()
    for value, times in Counter(values).items():
        shape, day = _shape(value)
        seen[shape] += times
        days.add(day)
    small = seen["typed-small"] + seen["text-small"]
    if seen["month-first"]:
        if seen["day-first"]:
            return DayDoubt("orders-mixed", DateOrder.DAY_FIRST, seen["month-first"])
        return DayDoubt("month-first", DateOrder.MONTH_FIRST, seen["month-first"] + seen["text-small"])
    if seen["day-first"] and seen["typed-small"] >= FEW and not seen["typed-large"]:
        return DayDoubt("swapped", DateOrder.SWAPPED, seen["typed-small"])
    is_always_first = days <= {0, 1}
    if small >= MANY and not (seen["typed-large"] or seen["day-first"] or is_always_first):
        order = DateOrder.SWAPPED if seen["typed-small"] > seen["text-small"] else DateOrder.MONTH_FIRST
        return DayDoubt("days-all-small", order, small)
    return None


def _shape(value: RawValue) -> tuple[str, int]:
    """Return what a cell tells about the order, and its day; 01/01 and 05/05 tell nothing."""
    if isinstance(value, str):
        found = THREE_PARTS.fullmatch(_plain_form(nfc(value))) if value else None
        if found is None:
            return "silent", 0
        first, second = int(found[1]), int(found[3])
        if first > 12 or second > 12:
            return ("day-first" if first > 12 else "month-first"), first
        return ("text-small" if first != second else "silent"), first
    if isinstance(value, float | int) and value in SERIALS and value not in YEARS:
        value = SERIAL_START + dt.timedelta(days=int(value))
    if isinstance(value, dt.date):
        if value.day > 12:
            return "typed-large", value.day
        return ("typed-small" if value.day != value.month else "silent"), value.day
    return "silent", 0
