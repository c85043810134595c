"""How learners leave a class: with a result, or before its end."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from vuntrong.classes.enums import HELD_STATES, EnrolmentState
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.classes.rules.enrolment import (
    DepartureFacts,
    EnrolmentFacts,
    ResultFacts,
    departure_violations,
    enrolment_violations,
    outcome_of,
    result_violations,
)
from vuntrong.classes.seats import move_up, seats_taken
from vuntrong.classes.signals import figures_touched
from vuntrong.kernel import log
from vuntrong.kernel.errors import IllegalTransition, StaleState, Violation, refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import lock_row


@dataclass(frozen=True)
class NewResult:
    """A grade for one learner; `revision` is what the person saw."""

    enrolment_id: int
    grade: str
    revision: int


@transaction.atomic
def record_results(
    *, class_run: ClassRun, results: Sequence[NewResult], on: dt.date | None = None, by: log.Actor | None
) -> int:
    """Give grades, or take them back with an empty one; returns how many learners changed. 1 UPDATE for each grade.

    Failed means not completed, any other grade completed. Raises RuleBroken with all that forbids it, StaleState when
    somebody else changed one of these learners meanwhile.
    """
    run = lock_row(class_run)
    wanted = {result.enrolment_id: result for result in results}
    rows = list(run.enrolments.select_related("person").filter(pk__in=wanted))
    if len(rows) != len(wanted) or any(row.revision != wanted[row.pk].revision for row in rows):
        raise StaleState(f"learners of class {run.pk} changed meanwhile")
    refuse_if(
        violation
        for row in rows
        for violation in result_violations(
            ResultFacts(row.person.full_name, run.state, row.state, wanted[row.pk].grade)
        )
    )
    changed = [row for row in rows if row.grade != wanted[row.pk].grade]
    day = on or timezone.localdate()
    for grade in sorted({wanted[row.pk].grade for row in changed}):
        ids = [row.pk for row in changed if wanted[row.pk].grade == grade]
        run.enrolments.filter(pk__in=ids).update(
            grade=grade, state=outcome_of(grade), state_on=day, revision=F("revision") + 1
        )
    if changed:
        before = {str(row.pk): row.grade for row in changed}
        after = {str(row.pk): wanted[row.pk].grade for row in changed}
        log.record("record_results", run, by=by, before=before, after=after)
    return len(changed)


@transaction.atomic
def mark_departed(
    *,
    class_run: ClassRun,
    enrolments: Sequence[Enrolment],
    to: str,
    on: dt.date | None,
    reason: str,
    despite_reports: bool = False,
    by: log.Actor | None,
) -> list[Enrolment]:
    """Mark learners as withdrawn or as never having come, from the day `on`.

    Raises RuleBroken with all that forbids it; with what reports answer to `figures_touched` unless `despite_reports`:
    the person has read it and goes on.
    """
    run = lock_row(class_run)
    rows = list(run.enrolments.select_related("person").filter(pk__in=[one.pk for one in enrolments]))
    seen = {one.pk: one.revision for one in enrolments}
    if len(rows) != len(seen) or any(row.revision != seen[row.pk] for row in rows):
        raise StaleState(f"learners of class {run.pk} changed meanwhile")
    found = [] if rows else [Violation("nobody-chosen")]
    for row in rows:
        found += [one for one in _departure_violations(run, row, to, on, reason) if one not in found]
    if not despite_reports and on and not found:
        found += touched_figures(run, on)
    refuse_if(found)
    run.enrolments.filter(pk__in=seen).update(
        state=to, state_on=on, state_reason=nfc(reason)[:300], grade="", revision=F("revision") + 1
    )
    people = [row.person.full_name for row in rows]
    after = {"state": to, "on": on, "people": people, **({"moved_up": names} if (names := move_up(run)) else {})}
    log.record("mark_departed", run, by=by, before={"states": [row.state for row in rows]}, after=after, reason=reason)
    return rows


def _departure_violations(run: ClassRun, row: Enrolment, to: str, on: dt.date | None, reason: str) -> list[Violation]:
    first_day = min(row.enrolled_on, run.opened_on or row.enrolled_on)
    return departure_violations(
        DepartureFacts(
            name=row.person.full_name,
            class_state=run.state,
            state=row.state,
            to=to,
            on=on,
            first_day=first_day,
            today=timezone.localdate(),
            reason=reason,
        )
    )


def touched_figures(class_run: ClassRun, on: dt.date) -> list[Violation]:
    """Return what a person should know before learners of a held class leave the figures."""
    if class_run.state not in HELD_STATES:
        return []
    answers: list[tuple[Any, Any]] = figures_touched.send(sender=ClassRun, class_run=class_run, on=on)
    found: list[Violation] = []
    for _receiver, violations in answers:
        found += violations or []
    return found


@transaction.atomic
def reinstate(*, enrolment: Enrolment, reason: str, by: log.Actor | None) -> Enrolment:
    """Let a learner who left or was thought absent study again, if a seat is free.

    Raises RuleBroken (class-full, class-not-enrolling, reason-missing), IllegalTransition, StaleState.
    """
    run = lock_row(enrolment.class_run)
    row = run.enrolments.select_related("person").get(pk=enrolment.pk)
    if row.revision != enrolment.revision:
        raise StaleState(f"enrolment {row.pk} changed meanwhile")
    if row.state not in {EnrolmentState.WITHDRAWN, EnrolmentState.NO_SHOW}:
        raise IllegalTransition(f"Enrolment: {row.state} -> {EnrolmentState.STUDYING}")
    found = enrolment_violations(EnrolmentFacts(run.state, run.capacity, seats_taken(run), coming=1))
    if not reason.strip():
        found.append(Violation("reason-missing"))
    refuse_if(found)
    before = {"state": row.state, "on": row.state_on}
    row.state, row.state_on, row.state_reason = EnrolmentState.STUDYING, timezone.localdate(), nfc(reason)[:300]
    row.revision += 1
    row.save(update_fields=["state", "state_on", "state_reason", "revision"])
    after = {"state": row.state, "people": [row.person.full_name]}
    log.record("reinstate", run, by=by, before=before, after=after, reason=reason)
    return row
