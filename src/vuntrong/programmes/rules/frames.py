"""Everybody at once: the tests of `truths` over a table of columns (polars), with the state of every condition."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import polars as pl

from vuntrong.programmes.rules.conditions import Condition
from vuntrong.programmes.rules.truths import (
    After,
    AllOf,
    AnyOf,
    AtMost,
    Atom,
    Holds,
    HoldsNone,
    Missing,
    OneOf,
    Row,
    Test,
)
from vuntrong.programmes.rules.verdicts import Answer, RuleSet

SETS = ("posts", "planned_posts", "completed")
"""Columns that hold a set of codes: whole numbers whose bits are the codes."""
WEIGHTS: Mapping[Answer, int] = {
    Answer.ELIGIBLE: 0,
    Answer.NEEDS_EXCEPTION: 1,
    Answer.MISSING_DATA: 2,
    Answer.NOT_ELIGIBLE: 3,
}
"""The heaviest state among the conditions of a row is the verdict."""
ANSWERS = tuple(WEIGHTS)
MOST_CODES = 63

Bits = Mapping[str, Mapping[str, int]]
"""For each set column the bit of each code."""


@dataclass(frozen=True)
class Judged:
    """A rule row as columns: `states` has a weight for each condition, in the order of the row."""

    rule: RuleSet
    verdict: pl.Expr
    states: tuple[pl.Expr, ...]


def bits_of(rules: Iterable[RuleSet], day: dt.date) -> dict[str, dict[str, int]]:
    """Give a bit to each code that the rules ask for. Raises ValueError where a column asks for more than 63."""
    codes: dict[str, set[str]] = {column: set() for column in SETS}
    for rule in rules:
        for condition in rule.conditions:
            truth = condition.truth(day)
            _collect(truth.yes, codes)
            _collect(truth.no, codes)
    if crowded := [column for column, found in codes.items() if len(found) > MOST_CODES]:
        raise ValueError(f"more than {MOST_CODES} codes in {', '.join(crowded)}")
    return {column: {code: 1 << at for at, code in enumerate(sorted(found))} for column, found in codes.items()}


def _collect(test: Test, codes: Mapping[str, set[str]]) -> None:
    if isinstance(test, AllOf | AnyOf):
        for part in test.parts:
            _collect(part, codes)
    elif isinstance(test, Holds | HoldsNone):
        codes[test.column].update(test.codes)


def mask(codes: Iterable[str], bits: Mapping[str, int]) -> int:
    """Return the number whose bits are the codes; codes without a bit do not matter to any rule."""
    return reduce(or_, (bits[code] for code in codes if code in bits), 0)


def frame_of(rows: Sequence[Row], bits: Bits) -> pl.DataFrame:
    """Return the columns of people as a table, one row each, in their order."""
    names = sorted({name for row in rows for name in row})
    return pl.DataFrame({name: _column(name, rows, bits) for name in names})


def _column(name: str, rows: Sequence[Row], bits: Bits) -> pl.Series:
    if name not in SETS:
        return pl.Series([row.get(name) for row in rows], dtype=pl.String)
    sets = [row.get(name) for row in rows]
    return pl.Series([None if one is None else mask(one, bits[name]) for one in sets], dtype=pl.Int64)


def judged(rule: RuleSet, day: dt.date, bits: Bits, columns: Iterable[str]) -> Judged:
    """Return the verdict and the state of each condition of a rule row as expressions over a table with `columns`."""
    known = frozenset(columns)
    states = tuple(_state(condition, day, bits, known) for condition in rule.conditions)
    return Judged(rule, pl.max_horizontal(pl.lit(0, pl.Int8), *states), states)


def verdict_of(rules: Sequence[RuleSet], day: dt.date, bits: Bits, columns: Iterable[str]) -> pl.Expr:
    """Return the weight of the verdict by all rows in force, as `verdicts.verdict_on` judges one person."""
    if not rules:
        return pl.lit(WEIGHTS[Answer.MISSING_DATA], pl.Int8)
    ordered = sorted(rules, key=lambda rule: rule.valid_from, reverse=True)
    known = frozenset(columns)
    newest = judged(ordered[0], day, bits, known).verdict
    older = [judged(rule, day, bits, known).verdict == 0 for rule in ordered[1:] if rule.transition]
    return pl.when(pl.any_horizontal(older)).then(pl.lit(0, pl.Int8)).otherwise(newest) if older else newest


def _state(condition: Condition, day: dt.date, bits: Bits, known: frozenset[str]) -> pl.Expr:
    truth = condition.truth(day)
    fails = WEIGHTS[Answer.NEEDS_EXCEPTION if condition.waiver else Answer.NOT_ELIGIBLE]
    unknown = WEIGHTS[Answer.ELIGIBLE if condition.ignores_unknown else Answer.MISSING_DATA]
    is_so, is_not = _compiled(truth.yes, bits, known), _compiled(truth.no, bits, known)
    weight = pl.when(is_so).then(pl.lit(0, pl.Int8)).when(is_not).then(pl.lit(fails, pl.Int8))
    return weight.otherwise(pl.lit(unknown, pl.Int8))


def _compiled(test: Test, bits: Bits, known: frozenset[str]) -> pl.Expr:
    if isinstance(test, AllOf | AnyOf):
        parts = [_compiled(part, bits, known) for part in test.parts]
        return reduce(and_ if isinstance(test, AllOf) else or_, parts, pl.lit(isinstance(test, AllOf)))
    if test.column not in known:
        return pl.lit(isinstance(test, Missing))
    return _atom(test, bits).fill_null(value=False)


def _atom(test: Atom, bits: Bits) -> pl.Expr:
    column = pl.col(test.column)
    match test:
        case Missing():
            return column.is_null()
        case OneOf(_, values):
            return column.is_in(sorted(values))
        case AtMost(_, bound):
            return column <= bound
        case After(_, bound):
            return column > bound
        case Holds(name, codes):
            return (column & mask(codes, bits[name])) != 0
        case HoldsNone(name, codes):
            return (column & mask(codes, bits[name])) == 0
