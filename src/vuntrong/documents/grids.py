"""The cells of one sheet as they came in, whatever the format of the file."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vuntrong.kernel.legacy import Encoding

RawValue = str | int | float | bool | dt.date | dt.time | dt.timedelta
"""What a cell holds; an empty cell is the empty text. A dt.datetime is a dt.date too."""
Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, counted from 0: ((row, column), (row, column))."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one cell and its font."""

    text: str
    font: str


Fonts = Mapping[tuple[int, int], str | tuple[Run, ...]]
"""Fonts of the cells that need them, by (row, column) from 0: a font name, or the runs of a cell with several fonts."""


@dataclass(frozen=True)
class Look:
    """What a sheet shows beyond its values; indexes from 0."""

    fonts: Fonts = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Conversion:
    """What was converted in one column: how many cells, from what, and the first of them before and after."""

    column: int
    """From 0."""
    encoding: Encoding
    count: int
    row: int
    """Number of the first such row, from 1."""
    before: str
    after: str


@dataclass(frozen=True)
class Grid:
    """All cells of one sheet, top left cell A1 first, and its merged ranges."""

    sheet: str
    rows: Sequence[Sequence[RawValue]]
    merges: tuple[Merge, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    """Legacy text that was made Unicode, by column; `rows` hold it converted."""
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    """Indexes from 0 of what the sheet does not show."""
