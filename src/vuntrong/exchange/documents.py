"""Sheets of a workbook as columns of fields."""

import re
from collections.abc import Mapping

from vuntrong.documents.columns import FoundColumn, SheetMapping
from vuntrong.documents.grids import RawValue
from vuntrong.documents.notes import sheet_notes
from vuntrong.documents.tables import Table, find_in_book
from vuntrong.documents.workbooks import Workbook
from vuntrong.exchange.rules.people_fields import GRADING_KEY, field_of, grading_year
from vuntrong.exchange.rules.reading import Columns, Field, read_columns

GROUP_NUMBER = re.compile(r"^(?:[IVXLC]+|[A-ZĐ]|\d{1,3})[.)\-]*\s+")


def read_sheet(book: Workbook, mapping: SheetMapping, fields: Mapping[str, Field]) -> Columns:
    """Read the list of the sheet that the mapping names, else of the first sheet that holds one.

    Raises WorkbookError, also for a sheet without rows.
    """
    table = read_table(book, mapping, fields)
    columns = _columns(table)
    known = {key: found for key in columns.raw if (found := field_of(key, fields))}
    read_columns(columns, known)
    return columns


def read_table(book: Workbook, mapping: SheetMapping, fields: Mapping[str, Field]) -> Table:
    """Find the table of the sheet that the mapping names, else of the first sheet that holds one.

    Gradings have a column for each year: those that a mapping names are looked for, the others found by header.
    Raises WorkbookError, also for a sheet without rows.
    """
    years = [key for key in mapping.columns.values() if key.startswith(GRADING_KEY)]
    wanted = [*fields.values(), *(one for key in dict.fromkeys(years) if (one := field_of(key, fields)))]
    return find_in_book(book, [field.column() for field in wanted], mapping)


def _columns(table: Table) -> Columns:
    found = columns_of(table)
    groups = [GROUP_NUMBER.sub("", row.group) for row in table.rows]
    return Columns(
        sheet=table.sheet,
        numbers=[row.number for row in table.rows],
        raw={key: _values(table, key, column) for key, column in found.items()},
        letters={key: column.letter for key, column in found.items()},
        headers={key: column.header for key, column in found.items()},
        groups=groups if any(groups) else (),
        mapping=table.mapping().as_plain(),
        notes=sheet_notes(table, found),
    )


def columns_of(table: Table) -> dict[str, FoundColumn]:
    """Return the columns that are read, gradings of years included."""
    found = dict(table.columns)
    for column in table.unknown:
        year = grading_year(column.header)
        if year and f"{GRADING_KEY}{year}" not in found:
            found[f"{GRADING_KEY}{year}"] = column
    return found


def _values(table: Table, key: str, column: FoundColumn) -> list[RawValue]:
    if column.more:
        return [row.value(key) for row in table.rows]
    index = column.index
    return [row.values[index] if index < len(row.values) else "" for row in table.rows]
