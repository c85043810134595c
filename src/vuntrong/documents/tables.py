"""Read the table inside a sheet that a clerk made: titles above, groups and totals between, signatures below."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vuntrong.documents.cells import plain_text
from vuntrong.documents.columns import Column, ColumnKind, DateOrder, FoundColumn, SheetMapping, mapping_of
from vuntrong.documents.days import DayDoubt, doubt_days
from vuntrong.documents.grids import Conversion, Grid, RawValue
from vuntrong.documents.headers import Header, find_header, guess_header
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.repeats import Repeated, with_repeats
from vuntrong.documents.rows import Row
from vuntrong.documents.workbooks import Workbook
from vuntrong.kernel.text import nfc

__all__ = ["Column", "FoundColumn", "Row", "Skipped", "Table", "TableOffer", "find_in_book", "find_table"]

TOTALS = frozenset({"cộng", "tổng", "tổng cộng", "tổng số"})
SUMMARY = re.compile(
    r"(?:\(?\s*(?:ấn định |tổng số |tổng cộng )?(?:danh sách|bảng|biểu)(?: này| trên)? (?:gồm|có|này)\b"
    r"|tổng (?:số|cộng)\b.*\d).*",
    re.IGNORECASE,
)
"""Danh sách gồm 50 học viên./."""
FOOTERS = ("người lập biểu", "người lập danh sách", "thủ trưởng cơ quan", "thủ trưởng đơn vị", "nơi nhận")
"""Words of the signature block: nothing below them belongs to the table."""
NUMBERING = re.compile(r"\(?([A-Z]|\d{1,2})\)?( ?= ?.*)?")
"""(1), 2, B, (5) = (4)/(3): the row of column numbers under the header of a statistics table."""
FEW_CELLS = 3
"""Groups, totals and summaries fill no more cells."""
GROUP_NUMBER = re.compile(r"[IVXLC]+|[A-ZĐ]", re.IGNORECASE)


@dataclass(frozen=True)
class Skipped:
    """A row that was not read as data; kind is total, group, numbering, header (again) or below-table."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True)
class TableOffer:
    """Another table of the same sheet that a person may mean: the first row of its header and the texts there."""

    header_row: int
    headers: tuple[str, ...]
    row_count: int
    """Rows from its header to the next one or the end."""


@dataclass(frozen=True)
class Table:
    """The table of a sheet. `unknown` are headers that no column asked for; nothing of them is read."""

    sheet: str
    header_row: int
    columns: Mapping[str, FoundColumn]
    unknown: tuple[FoundColumn, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    others: tuple[TableOffer, ...] = ()
    """Tables with other headers further down; a mapping with their `header_row` reads them."""
    conversions: tuple[Conversion, ...] = ()
    """What was read from fonts of before Unicode, by column."""
    repeated: tuple[Repeated, ...] = ()
    """Ditto marks that were read as the cell above, by column."""
    doubts: Mapping[str, DayDoubt] = field(default_factory=dict)
    """Date columns in which day and month may have changed places; the cells are read as they stand."""
    hidden_columns: tuple[FoundColumn, ...] = ()
    """Columns that are read although the sheet hides them."""
    hidden_rows: frozenset[int] = frozenset()
    """Numbers of rows that are read although the sheet hides them."""
    date_orders: Mapping[str, DateOrder] = field(default_factory=dict)

    def mapping(self) -> SheetMapping:
        """Return how this table was read, so that the next file of the same office is read alike."""
        return mapping_of(self.sheet, self.columns, self.date_orders)

    def date_order(self, key: str) -> DateOrder:
        """Return the order in which the dates of a column are read; day first unless somebody decided otherwise."""
        return self.date_orders.get(key, DateOrder.DAY_FIRST)


def find_in_book(
    book: Workbook, columns: Sequence[Column], mapping: SheetMapping | None = None, *, may_be_empty: bool = False
) -> Table:
    """Find the table on the sheet that the mapping names, else on the first sheet that holds one.

    Raises WorkbookError as `find_table`, and no-rows for a table without rows unless it may be empty.
    """
    refusals = []
    for name in [mapping.sheet] if mapping and mapping.sheet else book.sheets:
        try:
            table = find_table(book.grid(name), columns, mapping)
        except WorkbookError as error:
            refusals.append(error)
            continue
        if table.rows or may_be_empty:
            return table
        refusals.append(WorkbookError("no-rows", {"sheet": name}))
    raise refusals[0] if refusals else WorkbookError("empty", {"name": book.name})


def find_table(grid: Grid, columns: Sequence[Column], mapping: SheetMapping | None = None) -> Table:
    """Find the header among the first rows of a sheet and read what stands below it.

    Raises WorkbookError no-header where no row names any column, columns-missing, column-twice, and the codes of
    columns.SheetMapping for a mapping that does not fit.
    """
    mapping = mapping or SheetMapping()
    header = find_header(grid, columns, mapping)
    _check(grid, header, columns)
    rows, skipped, others = _Reader(grid, header, columns).read()
    rows, repeated = with_repeats(rows, columns)
    taken = [column for column in header.columns.values() if column.index in grid.hidden_columns]
    return Table(
        sheet=grid.sheet,
        header_row=header.top + 1,
        columns=header.columns,
        unknown=header.unknown(),
        rows=tuple(rows),
        skipped=tuple(skipped),
        others=tuple(others),
        conversions=grid.conversions,
        repeated=repeated,
        doubts=_doubts(rows, header, columns, mapping),
        hidden_columns=tuple(taken),
        hidden_rows=frozenset(row.number for row in rows if row.number - 1 in grid.hidden_rows),
        date_orders=mapping.date_orders,
    )


def _check(grid: Grid, header: Header, columns: Sequence[Column]) -> None:
    if header.twice:
        letters = [text.letter for text in header.twice]
        values = {"sheet": grid.sheet, "row": header.top + 1, "header": header.twice[0].header, "columns": letters}
        raise WorkbookError("column-twice", values)
    missing = [column.aliases[0] for column in columns if column.required and column.key not in header.columns]
    if missing:
        found = [text.header for text in header.texts]
        values = {"sheet": grid.sheet, "row": header.top + 1, "missing": missing, "found": found}
        raise WorkbookError("columns-missing", values)


def _doubts(
    rows: Sequence[Row], header: Header, columns: Sequence[Column], mapping: SheetMapping
) -> dict[str, DayDoubt]:
    """Return the date columns that look wrong and of which nobody has said how they were written."""
    doubts = {}
    for column in columns:
        found = header.columns.get(column.key)
        if column.kind is ColumnKind.DATE and found and column.key not in mapping.date_orders:
            values = (row.values[found.index] for row in rows if found.index < len(row.values))
            if doubt := doubt_days(values):
                doubts[column.key] = doubt
    return doubts


class _Reader:
    """Walks down the rows below a header and says of each what it is."""

    def __init__(self, grid: Grid, header: Header, columns: Sequence[Column]) -> None:
        self.grid = grid
        self.header = header
        self.columns = columns
        self.names = _header_words(columns)
        self.rows: list[Row] = []
        self.skipped: list[Skipped] = []
        self.others: list[TableOffer] = []
        self.headings: dict[str, bool] = {}
        self.group = ""
        self.below = False

    def read(self) -> tuple[list[Row], list[Skipped], list[TableOffer]]:
        """Return rows, skipped rows and further tables."""
        numbers = iter(range(self.header.bottom, len(self.grid.rows)))
        for index in numbers:
            if self._is_plainly_data(self.grid.rows[index]):
                self._add(index)
                continue
            filled = [value for value in self.grid.rows[index] if not isinstance(value, str) or value.strip()]
            if not filled:
                continue
            again = self._header_at(index, filled)
            if again is None:
                self._take(index, filled)
            elif self._is_same(again):
                self._again(again, numbers)
            else:
                self._offer_rest(again)
                break
        return self.rows, self.skipped, self.others

    def _is_plainly_data(self, values: Sequence[RawValue]) -> bool:
        """Say quickly of most rows what the long way says of all: a running number and several cells are data."""
        may_be = bool(self.rows) and not self.below and len(values) > FEW_CELLS
        return may_be and isinstance(values[0], int | float) and len(values) - values.count("") > FEW_CELLS

    def _add(self, index: int) -> None:
        row = Row(index + 1, self.group, self.grid.sheet, self.header.columns, self.grid.rows[index])
        self.rows.append(row)

    def _take(self, index: int, filled: Sequence[RawValue]) -> None:
        self.below = self.below or plain_text(filled[0]).casefold().startswith(FOOTERS)
        kind = "below-table" if self.below else self._kind(filled)
        if kind == "row":
            self._add(index)
            return
        text = " ".join(plain_text(value) for value in filled)
        self.group = text if kind == "group" else self.group
        self.skipped.append(Skipped(index + 1, kind, text))

    def _kind(self, filled: Sequence[RawValue]) -> str:
        """Say what a row is. A group row holds nothing but a text, or a Roman number and a text."""
        is_first = not self.rows and not self.skipped
        if is_first and len(filled) > 2 and all(NUMBERING.fullmatch(plain_text(value)) for value in filled):
            return "numbering"
        lead = plain_text(filled[0]).casefold()
        if lead.rstrip(" :.") in TOTALS or lead.startswith("tổng cộng"):
            return "total"
        if len(filled) < 3 and any(SUMMARY.match(plain_text(value)) for value in filled):
            return "total"
        is_bare = len(self.header.columns) > 1 and len(filled) < 3 and isinstance(filled[-1], str)
        if is_bare and (len(filled) == 1 or GROUP_NUMBER.fullmatch(lead.rstrip(".-"))):
            return "group"
        return "row"

    # ---- headers further down ----
    def _header_at(self, index: int, filled: Sequence[RawValue]) -> Header | None:
        """Return the header that begins in a row, or None for nearly every row."""
        if not all(isinstance(value, str) for value in filled):
            return None
        if sum(map(self._is_heading, filled)) < 2:
            return None
        levels = [levels for levels in (1, 2, 3) if index + levels <= len(self.grid.rows)]
        guesses = [guess_header(self.grid, index, count, self.columns) for count in levels]
        best = max(guesses, key=lambda guess: (len(guess.columns), -guess.levels))
        required = {column.key for column in self.columns if column.required}
        is_header = required <= best.columns.keys() and len(best.columns) * 2 >= len(self.header.columns)
        return best if is_header and len(best.columns) > 1 else None

    def _is_heading(self, value: RawValue) -> bool:
        """Say whether a text is the name of a column; equal texts are asked about once."""
        text = str(value)
        if text not in self.headings:
            self.headings[text] = nfc(text).casefold() in self.names
        return self.headings[text]

    def _is_same(self, again: Header) -> bool:
        """Say whether a header further down names the same columns at the same places."""
        places = {key: column.index for key, column in self.header.columns.items()}
        return all(places.get(key) == column.index for key, column in again.columns.items())

    def _again(self, again: Header, numbers: Iterator[int]) -> None:
        """Step over a header that is repeated on a further page or above a further group; the table goes on."""
        self.below = False
        for line in range(again.top, again.bottom):
            text = " ".join(plain_text(value) for value in self.grid.rows[line] if value != "")
            self.skipped.append(Skipped(line + 1, "header", text))
            if line > again.top:
                next(numbers, None)

    def _offer_rest(self, first: Header) -> None:
        """Note the tables with other headers that begin at `first` and below."""
        starts = [first]
        for index in range(first.bottom, len(self.grid.rows)):
            filled = [value for value in self.grid.rows[index] if not isinstance(value, str) or value.strip()]
            if found := self._header_at(index, filled):
                starts.append(found)
        ends = [start.top for start in starts[1:]] + [len(self.grid.rows)]
        for start, end in zip(starts, ends, strict=True):
            headers = tuple(text.header for text in start.texts)
            self.others.append(TableOffer(start.top + 1, headers, end - start.bottom))


def _header_words(columns: Sequence[Column]) -> frozenset[str]:
    """Return the names of columns in small letters, whole and by level: rows with two of them may be a header."""
    names = [alias for column in columns for group in (column.aliases, *column.parts) for alias in group]
    return frozenset(part.strip().casefold() for name in names for part in (name, *name.split(" / ")))
