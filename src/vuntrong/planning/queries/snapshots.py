"""Figures that were frozen."""

from dataclasses import dataclass, field

from vuntrong.planning.models import NeedsSnapshot, SnapshotLine
from vuntrong.planning.queries.surveys import NeedCell, kind_rank
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Unit


@dataclass(frozen=True)
class Difference:
    """One programme in two snapshots."""

    programme: Programme
    before: int
    after: int
    units: list[tuple[Unit, int, int]] = field(default_factory=list)
    """Units whose figure differs: before and after."""

    @property
    def change(self) -> int:
        return self.after - self.before


def compare(older: NeedsSnapshot, newer: NeedsSnapshot) -> list[Difference]:
    """Return the programmes of both snapshots with their totals and the units that moved. 1 query."""
    lines = SnapshotLine.objects.filter(snapshot__in=[older.pk, newer.pk]).select_related("programme", "unit")
    found: dict[int, dict[int, list[int]]] = {}
    programmes: dict[int, Programme] = {}
    units: dict[int, Unit] = {}
    for line in lines.order_by(kind_rank("programme__"), "programme__name", "unit__sort_key"):
        programmes[line.programme_id], units[line.unit_id] = line.programme, line.unit
        sides = found.setdefault(line.programme_id, {}).setdefault(line.unit_id, [0, 0])
        sides[line.snapshot_id == newer.pk] = line.total
    return [
        Difference(
            programmes[programme_id],
            sum(before for before, _ in by_unit.values()),
            sum(after for _, after in by_unit.values()),
            [(units[unit_id], before, after) for unit_id, (before, after) in by_unit.items() if before != after],
        )
        for programme_id, by_unit in found.items()
    ]


def cells_of(snapshot: NeedsSnapshot) -> list[NeedCell]:
    """Return the frozen figures in the shape of the live ones. 1 query."""
    return [
        NeedCell(line.programme_id, line.unit_id, line.named, line.women, line.total, line.is_late)
        for line in snapshot.lines.all()
    ]


def totals_by_programme(snapshot: NeedsSnapshot) -> list[tuple[Programme, int, int, int]]:
    """Return programme, people, named people and units of each programme in a snapshot. 1 query."""
    lines = snapshot.lines.select_related("programme").order_by(kind_rank("programme__"), "programme__name")
    found: dict[Programme, list[int]] = {}
    for line in lines:
        figures = found.setdefault(line.programme, [0, 0, 0])
        for at, value in enumerate((line.total, line.named, 1)):
            figures[at] += value
    return [(programme, total, named, units) for programme, (total, named, units) in found.items()]
