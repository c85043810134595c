"""The screen from needs to classes: rows of programmes, the classes proposed for them, cells that save themselves."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vuntrong.planning.models import NeedsSnapshot
from vuntrong.planning.queries.plans import Consolidation, ConsolidationRow, consolidation
from vuntrong.planning.rules.plans import LineFacts, LineGroup
from vuntrong.programmes.enums import Field, ProgrammeKind
from vuntrong.registry.enums import UnitKind
from vuntrong.web.kit import numbers
from vuntrong.web.kit.values import Fact, State
from vuntrong.web.plans import screens
from vuntrong.web.plans.sentences import COVERAGE


@dataclass(frozen=True)
class Cell:
    """One number of a line in the grid."""

    name: str
    label: str
    value: str
    errors: Sequence[str] = ()
    is_saved: bool = False


@dataclass(frozen=True)
class LineRow:
    """One line in the grid of proposed classes."""

    line: LineFacts
    name: str
    cells: list[Cell]
    sizes: str
    revision: int


@dataclass(frozen=True)
class ProgrammeRow:
    """One programme: its needs by kind of unit, how far they are covered, and its lines."""

    source: ConsolidationRow
    group: str
    state: State
    lines: list[LineRow]

    @property
    def key(self) -> int:
        return self.source.programme.pk

    @property
    def share(self) -> float:
        return self.source.coverage.share

    @property
    def tone(self) -> str:
        return {"run": "", "none": ""}.get(self.state.tone, self.state.tone)

    @property
    def words(self) -> str:
        """What is left to do, in words."""
        coverage = self.source.coverage
        if coverage.short:
            return _("%(count)s people without a place") % {"count": numbers.number(coverage.short)}
        if coverage.over:
            return _("%(count)s places more than needed") % {"count": numbers.number(coverage.over)}
        return ""


@dataclass(frozen=True)
class NeedsView:
    """Everything on the screen."""

    columns: list[tuple[str, int]]
    groups: list[tuple[str, list[ProgrammeRow]]]
    totals: Sequence[int]
    found: Consolidation
    snapshot: NeedsSnapshot | None
    snapshots: list[NeedsSnapshot]
    dock: list[Fact]

    @property
    def rows(self) -> list[ProgrammeRow]:
        return [row for _label, rows in self.groups for row in rows]

    @property
    def planned_rows(self) -> list[ProgrammeRow]:
        return [row for row in self.rows if row.lines]

    @property
    def share(self) -> float:
        return self.found.covered / self.found.demand if self.found.demand else 0.0

    @property
    def silent(self) -> list[str]:
        return list(self.snapshot.silent_units) if self.snapshot else []

    @property
    def span(self) -> int:
        """Columns of the matrix."""
        return len(self.columns) + 4

    def row_of(self, line_id: int) -> tuple[ProgrammeRow, LineRow]:
        """Return a line's row in the grid and the row of its programme."""
        return next((row, item) for row in self.rows for item in row.lines if item.line.line_id == line_id)


def build(page: screens.PlanPage, snapshot: NeedsSnapshot | None, snapshots: list[NeedsSnapshot]) -> NeedsView:
    """Read the needs beside the plan. 3 queries."""
    found = consolidation(page.plan, page.lines, snapshot)
    labels = dict(UnitKind.choices)
    groups: dict[str, list[ProgrammeRow]] = {}
    for row in found.rows:
        made = _row(row, page.revisions)
        groups.setdefault(made.group, []).append(made)
    order = [screens.group_label(group) for group in LineGroup]
    return NeedsView(
        columns=[(str(labels[kind]), count) for kind, count in found.clusters],
        groups=[(label, groups[label]) for label in order if label in groups],
        totals=found.column_totals,
        found=found,
        snapshot=snapshot,
        snapshots=snapshots,
        dock=dock(page, found),
    )


def dock(page: screens.PlanPage, found: Consolidation) -> list[Fact]:
    """Return the totals of the action bar, with the share of the needs that has a place."""
    classes, learners, budget = page.dock
    share = numbers.percent(found.covered / found.demand) if found.demand else "–"
    return [classes, learners, Fact(_("Needs covered"), share), budget]


def _row(row: ConsolidationRow, revisions: dict[int, int]) -> ProgrammeRow:
    programme = row.programme
    if programme.kind == ProgrammeKind.TRAINING:
        group = LineGroup.TRAINING
    else:
        group = LineGroup.THEORY if programme.field == Field.POLITICAL_THEORY else LineGroup.SKILLS
    lines = [
        LineRow(
            line=line,
            name=line.draft.title or programme.short_name,
            cells=cells(line),
            sizes=screens.sizes(line) if line.is_planned else screens.line_state(line).label,
            revision=revisions[line.line_id],
        )
        for line in row.lines
    ]
    return ProgrammeRow(row, screens.group_label(group), COVERAGE[row.coverage.state], lines)


def cells(line: LineFacts) -> list[Cell]:
    """Return the cells of a line."""
    draft = line.draft
    rows = [
        ("class_count", _("Number of classes"), draft.class_count),
        ("learner_count", _("Number of learners"), draft.learner_count),
        ("month", _("Month"), draft.month),
        ("budget_vnd", _("Budget (đồng)"), draft.budget_vnd),
    ]
    return [Cell(name, label, "" if value is None else numbers.number(value)) for name, label, value in rows]


def typed(cell: Cell, text: str, errors: list[str]) -> Cell:
    """Return the cell as it answers: saved, or with what was typed and what is wrong with it."""
    return dataclasses.replace(cell, value=text, errors=errors) if errors else dataclasses.replace(cell, is_saved=True)
