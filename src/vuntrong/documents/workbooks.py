"""Spreadsheets that came in (.xlsx, .xlsm, .xls, .ods): opened once, read as grids of raw cells."""

from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, load_workbook

from vuntrong.documents.grids import Grid, RawValue
from vuntrong.documents.inspection import MAX_CELLS, MAX_ROWS, WorkbookError, inspect
from vuntrong.documents.legacy_cells import with_unicode

__all__ = ["Grid", "RawValue", "Workbook", "open_workbook", "reopen_workbook"]


class Workbook:
    """An opened workbook. `name` is the file name that messages show."""

    def __init__(self, name: str, book: CalamineWorkbook) -> None:
        self.name = name
        self._book = book
        self.sheets: tuple[str, ...] = tuple(
            sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
        )

    def grid(self, sheet: str) -> Grid:
        """Read one sheet. Raises WorkbookError no-such-sheet or too-many-rows."""
        if sheet not in self.sheets:
            raise WorkbookError("no-such-sheet", {"name": self.name, "sheet": sheet, "sheets": self.sheets})
        source = self._book.get_sheet_by_name(sheet)
        if source.start is None or source.end is None:
            return Grid(sheet=sheet, rows=())
        height, width = source.end[0] + 1, source.end[1] + 1
        if height > MAX_ROWS or height * width > MAX_CELLS:
            raise WorkbookError("too-many-rows", {"sheet": sheet, "row": height, "limit": MAX_ROWS})
        left: list[RawValue] = [""] * source.start[1]
        rows = [left + row for row in source.iter_rows()]
        read, conversions = with_unicode(rows, {})
        return Grid(sheet=sheet, rows=read, merges=tuple(source.merged_cell_ranges or ()), conversions=conversions)

    def is_empty(self) -> bool:
        """Say whether no sheet holds any cell; reads sheets until one does."""
        return not any(self._book.get_sheet_by_name(name).start for name in self.sheets)


def reopen_workbook(content: bytes, name: str) -> Workbook:
    """Open a spreadsheet that `open_workbook` took before and that was kept as it was; it is not inspected again."""
    return Workbook(name, load_workbook(BytesIO(content)))


def open_workbook(content: bytes, name: str) -> Workbook:
    """Open a spreadsheet that a person sent; `name` is used in messages only.

    Raises WorkbookError not-a-workbook, encrypted, empty, too-large or too-many-rows.
    """
    inspect(content, name)
    try:
        book = Workbook(name, load_workbook(BytesIO(content)))
        is_empty = book.is_empty()
    except PasswordError as error:
        raise WorkbookError("encrypted", {"name": name}) from error
    except CalamineError as error:
        raise WorkbookError("not-a-workbook", {"name": name}) from error
    if is_empty:
        raise WorkbookError("empty", {"name": name})
    return book
