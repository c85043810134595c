"""Find the header of a table among title lines and merged cells, and tell which column is which."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from vuntrong.documents.cells import plain_text
from vuntrong.documents.columns import Column, ColumnKind, FoundColumn, SheetMapping, required_headers
from vuntrong.documents.grids import Grid
from vuntrong.documents.inspection import WorkbookError, column_letters, column_number
from vuntrong.kernel.text import search_key

HEADER_LEVELS = 3
LAST_HEADER_ROW = 15 + HEADER_LEVELS
"""A header stands below fifteen lines of titles at most."""
ALIKE = 0.85
"""How alike a header and an alias must be, from 0 to 1, for a guess."""
MORE_WORDS = 3
"""How many words may follow an alias in a header that is guessed: `Họ và tên học viên của lớp`."""
SAMPLE_ROWS = 60
"""Rows below the header that are looked at to tell whether a name stands in two columns."""
LETTER = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True)
class Header:
    """A guess: the header begins at `top` (from 0) and has `levels` rows."""

    top: int
    levels: int
    columns: Mapping[str, FoundColumn]
    texts: tuple[FoundColumn, ...]
    twice: tuple[FoundColumn, ...]

    @property
    def bottom(self) -> int:
        """The first row below the header, from 0."""
        return self.top + self.levels

    def unknown(self) -> tuple[FoundColumn, ...]:
        """Return the headers that no column asked for."""
        taken = {index for column in self.columns.values() for index in (column.index, *column.more)}
        return tuple(text for text in self.texts if text.index not in taken)


def find_header(grid: Grid, columns: Sequence[Column], mapping: SheetMapping) -> Header:
    """Return the guess that names most columns; of equals the one with fewest levels, then the upper one.

    Raises WorkbookError no-header, and mapping-column-unknown, mapping-key-unknown or mapping-key-twice for a mapping
    that does not fit.
    """
    mapping.check_keys(columns)
    named = [_with_mapped(column, mapping) for column in columns]
    best: Header | None = None
    for top in _tops(grid, mapping):
        for levels in _levels(grid, top, mapping):
            if mapping.header_row or _may_be_header(grid, top, levels):
                guess = guess_header(grid, top, levels, named)
                if best is None or (len(guess.columns), -guess.levels) > (len(best.columns), -best.levels):
                    best = guess
    if best is None or not (best.columns or (mapping.header_row and mapping.columns)):
        raise WorkbookError("no-header", {"sheet": grid.sheet, "expected": required_headers(columns)})
    return _finished(grid, best, columns, mapping)


def _finished(grid: Grid, header: Header, columns: Sequence[Column], mapping: SheetMapping) -> Header:
    header = _mapped(grid, header, mapping)
    decided = frozenset(mapping.columns.values())
    header = _guessed(header, [column for column in columns if column.key not in decided], mapping)
    names = [column.key for column in columns if column.kind is ColumnKind.NAME and column.key not in decided]
    return _with_wide_names(grid, header, names)


def _tops(grid: Grid, mapping: SheetMapping) -> Iterable[int]:
    if mapping.header_row:
        return [mapping.header_row - 1] if mapping.header_row <= len(grid.rows) else []
    return range(min(LAST_HEADER_ROW, len(grid.rows)))


def _levels(grid: Grid, top: int, mapping: SheetMapping) -> Iterable[int]:
    last = len(grid.rows) if mapping.header_row else min(LAST_HEADER_ROW, len(grid.rows))
    if mapping.header_rows:
        return [min(mapping.header_rows, last - top)]
    if mapping.header_row:
        fitting = [levels for levels in range(1, HEADER_LEVELS + 1) if top + levels <= last]
        return [levels for levels in fitting if levels == 1 or _may_be_header(grid, top, levels)]
    return range(1, min(HEADER_LEVELS, last - top) + 1)


def _with_mapped(column: Column, mapping: SheetMapping) -> Column:
    """Return the column with the headers that a mapping gives it as further names."""
    given = tuple(header for header, key in mapping.columns.items() if key == column.key)
    return replace(column, aliases=(*column.aliases, *given)) if given else column


def _may_be_header(grid: Grid, top: int, levels: int) -> bool:
    """Say whether rows look like a header: only text, no merged cell cut, further levels under a wide text only."""
    bottom = top + levels
    if any(top <= first < bottom <= last for (first, _), (last, _) in grid.merges):
        return False
    if not all(isinstance(value, str) for line in grid.rows[top:bottom] for value in line):
        return False
    firsts = [stack[0] for stack in _stacks(grid, top, levels) if stack]
    return levels == 1 or len(set(firsts)) < len(firsts)


def guess_header(grid: Grid, top: int, levels: int, columns: Sequence[Column]) -> Header:
    """Return which columns these rows would name by exact names."""
    stacks = _stacks(grid, top, levels)
    texts = tuple(
        FoundColumn(index, column_letters(index + 1), " / ".join(stack)) for index, stack in enumerate(stacks) if stack
    )
    names = {text.index: _names(tuple(stacks[text.index])) for text in texts}
    found = _joined_parts(texts, names, columns)
    twice: tuple[FoundColumn, ...] = ()
    for rank in range(3):  # the whole stack first, then its lowest part, then its top: "Nam" alone must not win early
        for column in columns:
            if column.key not in found:
                wanted = alias_keys(column.aliases)
                taken = {index for one in found.values() for index in (one.index, *one.more)}
                hits = tuple(text for text in texts if text.index not in taken and wanted & names[text.index][rank])
                hits = _visible(grid, _one_of_wide(grid, top, levels, hits))
                if len(hits) == 1:
                    found[column.key] = hits[0]
                elif hits and rank == 0:
                    twice = twice or hits
    return Header(top, levels, found, texts, twice)


def _joined_parts(
    texts: Sequence[FoundColumn], names: Mapping[int, tuple[frozenset[str], ...]], columns: Sequence[Column]
) -> dict[str, FoundColumn]:
    """Return the columns whose parts all stand in the header, each once: họ đệm beside tên."""
    found: dict[str, FoundColumn] = {}
    for column in columns:
        hits = []
        for part in column.parts:
            wanted = alias_keys(part)
            hits += [text for text in texts if wanted & (names[text.index][0] | names[text.index][1])][:1]
        if hits and len(hits) == len(column.parts):
            header = " + ".join(hit.header for hit in hits)
            found[column.key] = replace(hits[0], header=header, more=tuple(hit.index for hit in hits[1:]))
    return found


def _one_of_wide(grid: Grid, top: int, levels: int, hits: tuple[FoundColumn, ...]) -> tuple[FoundColumn, ...]:
    """Return the first column of a header that a merged cell spreads over several; others stay as they are."""
    if len(hits) < 2 or hits[-1].index - hits[0].index >= len(hits):
        return hits
    lines = grid.rows[top : top + levels]
    is_spread = all(not str(line[hit.index]).strip() for hit in hits[1:] for line in lines if hit.index < len(line))
    return hits[:1] if is_spread else hits


def _visible(grid: Grid, hits: tuple[FoundColumn, ...]) -> tuple[FoundColumn, ...]:
    """Prefer a column that is shown to one of the same name that is hidden."""
    shown = tuple(hit for hit in hits if hit.index not in grid.hidden_columns)
    return shown if len(shown) == 1 else hits


def _mapped(grid: Grid, header: Header, mapping: SheetMapping) -> Header:
    """Put the decisions of a mapping over the guesses. Raises WorkbookError mapping-column-unknown."""
    if not mapping.columns:
        return header
    places = {said: _place(grid, header, said) for said in mapping.columns}
    indexes = {place.index for place in places.values()}
    found = {key: column for key, column in header.columns.items() if not indexes & {column.index, *column.more}}
    for said, key in mapping.columns.items():
        if not key:
            continue
        place = places[said]
        before = found.get(key) if key in {mapping.columns[one] for one in places if one != said} else None
        found[key] = replace(before, more=(*before.more, place.index)) if before else place
    return replace(header, columns=found, twice=())


def _place(grid: Grid, header: Header, said: str) -> FoundColumn:
    wanted = header_key(said)
    for rank in (0, 1):
        hits = [text for text in header.texts if wanted and wanted in _names(tuple(text.header.split(" / ")))[rank]]
        if len(hits) == 1:
            return hits[0]
    width = max((len(row) for row in grid.rows), default=0)
    letters = said.strip().upper()
    if not LETTER.fullmatch(letters) or column_number(letters) > width:
        raise WorkbookError("mapping-column-unknown", {"sheet": grid.sheet, "header": said})
    index = column_number(letters) - 1
    return next((text for text in header.texts if text.index == index), FoundColumn(index, letters, ""))


def _guessed(header: Header, columns: Sequence[Column], mapping: SheetMapping) -> Header:
    """Give columns that nobody named exactly to the one header that nearly names them."""
    found = dict(header.columns)
    ignored = {header_key(said) for said, key in mapping.columns.items() if not key}
    for column in columns:
        if column.key in found:
            continue
        free = [text for text in replace(header, columns=found).unknown() if header_key(text.header) not in ignored]
        scored = [(_likeness(text.header, column.aliases), text) for text in free]
        best = max((score for score, _ in scored), default=0.0)
        hits = [text for score, text in scored if score == best]
        if best >= ALIKE and len(hits) == 1:
            found[column.key] = replace(hits[0], is_guess=True)
    return replace(header, columns=found)


def _likeness(header: str, aliases: tuple[str, ...]) -> float:
    """Return how well a header fits any alias, 0 to 1: an alias followed by a few words, or nearly the same letters."""
    key = header_key(header)
    best = 0.0
    for alias in alias_keys(aliases):
        if key.startswith(f"{alias} ") and " " in alias:
            more = len(key[len(alias) :].split())
            best = max(best, 1 - 0.05 * more if more <= MORE_WORDS else 0.0)
        elif len(alias) > 5:
            best = max(best, SequenceMatcher(None, key, alias, autojunk=False).ratio())
    return best


def _with_wide_names(grid: Grid, header: Header, names: Sequence[str]) -> Header:
    """Join the column right of a name whose header is blank or merged and whose cells hold the given names."""
    found = dict(header.columns)
    taken = {index for column in found.values() for index in (column.index, *column.more)}
    stacks = _stacks(grid, header.top, header.levels)
    for key in names:
        column = found.get(key)
        if column is None or column.more or column.is_guess:
            continue
        right = column.index + 1
        stack = stacks[right] if right < len(stacks) else []
        is_blank = not stack or (" / ".join(stack) == column.header)
        if right not in taken and is_blank and _holds_given_names(grid, header.bottom, column.index):
            found[key] = replace(column, more=(right,))
    return replace(header, columns=found)


def _holds_given_names(grid: Grid, first: int, index: int) -> bool:
    """Say whether most rows have text in a column and one or two words right of it."""
    rows = [row for row in grid.rows[first : first + SAMPLE_ROWS] if index + 1 < len(row)]
    named = [row for row in rows if isinstance(row[index], str) and str(row[index]).strip()]
    given = [row for row in named if isinstance(row[index + 1], str) and 0 < len(str(row[index + 1]).split()) < 3]
    return len(given) > 0 and len(given) * 2 > len(named)


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
    if not any(first < top + levels and last >= top for (first, _), (last, _) in grid.merges):
        _spread(lines)
    return [_stack([line[column] for line in lines]) for column in range(width)]


def _stack(texts: Sequence[str]) -> list[str]:
    return [text for index, text in enumerate(texts) if text and text not in texts[:index]]


def _spread(lines: list[list[str]]) -> None:
    """Carry an upper text to the right over blanks that have a text below: no merged cell is told of there."""
    for upper, lower in pairwise(lines):
        for column in range(1, len(upper)):
            if not upper[column] and lower[column] and lower[column - 1]:
                upper[column] = upper[column - 1]


@lru_cache(maxsize=4096)
def _names(stack: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    """Return the keys a column answers to: whole stack, lowest text, top text; with and without bracketed remarks."""
    return tuple(
        frozenset({header_key(text), header_key(re.sub(r"\([^)]*\)|\*", " ", text))} - {""})
        for text in (" / ".join(stack), stack[-1], stack[0])
    )


@lru_cache(maxsize=1024)
def alias_keys(aliases: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of aliases."""
    return frozenset(header_key(alias) for alias in aliases)


def header_key(text: str) -> str:
    """Return a header without accents, case, signs and line breaks."""
    return " ".join(re.sub(r"[\W_]+", " ", search_key(text)).split())
