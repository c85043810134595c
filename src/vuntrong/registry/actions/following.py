"""Letting dated rows follow their unit into its successor: the old row ends on the eve, a new one begins on the day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from vuntrong.kernel.bulk import Plain
from vuntrong.kernel.undo import Undo
from vuntrong.registry.following import Change
from vuntrong.registry.rules.events import Choice

Row = dict[str, Any]
UNCOPIED = frozenset({"id", "unit_id", "valid_from", "valid_to"})


def open_rows(rows: QuerySet[Any], change: Change, what: str, key: str = "id") -> QuerySet[Any]:
    """Keep the dated rows that hold on the day or later and are of a unit that ends, or were chosen. No queries."""
    concerned = Q(unit__in=change.ended) | Q(**{f"{key}__in": change.has_choice(what)})
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=change.on), concerned)


@dataclass(frozen=True)
class Way:
    """How dated rows of one kind follow."""

    what: str
    """How choices name such a row."""
    once: Sequence[str] = ()
    """Columns of which a unit has one row at a time: what the successor has already does not come twice."""
    ends_without_heir: bool = False
    """Whether a row whose unit has no successor ends with it; else it stays as it is."""
    reworded: Callable[[Row, Choice], Row] = lambda row, _choice: row
    """What the maker's choice changes in the new row."""
    key: str = "id"
    """Column by which choices name a row."""
    taken: frozenset[tuple[Any, ...]] = frozenset()
    """What successors need not have besides what they have: the unit and the columns of `once`."""


def follow_rows(rows: QuerySet[Any], change: Change, undo: Undo, way: Way) -> None:
    """Let dated rows with columns unit, valid_from and valid_to follow. A constant number of queries for any number."""
    model = rows.model
    names = [one.attname for one in model._meta.concrete_fields]
    found = [
        dict(zip(names, row, strict=True))
        for row in open_rows(rows, change, way.what, way.key).order_by("pk").values_list(*names)
    ]
    chosen = change.choices.get(way.what, {})
    heirs = {row["id"]: change.heir_of(row["unit_id"], way.what, row[way.key]) for row in found}
    known = _known(model, set(heirs.values()), change, way.once) | way.taken
    wanted = _without_repeats(found, heirs, known, way.once)
    later = [row for row in wanted if row["valid_from"] and row["valid_from"] >= change.on]
    goes_on = [_reworded(row, chosen, way) for row in wanted if not row["valid_from"] or row["valid_from"] < change.on]
    gone = [row for row in found if heirs[row["id"]] or row[way.key] in chosen or way.ends_without_heir]
    copied = [name for name in names if name not in UNCOPIED]
    undo.update_ids(model, [row["id"] for row in gone if _has_begun(row, change)], valid_to=change.eve)
    new = [
        (heirs[row["id"]], change.on.isoformat(), *(plain(row[name]) for name in ["valid_to", *copied]))
        for row in goes_on
    ]
    undo.insert(model, ["unit_id", "valid_from", "valid_to", *copied], new)
    for heir in dict.fromkeys(heirs[row["id"]] for row in later):
        undo.update_ids(model, [row["id"] for row in later if heirs[row["id"]] == heir], unit_id=heir)


def _has_begun(row: Row, change: Change) -> bool:
    return row["valid_from"] is None or row["valid_from"] < change.on


def _reworded(row: Row, chosen: Mapping[int, Choice], way: Way) -> Row:
    return way.reworded(row, chosen[row[way.key]]) if row[way.key] in chosen else row


def _without_repeats(
    found: Sequence[Row], heirs: Mapping[int, int | None], known: set[tuple[Any, ...]], once: Sequence[str]
) -> list[Row]:
    """Keep the rows that go to somebody who does not have the same already."""
    kept = []
    for row in found:
        same = (heirs[row["id"]], *(row[name] for name in once))
        if same[0] is None or (once and same in known):
            continue
        known.add(same)
        kept.append(row)
    return kept


def _known(model: Any, heirs: set[int | None], change: Change, once: Sequence[str]) -> set[tuple[Any, ...]]:
    """Return what the successors have already on the day: the unit and the columns of `once`."""
    if not once:
        return set()
    there = model._default_manager.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=change.on), unit__in=heirs - {None}
    )
    return set(there.values_list("unit_id", *once))


def plain(value: Any) -> Plain:
    """Return a value as `bulk.insert_rows` takes it."""
    told: Plain = value.isoformat() if hasattr(value, "isoformat") else value
    return told
