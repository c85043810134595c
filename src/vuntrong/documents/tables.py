"""Find the table inside a sheet that a clerk made: titles above, a header of two levels, signatures below."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vuntrong.documents.cells import Cell, Place, plain_text
from vuntrong.documents.inspection import WorkbookError, column_letters
from vuntrong.documents.workbooks import Grid, RawValue
from vuntrong.kernel.text import search_key

HEADER_LEVELS = 3
LAST_HEADER_ROW = 15 + HEADER_LEVELS
"""A header stands below fifteen lines of titles at most."""
TOTALS = frozenset({"cộng", "tổng", "tổng cộng", "tổng số"})
FOOTERS = ("người lập biểu", "người lập danh sách", "thủ trưởng cơ quan", "thủ trưởng đơn vị", "nơi nhận")
"""Words of the signature block: nothing below them belongs to the table."""
NUMBERING = re.compile(r"\(?([A-Z]|\d{1,2})\)?( ?= ?.*)?")
"""(1), 2, B, (5) = (4)/(3): the row of column numbers under the header of a statistics table."""
GROUP_NUMBER = re.compile(r"[IVXLC]+|[A-ZĐ]", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column that the caller looks for. The aliases may name two levels: `Ngày, tháng, năm sinh / Nam`."""

    key: str
    aliases: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True)
class FoundColumn:
    """Where a header stands: index from 0, column letter, and its text, levels joined by a slash."""

    index: int
    letter: str
    header: str


@dataclass(frozen=True)
class Skipped:
    """A row that was not read as data; kind is total, group, numbering or below-table."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True)
class Row:
    """One row of data; `number` counts from 1 as the spreadsheet shows it, `group` is the last group title above."""

    number: int
    group: str
    sheet: str
    columns: Mapping[str, FoundColumn]
    values: Sequence[RawValue]

    def cell(self, key: str) -> Cell:
        """Return the cell of a column; an absent optional column reads as empty."""
        column = self.columns.get(key)
        if column is None:
            return Cell("", Place(self.sheet, self.number, "", ""))
        value = self.values[column.index] if column.index < len(self.values) else ""
        return Cell(value, Place(self.sheet, self.number, column.letter, column.header))


@dataclass(frozen=True)
class Table:
    """The table of a sheet. `unknown` are headers that no column asked for; nothing of them is read."""

    sheet: str
    header_row: int
    columns: Mapping[str, FoundColumn]
    unknown: tuple[FoundColumn, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True)
class _Header:
    """A guess: the header begins at `top` (from 0) and has `levels` rows."""

    top: int
    levels: int
    columns: Mapping[str, FoundColumn]
    texts: tuple[FoundColumn, ...]
    twice: tuple[FoundColumn, ...]


def find_table(grid: Grid, columns: Sequence[Column]) -> Table:
    """Find the header among the first rows of a sheet and read what stands below it.

    Raises WorkbookError no-header where no row names any column, columns-missing, or column-twice.
    """
    header = _find_header(grid, columns)
    if header.twice:
        letters = [text.letter for text in header.twice]
        values = {"sheet": grid.sheet, "row": header.top + 1, "header": header.twice[0].header, "columns": letters}
        raise WorkbookError("column-twice", values)
    missing = [column.aliases[0] for column in columns if column.required and column.key not in header.columns]
    if missing:
        found = [text.header for text in header.texts]
        values = {"sheet": grid.sheet, "row": header.top + 1, "missing": missing, "found": found}
        raise WorkbookError("columns-missing", values)
    taken = {column.index for column in header.columns.values()}
    rows, skipped = _read_rows(grid, header)
    return Table(
        sheet=grid.sheet,
        header_row=header.top + 1,
        columns=header.columns,
        unknown=tuple(text for text in header.texts if text.index not in taken),
        rows=tuple(rows),
        skipped=tuple(skipped),
    )


def _find_header(grid: Grid, columns: Sequence[Column]) -> _Header:
    """Return the guess that names most columns; of equals the one with fewest levels, then the upper one."""
    best: _Header | None = None
    last = min(LAST_HEADER_ROW, len(grid.rows))
    for top in range(last):
        for levels in range(1, min(HEADER_LEVELS, last - top) + 1):
            if not _may_be_header(grid, top, levels):
                continue
            guess = _guess(grid, top, levels, columns)
            if best is None or (len(guess.columns), -levels) > (len(best.columns), -best.levels):
                best = guess
    if best is None or not best.columns:
        raise WorkbookError("no-header", {"sheet": grid.sheet, "expected": [column.aliases[0] for column in columns]})
    return best


def _may_be_header(grid: Grid, top: int, levels: int) -> bool:
    """Say whether rows look like a header: only text, no merged cell cut, further levels under a wide text only."""
    bottom = top + levels
    if any(top <= first < bottom <= last for (first, _), (last, _) in grid.merges):
        return False
    if not all(isinstance(value, str) for line in grid.rows[top:bottom] for value in line):
        return False
    firsts = [stack[0] for stack in _stacks(grid, top, levels) if stack]
    return levels == 1 or len(set(firsts)) < len(firsts)


def _guess(grid: Grid, top: int, levels: int, columns: Sequence[Column]) -> _Header:
    stacks = _stacks(grid, top, levels)
    texts = tuple(
        FoundColumn(index, column_letters(index + 1), " / ".join(stack)) for index, stack in enumerate(stacks) if stack
    )
    names = {text.index: _names(stacks[text.index]) for text in texts}
    found: dict[str, FoundColumn] = {}
    twice: tuple[FoundColumn, ...] = ()
    for rank in range(3):  # the whole stack first, then its lowest part, then its top: "Nam" alone must not win early
        for column in columns:
            if column.key not in found:
                wanted = {_header_key(alias) for alias in column.aliases}
                taken = {text.index for text in found.values()}
                hits = tuple(text for text in texts if text.index not in taken and wanted & names[text.index][rank])
                if len(hits) == 1:
                    found[column.key] = hits[0]
                elif hits and rank == 0:
                    twice = twice or hits
    return _Header(top, levels, found, texts, twice)


def _stacks(grid: Grid, top: int, levels: int) -> list[list[str]]:
    """Return the header texts of each column from the upper level down, merged cells filled, repeats dropped."""
    lines = [[plain_text(value) for value in row] for row in grid.rows[top : top + levels]]
    width = max((len(line) for line in lines), default=0)
    lines = [line + [""] * (width - len(line)) for line in lines]
    for (first_row, first_column), (last_row, last_column) in grid.merges:
        if top <= first_row and last_row < top + levels and last_column < width:
            text = lines[first_row - top][first_column]
            for row in range(first_row, last_row + 1):
                lines[row - top][first_column : last_column + 1] = [text] * (last_column - first_column + 1)
    if not grid.merges:
        _spread(lines)
    return [_stack([line[column] for line in lines]) for column in range(width)]


def _stack(texts: Sequence[str]) -> list[str]:
    return [text for index, text in enumerate(texts) if text and text not in texts[:index]]


def _spread(lines: list[list[str]]) -> None:
    """Carry an upper text to the right over blanks that have a text below: the file tells of no merged cells."""
    for upper, lower in pairwise(lines):
        for column in range(1, len(upper)):
            if not upper[column] and lower[column] and lower[column - 1]:
                upper[column] = upper[column - 1]


def _names(stack: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Return the keys a column answers to: whole stack, lowest text, top text; with and without bracketed remarks."""
    return tuple(
        frozenset({_header_key(text), _header_key(re.sub(r"\([^)]*\)|\*", " ", text))} - {""})
        for text in (" / ".join(stack), stack[-1], stack[0])
    )


def _header_key(text: str) -> str:
    """Return a header without accents, case, signs and line breaks."""
    return " ".join(re.sub(r"[\W_]+", " ", search_key(text)).split())


def _read_rows(grid: Grid, header: _Header) -> tuple[list[Row], list[Skipped]]:
    rows: list[Row] = []
    skipped: list[Skipped] = []
    group = ""
    below = False
    for index in range(header.top + header.levels, len(grid.rows)):
        filled = [value for value in grid.rows[index] if not isinstance(value, str) or value.strip()]
        if not filled:
            continue
        below = below or plain_text(filled[0]).casefold().startswith(FOOTERS)
        kind = "below-table" if below else _kind(filled, header, first=not rows and not skipped)
        if kind == "row":
            rows.append(Row(index + 1, group, grid.sheet, header.columns, grid.rows[index]))
            continue
        text = " ".join(plain_text(value) for value in filled)
        group = text if kind == "group" else group
        skipped.append(Skipped(index + 1, kind, text))
    return rows, skipped


def _kind(filled: Sequence[RawValue], header: _Header, *, first: bool) -> str:
    """Say what a row is, from its filled cells. A group row holds nothing but a text, or a Roman number and a text."""
    if first and len(filled) > 2 and all(NUMBERING.fullmatch(plain_text(value)) for value in filled):
        return "numbering"
    lead = plain_text(filled[0])
    if lead.casefold().rstrip(" :.") in TOTALS or lead.casefold().startswith("tổng cộng"):
        return "total"
    is_bare = len(header.columns) > 1 and len(filled) < 3 and isinstance(filled[-1], str)
    if is_bare and (len(filled) == 1 or GROUP_NUMBER.fullmatch(lead.rstrip(".-"))):
        return "group"
    return "row"
