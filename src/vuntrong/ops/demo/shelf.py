"""Units and programmes of the demonstration by their codes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.utils.text import slugify

from vuntrong.kernel.text import search_key
from vuntrong.ops.demo.files import read
from vuntrong.ops.demo.times import day
from vuntrong.programmes.models import Programme, TargetGroup
from vuntrong.registry.actions import UnitWords, change_unit, create_unit
from vuntrong.registry.actions.provinces import load_provinces
from vuntrong.registry.models import Unit
from vuntrong.regulations import reference
from vuntrong.regulations.models import LegalInstrument

Row = Mapping[str, Any]
"""A row of a data file."""


class Shelf:
    """What rows of data files name: units and programmes, read once. Raises KeyError for a code nobody made."""

    def __init__(self) -> None:
        self.units = {unit.slug: unit for unit in Unit.objects.all()}
        self.programmes = {programme.code: programme for programme in Programme.objects.all()}

    def unit(self, slug: str | None) -> Unit | None:
        """Return the unit named, None where the row names none."""
        return self.units[slug] if slug else None

    def make_units(self, rows: Iterable[Row]) -> list[Unit]:
        """Enter units with their one dated row; parents come before children."""
        made = [self._make_unit(row) for row in rows]
        self.units |= {unit.slug: unit for unit in made}
        return made

    def make_parts(self, row: Row, kinds: Iterable[str]) -> dict[str, list[Unit]]:
        """Enter the many plain units below one parent, named by kind; their codes are made from their names."""
        words = {"parent": row["parent"], "from": row["from"], "to": row.get("to")}
        return {
            kind: self.make_units(
                {**words, "kind": kind, "name": name, "slug": slug_of(f"{row['prefix']} {name}")}
                for name in row.get(kind, [])
            )
            for kind in kinds
        }

    def _make_unit(self, row: Row) -> Unit:
        unit = create_unit(
            slug=row["slug"],
            name=row["name"],
            short_name=row.get("short", row["name"])[:80],
            kind=row["kind"],
            parent=self.unit(row.get("parent")),
            state_parent=self.unit(row.get("state_parent")),
            valid_from=day(row["from"]),
            valid_to=day(row["to"]) if row.get("to") else None,
            code=row.get("code", ""),
            seat=row.get("seat", ""),
            by=None,
        )
        for then in row.get("then", []):
            self._change(unit, {**row, **then})
        self.units[unit.slug] = unit
        return unit

    def _change(self, unit: Unit, row: Row) -> None:
        """Let the unit be what the row says from its day on."""
        words = UnitWords(
            name=row["name"],
            short_name=row.get("short", row["name"])[:80],
            kind=row["kind"],
            parent=self.unit(row.get("parent")),
            code=row.get("code", ""),
            seat=row.get("seat", ""),
            state_parent=self.unit(row.get("state_parent")),
        )
        change_unit(unit=unit, words=words, valid_from=day(row["from"]), by=None)


def slug_of(text: str) -> str:
    """Return the code made from Vietnamese words: lower case, no marks, joined by hyphens."""
    return slugify(text.replace("đ", "d").replace("Đ", "D"))


def make_programmes() -> str:
    """Enter what all articles share: programmes, target groups, national bodies, provinces. Returns what it did."""
    rows = read("programmes")
    groups = [TargetGroup(code=code, name=name) for code, name in rows["target_groups"].items()]
    by_code = {group.code: group for group in TargetGroup.objects.bulk_create(groups)}
    for row in rows["programmes"]:
        programme = Programme.objects.create(**_programme_words(row))
        programme.target_groups.set([by_code[code] for code in row["groups"]])
    bodies = read("national")
    Shelf().make_units(bodies["units"])
    make_instruments(bodies["instruments"])
    load_provinces(by=None)
    return f"{len(rows['programmes'])} programmes, {len(groups)} target groups"


def _programme_words(row: Row) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "short_name": row["short"],
        "kind": row["kind"],
        "field": row["field"],
        "level": row.get("level", ""),
        "mode": row.get("mode", "full_time"),
        "module_count": row.get("modules", 0),
        "days": row.get("days"),
        "is_offered": row.get("offered", True),
        "search_key": search_key(f"{row['name']} {row['short']}"),
    }


def make_instruments(rows: Iterable[Row]) -> None:
    """Enter legal instruments that are not there yet."""
    LegalInstrument.objects.bulk_create(
        (LegalInstrument(**{**row, "issued_on": day(row["issued_on"])}) for row in rows), ignore_conflicts=True
    )
    reference.fill_search_keys(apps)
