"""What a condition says of a person: yes, no, or not known, as plain tests over the columns of a person.

Three back ends read these tests (one person here, a table in `frames`, the database in `queries.eligibility`), so they
are few, and none of them is ever "not known" itself: a test over a column without a value is false, `Missing` apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Value = str | frozenset[str] | None
"""What a column holds: a text, a set of codes, or nothing (not known)."""
Row = Mapping[str, Value]
"""The columns of one person; an absent key is not known."""


@dataclass(frozen=True)
class Missing:
    """Nothing is known of the column."""

    column: str


@dataclass(frozen=True)
class OneOf:
    """The text of the column is among the values."""

    column: str
    values: frozenset[str]


@dataclass(frozen=True)
class AtMost:
    """The text of the column stands at or before the bound, letter by letter (ISO dates)."""

    column: str
    bound: str


@dataclass(frozen=True)
class After:
    """The text of the column stands after the bound, letter by letter."""

    column: str
    bound: str


@dataclass(frozen=True)
class Holds:
    """The set of the column holds at least one of the codes."""

    column: str
    codes: frozenset[str]


@dataclass(frozen=True)
class HoldsNone:
    """The set of the column is known and holds none of the codes."""

    column: str
    codes: frozenset[str]


@dataclass(frozen=True)
class AllOf:
    """Every part is true; true without parts."""

    parts: tuple["Test", ...]


@dataclass(frozen=True)
class AnyOf:
    """Some part is true; false without parts."""

    parts: tuple["Test", ...]


Atom = Missing | OneOf | AtMost | After | Holds | HoldsNone
Test = Atom | AllOf | AnyOf


@dataclass(frozen=True)
class Truth:
    """When something is surely so and when it is surely not; neither means not known. Never both."""

    yes: Test
    no: Test


def both(*truths: Truth) -> Truth:
    """Return whether all are so: one sure no is enough for no."""
    return Truth(AllOf(tuple(one.yes for one in truths)), AnyOf(tuple(one.no for one in truths)))


def either(*truths: Truth) -> Truth:
    """Return whether any is so: one sure yes is enough for yes."""
    return Truth(AnyOf(tuple(one.yes for one in truths)), AllOf(tuple(one.no for one in truths)))


def negated(truth: Truth) -> Truth:
    """Return the opposite; what is not known stays so."""
    return Truth(truth.no, truth.yes)


def one_of(column: str, values: frozenset[str], universe: frozenset[str]) -> Truth:
    """Return whether the column says one of `values`, of all that it may say."""
    return Truth(OneOf(column, values), OneOf(column, universe - values))


def holds(column: str, codes: frozenset[str]) -> Truth:
    """Return whether the set of the column holds one of `codes`."""
    return Truth(Holds(column, codes), HoldsNone(column, codes))


def is_true(test: Test, row: Row) -> bool:
    """Say whether a test is true of one person."""
    if isinstance(test, AllOf):
        return all(is_true(part, row) for part in test.parts)
    if isinstance(test, AnyOf):
        return any(is_true(part, row) for part in test.parts)
    value = row.get(test.column)
    if isinstance(test, Missing) or value is None:
        return isinstance(test, Missing) and value is None
    return _is_true_of_set(test, value) if isinstance(value, frozenset) else _is_true_of_text(test, value)


def _is_true_of_set(test: Atom, value: frozenset[str]) -> bool:
    if isinstance(test, Holds):
        return bool(value & test.codes)
    return isinstance(test, HoldsNone) and not value & test.codes


def _is_true_of_text(test: Atom, value: str) -> bool:
    if isinstance(test, OneOf):
        return value in test.values
    if isinstance(test, AtMost):
        return value <= test.bound
    return isinstance(test, After) and value > test.bound


def columns_of(test: Test) -> frozenset[str]:
    """Return the columns that a test reads."""
    if isinstance(test, AllOf | AnyOf):
        return frozenset().union(*(columns_of(part) for part in test.parts))
    return frozenset({test.column})
