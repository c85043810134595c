"""What a plan may say: its lines, what it lacks before it is submitted, and what an amendment changes."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from vuntrong.kernel.errors import Violation
from vuntrong.planning.enums import LineState, OwnerRole
from vuntrong.programmes.enums import Field, ProgrammeKind

LARGEST_BUDGET = 10**15
"""Đồng; anything above is a slip of the finger."""
TEXT_LIMITS = {"title": 200, "audience": 300, "place": 200, "funding_source": 200, "legal_basis": 300, "note": 500}
"""Characters that the columns hold."""


@dataclass(frozen=True)
class LineDraft:
    """Everything that a plan line says, as plain values; units and the programme by their keys."""

    programme_id: int
    mode: str
    title: str = ""
    audience: str = ""
    class_count: int | None = None
    learner_count: int | None = None
    month: int | None = None
    quarter: int | None = None
    days: int | None = None
    place: str = ""
    opener_id: int | None = None
    lead_id: int | None = None
    cooperating_ids: frozenset[int] = frozenset()
    owner_role: str = OwnerRole.OPENS
    line_state: str = LineState.PLANNED
    for_year: int | None = None
    budget_vnd: int | None = None
    """Đồng."""
    funding_source: str = ""
    legal_basis: str = ""
    note: str = ""


class LineGroup(StrEnum):
    """The parts of a plan's annex. Source: papers.md, P05."""

    TRAINING = "training"
    THEORY = "theory"
    SKILLS = "skills"


@dataclass(frozen=True)
class LineFacts:
    """A line with the names that people read. `line_id` is the working line, also for a frozen copy."""

    line_id: int
    position: int
    draft: LineDraft
    programme: str
    programme_code: str
    kind: str
    field: str
    opener: str = ""
    lead: str = ""
    cooperating: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name of the class where it says more than the programme."""
        return self.draft.title or self.programme

    @property
    def group(self) -> LineGroup:
        """The part of the annex that the line belongs to; updating follows its field of study."""
        if self.kind == ProgrammeKind.TRAINING:
            return LineGroup.TRAINING
        return LineGroup.THEORY if self.field == Field.POLITICAL_THEORY else LineGroup.SKILLS

    @property
    def is_planned(self) -> bool:
        """Whether the line counts as the plan."""
        return self.draft.line_state == LineState.PLANNED


@dataclass(frozen=True)
class Totals:
    """Figures of the lines that count as the plan."""

    lines: int
    classes: int
    learners: int
    budget_vnd: int

    @property
    def known_classes(self) -> int | None:
        """Null where no line says how many: an unknown number is not zero."""
        return self.classes or None

    @property
    def known_learners(self) -> int | None:
        """Null where no line says how many: an unknown number is not zero."""
        return self.learners or None


def totals(lines: Iterable[LineFacts]) -> Totals:
    """Add up the planned lines; lines under study or for a later year never count."""
    counted = [line.draft for line in lines if line.is_planned]
    return Totals(
        lines=len(counted),
        classes=sum(draft.class_count or 0 for draft in counted),
        learners=sum(draft.learner_count or 0 for draft in counted),
        budget_vnd=sum(draft.budget_vnd or 0 for draft in counted),
    )


@dataclass(frozen=True)
class GroupedLines:
    """One part of the annex with its own totals."""

    group: LineGroup
    lines: tuple[LineFacts, ...]
    totals: Totals


def grouped(lines: Sequence[LineFacts]) -> list[GroupedLines]:
    """Return the parts that have lines, in the order of the annex; inside a part the order of the plan stays."""
    parts = ((group, tuple(line for line in lines if line.group == group)) for group in LineGroup)
    return [GroupedLines(group, members, totals(members)) for group, members in parts if members]


def line_violations(draft: LineDraft, *, plan_year: int, name: str = "") -> list[Violation]:
    """Return what makes a line unreadable, whoever saves it; what a draft may still lack is not asked for here."""
    found = [*_period_violations(draft), *_later_year_violations(draft, plan_year), *_number_violations(draft)]
    found += [
        Violation("line-text-too-long", "", {"field": field, "limit": limit})
        for field, limit in TEXT_LIMITS.items()
        if len(getattr(draft, field)) > limit
    ]
    return [dataclasses.replace(one, values={**one.values, "line": name}) for one in found]


def _period_violations(draft: LineDraft) -> list[Violation]:
    found = []
    if draft.month is not None and not 1 <= draft.month <= 12:
        found.append(Violation("line-month-outside-year", "", {"month": draft.month}))
    if draft.quarter is not None and not 1 <= draft.quarter <= 4:
        found.append(Violation("line-quarter-outside-year", "", {"quarter": draft.quarter}))
    if draft.month is not None and draft.quarter is not None:
        found.append(Violation("line-month-and-quarter"))
    return found


def _later_year_violations(draft: LineDraft, plan_year: int) -> list[Violation]:
    if draft.line_state != LineState.LATER_YEAR:
        return [Violation("line-year-not-later-state")] if draft.for_year is not None else []
    if draft.for_year is None:
        return [Violation("line-later-year-missing")]
    if not plan_year < draft.for_year <= plan_year + 20:
        return [Violation("line-later-year-not-later", "", {"year": draft.for_year, "plan_year": plan_year})]
    return []


def _number_violations(draft: LineDraft) -> list[Violation]:
    limits = {"class_count": 9999, "learner_count": 999_999, "days": 9999, "budget_vnd": LARGEST_BUDGET}
    numbers = {field: getattr(draft, field) for field in limits}
    found = [
        Violation("line-number-out-of-range", "", {"field": field, "most": limits[field]})
        for field, number in numbers.items()
        if number is not None and not 0 <= number <= limits[field]
    ]
    if draft.class_count and draft.learner_count and draft.learner_count < draft.class_count:
        found.append(Violation("line-fewer-learners-than-classes"))
    return found


def submission_violations(lines: Sequence[LineFacts], *, plan_year: int) -> list[Violation]:
    """Return everything that keeps the plan from being submitted; empty means it may go."""
    if not lines:
        return [Violation("plan-without-lines")]
    found = [] if any(line.is_planned for line in lines) else [Violation("plan-without-planned-lines")]
    for line in lines:
        found += line_violations(line.draft, plan_year=plan_year, name=line.name)
        found += _incomplete(line)
    return found


def _incomplete(line: LineFacts) -> list[Violation]:
    draft, values = line.draft, {"line": line.name, "position": line.position}
    found = []
    if line.is_planned and not draft.class_count:
        found.append(Violation("line-without-classes", "", values))
    if line.is_planned and not draft.learner_count:
        found.append(Violation("line-without-learners", "", values))
    if draft.budget_vnd and not draft.funding_source:
        found.append(Violation("line-budget-without-source", "Mẫu P06", values))
    return found


def submission_warnings(lines: Sequence[LineFacts], *, demand: Mapping[int, int]) -> list[Violation]:
    """Return what the submitter should look at and may leave: more learners than needs, needs without a line, no time.

    `demand` is people by programme; empty when the plan has no survey behind it.
    """
    planned = Counter[int]()
    names = {line.draft.programme_id: line.programme for line in lines}
    for line in lines:
        if line.is_planned:
            planned[line.draft.programme_id] += line.draft.learner_count or 0
    found = [
        Violation("plan-more-than-needs", "", {"programme": names[key], "planned": count, "needs": demand.get(key, 0)})
        for key, count in planned.items()
        if demand and count > demand.get(key, 0)
    ]
    if left_out := sum(1 for key, count in demand.items() if count and not planned[key]):
        found.append(Violation("plan-needs-left-out", "", {"count": left_out}))
    timeless = [line for line in lines if line.is_planned and not (line.draft.month or line.draft.quarter)]
    if timeless:
        found.append(Violation("plan-lines-without-time", "", {"count": len(timeless)}))
    return found


@dataclass(frozen=True)
class FieldChange:
    """One field of a line before and after, as people read it."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class ChangedLine:
    """A line that says something else than before."""

    before: LineFacts
    after: LineFacts
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Difference:
    """What separates two copies of a plan."""

    added: tuple[LineFacts, ...]
    removed: tuple[LineFacts, ...]
    changed: tuple[ChangedLine, ...]
    before: Totals
    after: Totals

    @property
    def is_empty(self) -> bool:
        """Whether the two copies say the same."""
        return not (self.added or self.removed or self.changed)


def difference(before: Sequence[LineFacts], after: Sequence[LineFacts]) -> Difference:
    """Compare two copies line by line; a line is the same one when its working line is. The order is not compared."""
    old = {line.line_id: line for line in before}
    new = {line.line_id: line for line in after}
    kept = ((old[key], line) for key, line in new.items() if key in old)
    compared = (ChangedLine(one, other, _field_changes(one, other)) for one, other in kept)
    return Difference(
        added=tuple(line for key, line in new.items() if key not in old),
        removed=tuple(line for key, line in old.items() if key not in new),
        changed=tuple(line for line in compared if line.fields),
        before=totals(before),
        after=totals(after),
    )


READABLE = {"programme_id": "programme", "opener_id": "opener", "lead_id": "lead", "cooperating_ids": "cooperating"}
"""Fields kept as keys, and the property that people read instead."""


def _field_changes(one: LineFacts, other: LineFacts) -> tuple[FieldChange, ...]:
    names = [field.name for field in dataclasses.fields(LineDraft)]
    differing = [name for name in names if getattr(one.draft, name) != getattr(other.draft, name)]
    return tuple(FieldChange(READABLE.get(name, name), _said(one, name), _said(other, name)) for name in differing)


def _said(line: LineFacts, name: str) -> object:
    return getattr(line, READABLE[name]) if name in READABLE else getattr(line.draft, name)
