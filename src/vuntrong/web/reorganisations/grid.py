"""The list of events as a grid that is typed into."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.enums import EventKind, UnitKind
from vuntrong.registry.event_sheets import event_words, unit_kind_words
from vuntrong.registry.models import Reorganisation
from vuntrong.registry.queries.reorganisation import known_units
from vuntrong.registry.rules.event_rows import EventRow, ReadRows, RowProblem, read_rows, rows_of
from vuntrong.registry.rules.events import Choice, from_plain
from vuntrong.web.reorganisations.sentences import at_cell

SPARE = 4
"""Empty rows below what is typed."""
MOST = 2000
LABELS: dict[str, Any] = {
    "kind": _("Event"),
    "old": _("Old unit"),
    "new": _("New unit"),
    "short_name": _("Short name"),
    "unit_kind": _("Kind of unit"),
    "parent": _("Party line"),
    "state_parent": _("State line"),
    "area_code": _("Area code"),
    "share": _("Share (%)"),
    "rest": _("Takes the rest"),
    "note": _("Note"),
}
"""Columns of the grid; what else a workbook may say goes along unseen."""
HIDDEN = ("code", "seat")
CHOICES: Mapping[str, Sequence[tuple[str, Any]]] = {
    "kind": [("", "–"), *EventKind.choices],
    "unit_kind": [("", "–"), *UnitKind.choices],
    "rest": [("", "–"), ("x", _("yes"))],
}
WIDE = frozenset({"old", "new"})
LISTED = frozenset({"old", "new", "parent", "state_parent"})
"""Columns that offer the names of units while one types."""


@dataclass(frozen=True)
class GridCell:
    """One cell: its field, its value, what is wrong with it."""

    name: str
    label: str
    value: str
    choices: Sequence[tuple[str, Any]]
    error: str

    @property
    def is_wide(self) -> bool:
        return self.name in WIDE

    @property
    def is_listed(self) -> bool:
        return self.name in LISTED


@dataclass(frozen=True)
class GridRow:
    """One row with its number; `hidden` are (name, value) of what the grid does not show."""

    number: int
    cells: tuple[GridCell, ...]
    hidden: tuple[tuple[str, str], ...]


def typed_rows(sent: QueryDict) -> list[tuple[int, EventRow]]:
    """Return the rows that a form sent, numbered from 1, empty ones left out of the end."""
    names = [field.name for field in dataclasses.fields(EventRow)]
    columns = {name: sent.getlist(name)[:MOST] for name in names}
    count = max((len(values) for values in columns.values()), default=0)
    rows = [
        EventRow(**{name: values[at].strip() for name, values in columns.items() if at < len(values)})
        for at in range(count)
    ]
    while rows and rows[-1].is_empty:
        rows.pop()
    return list(enumerate(rows, start=1))


def kept_rows(draft: Reorganisation) -> list[tuple[int, EventRow]]:
    """Return the rows of a draft. 1 query."""
    return list(enumerate(rows_of(from_plain(draft.rows), known_units()), start=1))


def kept_choices(draft: Reorganisation) -> list[Choice]:
    """Return what was said of things without a plain successor."""
    return [choice for event in from_plain(draft.rows) for choice in event.choices]


def read(draft: Reorganisation, rows: Sequence[tuple[int, EventRow]]) -> ReadRows:
    """Return the events of some rows; what was said of posts stays. 1 query."""
    words = {"kinds": event_words(), "unit_kinds": unit_kind_words()}
    return read_rows(rows, known_units(), choices=kept_choices(draft), **words)


def shown_rows(rows: Sequence[tuple[int, EventRow]], problems: Sequence[RowProblem] = ()) -> list[GridRow]:
    """Return the rows of the grid with some empty ones below."""
    wrong: dict[tuple[int, str], list[str]] = {}
    for one in problems:
        wrong.setdefault((one.row, one.column), []).append(at_cell(one))
    spare = [(len(rows) + at, EventRow()) for at in range(1, SPARE + 1)]
    return [_row(number, row, wrong) for number, row in [*rows, *spare]]


def _row(number: int, row: EventRow, wrong: Mapping[tuple[int, str], list[str]]) -> GridRow:
    cells = tuple(
        GridCell(name, str(label), getattr(row, name), CHOICES.get(name, ()), " ".join(wrong.get((number, name), [])))
        for name, label in LABELS.items()
    )
    return GridRow(number, cells, tuple((name, getattr(row, name)) for name in HIDDEN))
