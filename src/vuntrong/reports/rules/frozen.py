"""A whole report as plain figures: what pages and papers show, and what a submission keeps. Goes to JSON and back."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from vuntrong.reports.enums import Dimension
from vuntrong.reports.rules import figures
from vuntrong.reports.rules.figures import ClassFacts, Figure, HostedClass, TrainingReport, Turns
from vuntrong.reports.rules.periods import ReportPeriod


@dataclass(frozen=True)
class Traits:
    """Who the people of a report are: the keys of men and women, and of the ethnic minorities, Kinh and foreigners."""

    sexes: Mapping[str, frozenset[str]]
    origins: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class PlanPaper:
    """The decision that approved a plan, in words: what a report refers to."""

    plan_id: int
    number: str
    issued_on: dt.date
    issuer: str
    subject: str
    classes: int


@dataclass(frozen=True)
class CountedClass:
    """A class and its turns."""

    facts: ClassFacts
    turns: int


@dataclass(frozen=True)
class ReportFigures:
    """Everything that one version of a report says. Figures of lines carry their sexes and results."""

    unit_id: int
    unit_name: str
    period: ReportPeriod
    is_planned: bool
    """Whether an approved plan exists."""
    papers: tuple[PlanPaper, ...]
    total: Figure
    lines: Mapping[str, tuple[Figure, ...]]
    """By dimension. Classes and turns of every dimension add up to the total."""
    classes: tuple[CountedClass, ...]
    carried: tuple[CountedClass, ...]
    hosted: tuple[HostedClass, ...]

    @property
    def unplanned(self) -> int:
        """Classes outside the plan: counted, but they never raise what was planned."""
        return sum(one.facts.position is None for one in self.classes)

    def select(self, dimension: str = "", key: str = "") -> tuple[CountedClass, ...]:
        """Return the classes behind one line; all of them without a dimension."""
        return select(self.classes, dimension, key)


def select(classes: Iterable[CountedClass], dimension: str, key: str) -> tuple[CountedClass, ...]:
    """Return the classes behind one line; all of them without a dimension."""
    classes = tuple(classes)
    chosen = {one.id for one in figures.selected([one.facts for one in classes], dimension, key)}
    return tuple(one for one in classes if one.facts.id in chosen)


def full_figures(
    *,
    unit: tuple[int, str],
    report: TrainingReport,
    people: Traits,
    papers: tuple[PlanPaper, ...],
) -> ReportFigures:
    """Return all breakdowns of a report; `unit` is (id, name), `people` who they are."""
    lines = {dimension: figures.figures_by(dimension, report.classes, report.turns) for dimension in Dimension.values}
    lines[Dimension.PROGRAMME] = report.by_programme
    return ReportFigures(
        unit_id=unit[0],
        unit_name=unit[1],
        period=report.period,
        is_planned=report.plan.is_approved,
        papers=papers,
        total=_detailed("", report.total, report, people),
        lines={
            dimension: tuple(_detailed(dimension, line, report, people) for line in of_one)
            for dimension, of_one in lines.items()
        },
        classes=counted(report.classes, report.turns),
        carried=counted(report.carried, report.turns),
        hosted=report.hosted,
    )


def _detailed(dimension: str, line: Figure, report: TrainingReport, people: Traits) -> Figure:
    behind = figures.selected(report.classes, dimension, line.key)
    return replace(
        line,
        sexes=figures.learners_by(behind, report.turns, people.sexes),
        origins=figures.learners_by(behind, report.turns, people.origins),
        results=figures.results(behind, report.turns),
    )


def counted(classes: Iterable[ClassFacts], turns: Mapping[int, Turns]) -> tuple[CountedClass, ...]:
    """Return the classes with their numbers of turns."""
    return tuple(CountedClass(one, len(turns[one.id].people) if one.id in turns else 0) for one in classes)


def to_plain(report: ReportFigures) -> dict[str, Any]:
    """Return the report exactly as JSON gives it back, so that two can be compared."""
    return dict(json.loads(json.dumps(asdict(report), default=str)))


def from_plain(plain: Mapping[str, Any]) -> ReportFigures:
    """Return the report that `to_plain` gave."""
    period = plain["period"]
    return ReportFigures(
        unit_id=plain["unit_id"],
        unit_name=plain["unit_name"],
        period=ReportPeriod(period["kind"], _day(period["start"]), _day(period["end"])),
        is_planned=plain["is_planned"],
        papers=tuple(PlanPaper(**one | {"issued_on": _day(one["issued_on"])}) for one in plain["papers"]),
        total=Figure(**plain["total"]),
        lines={dimension: tuple(Figure(**line) for line in lines) for dimension, lines in plain["lines"].items()},
        classes=tuple(map(_class, plain["classes"])),
        carried=tuple(map(_class, plain["carried"])),
        hosted=tuple(HostedClass(**one) for one in plain["hosted"]),
    )


def _class(plain: Mapping[str, Any]) -> CountedClass:
    facts = plain["facts"]
    return CountedClass(ClassFacts(**facts | {"opened_on": _day(facts["opened_on"])}), plain["turns"])


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
