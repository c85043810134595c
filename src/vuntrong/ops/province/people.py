"""Who works where in the province, how old, of which sex and group, with which education and standing."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from vuntrong.ops.province.bodies import NOBODY, Layout, Workplace
from vuntrong.ops.province.files import read
from vuntrong.ops.province.names import KINH, Name, Namer
from vuntrong.registry.enums import Degree, PoliticalLevel

TWIN, NEAR_TWIN = 0.004, 0.002
"""Shares of people who are entered twice: with the same birth date elsewhere, or misspelt in the same unit."""
UNKNOWN = {"degree": 0.05, "level": 0.06, "ethnicity": 0.04, "religion": 0.2}
"""Shares of people of whom the papers do not say it."""
OLDEST_AT_WORK = 61
LARGEST = 130
"""Communes of a province for which the weights of careers.json are meant."""


@dataclass(slots=True)
class Draft:
    """Somebody before she is written. Years are 0 and texts empty where there is nothing or nothing is known."""

    number: int
    """In the province, from 1: the same on every engine."""
    place: int
    """Number of the workplace in the layout."""
    commune: int
    post: str
    post_code: str
    group: str
    name: Name
    female: bool
    year: int
    """Of birth."""
    month: int
    day: int
    born: str
    """As written, where that is settled."""
    ethnicity: int
    religion: int | None
    start: int
    """Year in which she came to her workplace."""
    career: int
    """Year in which she began to work."""
    party: int
    """Year of admission to the Party."""
    degree: str
    level: str
    level_year: int
    state: str
    """Level of state management."""
    state_year: int
    left: int
    """Year in which she retired or moved away."""


@dataclass(frozen=True)
class _Odds:
    """A table of the group, ready for the dice."""

    items: Sequence[str]
    sums: Sequence[float]


def make_people(layout: Layout, dice: random.Random) -> Iterator[Draft]:
    """Yield the people of the province, workplace by workplace, deterministically."""
    maker = Maker(dice, Namer(layout.size.region, dice), layout.size.until.year)
    made = 0
    for at, (place, posts) in enumerate(zip(layout.workplaces, _posts(layout), strict=True)):
        for post in posts[: layout.size.people - made]:
            made += 1
            yield maker.person(made, at, place, post)


def _posts(layout: Layout) -> Iterator[list[Sequence[str]]]:
    """Yield the posts of each workplace: its leaders, then its staff by weight, so that the people add up."""
    careers, places = read("careers")["workplaces"], layout.workplaces
    weights = [_weight(layout, place, careers[place.kind]) for place in places]
    left = layout.size.people - sum(len(careers[place.kind]["leaders"]) for place in places)
    counts = _shared(max(0, left), weights, [careers[place.kind].get("staff_most") for place in places])
    for place, count in zip(places, counts, strict=True):
        leaders, staff = careers[place.kind]["leaders"], careers[place.kind]["staff"]
        yield [*leaders, *(staff[at % len(staff)] for at in range(count))]


def _weight(layout: Layout, place: Workplace, career: Mapping[str, Any]) -> float:
    """Return the weight of a workplace; the bodies of a small province are smaller, its communes are fewer."""
    return float(career["weight"]) * (layout.size.communes / LARGEST if place.commune == NOBODY else 1)


def _shared(total: int, weights: Sequence[float], most: Sequence[int | None]) -> list[int]:
    """Share `total` by weight; who has a most gets no more, the others take the rest."""
    whole = sum(weights) or 1.0
    capped = [
        None if cap is None else min(cap, round(total * weight / whole))
        for weight, cap in zip(weights, most, strict=True)
    ]
    rest = total - sum(count for count in capped if count is not None)
    free = [0.0 if count is not None else weight for weight, count in zip(weights, capped, strict=True)]
    sums = list(accumulate(free))
    upto = [round(rest * so_far / (sums[-1] or 1.0)) for so_far in sums]
    freely = [here - before for before, here in zip([0, *upto], upto, strict=False)]
    return [own if count is None else count for count, own in zip(capped, freely, strict=True)]


def _groups() -> dict[str, dict[str, Any]]:
    """Return the groups with their tables ready for the dice."""
    tables = ("degrees", "levels", "state")
    return {
        name: {**row, **{table: _Odds(list(row[table]), list(accumulate(row[table].values()))) for table in tables}}
        for name, row in read("careers")["groups"].items()
    }


@dataclass(frozen=True)
class Who:
    """Whom a life is made up for."""

    name: Name
    female: bool
    year: int
    month: int
    day: int
    ethnicity: int
    born: str = ""
    """Birth date as it is written, where that is settled; empty lets the dice decide how much of it is known."""


class Maker:
    """Rolls the dice for one person after another."""

    def __init__(self, dice: random.Random, namer: Namer, today: int) -> None:
        self.dice, self.roll, self.namer, self.today = dice, dice.random, namer, today
        self.groups = _groups()
        self.last: Draft | None = None

    def person(self, number: int, at: int, place: Workplace, post: Sequence[str]) -> Draft:
        """Return somebody new at a workplace."""
        group, roll = self.groups[post[2]], self.roll
        youngest, oldest = group["age"]
        year = self.today - youngest - int(roll() * (oldest - youngest + 1))
        female = roll() < group["women"]
        ethnicity = self.namer.ethnicity()
        name = self.namer.name(ethnicity, female=female)
        who = Who(name, female, year, 1 + int(roll() * 12), 1 + int(roll() * 28), ethnicity)
        return self._doubled(self.life(number, (at, place.commune), post, who))

    def life(self, number: int, place: tuple[int, int], post: Sequence[str], who: Who) -> Draft:
        """Return what somebody has done so far; `place` holds the numbers of workplace and commune."""
        group, roll, year = self.groups[post[2]], self.roll, who.year
        career = year + (19 if group["audience"] in {"cells", "youth"} else 22) + int(roll() * 4)
        career = min(career, self.today)
        draft = Draft(
            number=number,
            place=place[0],
            commune=place[1],
            post=post[0],
            post_code=post[1],
            group=post[2],
            name=who.name,
            female=who.female,
            year=year,
            month=who.month,
            day=who.day,
            born=who.born,
            ethnicity=0 if roll() < UNKNOWN["ethnicity"] else who.ethnicity,
            religion=None if roll() < UNKNOWN["religion"] else self.namer.religion(),
            start=min(self.today, career + int(roll() * (self.today - career + 1))),
            career=career,
            party=self._party(group, year, career),
            degree="" if roll() < UNKNOWN["degree"] else _drawn(roll, group["degrees"]),
            level="" if roll() < UNKNOWN["level"] else _drawn(roll, group["levels"]),
            level_year=0,
            state=_drawn(roll, group["state"]),
            state_year=0,
            left=self._left(group, year),
        )
        self.date_levels(draft)
        return draft

    def _party(self, group: Mapping[str, Any], year: int, career: int) -> int:
        """Return the year of admission, of age and mostly some years after the beginning of work; 0 for nobody's."""
        if self.roll() >= group["party"]:
            return 0
        latest = self.today - 1 - int(self.roll() * 12)
        first = max(year + 19, min(latest, career + int(self.roll() * 9)))
        return first if first < self.today else 0

    def _left(self, group: Mapping[str, Any], year: int) -> int:
        if group["audience"] not in {"cells", "youth"} and self.today - year >= OLDEST_AT_WORK - 1:
            return self.today - 1 - int(self.roll() * 2)
        return self.today - 1 - int(self.roll() * 6) if self.roll() < 0.03 else 0

    def date_levels(self, draft: Draft) -> None:
        """Say when the levels were reached; what cannot have been reached by that age is not held."""
        dates = {PoliticalLevel.ELEMENTARY: 24, PoliticalLevel.INTERMEDIATE: 28, PoliticalLevel.BACHELOR: 30}
        dates[PoliticalLevel.ADVANCED] = 35
        if draft.level and draft.level != PoliticalLevel.NONE:
            youngest = draft.year + dates[PoliticalLevel(draft.level)]
            if draft.level == PoliticalLevel.ELEMENTARY:
                first = max(youngest, draft.career)
            else:
                first = max(youngest, draft.party + 1 if draft.party else youngest, draft.career + 2)
            draft.level_year = self._year_from(first, 12)
            if not draft.level_year or (draft.level != PoliticalLevel.ELEMENTARY and not draft.party):
                draft.level, draft.level_year = PoliticalLevel.NONE, 0
        if draft.state:
            draft.state_year = self._year_from(draft.career + (9 if "chinh" in draft.state else 2), 10)
            draft.state = draft.state if draft.state_year else ""
        if draft.degree in {Degree.MASTER, Degree.DOCTOR} and self.today - draft.year < 27:
            draft.degree = Degree.UNIVERSITY

    def _year_from(self, first: int, spread: int) -> int:
        """Return a year not before `first`, not after today; 0 where there is none."""
        if first > self.today:
            return 0
        return first + int(self.roll() * (min(self.today, first + spread) - first + 1))

    def _doubled(self, draft: Draft) -> Draft:
        """Now and then let the person be the one before once more, as registries of many offices have them."""
        before, self.last = self.last, draft
        if before is None or before.female != draft.female:
            return draft
        share = self.roll()
        if share < TWIN + NEAR_TWIN:
            draft.name, draft.ethnicity = before.name, before.ethnicity
            draft.year, draft.month, draft.day = before.year, before.month, before.day
            for name in ("career", "start", "party", "level", "level_year", "state", "state_year", "left"):
                setattr(draft, name, getattr(before, name))
            if share > TWIN and draft.ethnicity == KINH:
                draft.name = Name(_misspelt(before.name.full), 1, 1)
        return draft


def _misspelt(name: str) -> str:
    """Return the name as another office typed it: a middle name written otherwise."""
    words = name.split()
    words[1:-1] = ["Thu" if words[1:-1] == ["Thị"] else "Thị"] if "Thị" in words else [*words[1:-1], "Văn"][:1]
    return " ".join(words)


def _drawn(roll: Callable[[], float], odds: _Odds) -> str:
    """Return an item of the table."""
    mark = roll() * odds.sums[-1]
    for item, so_far in zip(odds.items, odds.sums, strict=True):
        if mark < so_far:
            return item
    return odds.items[-1]
