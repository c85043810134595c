"""What a reader looks for in a sheet, and what a person or a template has said about where it stands."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from vuntrong.documents.inspection import WorkbookError


class ColumnKind(StrEnum):
    """How the cells of a column are understood beyond their text."""

    TEXT = "text"
    NAME = "name"
    """May stand in two columns, family and middle names apart from the given name."""
    DATE = "date"


class DateOrder(StrEnum):
    """How the dates of one column were written."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    """Texts are 12/31/1985; date cells are right."""
    SWAPPED = "swapped"
    """Texts are 31/12/1985; a spreadsheet of another country has exchanged day and month of the date cells."""


@dataclass(frozen=True)
class Column:
    """A column that the caller looks for. The aliases may name two levels: `Ngày, tháng, năm sinh / Nam`.

    `parts` are the aliases of columns whose texts are joined with a space: họ đệm and tên. With `dash_repeats` a bare
    dash means the cell above, as "nt" and ditto marks always do.
    """

    key: str
    aliases: tuple[str, ...]
    required: bool = True
    kind: ColumnKind = ColumnKind.TEXT
    parts: tuple[tuple[str, ...], ...] = ()
    dash_repeats: bool = False


@dataclass(frozen=True)
class FoundColumn:
    """Where a header stands: index from 0, column letter, and its text, levels joined by a slash.

    `more` are the indexes of further columns whose texts are joined to it. `is_guess` when the header only nearly fits:
    a person should look at it.
    """

    index: int
    letter: str
    header: str
    more: tuple[int, ...] = ()
    is_guess: bool = False


@dataclass(frozen=True)
class SheetMapping:
    """What somebody has decided about a sheet; everything left out is guessed.

    `columns` says what a column holds: its header text, or its letter, to a key; two columns of one key are joined, and
    the empty key means that the column is not read. `header_row` counts from 1, 0 to look for it.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    header_row: int = 0
    header_rows: int = 0
    """Levels of the header, 0 to find out."""
    date_orders: Mapping[str, DateOrder] = field(default_factory=dict)
    """By key of the column."""

    @classmethod
    def from_plain(cls, plain: Any) -> Self:
        """Read what `as_plain` gave or a person wrote. Raises WorkbookError mapping-broken with the part at fault."""
        known = {"columns", "sheet", "header_row", "header_rows", "date_orders"}
        if not isinstance(plain, dict) or not plain.keys() <= known:
            unknown = sorted(set(plain) - known) if isinstance(plain, dict) else []
            raise WorkbookError("mapping-broken", {"part": ", ".join(map(str, unknown)) or "{}"})
        return cls(
            columns=_texts(plain, "columns"),
            sheet=_of_type(plain, "sheet", str, ""),
            header_row=_of_type(plain, "header_row", int, 0),
            header_rows=_of_type(plain, "header_rows", int, 0),
            date_orders=_orders(_texts(plain, "date_orders")),
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a mapping file. Raises WorkbookError mapping-broken."""
        try:
            plain = json.loads(text)
        except ValueError as error:
            raise WorkbookError("mapping-broken", {"part": "JSON"}) from error
        return cls.from_plain(plain)

    def as_plain(self) -> dict[str, Any]:
        """Return what JSON can keep; `from_plain` gives an equal mapping."""
        return {
            "columns": dict(self.columns),
            "sheet": self.sheet,
            "header_row": self.header_row,
            "header_rows": self.header_rows,
            "date_orders": {key: order.value for key, order in self.date_orders.items()},
        }

    def check_keys(self, columns: Sequence[Column]) -> None:
        """Raise WorkbookError mapping-key-unknown for a key of no column, mapping-key-twice for one used twice."""
        kinds = {column.key: column.kind for column in columns}
        used: set[str] = set()
        for header, key in self.columns.items():
            if key and key not in kinds:
                raise WorkbookError("mapping-key-unknown", {"header": header, "key": key, "keys": sorted(kinds)})
            if key in used and kinds[key] is not ColumnKind.NAME:
                raise WorkbookError("mapping-key-twice", {"header": header, "key": key})
            used.update({key} - {""})


def mapping_of(sheet: str, columns: Mapping[str, FoundColumn], dates: Mapping[str, DateOrder]) -> SheetMapping:
    """Return what was found as a mapping that reads the next file of an office alike: by headers, not by place."""
    headers = [column.header for column in columns.values()]
    said: dict[str, str] = {}
    for key, column in columns.items():
        if not column.more:
            said[column.header if headers.count(column.header) == 1 else column.letter] = key
    return SheetMapping(columns=said, sheet=sheet, date_orders=dict(dates))


def _of_type(plain: dict[str, Any], part: str, wanted: type, default: Any) -> Any:
    value: Any = plain.get(part, default)
    is_bad_number = wanted is int and (isinstance(value, bool) or not isinstance(value, int) or value < 0)
    if is_bad_number or not isinstance(value, wanted):
        raise WorkbookError("mapping-broken", {"part": part})
    return value


def _texts(plain: dict[str, Any], part: str) -> dict[str, str]:
    found: dict[str, str] = _of_type(plain, part, dict, {})
    if not all(isinstance(value, str) for pair in found.items() for value in pair):
        raise WorkbookError("mapping-broken", {"part": part})
    return found


def _orders(texts: Mapping[str, str]) -> dict[str, DateOrder]:
    try:
        return {key: DateOrder(order) for key, order in texts.items()}
    except ValueError as error:
        raise WorkbookError("mapping-broken", {"part": "date_orders"}) from error


def required_headers(columns: Iterable[Column]) -> list[str]:
    """Return the first name of every column, for a message that says what was looked for."""
    return [column.aliases[0] for column in columns]
