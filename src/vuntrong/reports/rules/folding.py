"""Two readings of a report: units as they were then, and folded into those of today. The whole keeps its total."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from vuntrong.registry.rules.succession import Fold, Part, divided
from vuntrong.reports.rules.figures import ClassFacts, Figure

BESIDE = ","
"""Between the keys of the units behind one line."""


@dataclass(frozen=True)
class Sent:
    """The turns that one unit sent from one day on: keys of the people, one for each turn."""

    unit_id: int
    since: dt.date | None
    people: tuple[str, ...]


@dataclass(frozen=True)
class UnitLine:
    """The people and turns of one sending unit. Only turns add up over the lines."""

    key: str
    """The units whose rows it counts, joined by BESIDE."""
    label: str
    learners: int
    turns: int
    is_apportioned: bool = False
    """Whether a unit that was split is in it by its share: then its key opens all rows of that unit."""


def covered_ids(
    then: Collection[int], today: frozenset[int], came: Collection[int], fold: Fold, *, is_alive: bool
) -> frozenset[int]:
    """Return the owners that a report in today's units covers.

    `then` stood below the unit in the period, `today` stand below it now, `came` went into these. A unit that went
    whole to somebody else is his; one that was divided stays with whom it stood below. A unit that ended itself keeps
    what it had.
    """
    if not is_alive:
        return frozenset(then)

    def inside(unit_id: int) -> list[bool]:
        return [part.unit_id in today for part in fold.parts(unit_id)]

    kept = {one for one in then if any(inside(one)) or fold.heir(one) == one}
    return frozenset(today) | kept | {one for one in came if all(inside(one))}


def in_todays_units(classes: Iterable[ClassFacts], fold: Fold, names: Mapping[int, str]) -> tuple[ClassFacts, ...]:
    """Return the classes under the unit that took over their owner; under the owner itself where it was divided."""
    return tuple(_folded(one, fold, names) for one in classes)


def _folded(one: ClassFacts, fold: Fold, names: Mapping[int, str]) -> ClassFacts:
    parts = fold.parts(one.owner_id, one.opened_on)
    if len(parts) > 1 or parts[0].unit_id == one.owner_id:
        return one
    return replace(one, owner_id=parts[0].unit_id, owner=names[parts[0].unit_id])


def divided_owners(lines: Sequence[Figure], fold: Fold, names: Mapping[int, str]) -> tuple[Figure, ...]:
    """Return the lines by owner with those of divided units given to their parts, by largest remainder.

    Classes, learners and turns keep their sums; sexes and results of a line with a share are left out.
    """
    found = {line.key: line for line in lines if len(fold.parts(int(line.key))) == 1}
    for line in lines:
        parts = fold.parts(int(line.key))
        if len(parts) > 1:
            for part, numbers in zip(parts, _shares(line, parts), strict=True):
                held = next((one for one in found.values() if one.key.split(BESIDE)[0] == str(part.unit_id)), None)
                found[str(part.unit_id)] = _with_share(held, part, line.key, numbers, names)
    return tuple(sorted(found.values(), key=lambda one: (-one.turns, one.label)))


def _shares(line: Figure, parts: Sequence[Part]) -> list[tuple[int, int, int]]:
    columns = [divided(number, parts) for number in (line.classes, line.learners, line.turns)]
    return list(zip(*columns, strict=True))


def _with_share(
    held: Figure | None, part: Part, source: str, numbers: tuple[int, int, int], names: Mapping[int, str]
) -> Figure:
    base = held or Figure(str(part.unit_id), names[part.unit_id], 0, 0, 0)
    classes, learners, turns = numbers
    return replace(
        base,
        key=f"{base.key}{BESIDE}{source}",
        classes=base.classes + classes,
        learners=base.learners + learners,
        turns=base.turns + turns,
        sexes={},
        origins={},
        results={},
    )


def then_lines(sent: Iterable[Sent], names: Mapping[int, str]) -> tuple[UnitLine, ...]:
    """Return a line for each sending unit as it was, most turns first."""
    people: dict[int, list[str]] = {}
    for one in sent:
        people.setdefault(one.unit_id, []).extend(one.people)
    lines = (UnitLine(str(key), names[key], len(set(keys)), len(keys)) for key, keys in people.items())
    return tuple(sorted(lines, key=_by_turns))


def folded_lines(sent: Iterable[Sent], fold: Fold, names: Mapping[int, str]) -> tuple[UnitLine, ...]:
    """Return a line for each unit of today. People who came through different units are counted once.

    A divided unit gives its turns and its people to its parts by largest remainder.
    """
    whole: dict[int, list[str]] = {}
    behind: dict[int, dict[int, None]] = {}
    shared: dict[int, list[int]] = {}
    for parts, sources in _groups(sent, fold).items():
        keys = [key for _unit, people in sources for key in people]
        for part in parts:
            behind.setdefault(part.unit_id, {}).update(dict.fromkeys(unit for unit, _people in sources))
        if len(parts) == 1:
            whole.setdefault(parts[0].unit_id, []).extend(keys)
            continue
        for part, *numbers in zip(parts, divided(len(set(keys)), parts), divided(len(keys), parts), strict=True):
            known = shared.setdefault(part.unit_id, [0, 0])
            shared[part.unit_id] = [known[0] + numbers[0], known[1] + numbers[1]]
    lines = [_line(unit_id, whole.get(unit_id, []), shared.get(unit_id), behind[unit_id], names) for unit_id in behind]
    return tuple(sorted(lines, key=_by_turns))


def _groups(sent: Iterable[Sent], fold: Fold) -> dict[tuple[Part, ...], list[tuple[int, tuple[str, ...]]]]:
    """Return what was sent by what became of its sender, so that days of one unit are not rounded apart."""
    found: dict[tuple[Part, ...], list[tuple[int, tuple[str, ...]]]] = {}
    for one in sent:
        found.setdefault(fold.parts(one.unit_id, one.since), []).append((one.unit_id, one.people))
    return found


def _line(
    unit_id: int, keys: Sequence[str], shared: Sequence[int] | None, behind: Iterable[int], names: Mapping[int, str]
) -> UnitLine:
    learners, turns = shared or (0, 0)
    return UnitLine(
        key=BESIDE.join(map(str, behind)),
        label=names[unit_id],
        learners=len(set(keys)) + learners,
        turns=len(keys) + turns,
        is_apportioned=shared is not None,
    )


def _by_turns(line: UnitLine) -> tuple[int, str]:
    return (-line.turns, line.label)
