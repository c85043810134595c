"""Ditto marks: cells that say "as above"."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vuntrong.documents.columns import Column, FoundColumn
from vuntrong.documents.grids import RawValue
from vuntrong.documents.rows import Row
from vuntrong.kernel.text import nfc

MARKS = frozenset(
    {
        *("nt", "nt.", "n.t", "n.t.", "-nt-", "- nt -", "(nt)", "như trên", "như trên.", "-như trên-", "- như trên -"),
        *('"', '""', "''", ",,", "“", "”", "„", "″", "〃", '-"-', '- " -', "-''-", "//", "-//-", "- // -"),
    }
)
DASHES = frozenset({"-", "–", "—"})
LONGEST = max(map(len, MARKS)) + 6


@dataclass(frozen=True)
class Repeated:
    """How often a column says "as above", and in which row first."""

    key: str
    count: int
    first_row: int


def with_repeats(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[list[Row], tuple[Repeated, ...]]:
    """Return the rows with ditto marks replaced by the cell above; a mark with nothing above it stays."""
    if not rows:
        return list(rows), ()
    found = rows[0].columns
    dashed = {column.key for column in columns if column.dash_repeats}
    marks = {key: MARKS | DASHES if key in dashed else MARKS for key in found}
    filled = list(rows)
    counts: Counter[str] = Counter()
    firsts: dict[str, int] = {}
    for key, column in found.items():
        for at, value in _repeats(filled, column, marks[key]):
            row = filled[at]
            values = list(row.values)
            values[column.index] = value
            filled[at] = replace(row, values=values)
            counts[key] += 1
            firsts.setdefault(key, row.number)
    return filled, tuple(Repeated(key, count, firsts[key]) for key, count in counts.items())


def _repeats(rows: Sequence[Row], column: FoundColumn, marks: frozenset[str]) -> list[tuple[int, RawValue]]:
    """Return (place, value above) of every ditto mark in a column."""
    index = column.index
    values = [row.values[index] if index < len(row.values) else "" for row in rows]
    if not any(_is_mark(value, marks) for value in set(values)):
        return []
    above: RawValue = ""
    found: list[tuple[int, RawValue]] = []
    for at, value in enumerate(values):
        if _is_mark(value, marks):
            if above != "":
                found.append((at, above))
        elif not isinstance(value, str) or value.strip():
            above = value
    return found


def _is_mark(value: RawValue, marks: frozenset[str]) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST and nfc(value).casefold() in marks
