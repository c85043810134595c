"""The columns of a sheet as the page shows them, and what a person said they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from vuntrong.documents.cells import plain_text
from vuntrong.documents.columns import FoundColumn, SheetMapping
from vuntrong.documents.inspection import column_letters
from vuntrong.documents.tables import Table
from vuntrong.documents.workbooks import Workbook

SAMPLES = 3
RAW_ROWS, RAW_COLUMNS = 12, 12


@dataclass(frozen=True)
class ShownColumn:
    """One column of the sheet: where it stands, what is in it, what it is read as."""

    letter: str
    header: str
    samples: tuple[str, ...]
    key: str
    is_guess: bool = False


def shown_columns(table: Table, found: Mapping[str, FoundColumn]) -> list[ShownColumn]:
    """Return every column of the sheet from left to right; `found` are those that are read."""
    keys = {column.index: (key, column.is_guess) for key, column in found.items()}
    more = {index: key for key, column in found.items() for index in column.more}
    texts: dict[int, str] = {column.index: column.header for column in (*found.values(), *table.unknown)}
    every = sorted({*texts, *more})
    return [
        ShownColumn(
            letter=column_letters(index + 1),
            header=texts.get(index, ""),
            samples=_samples(table, index),
            key=keys[index][0] if index in keys else more.get(index, ""),
            is_guess=index in keys and keys[index][1],
        )
        for index in every
    ]


def _samples(table: Table, index: int) -> tuple[str, ...]:
    values = (plain_text(row.values[index]) for row in table.rows[:50] if index < len(row.values))
    return tuple(dict.fromkeys(text[:60] for text in values if text))[:SAMPLES]


def raw_rows(book: Workbook, sheet: str) -> list[tuple[int, list[str]]]:
    """Return the first rows of a sheet as they stand, for a person to find the header."""
    if sheet not in book.sheets:
        return []
    rows = book.grid(sheet).rows[:RAW_ROWS]
    return [(at, [plain_text(value)[:40] for value in row[:RAW_COLUMNS]]) for at, row in enumerate(rows, start=1)]


def raw_columns(book: Workbook, sheet: str, header_row: int, named: Mapping[int, str]) -> list[ShownColumn]:
    """Return the columns of a sheet that could not be read, by the texts of the row that is its header.

    `named` are the keys of those whose heading is known, by index.
    """
    if sheet not in book.sheets or not 0 < header_row <= len(rows := book.grid(sheet).rows):
        return []
    below = rows[header_row : header_row + 50]
    shown = []
    for index in range(max(map(len, rows[header_row - 1 : header_row + 50]))):
        texts = [plain_text(row[index])[:60] for row in below if index < len(row)]
        header = plain_text(rows[header_row - 1][index]) if index < len(rows[header_row - 1]) else ""
        samples = tuple(dict.fromkeys(text for text in texts if text))[:SAMPLES]
        if header or samples:
            shown.append(ShownColumn(column_letters(index + 1), header, samples, named.get(index, "")))
    return shown


def said_mapping(post: QueryDict) -> dict[str, Any]:
    """Return the mapping that was chosen on the page, in the plain form of SheetMapping. Raises WorkbookError."""
    columns = {name.removeprefix("column-"): post[name] for name in post if name.startswith("column-")}
    orders = {name.removeprefix("order-"): post[name] for name in post if name.startswith("order-") and post[name]}
    plain = {
        "sheet": post.get("sheet", ""),
        "header_row": whole(post.get("header_row", "")),
        "columns": columns,
        "date_orders": orders,
    }
    return SheetMapping.from_plain(plain).as_plain()


def whole(text: str) -> int:
    """Return the number of a row, 0 for what cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0
