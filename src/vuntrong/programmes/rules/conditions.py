"""The conditions of a rule row: read from plain data, turned into what they say of a person on a reference day."""

import calendar
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vuntrong.programmes.rules.truths import (
    After,
    AnyOf,
    AtMost,
    Missing,
    OneOf,
    Truth,
    both,
    either,
    holds,
    negated,
    one_of,
)

Says = Callable[[dt.date], Truth]
SEXES = ("female", "male")
DEGREES = (
    "none",
    "lower-secondary",
    "upper-secondary",
    "vocational",
    "college",
    "university",
    "master",
    "doctor",
)
LEVELS = ("none", "so-cap", "trung-cap", "cao-cap", "cu-nhan")
GRADES = ("failed", "completed", "good", "excellent")
PARTY = ("none", "probationary", "full")
"""Scales, lowest first; the words are those of registry.enums."""


class BadCondition(ValueError):
    """A condition that cannot be read; `code` is unknown-kind, missing-value or bad-value, `name` the value meant."""

    def __init__(self, code: str, kind: str, name: str = "") -> None:
        self.code, self.kind, self.name = code, kind, name
        super().__init__(f"{code}: {kind} {name}".strip())


@dataclass(frozen=True)
class Condition:
    """One condition of a rule row. `values` are the words of its kind, told at the readers below."""

    kind: str
    values: Mapping[str, Any]
    waiver: str = ""
    """Who may let somebody attend who fails this condition only; empty where nobody may."""
    ignores_unknown: bool = False
    """Whether missing data may be passed over: the condition then only speaks where something is known."""
    confidence: str = ""
    """Overrides the confidence of the row: seen or unverified."""
    truth: "Says" = field(compare=False, repr=False, default=lambda _day: both())
    """What the condition says of a person on a reference day."""


def read_condition(data: Mapping[str, Any]) -> Condition:
    """Read one condition of a rule row. Raises BadCondition."""
    kind = str(data.get("kind", ""))
    if kind not in READERS:
        raise BadCondition("unknown-kind", kind)
    try:
        truth = READERS[kind](data)
    except KeyError as error:
        raise BadCondition("missing-value", kind, str(error.args[0])) from None
    except (TypeError, ValueError) as error:
        raise BadCondition("bad-value", kind, str(error)) from None
    words = {"waiver", "ignores_unknown", "confidence"}
    rest = {name: value for name, value in data.items() if name not in {"kind", *words}}
    return Condition(kind, rest, truth=truth, **{name: data[name] for name in words & data.keys()})


def read_conditions(rows: Sequence[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """Read the conditions of a row in their order. Raises BadCondition."""
    return tuple(read_condition(row) for row in rows)


def at_least(scale: Sequence[str], lowest: str) -> frozenset[str]:
    """Return the words of a scale from `lowest` upward. Raises ValueError for a word that is not on it."""
    return frozenset(scale[scale.index(lowest) :])


def birth_bound(day: dt.date, years: int) -> str:
    """Return the last birth date (ISO text) of somebody who is `years` old on `day`.

    Partial dates are filled to -31 when compared (see `facts`), so the bound of a month's last day is -31 as well.
    Somebody born on 29 February comes of age on 1 March of a common year.
    """
    year = day.year - years
    last = calendar.monthrange(year, day.month)[1]
    return f"{year:04d}-{day.month:02d}-{31 if day.day >= last else day.day:02d}"


def months_before(day: dt.date, months: int) -> str:
    """Return the day (ISO text) that lies whole months before `day`, its bound filled as `birth_bound` does."""
    number = day.year * 12 + day.month - 1 - months
    year, month = divmod(number, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return f"{year:04d}-{month + 1:02d}-{31 if day.day >= last else day.day:02d}"


def _age(data: Mapping[str, Any]) -> Says:
    """Read `female` and `male`: the least age in full years."""
    years = {sex: int(data[sex]) for sex in SEXES}
    return lambda day: _by_sex({sex: _born_by(birth_bound(day, years[sex])) for sex in SEXES})


def _age_at_most(data: Mapping[str, Any]) -> Says:
    """Read `female` and `male`: the greatest age in full years."""
    years = {sex: int(data[sex]) + 1 for sex in SEXES}
    return lambda day: _by_sex({sex: negated(_born_by(birth_bound(day, years[sex]))) for sex in SEXES})


def _by_sex(truths: Mapping[str, Truth]) -> Truth:
    """Return what holds for the person's sex; where the sex is not known, what holds for both."""
    sexes = frozenset(SEXES)
    chosen = [both(one_of("sex", frozenset({sex}), sexes), truth) for sex, truth in truths.items()]
    return either(*chosen, both(*truths.values()))


def _born_by(bound: str) -> Truth:
    return Truth(AtMost("born_last", bound), After("born_first", bound))


def _party(data: Mapping[str, Any]) -> Says:
    """Read `status`: the standings in the Party that are enough."""
    truth = one_of("party_status", _known(data["status"], PARTY), frozenset(PARTY))
    return lambda _day: truth


def _party_time(data: Mapping[str, Any]) -> Says:
    """Read `since` (probationary or full) and `months`: time in the Party."""
    since, months = str(data["since"]), int(data["months"])
    _known([since], PARTY)

    def says(day: dt.date) -> Truth:
        bound = months_before(day, months)
        return Truth(AtMost(f"{since}_last", bound), After(f"{since}_first", bound))

    return says


def _degree(data: Mapping[str, Any]) -> Says:
    """Read `at_least`, and the lower degrees that are enough: `minority_at_least`, `hard_area_at_least`."""
    truth = _degree_from(data["at_least"])
    if lower := data.get("minority_at_least"):
        minority = one_of("minority", frozenset({"yes"}), frozenset({"yes", "no"}))
        truth = either(truth, both(minority, _degree_from(lower)))
    if lower := data.get("hard_area_at_least"):
        truth = either(truth, both(_in_hard_area(), _degree_from(lower)))
    return lambda _day: truth


def _degree_from(lowest: str) -> Truth:
    return one_of("degree", at_least(DEGREES, lowest), frozenset(DEGREES))


def _in_hard_area() -> Truth:
    """An area counts as hard only where somebody said so."""
    return Truth(OneOf("hard_area", frozenset({"yes"})), AnyOf((Missing("hard_area"), OneOf("hard_area", _NO))))


_NO = frozenset({"no"})


def _gradings(data: Mapping[str, Any]) -> Says:
    """Read `years` and `at_least`: the gradings of the years just before the year of the reference day."""
    years, enough = int(data["years"]), at_least(GRADES, data["at_least"])

    def says(day: dt.date) -> Truth:
        wanted = [f"grading:{day.year - back}" for back in range(1, years + 1)]
        return both(*(one_of(column, enough, frozenset(GRADES)) for column in wanted))

    return says


def _posts(data: Mapping[str, Any]) -> Says:
    """Read `serving` and `planned`: codes of posts of which one must be held, or planned for the person."""
    serving, planned = frozenset(data.get("serving", ())), frozenset(data.get("planned", ()))
    if not serving | planned:
        raise KeyError("serving")
    ways = [holds("posts", serving)] if serving else []
    ways += [holds("planned_posts", planned)] if planned else []
    truth = either(*ways)
    return lambda _day: truth


def _level(data: Mapping[str, Any]) -> Says:
    """Read `at_least`: the political-theory level that must be held already."""
    truth = one_of("llct_level", at_least(LEVELS, data["at_least"]), frozenset(LEVELS))
    return lambda _day: truth


def _level_below(data: Mapping[str, Any]) -> Says:
    """Read `level`: nobody who holds it or a higher one needs the programme."""
    truth = negated(one_of("llct_level", at_least(LEVELS, data["level"]), frozenset(LEVELS)))
    return lambda _day: truth


def _completed(data: Mapping[str, Any]) -> Says:
    """Read `programmes`: codes of which one must have been completed."""
    truth = holds("completed", frozenset(data["programmes"]))
    return lambda _day: truth


def _not_completed(data: Mapping[str, Any]) -> Says:
    """Read `programmes`: codes of which none may have been completed."""
    truth = negated(holds("completed", frozenset(data["programmes"])))
    return lambda _day: truth


def _interval(data: Mapping[str, Any]) -> Says:
    """Read `programmes` and `months`: least time since the last of them ended; who never attended any has waited."""
    columns = [f"ended:{code}" for code in data["programmes"]]
    months = int(data["months"])

    def says(day: dt.date) -> Truth:
        bound = months_before(day, months)
        return both(*(_never_or_by(column, bound) for column in columns))

    return says


def _never_or_by(column: str, bound: str) -> Truth:
    return Truth(AnyOf((Missing(column), AtMost(column, bound))), After(column, bound))


def _not_studying(_data: Mapping[str, Any]) -> Says:
    """Nobody sits in two classes at the same time."""
    truth = Truth(AnyOf((Missing("studying"), OneOf("studying", _NO))), OneOf("studying", frozenset({"yes"})))
    return lambda _day: truth


def _known(words: Sequence[str], scale: Sequence[str]) -> frozenset[str]:
    """Return the words as a set. Raises ValueError for one that is not on the scale."""
    if unknown := set(words) - set(scale):
        raise ValueError(", ".join(sorted(unknown)))
    return frozenset(words)


READERS: Mapping[str, Callable[[Mapping[str, Any]], Says]] = {
    "age": _age,
    "age-at-most": _age_at_most,
    "party": _party,
    "party-time": _party_time,
    "degree": _degree,
    "gradings": _gradings,
    "posts": _posts,
    "level": _level,
    "level-below": _level_below,
    "completed": _completed,
    "not-completed": _not_completed,
    "interval": _interval,
    "not-studying": _not_studying,
}
