"""One row of data of a table that came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vuntrong.documents.cells import Cell, Place, plain_text
from vuntrong.documents.columns import FoundColumn
from vuntrong.documents.grids import RawValue


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data; `number` counts from 1 as the spreadsheet shows it, `group` is the last group title above."""

    number: int
    group: str
    sheet: str
    columns: Mapping[str, FoundColumn]
    values: Sequence[RawValue]

    def value(self, key: str) -> RawValue:
        """Return the raw value of a column, of several joined columns their text; empty for an absent column."""
        column = self.columns.get(key)
        if column is None or column.index >= len(self.values):
            return ""
        if not column.more:
            return self.values[column.index]
        parts = [self.values[index] for index in (column.index, *column.more) if index < len(self.values)]
        return " ".join(text for text in map(plain_text, parts) if text)

    def cell(self, key: str) -> Cell:
        """Return the cell of a column; an absent optional column reads as empty."""
        column = self.columns.get(key)
        if column is None:
            return Cell("", Place(self.sheet, self.number, "", ""))
        return Cell(self.value(key), Place(self.sheet, self.number, column.letter, column.header))
