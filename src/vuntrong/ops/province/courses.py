"""Which classes the school, the centres and the Department of Home Affairs hold in a year, and who sits in them."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from vuntrong.ops.province.bodies import NOBODY, Layout, Owner
from vuntrong.ops.province.files import read
from vuntrong.ops.province.people import Draft
from vuntrong.registry.enums import PoliticalLevel, StateManagementLevel

Row = Mapping[str, Any]
SHARES = {"centre": 72, "school": 16, "home_affairs": 12}
"""How the classes of a year fall on the kinds of owners, those for a level apart."""
LEVEL_COURSES: Mapping[str, str] = {
    PoliticalLevel.ELEMENTARY: "elementary",
    PoliticalLevel.INTERMEDIATE: "intermediate",
    StateManagementLevel.SPECIALIST: "specialist",
    StateManagementLevel.PRINCIPAL: "principal",
}
"""Which course of ours leads to a level."""
FEWEST, MOST = 8, 200
"""Learners of the smallest and of the largest class, those for a level apart."""
OLDEST_LEARNER = 72


@dataclass(slots=True)
class Course:
    """A class to be: who holds what when, for whom."""

    owner: int
    """Number of the owner in the layout."""
    row: Row
    """Of courses.json."""
    code: str
    number: int
    start: dt.date
    end: dt.date
    learners: Sequence[int]
    """Numbers of the drafts."""
    is_level: bool
    """Everybody in it reached the level that it leads to."""


@dataclass
class _Pools:
    """Who may sit in the classes of a year: by commune and audience, and those who reached a level in that year."""

    by_audience: dict[tuple[int, str], list[int]] = field(default_factory=dict)
    special: dict[tuple[int, str], list[int]] = field(default_factory=dict)

    def add(self, key: int, draft: Draft, audience: str, year: int) -> None:
        """Note one person."""
        self.by_audience.setdefault((draft.commune, audience), []).append(key)
        for kind in _special_kinds(draft, year):
            self.special.setdefault((draft.commune, kind), []).append(key)


def _special_kinds(draft: Draft, year: int) -> Iterator[str]:
    """Yield the courses that the person needed in the year to have what she has."""
    if draft.level_year == year and draft.level in LEVEL_COURSES:
        yield LEVEL_COURSES[draft.level]
    if draft.state_year == year and draft.state in LEVEL_COURSES:
        yield LEVEL_COURSES[draft.state]
    if draft.party == year:
        yield "new_members"
    elif draft.party == year + 1:
        yield "awareness"


class Calendar:
    """Draws the classes of one year after another."""

    def __init__(self, layout: Layout, drafts: Sequence[Draft], dice: random.Random) -> None:
        self.layout, self.drafts, self.dice = layout, drafts, dice
        self.groups = {name: row["audience"] for name, row in read("careers")["groups"].items()}
        self.data = read("courses")

    def year(self, year: int) -> list[Course]:
        """Return the classes of a year in the order of their owners and days."""
        pools = self._pools(year)
        windows = dict(self._windows(year))
        numbers: Counter[tuple[int, str]] = Counter()
        found = list(self._level_courses(pools, windows, numbers))
        seats = self.layout.size.seats - sum(len(one.learners) for one in found)
        found += self._other_courses(pools, windows, numbers, max(0, self.layout.size.classes - len(found)), seats)
        return sorted(found, key=lambda one: (one.owner, one.start, one.code))

    def _pools(self, year: int) -> _Pools:
        pools, groups = _Pools(), self.groups
        for key, draft in enumerate(self.drafts):
            is_there = draft.career <= year and (not draft.left or year < draft.left)
            if is_there and year - draft.year <= OLDEST_LEARNER:
                pools.add(key, draft, groups[draft.group], year)
        return pools

    def _windows(self, year: int) -> Iterator[tuple[int, tuple[dt.date, dt.date]]]:
        """Yield the owners that exist in the year with the days on which their classes may begin."""
        for at, owner in enumerate(self.layout.owners):
            first = max(dt.date(year, 1, 8), owner.since or dt.date.min)
            last = min(dt.date(year, 12, 15), owner.until or dt.date.max)
            if (last - first).days > 20:
                yield at, (first, last - dt.timedelta(days=14))

    def _level_courses(
        self, pools: _Pools, windows: Mapping[int, tuple[dt.date, dt.date]], numbers: Counter[tuple[int, str]]
    ) -> Iterator[Course]:
        """Yield the classes in which people reached their level: whoever the owner serves, in classes of even size."""
        seen: Counter[tuple[int, str]] = Counter()
        for at, window in windows.items():
            owner = self.layout.owners[at]
            later = any(one.since and one.since > window[1] for one in self._rivals(owner, windows))
            for kind in _kinds_of(owner.kind):
                row, waiting = self.data["special"][kind], []
                for commune in self._communes(owner, kind):
                    people = pools.special.get((commune, kind), [])
                    start = seen[commune, kind]
                    end = len(people) // 2 if later else len(people)
                    waiting += people[start:end]
                    seen[commune, kind] = max(start, end)
                for learners in _even(waiting, row["size"]):
                    yield self._course(at, row, window, numbers, learners, is_level=True)

    def _rivals(self, owner: Owner, windows: Mapping[int, tuple[dt.date, dt.date]]) -> list[Owner]:
        return [self.layout.owners[at] for at in windows if self.layout.owners[at].kind == owner.kind]

    def _communes(self, owner: Owner, kind: str) -> Sequence[int]:
        """Return the communes whose people come: all for the province's own courses, else those the owner serves."""
        if kind in {"intermediate", "specialist", "principal"}:
            return range(NOBODY, self.layout.size.communes)
        return owner.communes or (NOBODY,)

    def _other_courses(
        self,
        pools: _Pools,
        windows: Mapping[int, tuple[dt.date, dt.date]],
        numbers: Counter[tuple[int, str]],
        count: int,
        seats: int,
    ) -> Iterator[Course]:
        """Yield `count` classes that use up the seats, the larger or smaller as the dice say."""
        owners = [at for at in windows if self._weight(at, windows) > 0]
        sums = list(accumulate(self._weight(at, windows) for at in owners))
        queues: dict[tuple[int, str], _Queue] = {}
        for left in range(count, 0, -1):
            at = self.dice.choices(owners, cum_weights=sums)[0]
            owner = self.layout.owners[at]
            rows = self.data[owner.kind]
            row = self.dice.choices(rows, [one["weight"] for one in rows])[0]
            wanted = int(seats / left * (0.55 + 0.9 * self.dice.random())) if left > 1 else seats
            queue = self._queue(queues, pools, at, row["audience"])
            learners = queue.take(min(MOST, max(FEWEST, wanted)))
            seats -= len(learners)
            yield self._course(at, row, windows[at], numbers, learners, is_level=False)

    def _weight(self, at: int, windows: Mapping[int, tuple[dt.date, dt.date]]) -> float:
        """Return the share of an owner among all of the year: by its kind, its days and the communes that it serves."""
        owner, (first, last) = self.layout.owners[at], windows[at]
        communes = len(owner.communes) / self.layout.size.communes if owner.communes else 1.0
        return SHARES[owner.kind] * communes * (last - first).days / 365

    def _queue(self, queues: dict[tuple[int, str], "_Queue"], pools: _Pools, at: int, audience: str) -> "_Queue":
        """Return those whom an owner calls to courses for an audience; where they are few, everybody it serves."""
        key = at, audience
        if key not in queues:
            communes = self.layout.owners[at].communes or range(NOBODY, self.layout.size.communes)
            audiences = sorted(set(self.groups.values())) if audience == "all" else [audience]
            people = [one for c in communes for kind in audiences for one in pools.by_audience.get((c, kind), ())]
            if len(people) < FEWEST and audience != "all":
                return self._queue(queues, pools, at, "all")
            self.dice.shuffle(people)
            queues[key] = _Queue(people)
        return queues[key]

    def _course(
        self,
        at: int,
        row: Row,
        window: tuple[dt.date, dt.date],
        numbers: Counter[tuple[int, str]],
        learners: Sequence[int],
        *,
        is_level: bool,
    ) -> Course:
        first, last = window
        latest = min(last, dt.date(first.year, 12, 20) - dt.timedelta(days=row["days"]) if is_level else last)
        start = first + dt.timedelta(days=int(self.dice.random() * max(1, (latest - first).days)))
        numbers[at, row["code"]] += 1
        number = numbers[at, row["code"]]
        end = start + dt.timedelta(days=row["days"] - 1)
        return Course(at, row, f"{row['code']} {number:02d}", number, start, end, learners, is_level)


@dataclass
class _Queue:
    """People called in turn: a class never has somebody twice, the next class has others."""

    people: Sequence[int]
    at: int = 0

    def take(self, wanted: int) -> list[int]:
        """Return the next ones, all where there are not so many."""
        if wanted >= len(self.people):
            return list(self.people)
        begin, self.at = self.at, (self.at + wanted) % len(self.people)
        taken = list(self.people[begin : begin + wanted])
        return taken if len(taken) == wanted else taken + list(self.people[: wanted - len(taken)])


def _kinds_of(owner_kind: str) -> Sequence[str]:
    """Return the courses for a level that a kind of owner holds; the school also takes the province's own people."""
    own = {
        "school": ("intermediate", "new_members", "awareness"),
        "home_affairs": ("specialist", "principal"),
        "centre": ("elementary", "new_members", "awareness"),
    }
    return own[owner_kind]


def _even(people: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Yield the people in groups of about `size`, all of nearly the same size."""
    groups = max(1, round(len(people) / size)) if people else 0
    for at in range(groups):
        yield people[at * len(people) // groups : (at + 1) * len(people) // groups]
