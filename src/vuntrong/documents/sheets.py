"""Rows out as XLSX. A Sheet is a plain value that tests compare; `to_xlsx` is the only place that knows the format."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from vuntrong.kernel.dates import PartialDate

CellValue = str | int | Decimal | dt.date | PartialDate | None
"""A dt.datetime is written in its own clock: convert to local time first. Words stand for yes and no, never bool."""

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
"""Source: Excel specifications and limits."""
SAFE_DIGITS = 15
"""Excel keeps 15 significant digits; a longer number is written as text so that no digit changes."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
FIRST_SAFE_DAY = dt.date(1900, 3, 1)
"""Excel believes in 29/02/1900: earlier days are written as text."""
NARROWEST, WIDEST = 6.0, 60.0
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a constant keeps the bytes of equal sheets equal


@dataclass(frozen=True)
class Sheet:
    """One worksheet: title lines above a header, rows, and a total row that the filter leaves alone."""

    title: str
    """Name of the tab; cleaned to what Excel accepts."""
    header: Sequence[str]
    rows: Iterable[Sequence[CellValue]]
    """Read once, so a generator may stream 100,000 rows."""
    title_lines: Sequence[str] = ()
    total: Sequence[CellValue] = ()
    widths: Sequence[float | None] = ()
    """In characters, per column; None or a missing one is measured from the text."""
    number_formats: Sequence[str | None] = ()
    """Excel formats per column, such as `0.0`; None or a missing one follows the type of each value."""
    fonts: Sequence[str | None] = ()
    """Fonts per column for texts, as old lists name them; None or a missing one is Excel's own."""


def to_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Write the sheets as a workbook; equal sheets give equal bytes.

    Raises ValueError for no sheet, too many rows, a text longer than a cell holds, or a row longer than its header.
    """
    stream = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    taken: set[str] = set()
    with xlsxwriter.Workbook(stream, {**options, "remove_timezone": True}) as book:  # closes its files in any case
        book.set_properties({"created": CREATED})
        styles = _Styles(book)
        for sheet in sheets:
            name = clean_title(sheet.title, taken)
            taken.add(name.casefold())
            _SheetWriter(book.add_worksheet(name), sheet, styles).write()
        if not taken:
            raise ValueError("a workbook needs at least one sheet")
    return stream.getvalue()


def clean_title(title: str, taken: Iterable[str] = ()) -> str:
    """Return a tab name that Excel accepts: 31 characters, none of []:*?/\\, not quoted, not yet taken."""
    used = set(taken)
    bare = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).split()).strip("'")
    if not bare or bare.casefold() == "history":  # Excel reserves this word
        bare = f"{bare} {len(used) + 1}".strip()
    name = bare[:31].rstrip("' ")
    number = 2
    while name.casefold() in used:
        suffix = f" ({number})"
        name = bare[: 31 - len(suffix)].rstrip("' ") + suffix
        number += 1
    return name


class _Styles:
    """Formats of one workbook, made once each: XlsxWriter would otherwise store one per cell."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool, str | None], Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.header = book.add_format(
            {
                "bold": True,
                "border": 1,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
                "bg_color": "#EDEDED",
            }
        )

    def cell(self, number_format: str, *, bold: bool, quoted: bool = False, font: str | None = None) -> Format:
        key = (number_format, bold, quoted, font)
        if key not in self._made:
            wanted = {"num_format": number_format, "bold": bold, "border": 1, "valign": "top", "quote_prefix": quoted}
            wanted |= {"font_name": font} if font else {}
            self._made[key] = self._book.add_format({**wanted, "text_wrap": number_format == "@"})
        return self._made[key]


@dataclass
class _SheetWriter:
    worksheet: Worksheet
    sheet: Sheet
    styles: _Styles
    widest: dict[int, float] = field(default_factory=dict)

    def write(self) -> None:
        top = self._title_lines()
        self._header(top)
        last = top
        for values in self.sheet.rows:
            last += 1
            self._row(last, values, bold=False)
        self.worksheet.autofilter(top, 0, last, len(self.sheet.header) - 1)
        if self.sheet.total:
            self._row(last + 1, self.sheet.total, bold=True)
        self._page(top)

    def _title_lines(self) -> int:
        """Write the lines above the table; returns the row index of the header."""
        for index, line in enumerate(self.sheet.title_lines):
            self.worksheet.write_string(index, 0, line, self.styles.title)
        return len(self.sheet.title_lines) + (1 if self.sheet.title_lines else 0)

    def _header(self, top: int) -> None:
        for column, name in enumerate(self.sheet.header):
            self._measure(column, max((len(word) for word in name.split()), default=0) + 2)
            self.worksheet.write_string(top, column, name, self.styles.header)

    def _row(self, index: int, values: Sequence[CellValue], *, bold: bool) -> None:
        if index >= MAX_ROWS:
            raise ValueError(f"{self.sheet.title}: more than {MAX_ROWS} rows")
        if len(values) > len(self.sheet.header):
            raise ValueError(f"{self.sheet.title}: row {index + 1} is longer than the header")
        style = self.styles.cell("@", bold=bold)
        for column, value in enumerate(values):
            if type(value) is str and not self.sheet.fonts and _is_usual(value):  # nearly every cell of a long list
                self.worksheet.write_string(index, column, value, style)
                if len(value) >= self.widest.get(column, 0):
                    self._measure(column, len(value) + 1)
            else:
                self._cell(index, column, value, bold=bold)

    def _cell(self, row: int, column: int, value: CellValue, *, bold: bool) -> None:
        plain = _plain(value)
        wanted = self._number_format(column) or _format_of(plain)
        if isinstance(plain, str):
            self._text(row, column, plain, bold=bold)
            return
        self._measure(column, len(str(plain)) + 2)
        style = self.styles.cell(wanted, bold=bold)
        if plain is None:
            self.worksheet.write_blank(row, column, None, style)
        elif isinstance(plain, dt.date):
            self.worksheet.write_datetime(row, column, plain, style)
        else:
            self.worksheet.write_number(row, column, plain, style)

    def _text(self, row: int, column: int, value: str, *, bold: bool) -> None:
        """Write text as text: no formula, no link; the quote mark keeps it text when a clerk edits the cell."""
        if len(value) > MAX_TEXT:
            raise ValueError(f"{self.sheet.title}: row {row + 1} holds a text of {len(value)} characters")
        self._measure(column, max((len(line) for line in value.split("\n")), default=0) + 1)
        font = self.sheet.fonts[column] if column < len(self.sheet.fonts) else None
        style = self.styles.cell("@", bold=bold, quoted=value.startswith(FORMULA_SIGNS), font=font)
        self.worksheet.write_string(row, column, value, style)

    def _number_format(self, column: int) -> str | None:
        formats = self.sheet.number_formats
        return formats[column] if column < len(formats) else None

    def _measure(self, column: int, characters: float) -> None:
        self.widest[column] = max(self.widest.get(column, NARROWEST), min(characters, WIDEST))

    def _page(self, top: int) -> None:
        """Set what a reader and a printer need: widths, a header that stays, one page across."""
        for column in range(len(self.sheet.header)):
            given = self.sheet.widths[column] if column < len(self.sheet.widths) else None
            self.worksheet.set_column(column, column, given or self.widest.get(column, NARROWEST))
        self.worksheet.freeze_panes(top + 1, 0)
        self.worksheet.repeat_rows(top)
        self.worksheet.set_paper(9)
        self.worksheet.set_landscape()
        self.worksheet.fit_to_pages(1, 0)


def _is_usual(value: str) -> bool:
    """Say whether a text is short, of one line, and begins with nothing that Excel could take for a formula."""
    return len(value) < MAX_TEXT and "\n" not in value and not value.startswith(FORMULA_SIGNS)


def _plain(value: CellValue) -> str | int | Decimal | dt.date | None:
    """Return what Excel can hold exactly: text where a number or a day would be changed by it."""
    if isinstance(value, bool):
        raise TypeError("a sheet shows words, not True and False")
    if isinstance(value, PartialDate):
        return value.display()
    if isinstance(value, int) and len(str(abs(value))) > SAFE_DIGITS:
        return str(value)
    if isinstance(value, dt.date) and _day(value) < FIRST_SAFE_DAY:
        return f"{value:%d/%m/}{value.year:04d}"
    return value


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _format_of(value: str | int | Decimal | dt.date | None) -> str:
    """Return the Excel format of a value; Excel shows the separators of the reader's own settings."""
    match value:
        case dt.datetime():
            return "dd/mm/yyyy hh:mm"
        case dt.date():
            return "dd/mm/yyyy"
        case int():
            return "#,##0"
        case Decimal():
            places = max(0, -int(value.as_tuple().exponent))
            return "#,##0" + ("." + "0" * places if places else "")
        case _:
            return "General"
