"""Columns of a sheet read as fields: every distinct value is judged once, however often it stands in its column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vuntrong.documents.columns import Column, ColumnKind
from vuntrong.documents.grids import RawValue


class Remark(NamedTuple):
    """What is to be said about a value; an error forbids to write, a warning does not."""

    code: str
    values: Mapping[str, Any]
    is_error: bool = False


class Problem(NamedTuple):
    """A remark at its cell: the row as the spreadsheet counts, and the key of the field."""

    row: int
    column: str
    remark: Remark


class Answer(NamedTuple):
    """What a raw value says, and what is to be said about it."""

    value: Any
    remarks: tuple[Remark, ...] = ()


Reader = Callable[[RawValue], Answer]


@dataclass(frozen=True)
class Field:
    """Something that a column may hold. The aliases may name two levels of a header: `Ngày vào Đảng / Dự bị`."""

    key: str
    aliases: tuple[str, ...]
    read: Reader
    kind: ColumnKind = ColumnKind.TEXT
    parts: tuple[tuple[str, ...], ...] = ()
    """Aliases of columns whose texts are joined: họ đệm and tên."""
    required: bool = False

    def column(self) -> Column:
        """Return what is looked for in a sheet."""
        return Column(self.key, self.aliases, required=self.required, kind=self.kind, parts=self.parts)


@dataclass
class Columns:
    """The rows of a sheet, column by column: `values[key][at]` belongs to the row with the number `numbers[at]`."""

    sheet: str
    numbers: Sequence[int]
    raw: Mapping[str, Sequence[RawValue]]
    letters: Mapping[str, str] = field(default_factory=dict)
    """Key of the field -> column letter."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Key of the field -> header as it stands."""
    groups: Sequence[str] = ()
    """Title of the group above each row, where there are any."""
    mapping: Mapping[str, Any] = field(default_factory=dict)
    """How the sheet was read, in the plain form of SheetMapping."""
    notes: Mapping[str, Any] = field(default_factory=dict)
    """What a person should know of the sheet as a whole, in plain values (documents.sheet_notes)."""
    values: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, key: str, missing: Any = "") -> Sequence[Any]:
        """Return what was read in a column; one that the sheet lacks holds `missing` in every row."""
        return self.values[key] if key in self.values else [missing] * len(self.numbers)

    def say(self, at: int, key: str, code: str, *, is_error: bool = False, **values: Any) -> None:
        """Remark on the cell of a row."""
        self.problems.append(Problem(self.numbers[at], key, Remark(code, values, is_error)))


def read_columns(columns: Columns, fields: Mapping[str, Field]) -> None:
    """Fill `values` and `problems` from `raw`."""
    for key, raw in columns.raw.items():
        columns.values[key] = read_column(columns, key, raw, fields[key].read)


def read_column(columns: Columns, key: str, raw: Sequence[RawValue], read: Reader) -> list[Any]:
    """Read one column, distinct values once; remarks go to every row that holds the value."""
    answers = {value: read(value) for value in set(raw)}
    clean = {value: answer.value for value, answer in answers.items()}
    remarks = {value: answer.remarks for value, answer in answers.items() if answer.remarks}
    if remarks:
        for number, value in zip(columns.numbers, raw, strict=True):
            if value in remarks:
                columns.problems += [Problem(number, key, remark) for remark in remarks[value]]
    return [clean[value] for value in raw]
