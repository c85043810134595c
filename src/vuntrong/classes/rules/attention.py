"""What a planned class needs somebody to look at: the state cells of the year's table and the reasons behind them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from vuntrong.classes.enums import Attention, ClassState, Stage, Tone

SOON = dt.timedelta(days=7)
"""From this long before its start a class should have its decision and its learners. House rule, not law."""
UNDECIDED = frozenset({"", ClassState.DRAFT})
"""Without an opening decision; the empty state stands for a class that is planned but not made yet."""


@dataclass(frozen=True)
class RunFacts:
    """One planned class as it stands on a day."""

    today: dt.date
    state: str
    """Empty for a class of an approved line that nobody has made yet."""
    start_from: dt.date | None
    """First day on which the plan lets it begin."""
    start_by: dt.date | None
    """Last day on which beginning is not late: the day planned, or the end of the month or quarter planned."""
    planned_end: dt.date | None
    opened_on: dt.date | None
    closed_on: dt.date | None
    decided_on: dt.date | None
    planned_on: dt.date | None
    """Date of the decision that approved its plan; null for a class outside every plan."""
    planned_learners: int | None
    capacity: int | None
    learners: int
    """Who holds a seat."""
    without_result: int
    modules_total: int = 0
    modules_finished: int = 0


@dataclass(frozen=True)
class Reason:
    """Why a cell is coloured: its code names the sentences, the values fill them."""

    code: Attention
    tone: Tone
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class StageCell:
    """One state cell: a tone, what to show in it, and the reason where there is one."""

    stage: Stage
    tone: Tone
    shown: str
    """Code of the short word; the web layer knows the words."""
    values: dict[str, Any] = field(default_factory=dict)
    reason: Reason | None = None


def stage_cells(facts: RunFacts) -> tuple[StageCell, ...]:
    """Return the state cells of a class in the order of Stage."""
    cells = []
    for stage, (reasons, plain) in _STAGES.items():
        reason = next((found for look in reasons if (found := look(facts))), None)
        if reason:
            cells.append(StageCell(stage, reason.tone, reason.code, reason.values, reason))
        else:
            cells.append(plain(facts))
    return tuple(cells)


def latest_start(planned: dt.date | None, first: dt.date | None, last: dt.date | None) -> dt.date | None:
    """Return the last day on which beginning is not late.

    A class that still has the first day of the line's month or quarter (`first` to `last`) has until its end: nobody
    has named a day yet.
    """
    if planned is None:
        return last
    return last if planned == first and last else planned


# ---- opening ----
def _start_late(facts: RunFacts) -> Reason | None:
    if facts.state not in UNDECIDED or facts.start_by is None or facts.start_by >= facts.today:
        return None
    return Reason(
        Attention.START_LATE,
        Tone.BAD,
        {"planned": facts.start_by, "today": facts.today, "days": (facts.today - facts.start_by).days},
    )


def _decision_due(facts: RunFacts) -> Reason | None:
    if facts.state not in UNDECIDED or facts.start_by is None or facts.start_by - SOON > facts.today:
        return None
    return Reason(Attention.DECISION_DUE, Tone.WAIT, {"planned": facts.start_by, "today": facts.today})


def _no_decision(facts: RunFacts) -> Reason | None:
    if facts.state not in {ClassState.RUNNING, ClassState.CLOSED} or facts.decided_on:
        return None
    return Reason(Attention.NO_DECISION, Tone.BAD, {"opened_on": facts.opened_on})


def _opening(facts: RunFacts) -> StageCell:
    if facts.state == ClassState.CANCELLED:
        return StageCell(Stage.OPENING, Tone.NONE, "cancelled")
    if facts.decided_on:
        return StageCell(Stage.OPENING, Tone.OK, "day", {"day": facts.decided_on})
    return StageCell(Stage.OPENING, Tone.NONE, "not-yet")


# ---- learners ----
def _over(facts: RunFacts) -> Reason | None:
    limit = facts.capacity if facts.capacity is not None else facts.planned_learners
    if facts.state == ClassState.CANCELLED or limit is None or facts.learners <= limit:
        return None
    values = {"learners": facts.learners, "limit": limit, "over": facts.learners - limit}
    is_hard = facts.capacity is not None
    return Reason(Attention.OVER_FULL, Tone.BAD if is_hard else Tone.WAIT, values)


def _nobody(facts: RunFacts) -> Reason | None:
    if facts.learners or facts.state in {"", ClassState.CANCELLED, ClassState.CLOSED}:
        return None
    begins = facts.opened_on or facts.start_by
    if begins is None or begins - SOON > facts.today:
        return None
    tone = Tone.BAD if begins <= facts.today else Tone.WAIT
    return Reason(Attention.NOBODY, tone, {"planned": facts.planned_learners, "begins": begins})


def _under(facts: RunFacts) -> Reason | None:
    has_begun = facts.state == ClassState.RUNNING
    if not has_begun or not facts.planned_learners or facts.learners >= facts.planned_learners:
        return None
    missing = facts.planned_learners - facts.learners
    values = {"learners": facts.learners, "planned": facts.planned_learners, "missing": missing}
    return Reason(Attention.UNDER_FILLED, Tone.WAIT, values)


def _learners(facts: RunFacts) -> StageCell:
    values = {"learners": facts.learners, "planned": facts.planned_learners}
    if facts.learners == 0 or facts.state == ClassState.CANCELLED:
        return StageCell(Stage.LEARNERS, Tone.NONE, "not-yet")
    is_done = facts.state in {ClassState.RUNNING, ClassState.CLOSED}
    is_full = facts.planned_learners is not None and facts.learners >= facts.planned_learners
    return StageCell(Stage.LEARNERS, Tone.OK if is_done or is_full else Tone.RUN, "count", values)


# ---- teaching ----
def _start_due(facts: RunFacts) -> Reason | None:
    if facts.state != ClassState.OPEN or facts.opened_on is None or facts.opened_on > facts.today:
        return None
    days = (facts.today - facts.opened_on).days
    tone = Tone.BAD if days else Tone.WAIT
    return Reason(Attention.START_DUE, tone, {"opened_on": facts.opened_on, "today": facts.today, "days": days})


def _closing_overdue(facts: RunFacts) -> Reason | None:
    if facts.state != ClassState.RUNNING or facts.planned_end is None or facts.planned_end >= facts.today:
        return None
    days = (facts.today - facts.planned_end).days
    values = {"planned": facts.planned_end, "today": facts.today, "days": days, "left": facts.without_result}
    return Reason(Attention.CLOSING_LATE, Tone.BAD, values)


def _teaching(facts: RunFacts) -> StageCell:
    if facts.state == ClassState.CLOSED:
        return StageCell(Stage.TEACHING, Tone.OK, "day", {"day": facts.closed_on})
    if facts.state != ClassState.RUNNING:
        return StageCell(Stage.TEACHING, Tone.NONE, "not-yet")
    if facts.modules_total:
        values = {"done": facts.modules_finished, "total": facts.modules_total}
        return StageCell(Stage.TEACHING, Tone.RUN, "of", values)
    return StageCell(Stage.TEACHING, Tone.RUN, "running")


# ---- results ----
def _results(facts: RunFacts) -> StageCell:
    done = facts.learners - facts.without_result
    if done < 1 or facts.state == ClassState.CANCELLED:
        return StageCell(Stage.RESULTS, Tone.NONE, "not-yet")
    tone = Tone.RUN if facts.without_result else Tone.OK
    return StageCell(Stage.RESULTS, tone, "of", {"done": done, "total": facts.learners})


# ---- plan ----
def _plan(facts: RunFacts) -> StageCell:
    if facts.planned_on is None:
        return StageCell(Stage.PLAN, Tone.NONE, "unplanned")
    return StageCell(Stage.PLAN, Tone.OK, "day", {"day": facts.planned_on})


Look = Callable[[RunFacts], Reason | None]
_STAGES: dict[Stage, tuple[tuple[Look, ...], Callable[[RunFacts], StageCell]]] = {
    Stage.PLAN: ((), _plan),
    Stage.OPENING: ((_start_late, _decision_due, _no_decision), _opening),
    Stage.LEARNERS: ((_over, _nobody, _under), _learners),
    Stage.TEACHING: ((_start_due, _closing_overdue), _teaching),
    Stage.RESULTS: ((), _results),
}
