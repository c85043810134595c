"""Spreadsheets that came in (.xlsx, .xls, .ods, .csv, .tsv, .txt): opened once, read as grids of raw cells."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from itertools import islice
from typing import Protocol

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, load_workbook

from vuntrong.documents.delimited import is_delimited, read_delimited
from vuntrong.documents.excel_look import excel_look
from vuntrong.documents.grids import Grid, Look, Merge, RawValue
from vuntrong.documents.inspection import BROKEN, MAX_CELLS, MAX_ROWS, OLE_MARK, ZIP_MARK, WorkbookError, inspect
from vuntrong.documents.legacy_cells import with_unicode
from vuntrong.documents.old_excel import OldExcel
from vuntrong.documents.ole import BrokenContainer
from vuntrong.documents.secrecy import TITLE_ROWS, refuse_secret_name, refuse_secret_rows

__all__ = ["Grid", "RawValue", "Workbook", "open_workbook", "reopen_workbook"]

Rows = Sequence[Sequence[RawValue]]


class Source(Protocol):
    """Where the sheets of a file come from."""

    sheets: tuple[str, ...]

    def head(self, sheet: str, count: int) -> Rows:
        """Return the first rows of a sheet that hold cells. Raises WorkbookError too-many-rows."""

    def rows(self, sheet: str) -> tuple[Rows, tuple[Merge, ...]]:
        """Return the cells of a sheet, A1 first, and its merged ranges. Raises WorkbookError too-many-rows."""

    def look(self, sheet: str) -> Look:
        """Return fonts and hidden parts."""


class Workbook:
    """An opened workbook. `name` is the file name that messages show."""

    def __init__(self, name: str, source: Source) -> None:
        self.name = name
        self.sheets = source.sheets
        self._source = source

    def grid(self, sheet: str) -> Grid:
        """Read one sheet, text of before Unicode made readable. Raises WorkbookError no-such-sheet or too-many-rows."""
        if sheet not in self.sheets:
            raise WorkbookError("no-such-sheet", {"name": self.name, "sheet": sheet, "sheets": self.sheets})
        rows, merges = self._source.rows(sheet)
        look = self._source.look(sheet)
        read, conversions = with_unicode(rows, look.fonts)
        return Grid(sheet, read, merges, conversions, look.hidden_columns, look.hidden_rows)

    def refuse_secret(self) -> bool:
        """Look at the title lines of every sheet; say whether any holds a cell. Raises WorkbookError secret."""
        is_filled = False
        for sheet in self.sheets:
            rows = self._source.head(sheet, TITLE_ROWS)
            is_filled = is_filled or len(rows) > 0
            refuse_secret_rows(rows, self.name, sheet)
        return is_filled


class _Calamine:
    """Sheets of a binary or zipped workbook; a sheet that was parsed on opening is not parsed again."""

    def __init__(self, content: bytes, book: CalamineWorkbook) -> None:
        self.sheets = tuple(sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet)
        self._content = content
        self._book = book
        self._parsed: dict[str, CalamineSheet] = {}
        self._cells = 0

    def head(self, sheet: str, count: int) -> Rows:
        source = self._sheet(sheet)
        if source.end is None:
            return ()
        cells = (source.end[0] + 1) * (source.end[1] + 1)
        if self._cells + cells <= MAX_CELLS:
            self._parsed[sheet] = source
            self._cells += cells
        return list(islice(source.iter_rows(), count))

    def rows(self, sheet: str) -> tuple[Rows, tuple[Merge, ...]]:
        source = self._sheet(sheet)
        if source.start is None or source.end is None:
            return (), ()
        left: list[RawValue] = [""] * source.start[1]
        rows = [left + row for row in source.iter_rows()] if left else list(source.iter_rows())
        return rows, tuple(source.merged_cell_ranges or ())

    def _sheet(self, name: str) -> CalamineSheet:
        """Return a parsed sheet. Raises WorkbookError too-many-rows."""
        source = self._parsed.pop(name, None) or self._book.get_sheet_by_name(name)
        if source.end is not None:
            height, width = source.end[0] + 1, source.end[1] + 1
            if height > MAX_ROWS or height * width > MAX_CELLS:
                raise WorkbookError("too-many-rows", {"sheet": name, "row": height, "limit": MAX_ROWS})
        return source

    def look(self, sheet: str) -> Look:
        try:
            if self._content.startswith(OLE_MARK):
                return OldExcel(self._content).look(sheet)
            with zipfile.ZipFile(BytesIO(self._content)) as archive:
                return excel_look(archive, sheet) if "xl/workbook.xml" in archive.namelist() else Look()
        except (BrokenContainer, *BROKEN):  # the values could be read; fonts are then told by the letters
            return Look()


class _Delimited:
    """Plain text: one sheet, called as the file."""

    def __init__(self, content: bytes, name: str) -> None:
        self.sheets: tuple[str, ...] = (name,)
        self._rows = read_delimited(content, name)

    def head(self, sheet: str, count: int) -> Rows:
        return self.rows(sheet)[0][:count]

    def rows(self, sheet: str) -> tuple[Rows, tuple[Merge, ...]]:
        return (self._rows, ()) if sheet in self.sheets else ((), ())

    def look(self, sheet: str) -> Look:
        return Look() if sheet in self.sheets else Look(hidden_rows=frozenset())


def reopen_workbook(content: bytes, name: str) -> Workbook:
    """Open a spreadsheet that `open_workbook` took before and that was kept as it was; it is not inspected again."""
    if _is_text(content, name):
        return Workbook(name, _Delimited(content, name))
    return Workbook(name, _calamine(content, name))


def open_workbook(content: bytes, name: str) -> Workbook:
    """Open a spreadsheet that a person sent; `name` is used in messages, and its ending tells plain text.

    Raises WorkbookError not-a-workbook, encrypted, empty, too-large, too-many-rows, line-too-long, macros or secret.
    """
    refuse_secret_name(name)
    if not _is_text(content, name):
        inspect(content, name)
    try:
        book = reopen_workbook(content, name)
        is_filled = book.refuse_secret()
    except PasswordError as error:
        raise WorkbookError("encrypted", {"name": name}) from error
    except CalamineError as error:
        raise WorkbookError("not-a-workbook", {"name": name}) from error
    except BaseException as error:
        if not is_panic(error):
            raise
        raise WorkbookError("not-a-workbook", {"name": name}) from error
    if not is_filled:
        raise WorkbookError("empty", {"name": name})
    return book


def _is_text(content: bytes, name: str) -> bool:
    """Say whether a file is plain text: its name promises so and its first bytes do not say otherwise."""
    return is_delimited(name) and not content.startswith((OLE_MARK, ZIP_MARK))


def is_panic(error: BaseException) -> bool:
    """Say whether the parser of values has given up on a damaged file; it has no importable name for that."""
    return type(error).__name__ == "PanicException"


def _calamine(content: bytes, name: str) -> _Calamine:
    """Hand a file to the parser of values; an old binary one only in a sound container with checked records."""
    values = content
    try:
        if content.startswith(OLE_MARK):
            values = OldExcel(content).sound()
        return _Calamine(content, load_workbook(BytesIO(values)))
    except BrokenContainer as error:
        raise WorkbookError("not-a-workbook", {"name": name}) from error
