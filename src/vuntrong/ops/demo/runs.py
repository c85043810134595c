"""Classes of the past and who sat in them."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vuntrong.classes.enums import ClassState, EnrolmentState, Grade
from vuntrong.classes.models import ClassRole, ClassRun, Enrolment
from vuntrong.kernel.text import search_key
from vuntrong.ops.demo.shelf import Row, Shelf
from vuntrong.ops.demo.times import day
from vuntrong.planning.enums import Side
from vuntrong.planning.models import Decision, PlanLine
from vuntrong.registry.models import Person

RESULTS = (
    (EnrolmentState.COMPLETED, Grade.GOOD, 22),
    (EnrolmentState.COMPLETED, Grade.FAIR, 58),
    (EnrolmentState.COMPLETED, Grade.AVERAGE, 17),
    (EnrolmentState.COMPLETED, Grade.EXCELLENT, 1),
    (EnrolmentState.NOT_COMPLETED, Grade.FAILED, 1),
    (EnrolmentState.WITHDRAWN, Grade.NONE, 1),
)
"""How a finished class ends: state, grade, weight in percent."""
WITHDRAWAL = "Chuyển công tác"
DECIDED = frozenset({ClassState.OPEN, ClassState.RUNNING, ClassState.CLOSED})
"""States in which a class has a first day: the one decided, later the one on which it began."""


@dataclass(frozen=True)
class Opening:
    """What a class hangs on: its plan line and the decision that opened it."""

    line: PlanLine | None = None
    decision: Decision | None = None


def write_class(shelf: Shelf, row: Row, opening: Opening = Opening()) -> ClassRun:
    """Enter a class as it stood: owner, programme and mode come from the row, else from its plan line."""
    line = opening.line
    programme = line.programme if line else shelf.programmes[row["programme"]]
    start, end = day(row["start"]), day(row["end"])
    state = row.get("state", ClassState.CLOSED)
    modules = row.get("modules", [programme.module_count, programme.module_count if state == ClassState.CLOSED else 0])
    run = ClassRun.objects.create(
        owner=shelf.units[row["owner"]] if "owner" in row or not line else line.plan.owner,
        programme=programme,
        plan_line=line,
        side=line.plan.side if line else row.get("side", Side.PARTY),
        code=row["code"],
        name=row["name"],
        year=line.plan.year if line else row["year"],
        cohort=row.get("cohort", ""),
        mode=row.get("mode") or (line.mode if line else programme.mode),
        venue=row.get("venue") or (line.place if line else ""),
        planned_start=start,
        planned_end=end,
        planned_learners=row.get("planned"),
        capacity=row.get("capacity"),
        opened_on=day(row.get("opened", row["start"])) if state in DECIDED else None,
        closed_on=day(row.get("closed", row["end"])) if state == ClassState.CLOSED else None,
        opening_decision=opening.decision,
        state=state,
        cancel_reason=row.get("cancel_reason", ""),
        modules_total=modules[0],
        modules_finished=modules[1],
        search_key=search_key(f"{row['code']} {row['name']} {programme.short_name}")[:300],
    )
    _write_roles(shelf, run, row.get("roles", []))
    return run


def _write_roles(shelf: Shelf, run: ClassRun, roles: Sequence[Sequence[str]]) -> None:
    ClassRole.objects.bulk_create(
        ClassRole(class_run=run, unit=shelf.units[slug], role=role) for slug, role in dict.fromkeys(map(tuple, roles))
    )


def enrol_all(
    run: ClassRun, people: Sequence[Person], dice: random.Random, needs: Mapping[int, int] | None = None
) -> list[Enrolment]:
    """Return unsaved enrolments of `people`; `needs` leads from a person's key to the need of hers that is met."""
    enrolled_on = (run.opened_on or run.planned_start or dt.date(run.year, 1, 1)) - dt.timedelta(days=5)
    return [_enrolment(run, person, enrolled_on, dice, (needs or {}).get(person.pk)) for person in people]


def _enrolment(run: ClassRun, person: Person, enrolled_on: dt.date, dice: random.Random, need: int | None) -> Enrolment:
    state, grade = EnrolmentState.STUDYING, Grade.NONE
    if run.state == ClassState.CLOSED:
        state, grade, _share = dice.choices(RESULTS, [share for *_, share in RESULTS])[0]
    return Enrolment(
        class_run=run,
        person=person,
        unit_id=person.unit_id,
        post_text=person.post_text,
        need_id=need,
        enrolled_on=enrolled_on,
        state=state,
        state_on=_since(run, state) or enrolled_on,
        state_reason=WITHDRAWAL if state == EnrolmentState.WITHDRAWN else "",
        grade=grade,
    )


def _since(run: ClassRun, state: str) -> dt.date | None:
    """Return the day from which the state holds: half-way for somebody who left, the last day for the others."""
    if run.closed_on is None or run.opened_on is None or state == EnrolmentState.STUDYING:
        return None
    return run.opened_on + (run.closed_on - run.opened_on) / 2 if state == EnrolmentState.WITHDRAWN else run.closed_on
