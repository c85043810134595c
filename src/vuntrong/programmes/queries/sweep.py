"""Everybody against the rules of programmes at once, and the reasons of those whom somebody looks at."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import polars as pl
from django.db.models import QuerySet

from vuntrong.programmes.queries.columns import table_of
from vuntrong.programmes.queries.rules import rules_for
from vuntrong.programmes.rules.frames import ANSWERS, SETS, Bits, bits_of, judged, verdict_of
from vuntrong.programmes.rules.truths import Row, columns_of
from vuntrong.programmes.rules.verdicts import Answer, RuleSet, Verdict, verdict_on
from vuntrong.registry.models import Person

Course = tuple[str, str]
"""Code of a programme and mode."""


@dataclass(frozen=True)
class Sweep:
    """What the rules of a day say of many people.

    `verdicts` has a row for each person: `id`, `unit`, a weight (an index of frames.ANSWERS) named programme/mode for
    each course, and for each condition of its newest row a weight named programme/mode/number. `table` has the columns
    that the conditions read.
    """

    day: dt.date
    courses: Mapping[Course, Sequence[RuleSet]]
    bits: Bits
    table: pl.DataFrame
    verdicts: pl.DataFrame

    def rows(self, ids: Collection[int] | None = None) -> Iterator[tuple[int, Row]]:
        """Return the columns of people, of all by default, as `verdicts.verdict_on` reads them."""
        chosen = self.table if ids is None else self.table.filter(pl.col("id").is_in(list(ids)))
        decode = lru_cache(maxsize=None)(self._codes)
        sets = [name for name in SETS if name in chosen.columns]
        for row in chosen.iter_rows(named=True):
            for name in sets:
                row[name] = None if row[name] is None else decode(name, row[name])
            yield row["id"], row

    def explained(self, course: Course, ids: Collection[int] | None = None) -> Iterator[tuple[int, Verdict]]:
        """Return the verdicts with their reasons."""
        rules = self.courses[course]
        for key, row in self.rows(ids):
            yield key, verdict_on(rules, row, self.day)

    def verdict(self, course: Course, key: int) -> Verdict:
        """Return the verdict on one person with its reasons. Raises KeyError for somebody who was not judged."""
        return verdict_on(self.courses[course], self.row(key), self.day)

    def row(self, key: int) -> Row:
        """Return the columns of one person. Raises KeyError for somebody who was not judged."""
        row = self.table.row(self._places[key], named=True)
        sets = [name for name in SETS if row.get(name) is not None]
        return row | {name: self._codes(name, row[name]) for name in sets}

    def counts(self, course: Course) -> dict[Answer, int]:
        """Return how many people got each answer."""
        found = dict(self.verdicts.group_by("/".join(course)).len().iter_rows())
        return {answer: found.get(weight, 0) for weight, answer in enumerate(ANSWERS)}

    @cached_property
    def _places(self) -> dict[int, int]:
        return {key: at for at, key in enumerate(self.table["id"])}

    def _codes(self, column: str, number: int) -> frozenset[str]:
        return frozenset(code for code, bit in self.bits[column].items() if number & bit)


def sweep(
    people: QuerySet[Person], sets: dict[Course, list[RuleSet]], courses: Collection[Course], day: dt.date
) -> Sweep:
    """Judge `people` by the rules in force on `day` for each course. As many queries as `columns.table_of`."""
    chosen = {course: rules_for(sets, *course) for course in courses}
    every = {rule.row_id: rule for rules in chosen.values() for rule in rules}.values()
    bits = bits_of(every, day)
    table = table_of(people, _columns(every, day), day, bits)
    known = frozenset(table.columns)
    expressions = [one for course, rules in chosen.items() for one in _expressions(course, rules, day, bits, known)]
    verdicts = table.lazy().select("id", "unit", *expressions).collect()
    return Sweep(day, chosen, bits, table, verdicts)


def _columns(rules: Collection[RuleSet], day: dt.date) -> frozenset[str]:
    truths = [condition.truth(day) for rule in rules for condition in rule.conditions]
    return frozenset().union(*(columns_of(truth.yes) | columns_of(truth.no) for truth in truths))


def _expressions(
    course: Course, rules: Sequence[RuleSet], day: dt.date, bits: Bits, known: frozenset[str]
) -> list[Any]:
    name = "/".join(course)
    found = [verdict_of(rules, day, bits, known).alias(name)]
    if rules:
        newest = max(rules, key=lambda rule: rule.valid_from)
        states = judged(newest, day, bits, known).states
        found += [state.alias(f"{name}/{number}") for number, state in enumerate(states)]
    return found
