"""The step that says which sheet, header and columns are read, for every kind of list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from vuntrong.documents.columns import Column, FoundColumn, SheetMapping
from vuntrong.documents.headers import find_header
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.notes import sheet_notes
from vuntrong.documents.tables import Table
from vuntrong.documents.workbooks import Workbook
from vuntrong.exchange.models import ImportTemplate
from vuntrong.exchange.sentences import explain_workbook, field_label
from vuntrong.web.workbooks.columns import ShownColumn, raw_columns, raw_rows, shown_columns, whole
from vuntrong.web.workbooks.sentences import notes_of

Plain = Mapping[str, Any]
HEADER_FOUND = frozenset({"columns-missing", "column-twice"})
"""Refusals of a header that was found; its columns can be named by hand."""
Settled = tuple[Plain, bool]
"""A mapping, and whether lost zeros are put back."""


def own_columns(table: Table) -> Mapping[str, FoundColumn]:
    """Return the columns of a table that were looked for."""
    return table.columns


@dataclass(frozen=True)
class ListKind:
    """What the step needs to know of a kind of list."""

    find: Callable[[Workbook, SheetMapping], Table]
    """Finds the table. Raises WorkbookError."""
    columns: Callable[[], Sequence[Column]]
    """What is looked for; a header that lacks some of it is read as far as it goes."""
    keys: Sequence[str]
    """What a column may be read as."""
    read: Callable[[Table], Mapping[str, FoundColumn]] = own_columns
    """The columns of a table that are read."""


def first_mapping(book: Workbook, templates: Iterable[ImportTemplate], kind: ListKind) -> dict[str, Any]:
    """Return the mapping of the first template whose headers all stand in the workbook, else nothing."""
    for template in templates:
        plain = {**template.mapping, "sheet": "", "header_row": 0}
        try:
            kind.find(book, SheetMapping.from_plain(plain))
        except WorkbookError:
            continue
        return plain
    return {}


def reading_page(
    request: HttpRequest, book: Workbook, settled: Settled, templates: Sequence[ImportTemplate], kind: ListKind
) -> dict[str, Any]:
    """Return what the step shows; the address may ask for another sheet, header or template.

    What was said and refused stays chosen.
    """
    mapping = _asked(request, settled[0], templates)
    shown: dict[str, Any] = {
        "sheets": book.sheets,
        "sheet": mapping.sheet or (book.sheets[0] if book.sheets else ""),
        "header_row": mapping.header_row or "",
        "templates": templates,
        "choices": [(key, field_label(key)) for key in kind.keys],
        "zeros": settled[1],
    }
    try:
        table = kind.find(book, mapping)
    except WorkbookError as error:
        return {**shown, "trouble": explain_workbook(error), **_by_hand(request, book, mapping, error, kind)}
    found = kind.read(table)
    return {
        **shown,
        "sheet": table.sheet,
        "header_row": table.header_row,
        "columns": [_as_said(request, one) for one in shown_columns(table, found)],
        "row_count": len(table.rows),
        "notes": notes_of(sheet_notes(table, found)),
        "orders": [(key, field_label(key), mapping.date_orders.get(key, "")) for key in _dated(table, mapping)],
    }


def _by_hand(
    request: HttpRequest, book: Workbook, mapping: SheetMapping, error: WorkbookError, kind: ListKind
) -> dict[str, Any]:
    """Return what a person needs to say herself where the header and its columns are."""
    sheet = mapping.sheet or str(error.values.get("sheet", ""))
    row = mapping.header_row or (error.values["row"] if error.code in HEADER_FOUND else 0)
    is_new = error.code == "no-header" and request.method != "POST" and row > 0
    columns = [_as_said(request, one) for one in raw_columns(book, sheet, row, _named(book, sheet, row, kind))]
    return {
        "sheet": sheet,
        "header_row": row or "",
        "raw": raw_rows(book, sheet),
        "columns": columns,
        "by_hand": is_new,
    }


def _named(book: Workbook, sheet: str, row: int, kind: ListKind) -> dict[int, str]:
    """Return the keys of the columns that a header names, by index, although others are missing."""
    if not row or sheet not in book.sheets:
        return {}
    columns = [replace(one, required=False) for one in kind.columns()]
    try:
        found = find_header(book.grid(sheet), columns, SheetMapping(header_row=row)).columns
    except WorkbookError:
        return {}
    return {index: key for key, one in found.items() for index in (one.index, *one.more)}


def _as_said(request: HttpRequest, column: ShownColumn) -> ShownColumn:
    return replace(column, key=request.POST.get(f"column-{column.letter}", column.key))


def _asked(request: HttpRequest, settled: Plain, templates: Iterable[ImportTemplate]) -> SheetMapping:
    """Return the mapping that the address asks for: another sheet, header or template, else what is settled."""
    asked = request.POST or request.GET
    plain: dict[str, Any] = dict(settled)
    if chosen := next((one for one in templates if str(one.pk) == asked.get("template")), None):
        plain = {**chosen.mapping, "sheet": plain.get("sheet", "")}
    if "sheet" in asked:
        plain = {"sheet": asked["sheet"], "header_row": whole(asked.get("header_row", ""))}
    return SheetMapping.from_plain(plain)


def _dated(table: Table, mapping: SheetMapping) -> list[str]:
    return [key for key in table.columns if key in table.doubts or key in mapping.date_orders]
