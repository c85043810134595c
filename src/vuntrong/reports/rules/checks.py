"""The self-check of a report: sums of lines against totals, totals against the lists behind them."""

from collections.abc import Iterable
from dataclasses import dataclass

from vuntrong.reports.enums import Dimension
from vuntrong.reports.rules.frozen import ReportFigures


@dataclass(frozen=True)
class Recount:
    """The rows behind the figures, counted a second time and by another way."""

    classes: int
    learners: int
    turns: int


@dataclass(frozen=True)
class Check:
    """One line of the self-check: what was added up, what it must equal."""

    code: str
    parts: tuple[int, ...]
    found: int
    expected: int

    @property
    def holds(self) -> bool:
        """Whether the two are equal."""
        return self.found == self.expected


def checks(report: ReportFigures, rows: Recount) -> tuple[Check, ...]:
    """Return the reconciliation of a report with its own lines and with the lists behind it."""
    lines = [line for line in report.lines[Dimension.PROGRAMME] if line.classes]
    whole = report.total
    return (
        _sum("turns-add-up", [line.turns for line in lines], whole.turns),
        _sum("classes-add-up", [line.classes for line in lines], whole.classes),
        _sum("sexes-add-up", whole.sexes.values(), whole.learners),
        _sum("results-add-up", whole.results.values(), whole.turns),
        Check("turns-are-listed", (), rows.turns, whole.turns),
        Check("learners-are-listed", (), rows.learners, whole.learners),
        Check("classes-are-listed", (), rows.classes, whole.classes),
    )


def _sum(code: str, parts: Iterable[int], expected: int) -> Check:
    shown = tuple(part for part in parts if part)
    return Check(code, shown, sum(shown), expected)
