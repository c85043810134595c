"""A workbook back to the person who sent it: wrong cells coloured and commented, and a sheet that lists all remarks."""

import datetime as dt
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import openpyxl
import xlsxwriter
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet as Page

from vuntrong.documents.inspection import ZIP_MARK, column_number
from vuntrong.documents.sheets import CREATED, MAX_TEXT, clean_title
from vuntrong.documents.workbooks import Workbook, reopen_workbook

ERROR_COLOUR, WARNING_COLOUR = "FFC7CE", "FFEB9C"
LARGEST_KEPT = 150_000
"""Cells up to which the original is opened with its look; a larger one is written anew from its values."""
MOST_COMMENTS = 2_000
"""Excel becomes slow with more; the other cells are coloured and listed."""
WIDTHS = (24, 8, 8, 14, 90)
AUTHOR = "Vun Trồng"
FOREIGN = (KeyError, ValueError, TypeError, AttributeError, IndexError, zipfile.BadZipFile, InvalidFileException)
"""What openpyxl raises for parts that other programs write and it does not know."""


@dataclass(frozen=True)
class Remark:
    """What is wrong in one cell, in words; `row` from 1, `column` a letter, empty for a remark on the whole row."""

    sheet: str
    row: int
    column: str
    is_error: bool
    sentence: str


@dataclass(frozen=True)
class RemarkWords:
    """The words of the sheet of remarks, in the language of the reader."""

    title: str
    header: tuple[str, str, str, str, str]
    """Sheet, row, column, kind, remark."""
    error: str
    warning: str


Placed = Mapping[tuple[int, int], Sequence[Remark]]
"""The remarks of one sheet by (row, column), from 1."""


def annotate(content: bytes, name: str, remarks: Sequence[Remark], words: RemarkWords) -> bytes:
    """Return an .xlsx with the remarks in their cells and on a sheet of their own.

    A small .xlsx keeps its look; its formulas become the values that were shown, and links to other files are dropped.
    Others are written anew from their values, at the same places, with text of before Unicode made readable. Nothing
    written is taken for a formula. Raises WorkbookError as reopening the file does.
    """
    if content.startswith(ZIP_MARK):
        try:
            if _cells_of(content) <= LARGEST_KEPT:
                return _kept(content, remarks, words)
        except FOREIGN:
            pass
    return _rebuilt(reopen_workbook(content, name), remarks, words)


def _by_sheet(remarks: Iterable[Remark]) -> dict[str, dict[tuple[int, int], list[Remark]]]:
    placed: dict[str, dict[tuple[int, int], list[Remark]]] = defaultdict(lambda: defaultdict(list))
    for remark in remarks:
        place = remark.row, column_number(remark.column) or 1
        placed[remark.sheet][place].append(remark)
    return placed


def _text(remarks: Sequence[Remark]) -> str:
    return "\n".join(dict.fromkeys(remark.sentence for remark in remarks))[:MAX_TEXT]


def _cells_of(content: bytes) -> int:
    """Return how many cells the sheets of a workbook hold, roughly; more than can be kept for an OpenDocument file."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return LARGEST_KEPT + 1
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return sum(archive.read(part).count(b"<c ") for part in parts)


# ---- the original, with its look ----
def _kept(content: bytes, remarks: Sequence[Remark], words: RemarkWords) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content), data_only=True, keep_links=False)
    left = MOST_COMMENTS
    for title, placed in _by_sheet(remarks).items():
        if title in book.sheetnames and isinstance(book[title], Worksheet):
            left = _mark(book[title], placed, left)
    _list_remarks(book, remarks, words)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _mark(page: Worksheet, placed: Placed, left: int) -> int:
    """Colour the cells and comment as many as are left; returns how many comments are left."""
    for (row, column), found in placed.items():
        cell = _owner(page, row, column)
        colour = ERROR_COLOUR if any(remark.is_error for remark in found) else WARNING_COLOUR
        cell.fill = PatternFill("solid", fgColor=colour)
        if left > 0:
            before = f"{cell.comment.text}\n" if cell.comment else ""
            cell.comment = Comment(f"{before}{_text(found)}"[:MAX_TEXT], AUTHOR, width=320, height=120)
            left -= 1
    return left


def _owner(page: Worksheet, row: int, column: int) -> Cell:
    """Return the cell of a place; for one inside a merged range its first cell."""
    cell = page.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(one for one in page.merged_cells.ranges if cell.coordinate in one)
        cell = page.cell(merged.min_row, merged.min_col)
    return cell


def _list_remarks(book: Book, remarks: Sequence[Remark], words: RemarkWords) -> None:
    page = book.create_sheet(clean_title(words.title, {title.casefold() for title in book.sheetnames}))
    for number, line in enumerate(_lines(remarks, words), start=1):
        for column, value in enumerate(line, start=1):
            cell = page.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for width, letter in zip(WIDTHS, "ABCDE", strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:E{len(remarks) + 1}"


def _lines(remarks: Sequence[Remark], words: RemarkWords) -> Iterable[tuple[str | int, ...]]:
    yield words.header
    for one in remarks:
        kind = words.error if one.is_error else words.warning
        yield one.sheet, one.row, one.column, kind, one.sentence[:MAX_TEXT]


# ---- written anew ----
def _rebuilt(source: Workbook, remarks: Sequence[Remark], words: RemarkWords) -> bytes:
    stream = BytesIO()
    options = {"constant_memory": True, "remove_timezone": True, "nan_inf_to_errors": True}
    options |= dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": CREATED})
        writer = _Writer(book)
        placed = _by_sheet(remarks)
        taken: set[str] = set()
        for title in source.sheets:
            taken.add(clean_title(title, taken).casefold())
            writer.sheet(source, title, placed.get(title, {}))
        writer.list(_lines(remarks, words), clean_title(words.title, taken))
    return stream.getvalue()


class _Writer:
    """Writes sheets row by row, so that a long list never stands in memory twice."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.left = MOST_COMMENTS
        self.taken: set[str] = set()
        self.formats: dict[tuple[str, str], Format] = {}
        self.bold = book.add_format({"bold": True})

    def format(self, colour: str, shape: str) -> Format | None:
        """Return the format of a colour and of text, day, instant or neither, made once."""
        if not (colour or shape):
            return None
        if (colour, shape) not in self.formats:
            wanted: dict[str, object] = {"bg_color": f"#{colour}"} if colour else {}
            wanted |= {"quote_prefix": True} if shape == "quoted" else {"num_format": shape} if shape else {}
            self.formats[colour, shape] = self.book.add_format(wanted)
        return self.formats[colour, shape]

    def sheet(self, source: Workbook, title: str, placed: Placed) -> None:
        """Write the values of a sheet at their places, with colours and comments."""
        name = clean_title(title, self.taken)
        self.taken.add(name.casefold())
        page = self.book.add_worksheet(name)
        page.set_column(0, 60, 16)
        rows = source.grid(title).rows
        last = max([len(rows), *(row for row, _ in placed)], default=0)
        marked: dict[int, dict[int, Sequence[Remark]]] = defaultdict(dict)
        for (row, column), found in placed.items():
            marked[row][column] = found
        for number in range(1, last + 1):
            values = rows[number - 1] if number <= len(rows) else ()
            self._row(page, number, values, marked.get(number, {}))

    def _row(
        self,
        page: Page,
        number: int,
        values: Sequence[object],
        marked: Mapping[int, Sequence[Remark]],
    ) -> None:
        for column in range(1, max([len(values), *marked], default=0) + 1):
            found = marked.get(column, ())
            value = values[column - 1] if column <= len(values) else ""
            colour = _colour(found)
            if value != "" or colour:
                self._cell(page, number - 1, column - 1, value, colour)
            if found and self.left > 0:
                page.write_comment(number - 1, column - 1, _text(found), {"author": AUTHOR, "x_scale": 2})
                self.left -= 1

    def _cell(self, page: Page, row: int, column: int, value: object, colour: str) -> None:
        if isinstance(value, str):
            quoted = "quoted" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else ""
            page.write_string(row, column, value[:MAX_TEXT], self.format(colour, quoted))
        elif isinstance(value, bool):
            page.write_boolean(row, column, value, self.format(colour, ""))
        elif isinstance(value, int | float):
            page.write_number(row, column, value, self.format(colour, ""))
        elif isinstance(value, dt.date) and value.year >= 1900:
            shape = "dd/mm/yyyy hh:mm" if isinstance(value, dt.datetime) and value.time() != dt.time() else "dd/mm/yyyy"
            page.write_datetime(row, column, value, self.format(colour, shape))
        else:
            page.write_string(row, column, str(value), self.format(colour, ""))

    def list(self, lines: Iterable[tuple[str | int, ...]], title: str) -> None:
        """Write the sheet of remarks."""
        page = self.book.add_worksheet(title)
        for column, width in enumerate(WIDTHS):
            page.set_column(column, column, width)
        page.freeze_panes(1, 0)
        for number, line in enumerate(lines):
            for column, value in enumerate(line):
                if number == 0:
                    page.write_string(0, column, str(value), self.bold)
                elif value != "":
                    self._cell(page, number, column, value, "")


def _colour(found: Sequence[Remark]) -> str:
    if not found:
        return ""
    return ERROR_COLOUR if any(remark.is_error for remark in found) else WARNING_COLOUR
