"""One cell of a spreadsheet that came in: where it stands, and what it says as text, number or date."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from vuntrong.documents.columns import DateOrder
from vuntrong.documents.days import read_day
from vuntrong.documents.grids import RawValue
from vuntrong.kernel.dates import BadDate, PartialDate
from vuntrong.kernel.text import nfc

GROUPED = re.compile(r"[+-]?\d{1,3}([.\s]\d{3})+(,\d+)?")
"""Vietnamese writing of 1.234.567,8."""


@dataclass(frozen=True)
class Place:
    """Where a cell stands, in the words a clerk sees: sheet, row number, column letter, header text."""

    sheet: str
    row: int
    column: str
    header: str


@dataclass(frozen=True)
class CellWarning:
    """Something a person should look at; the value is taken as it is."""

    code: str
    place: Place
    values: Mapping[str, Any] = field(default_factory=dict)


class CellError(ValueError):
    """A cell that cannot be read as what its column asks for.

    Codes: not-a-number, not-whole, and those of kernel.dates.BadDate.
    """

    def __init__(self, code: str, place: Place, values: Mapping[str, Any]) -> None:
        self.code = code
        self.place = place
        self.values = dict(values)
        super().__init__(f"{code} {place} {self.values}")


@dataclass(frozen=True)
class Cell:
    """A raw value and its place. Every reader answers None or the empty text for an empty cell."""

    value: RawValue
    place: Place

    def is_empty(self) -> bool:
        return isinstance(self.value, str) and not self.value.strip()

    def text(self) -> str:
        """Return NFC text with single spaces; 12.0 gives 12, a date gives dd/mm/yyyy, a truth value TRUE or FALSE."""
        return plain_text(self.value)

    def whole(self) -> int | None:
        """Return a whole number. Raises CellError not-a-number or not-whole."""
        number = self.decimal()
        if number is None:
            return None
        if number != number.to_integral_value():
            raise CellError("not-whole", self.place, {"value": self.text()})
        return int(number)

    def decimal(self) -> Decimal | None:
        """Return a number typed as a number, or as text with a comma or a point. Raises CellError not-a-number."""
        if self.is_empty():
            return None
        if isinstance(self.value, int | float) and not isinstance(self.value, bool):
            return Decimal(str(self.value)).normalize() + 0
        text = self.text()
        if GROUPED.fullmatch(text):
            text = re.sub(r"[.\s]", "", text)
        try:
            number = Decimal(text.replace(",", ".").replace(" ", ""))
        except InvalidOperation:
            raise CellError("not-a-number", self.place, {"value": text}) from None
        if not number.is_finite():
            raise CellError("not-a-number", self.place, {"value": text})
        return number

    def date(self, *, order: DateOrder = DateOrder.DAY_FIRST, latest_year: int | None = None) -> PartialDate | None:
        """Return a date or what is known of it, as days.read_day does. Raises CellError with the code of BadDate."""
        if self.is_empty():
            return None
        try:
            return read_day(self.value, order=order, latest_year=latest_year)
        except BadDate as error:
            raise CellError(error.code, self.place, {"value": self.text()}) from error

    def digits(self, length: int) -> tuple[str, CellWarning | None]:
        """Return a code of `length` digits as it stands, and a warning where a spreadsheet has eaten leading zeros.

        A number shorter than `length` was stored as a number, so its zeros are lost; nobody but the clerk may say
        which digits stood there. Text of another length is the caller's rule to judge.
        """
        text = self.text()
        was_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        if was_number and text.isdigit() and len(text) < length:
            return text, CellWarning("leading-zero-lost", self.place, {"value": text, "length": length})
        return text, None


def plain_text(value: RawValue) -> str:
    """Return what a cell says as one line of text: whole numbers without .0, dates as dd/mm/yyyy."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == dt.time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return str(value)
