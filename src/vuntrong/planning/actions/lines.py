"""Changes to the working lines of a plan; the plan is held meanwhile, so that no line slips in after a submission."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from vuntrong.kernel import log
from vuntrong.kernel.errors import RuleBroken, StaleState, Violation, refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import edit, lock_row
from vuntrong.planning.enums import EDITABLE_PLAN_STATES
from vuntrong.planning.models import NeedsSnapshot, PlanLine, TrainingPlan
from vuntrong.planning.queries.lines import PLAIN_FIELDS, line_draft, working_lines
from vuntrong.planning.queries.plans import demand_by_programme, needs_of
from vuntrong.planning.rules.plans import TEXT_LIMITS, LineDraft, line_violations
from vuntrong.planning.rules.proposals import Proposal, limit_violations, propose_classes
from vuntrong.programmes.models import Programme


@transaction.atomic
def add_line(
    *, plan: TrainingPlan, draft: LineDraft, snapshot: NeedsSnapshot | None = None, by: log.Actor | None
) -> PlanLine:
    """Put a line at the end of the working copy. Raises RuleBroken for a plan that is not open for editing."""
    held = _hold_editable(plan)
    draft = _checked(draft, held)
    line = _insert(held, draft, _next_position(held), snapshot)
    log.record("add_line", held, by=by, label=f"{held}: {line}", after=_logged(draft))
    return line


@transaction.atomic
def edit_line(*, line: PlanLine, revision: int, draft: LineDraft, by: log.Actor | None) -> PlanLine:
    """Let a line say `draft`. Raises StaleState when somebody else saved it after `revision` was read."""
    held = _hold_editable(line.plan)
    draft = _checked(draft, held)
    current = lock_row(line)
    before = line_draft(current)
    _refuse_removed(current)
    changes = {name: getattr(draft, name) for name in PLAIN_FIELDS}
    edit(current, revision=revision, programme_id=draft.programme_id, **changes)
    current.cooperating.set(draft.cooperating_ids)
    changed = [name for name, value in _logged(draft).items() if _logged(before)[name] != value]
    log.record(
        "edit_line",
        held,
        by=by,
        label=f"{held}: {current}",
        before={name: _logged(before)[name] for name in changed},
        after={"line": current.pk} | {name: _logged(draft)[name] for name in changed},
    )
    return current


@transaction.atomic
def remove_line(*, line: PlanLine, revision: int, by: log.Actor | None) -> PlanLine:
    """Take a line out of the working copy; the row stays for the copies and classes that point at it."""
    held = _hold_editable(line.plan)
    current = lock_row(line)
    _refuse_removed(current)
    edit(current, revision=revision, is_removed=True)
    log.record("remove_line", held, by=by, label=f"{held}: {current}", before={"line": current.pk})
    return current


@transaction.atomic
def restore_line(*, line: PlanLine, revision: int, by: log.Actor | None) -> PlanLine:
    """Put a removed line back: the undo of `remove_line`."""
    held = _hold_editable(line.plan)
    current = lock_row(line)
    if not current.is_removed:
        raise StaleState(f"PlanLine {current.pk} is back already")
    edit(current, revision=revision, is_removed=False)
    log.record("restore_line", held, by=by, label=f"{held}: {current}", after={"line": current.pk})
    return current


@transaction.atomic
def reorder_lines(*, plan: TrainingPlan, line_ids: Sequence[int], by: log.Actor | None) -> None:
    """Put the working lines in this order. Raises StaleState when they are no longer just these lines."""
    held = _hold_editable(plan)
    lines = {line.pk: line for line in held.lines.filter(is_removed=False)}
    if sorted(line_ids) != sorted(lines):
        raise StaleState(f"TrainingPlan {held.pk} has other lines now")
    before = list(lines)
    for position, line_id in enumerate(line_ids, start=1):
        lines[line_id].position = position
    PlanLine.objects.bulk_update(lines.values(), ["position"])
    log.record("reorder_lines", held, by=by, before={"lines": before}, after={"lines": list(line_ids)})


@dataclass(frozen=True)
class ProposedLines:
    """Lines that were made from needs, and why some programmes got none or not for everybody."""

    lines: tuple[PlanLine, ...]
    remarks: tuple[Violation, ...]


@transaction.atomic
def propose_lines(
    *,
    plan: TrainingPlan,
    snapshot: NeedsSnapshot,
    programme_ids: Collection[int],
    smallest: int,
    largest: int,
    by: log.Actor | None,
) -> ProposedLines:
    """Make one line for each chosen programme from the needs that the plan does not cover yet.

    Raises RuleBroken when the limits are wrong or when not one class comes out, with the reason for each programme.
    """
    held = _hold_editable(plan)
    refuse_if(limit_violations(smallest, largest))
    _refuse_foreign_snapshot(held, snapshot)
    programmes = list(Programme.objects.filter(pk__in=programme_ids).order_by("kind", "field", "name"))
    open_needs = _open_needs(held, snapshot)
    proposals = [(one, _propose(one, open_needs.get(one.pk, 0), smallest, largest)) for one in programmes]
    remarks = tuple(proposal.remark for _programme, proposal in proposals if proposal.remark)
    position = _next_position(held)
    made: list[PlanLine] = []
    for programme, proposal in proposals:
        if proposal.sizes:
            made.append(_insert(held, _proposed_draft(programme, proposal), position + len(made), snapshot))
    if not made:
        raise RuleBroken(remarks or [Violation("nothing-chosen")])
    after = {"snapshot": snapshot.pk, "smallest": smallest, "largest": largest, "lines": [line.pk for line in made]}
    log.record("propose_lines", held, by=by, after=after)
    return ProposedLines(tuple(made), remarks)


def _propose(programme: Programme, needs: int, smallest: int, largest: int) -> Proposal:
    proposal = propose_classes(needs, smallest=smallest, largest=largest)
    remark = proposal.remark or (None if needs else Violation("needs-already-covered"))
    if remark is None:
        return proposal
    values = {**remark.values, "programme": programme.short_name}
    return dataclasses.replace(proposal, remark=dataclasses.replace(remark, values=values))


def _proposed_draft(programme: Programme, proposal: Proposal) -> LineDraft:
    return LineDraft(
        programme_id=programme.pk,
        mode=programme.mode,
        days=programme.days,
        class_count=len(proposal.sizes),
        learner_count=proposal.learners,
    )


def _open_needs(plan: TrainingPlan, snapshot: NeedsSnapshot) -> dict[int, int]:
    demand = demand_by_programme(needs_of(snapshot.survey, snapshot))
    for line in working_lines(plan):
        if line.is_planned and line.draft.programme_id in demand:
            left = demand[line.draft.programme_id] - (line.draft.learner_count or 0)
            demand[line.draft.programme_id] = max(0, left)
    return demand


def _refuse_foreign_snapshot(plan: TrainingPlan, snapshot: NeedsSnapshot) -> None:
    if snapshot.survey_id != plan.survey_id:
        raise RuleBroken([Violation("snapshot-of-another-survey")])


def _insert(plan: TrainingPlan, draft: LineDraft, position: int, snapshot: NeedsSnapshot | None) -> PlanLine:
    said = {name: getattr(draft, name) for name in PLAIN_FIELDS}
    line = PlanLine.objects.create(
        plan=plan, position=position, snapshot=snapshot, programme_id=draft.programme_id, **said
    )
    line.cooperating.set(draft.cooperating_ids)
    return line


def _next_position(plan: TrainingPlan) -> int:
    highest: int | None = plan.lines.aggregate(highest=Max("position"))["highest"]
    return (highest or 0) + 1


def _checked(draft: LineDraft, plan: TrainingPlan) -> LineDraft:
    refuse_if(line_violations(draft, plan_year=plan.year, name=draft.title))
    tidy: dict[str, Any] = {name: nfc(getattr(draft, name)) for name in TEXT_LIMITS}
    return dataclasses.replace(draft, **tidy)


def _hold_editable(plan: TrainingPlan) -> TrainingPlan:
    held = lock_row(plan)
    if held.state not in EDITABLE_PLAN_STATES:
        raise RuleBroken([Violation("plan-not-editable", "", {"state": held.state})])
    return held


def _refuse_removed(line: PlanLine) -> None:
    if line.is_removed:
        raise StaleState(f"PlanLine {line.pk} was removed meanwhile")


def _logged(draft: LineDraft) -> Mapping[str, Any]:
    return dataclasses.asdict(draft) | {"cooperating_ids": sorted(draft.cooperating_ids)}
