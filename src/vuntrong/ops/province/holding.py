"""The plans of a year with their decisions, the classes that hang on them, and the enrolments: written in sets."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vuntrong.classes.enums import ClassState, EnrolmentState, Grade
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.kernel.bulk import Plain, reserve_ids
from vuntrong.kernel.text import search_key
from vuntrong.ops.demo.times import moment
from vuntrong.ops.province.bodies import Layout, Owner
from vuntrong.ops.province.courses import Course
from vuntrong.ops.province.records import Recorder
from vuntrong.ops.province.tables import insert_many
from vuntrong.planning.enums import DecisionKind, PlanState, Side, SubmissionState
from vuntrong.planning.models import Decision, LineContent, PlanLine, PlanSubmission, SubmittedLine, TrainingPlan
from vuntrong.programmes.models import Programme

CONTENT = tuple(one.attname for one in LineContent._meta.local_fields)
RESULTS = [(EnrolmentState.NO_SHOW, ""), (EnrolmentState.WITHDRAWN, ""), (EnrolmentState.NOT_COMPLETED, Grade.FAILED)]
"""How it ends for five of a hundred learners."""
GRADES = {
    True: (*[Grade.GOOD] * 5, *[Grade.FAIR] * 11, *[Grade.AVERAGE] * 4),
    False: (*[Grade.PASSED] * 14, *[Grade.FAIR] * 4, *[Grade.GOOD] * 2),
}
"""Of courses that lead to a level, and of the others; 20 each."""
CLASS_COLUMNS = (
    *("id", "owner", "programme", "plan_line", "side", "code", "name", "year", "mode", "venue", "planned_start"),
    *("planned_end", "planned_learners", "opened_on", "closed_on", "opening_decision", "state", "modules_total"),
    *("modules_finished", "recorded_at", "search_key"),
)
CLASS_SAME = {"cohort": "", "capacity": None, "cancel_reason": "", "revision": 0}
ENROLMENT_COLUMNS = (
    *("class_run", "person", "unit", "post_text", "enrolled_on", "state", "state_on", "state_reason", "grade"),
    "recorded_at",
)
ENROLMENT_SAME = {"need": None, "note": "", "revision": 0}


@dataclass
class Learner:
    """What an enrolment needs to know of a person."""

    id: int
    post: str
    now: int
    before: int
    changed: str
    """From this day on, ISO, she is sent by `now`."""


@dataclass
class Holding:
    """Writes the classes of a province year by year."""

    layout: Layout
    ids: Mapping[str, int]
    learners: Sequence[Learner]
    dice: random.Random
    programmes: Mapping[str, Programme] = field(default_factory=dict)

    def write_year(self, year: int, courses: Sequence[Course]) -> tuple[int, int]:
        """Enter plans, decisions, classes and enrolments of a year; returns how many classes and enrolments."""
        self.programmes = self.programmes or {one.code: one for one in Programme.objects.all()}
        lines = self._plans(year, courses)
        opened = [one for one in courses if self._state(one) != ClassState.DRAFT]
        decisions = dict(zip(map(id, opened), reserve_ids(Decision, len(opened)), strict=True))
        self._open(decisions, opened)
        keys = reserve_ids(ClassRun, len(courses))
        pairs = list(zip(keys, courses, strict=True))
        rows = (self._class_row(key, one, lines, decisions.get(id(one))) for key, one in pairs)
        classes = insert_many(ClassRun, CLASS_COLUMNS, rows, same=CLASS_SAME)
        turns = (row for key, one in pairs if id(one) in decisions for row in self._enrolments(key, one))
        return classes, insert_many(Enrolment, ENROLMENT_COLUMNS, turns, same=ENROLMENT_SAME)

    def _state(self, one: Course) -> str:
        until = self.layout.size.until
        if one.end < until:
            return ClassState.CLOSED.value
        if one.start <= until:
            return ClassState.RUNNING.value
        near = one.start <= until + dt.timedelta(days=30)
        return ClassState.OPEN.value if near else ClassState.DRAFT.value

    def _plans(self, year: int, courses: Sequence[Course]) -> dict[tuple[int, str], int]:
        """Enter the approved plans with their frozen copies; returns the plan lines by owner and course code."""
        by_owner: dict[int, dict[str, list[Course]]] = {}
        for one in courses:
            by_owner.setdefault(one.owner, {}).setdefault(one.row["code"], []).append(one)
        plans = TrainingPlan.objects.bulk_create(self._plan(year, self.layout.owners[at]) for at in by_owner)
        lines = PlanLine.objects.bulk_create(
            self._line(plan, position, found, at)
            for plan, (at, rows) in zip(plans, by_owner.items(), strict=True)
            for position, found in enumerate(rows.values(), start=1)
        )
        self._approve(year, plans, lines, list(by_owner))
        codes = [(at, code) for at, rows in by_owner.items() for code in rows]
        return {key: line.pk for key, line in zip(codes, lines, strict=True)}

    def _plan(self, year: int, owner: Owner) -> TrainingPlan:
        return TrainingPlan(
            owner_id=self.ids[owner.slug],
            approver_id=self.ids[owner.approver],
            approver_text=owner.approver_text,
            year=year,
            side=_side(owner),
            title=f"Kế hoạch đào tạo, bồi dưỡng năm {year}",
            state=PlanState.APPROVED,
        )

    def _line(self, plan: TrainingPlan, position: int, found: Sequence[Course], at: int) -> PlanLine:
        row, owner = found[0].row, self.layout.owners[at]
        programme = self.programmes[row["programme"]]
        return PlanLine(
            plan=plan,
            position=position,
            programme=programme,
            mode=programme.mode,
            class_count=len(found) + (position % 5 == 0),
            learner_count=sum(len(one.learners) for one in found) + 10 * len(found),
            quarter=(min(one.start for one in found).month + 2) // 3,
            days=row["days"],
            place=owner.name,
            opener_id=self.ids[owner.slug],
            lead_id=self.ids[owner.slug],
        )

    def _approve(
        self, year: int, plans: Sequence[TrainingPlan], lines: Sequence[PlanLine], owners: Sequence[int]
    ) -> None:
        """Enter the decisions that approved the plans and the copies of the lines as they were approved."""
        days = [max(dt.date(year, 1, 9), self.layout.owners[at].since or dt.date.min) for at in owners]
        decisions = Decision.objects.bulk_create(
            Decision(
                number=f"{100 + at}-QĐ/{'UBND' if plan.side == Side.GOVERNMENT else 'TU'}",
                issued_on=day,
                issuer_id=plan.approver_id,
                issuer_text=plan.approver_text,
                subject=f"về việc phê duyệt kế hoạch đào tạo, bồi dưỡng năm {year}",
                kind=DecisionKind.PLAN,
            )
            for plan, day, at in zip(plans, days, owners, strict=True)
        )
        submissions = PlanSubmission.objects.bulk_create(
            PlanSubmission(
                plan=plan,
                number=1,
                state=SubmissionState.APPROVED,
                submitted_at=moment(day - dt.timedelta(days=10)),
                submitted_by_name=self.layout.owners[at].name,
                decided_at=moment(day, 15),
                decided_by_name=plan.approver_text,
                decision=decision,
            )
            for plan, day, at, decision in zip(plans, days, owners, decisions, strict=True)
        )
        by_plan = {plan.pk: one for plan, one in zip(plans, submissions, strict=True)}
        SubmittedLine.objects.bulk_create(
            SubmittedLine(
                submission=by_plan[line.plan_id], line=line, **{name: getattr(line, name) for name in CONTENT}
            )
            for line in lines
        )

    def _open(self, decisions: Mapping[int, int], opened: Sequence[Course]) -> None:
        """Enter the decision that opened each class, numbered in the owner's book."""
        numbers: dict[int, int] = {}

        def rows() -> Iterator[Sequence[Plain]]:
            for one in opened:
                owner = self.layout.owners[one.owner]
                numbers[one.owner] = numbers.get(one.owner, 0) + 1
                number = f"{numbers[one.owner]}-QĐ/{'SNV' if owner.kind == 'home_affairs' else 'TTCT'}"
                day = (one.start - dt.timedelta(days=7)).isoformat()
                yield (decisions[id(one)], number, day, self.ids[owner.slug], owner.name, f"về việc mở lớp {one.code}")

        same = {"signer_name": "", "signer_post": "", "kind": DecisionKind.OPENING, "scan": None}
        insert_many(Decision, ("id", "number", "issued_on", "issuer", "issuer_text", "subject"), rows(), same=same)

    def _class_row(
        self, key: int, one: Course, lines: Mapping[tuple[int, str], int], decision: int | None
    ) -> Sequence[Plain]:
        owner, state = self.layout.owners[one.owner], self._state(one)
        programme = self.programmes[one.row["programme"]]
        start, end = one.start.isoformat(), one.end.isoformat()
        name = f"{one.row['name']} {one.code}"
        modules = programme.module_count
        return (
            key,
            self.ids[owner.slug],
            programme.pk,
            lines[one.owner, one.row["code"]],
            _side(owner).value,
            one.code,
            name,
            one.start.year,
            programme.mode,
            owner.name,
            start,
            end,
            len(one.learners),
            start if decision else None,
            end if state == ClassState.CLOSED else None,
            decision,
            state,
            modules,
            modules if state == ClassState.CLOSED else 0,
            f"{start} 01:00:00",
            search_key(f"{one.code} {one.row['name']} {programme.short_name}")[:300],
        )

    def _enrolments(self, key: int, one: Course) -> Iterator[Sequence[Plain]]:
        """Yield the turns of a class; who reached a level in it has completed it."""
        on = (one.start - dt.timedelta(days=3)).isoformat()
        is_over, end = self._state(one) == ClassState.CLOSED, one.end.isoformat()
        recorded, grades, roll = f"{on} 02:00:00", GRADES[one.is_level], self.dice.random
        studying = (EnrolmentState.STUDYING.value, on, "", "")
        for at in one.learners:
            who = self.learners[at]
            unit = who.now if on >= who.changed else who.before
            if is_over:
                mark = int(roll() * 100)
                if mark < 5 and not one.is_level:
                    state, grade = RESULTS[0 if mark < 2 else mark - 2 if mark < 4 else 2]
                    reason = "Chuyển công tác" if state == EnrolmentState.WITHDRAWN else ""
                    result = (state.value, end, reason, str(grade))
                else:
                    result = (EnrolmentState.COMPLETED.value, end, "", grades[mark // 5].value)
            else:
                result = studying
            yield key, who.id, unit, who.post, on, *result, recorded


def _side(owner: Owner) -> Side:
    return Side.GOVERNMENT if owner.kind == "home_affairs" else Side.PARTY


def learners_of(recorder: Recorder, keys: Sequence[int], drafts: Sequence[Any]) -> list[Learner]:
    """Return the people as enrolments need them, in the order of the drafts."""
    found = []
    for key, draft in zip(keys, drafts, strict=True):
        site = recorder.sites[draft.place]
        before = recorder.unit_before(draft)
        found.append(Learner(key, draft.post, site.now, site.now if before is None else before, site.changed))
    return found
