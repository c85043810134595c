"""The matrix of needs as a page shows it: rows by kind of programme, columns by unit or by kind of unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from vuntrong.planning.models import NeedsSurvey
from vuntrong.planning.queries.surveys import Matrix, NeedCell, Standing, matrix_by_kind, matrix_by_unit
from vuntrong.programmes.models import Programme
from vuntrong.registry.enums import UnitKind
from vuntrong.registry.models import Unit
from vuntrong.web.kit.values import Choice

FEW_UNITS = 8
"""Up to so many units with needs each has its own column from the start."""


@dataclass(frozen=True)
class Cell:
    """A figure and the names behind it."""

    value: int
    url: str


@dataclass(frozen=True)
class MatrixRow:
    """One programme."""

    programme: Programme
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True)
class Grid:
    """The whole matrix, and the ways to look at it."""

    columns: list[tuple[str, int]]
    """Heading and number of units; 0 for a column of one unit."""
    groups: list[tuple[str, list[MatrixRow]]]
    totals: list[Cell]
    grand_total: Cell
    views: list[Choice]
    is_empty: bool

    @property
    def width(self) -> int:
        """Columns of the table."""
        return len(self.columns) + 2


def grid(survey: NeedsSurvey, now: Standing, programmes: list[Programme], query: Mapping[str, str]) -> Grid:
    """Return the matrix as asked for: ?by=kind, or ?by=unit with ?kind=. No query."""
    with_needs = [row.unit for row in now.sent if row.total]
    by = query.get("by") or ("unit" if len(with_needs) <= FEW_UNITS else "kind")
    kind = query.get("kind", "") if by == "unit" else ""
    matrix = matrix_by_unit(now, programmes, kind) if by == "unit" else matrix_by_kind(now, programmes)
    sizes = {key: sum(unit.kind == key for unit in with_needs) for key, _name in matrix.columns}
    address = reverse("surveys:needs", args=[survey.pk])
    rows = _rows(matrix, address, "unit" if by == "unit" else "kind", kind)
    return Grid(
        columns=[(name, sizes[key] if by == "kind" else 0) for key, name in matrix.columns],
        groups=_grouped(rows),
        totals=_totals(matrix, address, "unit" if by == "unit" else "kind"),
        grand_total=Cell(sum(matrix.column_totals), _url(address, kind=kind)),
        views=_views(with_needs, by, kind),
        is_empty=not with_needs,
    )


def _rows(matrix: Matrix, address: str, name: str, kind: str) -> list[MatrixRow]:
    rows = []
    for programme in matrix.programmes:
        values = matrix.row(programme)
        cells = [
            Cell(value, _url(address, programme=programme.pk, **{name: key}))
            for value, (key, _heading) in zip(values, matrix.columns, strict=True)
        ]
        rows.append(MatrixRow(programme, cells, Cell(sum(values), _url(address, programme=programme.pk, kind=kind))))
    return rows


def _totals(matrix: Matrix, address: str, name: str) -> list[Cell]:
    return [
        Cell(total, _url(address, **{name: key}))
        for total, (key, _heading) in zip(matrix.column_totals, matrix.columns, strict=True)
    ]


def _grouped(rows: list[MatrixRow]) -> list[tuple[str, list[MatrixRow]]]:
    groups: dict[str, list[MatrixRow]] = {}
    for row in rows:
        groups.setdefault(str(row.programme.get_kind_display()), []).append(row)
    return list(groups.items())


def _views(units: list[Unit], by: str, kind: str) -> list[Choice]:
    """Return the chips: by kind, every unit, the units of each kind."""
    kinds: dict[str, int] = {}
    for unit in units:
        kinds[unit.kind] = kinds.get(unit.kind, 0) + 1
    views = [
        Choice(_("By kind of unit"), None, "?by=kind", by == "kind"),
        Choice(_("All units"), len(units), "?by=unit", by == "unit" and not kind),
    ]
    if len(kinds) > 1:
        views += [
            Choice(str(UnitKind(key).label), count, _url("", by="unit", kind=key), key == kind)
            for key, count in kinds.items()
        ]
    return views


def asked_for(query: Mapping[str, str]) -> dict[str, Any]:
    """Return which figure an address means; what makes no sense narrows nothing."""
    return {
        "programme_id": _key(query.get("programme", "")),
        "unit_id": _key(query.get("unit", "")),
        "kind": query.get("kind", "") if query.get("kind", "") in UnitKind.values else "",
    }


def cells_behind(now: Standing, asked: Mapping[str, Any]) -> list[NeedCell]:
    """Return the cells that a figure adds up. No query."""
    kinds = {row.unit.pk: row.unit.kind for row in now.rows}
    return [
        cell
        for cell in now.cells
        if asked["programme_id"] in (None, cell.programme_id)
        and asked["unit_id"] in (None, cell.unit_id)
        and asked["kind"] in ("", kinds.get(cell.unit_id))
    ]


def needs_title(survey: NeedsSurvey, asked: Mapping[str, Any]) -> str:
    """Return what the names are of. At most 2 queries."""
    programme = survey.programmes.filter(pk=asked["programme_id"]).first() if asked["programme_id"] else None
    unit = Unit.objects.filter(asked_in__survey=survey, pk=asked["unit_id"]).first() if asked["unit_id"] else None
    kind = str(UnitKind(asked["kind"]).label) if asked["kind"] else ""
    parts = [programme.name if programme else "", unit.name if unit else "", kind]
    return " · ".join(part for part in parts if part) or _("All needs of the survey")


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _url(address: str, **query: object) -> str:
    kept = {name: value for name, value in query.items() if value}
    return f"{address}?{urlencode(kept)}" if kept else address
