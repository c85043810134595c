"""What the figures of a report are: classes (lớp), learners (người) and turns (lượt), each counted, none typed."""

import datetime as dt
import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from vuntrong.kernel.numbers import shares_to_hundred
from vuntrong.reports.enums import Dimension, Result
from vuntrong.reports.rules.periods import ReportPeriod


@dataclass(frozen=True)
class ClassFacts:
    """One held class of the scope. Labels are the words of that day; `audience` is that of its plan line, or empty."""

    id: int
    code: str
    name: str
    programme_id: int
    programme: str
    kind: str
    mode: str
    side: str
    audience: str
    owner_id: int
    owner: str
    opened_on: dt.date
    position: int | None
    """Place of its line in the plan; null for a class outside the plan."""


@dataclass(frozen=True)
class Turns:
    """The counted enrolments of one class: keys of the people and results.

    Built up row by row, for speed. A person is enrolled once in a class, so that its people and turns are equal.
    """

    people: list[str]
    results: dict[str, int]

    def add(self, people: list[str], result: str) -> None:
        """Add the turns with one result."""
        self.people.extend(people)
        self.results[result] = self.results.get(result, 0) + len(people)


@dataclass(frozen=True)
class Figure:
    """One line of a table. `learners` counts people once in the line; only classes and turns add up over lines."""

    key: str
    label: str
    classes: int
    learners: int
    turns: int
    planned_classes: int | None = None
    """Null where the plan says nothing about this line."""
    planned_learners: int | None = None
    position: int | None = None
    """First place in the plan, by which programmes are listed; null outside the plan."""
    kind: str = ""
    """Kind of a programme; empty in other dimensions."""
    sexes: Mapping[str, int] = field(default_factory=dict)
    """Learners by sex, "" for not stated; empty where it was not asked."""
    origins: Mapping[str, int] = field(default_factory=dict)
    """Learners of the ethnic minorities, of the majority (Kinh) and from abroad, "" for not stated; empty where it was
    not asked, as in submissions of earlier versions."""
    results: Mapping[str, int] = field(default_factory=dict)
    """Turns by result; empty where it was not asked."""

    @property
    def minority(self) -> int | None:
        """Learners of the ethnic minorities (DTTS); None where the ethnic group of nobody is stated."""
        stated = sum(count for origin, count in self.origins.items() if origin)
        return self.origins["minority"] if stated else None

    @property
    def share_of_plan(self) -> Fraction | None:
        """Classes of planned classes; None where nothing was planned."""
        return Fraction(self.classes, self.planned_classes) if self.planned_classes else None

    @property
    def mean_size(self) -> Fraction | None:
        """Turns of one class on average; None without classes."""
        return Fraction(self.turns, self.classes) if self.classes else None


@dataclass(frozen=True)
class HostedClass:
    """A class that somebody outside the scope owns and a unit of the scope hosts or helps with; never in the totals."""

    id: int
    code: str
    programme: str
    cohort: str
    mode: str
    owner: str
    role: str
    modules_finished: int
    modules_total: int
    turns: int = 0


@dataclass(frozen=True)
class Plan:
    """What was approved for the year. Null sums mean that no line says a number."""

    classes: int = 0
    learners: int | None = None
    by_programme: Mapping[int, "Planned"] = field(default_factory=dict)
    is_approved: bool = False


@dataclass(frozen=True)
class Planned:
    """The approved lines of one programme."""

    programme: str
    kind: str
    classes: int | None
    learners: int | None
    position: int


@functools.cache
def result_of(state: str, grade: str) -> str:
    """Return what a turn counts as among the results; the seven results add up to the turns."""
    if state == "withdrawn":
        return Result.WITHDRAWN.value
    if state == "not_completed" or grade == "failed":
        return Result.FAILED.value
    if state != "completed":
        return Result.PENDING.value
    if grade in {"excellent", "good"}:
        return Result.GOOD.value
    return {"fair": Result.FAIR.value, "average": Result.AVERAGE.value}.get(grade, Result.PASSED.value)


KEYS: Mapping[str, Callable[[ClassFacts], tuple[str, str]]] = {
    Dimension.PROGRAMME: lambda one: (str(one.programme_id), one.programme),
    Dimension.KIND: lambda one: (one.kind, one.kind),
    Dimension.MODE: lambda one: (one.mode, one.mode),
    Dimension.AUDIENCE: lambda one: (one.audience, one.audience),
    Dimension.SIDE: lambda one: (one.side, one.side),
    Dimension.OWNER: lambda one: (str(one.owner_id), one.owner),
}
"""How a class is keyed and labelled in each dimension."""


def total(classes: Iterable[ClassFacts], turns: Mapping[int, Turns]) -> Figure:
    """Return the figures of all `classes` together."""
    return _figure("", "", list(classes), turns)


def grouped(dimension: str, classes: Iterable[ClassFacts]) -> dict[tuple[str, str], list[ClassFacts]]:
    """Return the classes by (key, label) of a dimension."""
    groups: dict[tuple[str, str], list[ClassFacts]] = {}
    for one in classes:
        groups.setdefault(KEYS[dimension](one), []).append(one)
    return groups


def figures_by(dimension: str, classes: Iterable[ClassFacts], turns: Mapping[int, Turns]) -> tuple[Figure, ...]:
    """Return one line for each key: programmes in the order of the plan, the rest by turns, then by label."""
    groups = grouped(dimension, classes).items()
    figures = [(_figure(key, label, group, turns), group) for (key, label), group in groups]
    if dimension == Dimension.PROGRAMME:
        return tuple(sorted((_programme(figure, group) for figure, group in figures), key=_in_plan))
    return tuple(sorted((figure for figure, _group in figures), key=_by_turns))


def _by_turns(one: Figure) -> tuple[int, str]:
    return (-one.turns, one.label)


def _in_plan(one: Figure) -> tuple[bool, int, int, str]:
    return (one.position is None, one.position or 0, *_by_turns(one))


def selected(classes: Iterable[ClassFacts], dimension: str, key: str) -> tuple[ClassFacts, ...]:
    """Return the classes behind one line; all of them without a dimension.

    The key of an owner may name several, joined by commas: a unit of today and those that were divided into it.
    """
    keys = key.split(",") if dimension == Dimension.OWNER else [key]
    return tuple(one for one in classes if not dimension or KEYS[dimension](one)[0] in keys)


def _figure(key: str, label: str, group: Sequence[ClassFacts], turns: Mapping[int, Turns]) -> Figure:
    found = [turns[one.id].people for one in group if one.id in turns]
    return Figure(key, label, len(group), len(frozenset[str]().union(*found)), sum(map(len, found)))


def _programme(figure: Figure, group: Sequence[ClassFacts]) -> Figure:
    places = [one.position for one in group if one.position is not None]
    return replace(figure, position=min(places) if places else None, kind=group[0].kind)


def results(classes: Iterable[ClassFacts], turns: Mapping[int, Turns]) -> dict[str, int]:
    """Return the turns by result, all seven keys."""
    found: Counter[str] = Counter()
    for one in classes:
        if one.id in turns:
            found.update(turns[one.id].results)
    return {result: found[result] for result in Result.values}


def learners_by(
    classes: Iterable[ClassFacts], turns: Mapping[int, Turns], people: Mapping[str, frozenset[str]]
) -> dict[str, int]:
    """Return the learners (distinct people) of `classes` in each part of `people`, "" for the rest. They add up."""
    empty: frozenset[str] = frozenset()
    found = empty.union(*(turns[one.id].people for one in classes if one.id in turns))
    known = {part: len(found & keys) for part, keys in people.items()}
    return {**known, "": len(found) - sum(known.values())}


def turn_shares(figures: Sequence[Figure]) -> list[Decimal]:
    """Return the percentages of the turns, two decimals, that sum to exactly 100. Source: papers.md 3.1."""
    return shares_to_hundred([figure.turns for figure in figures])


def with_plan(figures: Iterable[Figure], plan: Plan) -> tuple[Figure, ...]:
    """Return the lines by programme with what was planned for each; then planned programmes that had no class yet."""
    figures = list(figures)
    done = {figure.key for figure in figures}
    missing = [
        Figure(str(key), one.programme, 0, 0, 0, one.classes, one.learners, one.position, one.kind)
        for key, one in plan.by_programme.items()
        if str(key) not in done
    ]
    known = [_planned(figure, plan.by_programme.get(int(figure.key))) for figure in figures]
    return (*known, *sorted(missing, key=_in_plan))


def _planned(figure: Figure, line: Planned | None) -> Figure:
    return replace(figure, planned_classes=line.classes, planned_learners=line.learners) if line else figure


@dataclass(frozen=True)
class TrainingReport:
    """The figures of a unit and its subtree in a period, derived from enrolments."""

    period: ReportPeriod
    plan: Plan
    classes: tuple[ClassFacts, ...]
    """The classes counted (lớp)."""
    carried: tuple[ClassFacts, ...]
    """Opened before the period and still running in it; not in the totals."""
    turns: Mapping[int, Turns]
    """The counted enrolments by class, those of carried-over classes included."""
    hosted: tuple[HostedClass, ...]
    total: Figure
    by_programme: tuple[Figure, ...]
    """Every programme with a class or a plan; planned figures are null where the plan is silent."""


def training_figures(
    *,
    period: ReportPeriod,
    plan: Plan,
    found: Iterable[ClassFacts],
    turns: Mapping[int, Turns],
    hosted: tuple[HostedClass, ...],
) -> TrainingReport:
    """Return the report of the held classes `found`: those opened in the period count, earlier ones stand apart."""
    found = tuple(found)
    classes = tuple(one for one in found if one.opened_on >= period.start)
    whole = replace(total(classes, turns), planned_classes=plan.classes, planned_learners=plan.learners)
    return TrainingReport(
        period=period,
        plan=plan,
        classes=classes,
        carried=tuple(one for one in found if one.opened_on < period.start),
        turns=turns,
        hosted=hosted,
        total=whole,
        by_programme=with_plan(figures_by(Dimension.PROGRAMME, classes, turns), plan),
    )


def told_audiences(classes: Iterable[ClassFacts], groups: Mapping[int, str]) -> tuple[ClassFacts, ...]:
    """Return the classes with the target groups of their programme where the plan names no audience."""
    return tuple(one if one.audience else replace(one, audience=groups.get(one.programme_id, "")) for one in classes)


def with_audiences(report: TrainingReport, groups: Mapping[int, str]) -> TrainingReport:
    """Return the report whose classes all have their audience."""
    return replace(
        report,
        classes=told_audiences(report.classes, groups),
        carried=told_audiences(report.carried, groups),
    )
