"""A list of events as rows of plain text: what is typed into a grid or stands in a workbook, and back."""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from vuntrong.kernel.text import nfc, search_key
from vuntrong.registry.enums import EventKind
from vuntrong.registry.rules.events import CHANGES, Choice, Event, Target, UnitSaid
from vuntrong.registry.rules.reorganisation import KnownUnit, Units
from vuntrong.registry.rules.wording import spelling

BETWEEN = re.compile(r"[;\n]")
"""Between several old units in one cell."""
HUNDRED = Decimal(100)
MARKS = frozenset({"x", "v", "1", "có"})
"""Signs in the column of the unit that takes over the rest."""


@dataclass(frozen=True)
class EventRow:
    """One row as text. Units are named by code or by name; of a split every part has a row of its own."""

    kind: str = ""
    old: str = ""
    new: str = ""
    short_name: str = ""
    unit_kind: str = ""
    parent: str = ""
    state_parent: str = ""
    code: str = ""
    seat: str = ""
    area_code: str = ""
    share: str = ""
    """Percent of the old unit."""
    rest: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is typed in it."""
        return not any(getattr(self, one.name).strip() for one in dataclasses.fields(self))


@dataclass(frozen=True)
class RowProblem:
    """A cell that cannot be read: the row as its reader counts it, the name of the column, a code and its values."""

    row: int
    column: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadRows:
    """The events of some rows, as far as they can be read, and what could not be."""

    events: tuple[Event, ...]
    problems: tuple[RowProblem, ...]


def read_rows(
    rows: Iterable[tuple[int, EventRow]],
    units: Units,
    *,
    kinds: Mapping[str, str],
    unit_kinds: Mapping[str, str],
    choices: Sequence[Choice] = (),
) -> ReadRows:
    """Read rows, each with its number. `kinds` and `unit_kinds` give the codes by the search key of their words.

    `choices` are what was said before of things without a plain successor; they stay.
    """
    reader = _Reader(units, kinds, unit_kinds)
    events = [reader.event(group) for group in _grouped(rows)]
    found = [one for one in events if one is not None]
    if found and choices:
        found[0] = dataclasses.replace(found[0], choices=tuple(choices))
    return ReadRows(tuple(found), tuple(reader.problems))


def _grouped(rows: Iterable[tuple[int, EventRow]]) -> list[list[tuple[int, EventRow]]]:
    """Rows of one kind that follow each other with the same old units are parts of one event."""
    groups: list[list[tuple[int, EventRow]]] = []
    for number, row in rows:
        if row.is_empty:
            continue
        before = groups[-1][-1][1] if groups else None
        if before and row.share and search_key(before.kind) == search_key(row.kind) and before.old == row.old:
            groups[-1].append((number, row))
        else:
            groups.append([(number, row)])
    return groups


class _Reader:
    """Reads one list; remembers the units that it makes, so that later rows may name them."""

    def __init__(self, units: Units, kinds: Mapping[str, str], unit_kinds: Mapping[str, str]) -> None:
        self.units, self.kinds, self.unit_kinds = units, kinds, unit_kinds
        self.problems: list[RowProblem] = []
        self.made: dict[str, str] = {}
        self.by_name: dict[str, list[str]] = {}
        for slug, unit in units.items():
            if unit.last_day is None:
                self.by_name.setdefault(spelling(unit.said.name), []).append(slug)

    def event(self, group: Sequence[tuple[int, EventRow]]) -> Event | None:
        number, row = group[0]
        kind = self._coded(number, "kind", row.kind, self.kinds)
        if not kind:
            return None
        note, place = nfc(row.note)[:300], str(number)
        sources = tuple(slug for text in BETWEEN.split(row.old) if (slug := self.slug(number, "old", text)))
        if kind in CHANGES:
            said = self._said(number, row, row.new if kind == EventKind.RENAME else "")
            return Event(kind, sources, tuple(Target(one, said) for one in sources[:1]), note=note, row=place)
        if kind == EventKind.DISSOLVE:
            return Event(kind, sources, rest=self.slug(number, "new", row.new), note=note, row=place)
        targets = [self._target(at, one, kind, sources) for at, one in group]
        rest = next(
            (
                target.unit
                for target, (_at, one) in zip(targets, group, strict=True)
                if one.rest.strip().lower() in MARKS
            ),
            "",
        )
        return self._event(number, row, kind, sources, tuple(one for one in targets if one.unit), rest)

    def _event(
        self,
        number: int,
        row: EventRow,
        kind: str,
        sources: tuple[str, ...],
        targets: tuple[Target, ...],
        rest: str = "",
    ) -> Event:
        return Event(kind, sources, targets, rest, note=nfc(row.note)[:300], row=str(number))

    def slug(self, number: int, column: str, text: str) -> str:
        """Return the code of a unit named by code or name; empty, with a problem, where it cannot be told."""
        words = nfc(text)
        if not words:
            return ""
        found = self._known(words)
        if len(found) != 1:
            code = "event-cell-unit-ambiguous" if found else "event-cell-unit-unknown"
            self.problems.append(RowProblem(number, column, code, {"unit": words, "count": len(found)}))
            return ""
        return found[0]

    def _known(self, words: str) -> list[str]:
        if words in self.units:
            return [words]
        key = spelling(words)
        return [self.made[key]] if key in self.made else self.by_name.get(key, [])

    def _target(self, number: int, row: EventRow, kind: str, sources: tuple[str, ...]) -> Target:
        """Return the unit into which a row leads: one that exists, else a new one with what its first source was."""
        words, share = nfc(row.new), self._share(number, row.share)
        if not words:
            self.problems.append(RowProblem(number, "new", "event-cell-missing", {}))
            return Target("")
        found = [] if kind == EventKind.CREATE else self._known(words)
        if len(found) == 1:
            return Target(found[0], self._said(number, row, ""), share, is_new=False)
        if len(found) > 1:
            return Target(self.slug(number, "new", words), share=share)
        slug = self._new_slug(words)
        self.made[spelling(words)] = slug
        said = self._said(number, row, words)
        if sources and sources[0] in self.units:
            said = _like(said, self.units[sources[0]])
        return Target(slug, dataclasses.replace(said, short_name=said.short_name or words[:80]), share, is_new=True)

    def _said(self, number: int, row: EventRow, name: str) -> UnitSaid:
        kind = self._coded(number, "unit_kind", row.unit_kind, self.unit_kinds) if row.unit_kind.strip() else ""
        return UnitSaid(
            name=nfc(name)[:200],
            short_name=nfc(row.short_name)[:80],
            kind=kind,
            parent=self.slug(number, "parent", row.parent),
            state_parent=self.slug(number, "state_parent", row.state_parent),
            code=nfc(row.code)[:30],
            seat=nfc(row.seat)[:80],
            area_code=nfc(row.area_code)[:10],
        )

    def _coded(self, number: int, column: str, text: str, codes: Mapping[str, str]) -> str:
        found = codes.get(search_key(text), "")
        if not found:
            code = "event-cell-word-unknown" if text.strip() else "event-cell-missing"
            self.problems.append(RowProblem(number, column, code, {"text": nfc(text)}))
        return found

    def _share(self, number: int, text: str) -> Decimal | None:
        words = text.strip().rstrip("%").strip().replace(",", ".")
        if not words:
            return None
        try:
            share = Decimal(words) / HUNDRED
        except InvalidOperation:
            share = Decimal("NaN")
        if share.is_nan() or not 0 < share <= 1 or -share.as_tuple().exponent > 4:  # type: ignore[operator]
            self.problems.append(RowProblem(number, "share", "event-cell-share", {"text": nfc(text)}))
            return None
        return share

    def _new_slug(self, name: str) -> str:
        """Return a code of letters, figures and hyphens that no unit has."""
        base = re.sub(r"[^a-z0-9]+", "-", search_key(name)).strip("-")[:70] or "don-vi"
        taken, number, slug = {*self.units, *self.made.values()}, 2, base
        while slug in taken:
            slug, number = f"{base}-{number}", number + 1
        return slug


def _like(said: UnitSaid, source: KnownUnit) -> UnitSaid:
    """Return the words of a new unit; kind and units above are those of the unit that it comes from, unless said."""
    names = ("kind", "parent", "state_parent")
    return dataclasses.replace(said, **{name: getattr(said, name) or getattr(source.said, name) for name in names})


def rows_of(events: Iterable[Event], units: Units) -> list[EventRow]:
    """Return the rows that say the events; units that exist by their name where it is the only one, else by code."""
    names = _Names(units)
    return [row for event in events for row in _rows(event, names)]


class _Names:
    def __init__(self, units: Units) -> None:
        alive = [(slug, unit.said.name) for slug, unit in units.items() if unit.last_day is None]
        seen: dict[str, int] = {}
        for _slug, name in alive:
            seen[spelling(name)] = seen.get(spelling(name), 0) + 1
        self.names = {slug: name if seen[spelling(name)] == 1 else slug for slug, name in alive}

    def of(self, slug: str) -> str:
        return self.names.get(slug, slug)


def _rows(event: Event, names: _Names) -> list[EventRow]:
    base = EventRow(kind=event.kind, old="; ".join(names.of(slug) for slug in event.sources), note=event.note)
    if not event.targets:
        return [dataclasses.replace(base, new=names.of(event.rest) if event.rest else "")]
    return [_row(base, event, target, names) for target in event.targets]


def _row(base: EventRow, event: Event, target: Target, names: _Names) -> EventRow:
    said = target.said
    new = said.name if target.is_new or event.kind == EventKind.RENAME else names.of(target.unit)
    return dataclasses.replace(
        base,
        new="" if event.kind in CHANGES - {EventKind.RENAME} else new,
        short_name=said.short_name,
        unit_kind=said.kind,
        parent=names.of(said.parent) if said.parent else "",
        state_parent=names.of(said.state_parent) if said.state_parent else "",
        code=said.code,
        seat=said.seat,
        area_code=said.area_code,
        share="" if target.share is None else f"{(target.share * HUNDRED).normalize():f}".replace(".", ","),
        rest="x" if event.rest and event.rest == target.unit else "",
    )
