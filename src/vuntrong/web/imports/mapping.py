"""Which column of a sheet is read as what: what the page shows, and what a person said on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from vuntrong.documents.cells import plain_text
from vuntrong.documents.columns import SheetMapping
from vuntrong.documents.inspection import WorkbookError, column_letters
from vuntrong.documents.tables import Table
from vuntrong.documents.workbooks import Workbook
from vuntrong.exchange.actions.people import fields_for
from vuntrong.exchange.documents import columns_of, read_table, sheet_notes
from vuntrong.exchange.models import Import, ImportTemplate
from vuntrong.exchange.rules.people_fields import ALIASES, GRADING_KEY
from vuntrong.exchange.sentences import explain_workbook, field_label
from vuntrong.web.imports.access import book_of
from vuntrong.web.imports.showing import notes_of, steps_of

SAMPLES = 3
RAW_ROWS = 12
YEARS_BACK = 5
"""Gradings of so many years can be chosen by hand."""


@dataclass(frozen=True)
class ShownColumn:
    """One column of the sheet: where it stands, what is in it, what it is read as."""

    letter: str
    header: str
    samples: tuple[str, ...]
    key: str
    is_guess: bool = False


def first_mapping(book: Workbook, templates: Iterable[ImportTemplate]) -> dict[str, Any]:
    """Return the mapping of the first template whose headers all stand in the workbook, else nothing."""
    for template in templates:
        plain = {**template.mapping, "sheet": "", "header_row": 0}
        try:
            read_table(book, SheetMapping.from_plain(plain), fields_for(SheetMapping()))
        except WorkbookError:
            continue
        return plain
    return {}


def reading_page(request: HttpRequest, run: Import, templates: Iterable[ImportTemplate]) -> dict[str, Any]:
    """Return what the page of the second step shows."""
    book = book_of(run)
    mapping = _asked(request, run, templates)
    shown: dict[str, Any] = {
        "run": run,
        "steps": steps_of(2),
        "sheets": book.sheets,
        "sheet": mapping.sheet or (book.sheets[0] if book.sheets else ""),
        "header_row": mapping.header_row or "",
        "templates": [one for one in templates if one.unit_id == run.unit_id],
        "choices": field_choices(),
        "zeros": bool(run.options.get("zeros")),
    }
    try:
        table = read_table(book, mapping, fields_for(mapping))
    except WorkbookError as error:
        return {**shown, "trouble": explain_workbook(error), "raw": _raw(book, shown["sheet"])}
    return {
        **shown,
        "sheet": table.sheet,
        "header_row": table.header_row,
        "columns": shown_columns(table),
        "row_count": len(table.rows),
        "notes": notes_of(sheet_notes(table)),
        "orders": [(key, field_label(key), mapping.date_orders.get(key, "")) for key in _dated(table, mapping)],
    }


def _asked(request: HttpRequest, run: Import, templates: Iterable[ImportTemplate]) -> SheetMapping:
    """Return the mapping that the address asks for: another sheet, header or template, else what is settled."""
    asked = request.GET
    plain: dict[str, Any] = dict(run.mapping)
    if chosen := next((one for one in templates if str(one.pk) == asked.get("template")), None):
        plain = {**chosen.mapping, "sheet": plain.get("sheet", "")}
    if "sheet" in asked:
        row = asked.get("header_row", "")
        plain = {"sheet": asked["sheet"], "header_row": int(row) if row.isascii() and row.isdecimal() else 0}
    return SheetMapping.from_plain(plain)


def _dated(table: Table, mapping: SheetMapping) -> list[str]:
    return [key for key in table.columns if key in table.doubts or key in mapping.date_orders]


def _raw(book: Workbook, sheet: str) -> list[tuple[int, list[str]]]:
    """Return the first rows of a sheet as they stand, for a person to find the header."""
    if sheet not in book.sheets:
        return []
    rows = book.grid(sheet).rows[:RAW_ROWS]
    return [(at, [plain_text(value)[:40] for value in row[:12]]) for at, row in enumerate(rows, start=1)]


def shown_columns(table: Table) -> list[ShownColumn]:
    """Return every column of the sheet from left to right."""
    found = columns_of(table)
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


def field_choices() -> list[tuple[str, str]]:
    """Return (key, label) of everything that a column may be read as."""
    this_year = timezone.localdate().year
    years = [f"{GRADING_KEY}{year}" for year in range(this_year, this_year - YEARS_BACK, -1)]
    return [(key, field_label(key)) for key in (*ALIASES, *years)]


def said_mapping(post: QueryDict) -> dict[str, Any]:
    """Return the mapping that was chosen on the page, in the plain form of SheetMapping."""
    row = post.get("header_row", "")
    columns = {name.removeprefix("column-"): post[name] for name in post if name.startswith("column-")}
    orders = {name.removeprefix("order-"): post[name] for name in post if name.startswith("order-") and post[name]}
    plain = {
        "sheet": post.get("sheet", ""),
        "header_row": int(row) if row.isascii() and row.isdecimal() else 0,
        "columns": columns,
        "date_orders": orders,
    }
    return SheetMapping.from_plain(plain).as_plain()


def said_options(post: QueryDict, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that were chosen on the page; decisions about rows are forgotten with the reading."""
    return {**{key: value for key, value in before.items() if key == "update"}, "zeros": "zeros" in post}
