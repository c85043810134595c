"""Learners join a class: one by one, from the needs of the survey, or from a workbook."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from vuntrong.classes.enums import EnrolmentState, Grade, NominationState, RowKind
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.classes.queries import need_ids, register_for, units_named
from vuntrong.classes.rules.enrolment import EnrolmentFacts, enrolment_violations
from vuntrong.classes.rules.learner_rows import LearnerRow, Verdict, judge_rows
from vuntrong.classes.rules.nominations import unanswered
from vuntrong.classes.seats import seats_taken
from vuntrong.kernel import log
from vuntrong.kernel.bulk import insert_rows
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.errors import Violation, refuse_if
from vuntrong.kernel.text import nfc, search_key
from vuntrong.kernel.transitions import lock_row
from vuntrong.planning.models import TrainingNeed
from vuntrong.registry.actions import NewPerson, create_person, enter_people
from vuntrong.registry.models import Person, Unit
from vuntrong.registry.queries import people_with_keys
from vuntrong.registry.rules import TypedPerson, match_person

COLUMNS = ("person", "unit", "post_text", "note", "need")
AT_FIRST = {"state": EnrolmentState.STUDYING, "state_reason": "", "grade": Grade.NONE, "revision": 0}
BATCH = 1000
"""Rows written at once; between two of them a long import says how far it is."""
Tell = Callable[[str, int, int], None]
"""Takes what is being done (read, people, learners), how many rows are done, and of how many."""


@dataclass(frozen=True)
class NewLearner:
    """Somebody who joins a class, sent by a unit and with the post of that day."""

    person_id: int
    unit_id: int
    post_text: str = ""
    note: str = ""
    need_id: int | None = None


@transaction.atomic
def enrol(
    *,
    class_run: ClassRun,
    person: Person,
    unit: Unit | None = None,
    post_text: str | None = None,
    note: str = "",
    on: dt.date | None = None,
    by: log.Actor | None,
) -> Enrolment:
    """Put one person on the list of a class; unit and post are those of today unless given.

    Raises RuleBroken: class-not-enrolling, class-full, already-enrolled.
    """
    learner = NewLearner(
        person_id=person.pk,
        unit_id=unit.pk if unit else person.unit_id,
        post_text=person.post_text if post_text is None else nfc(post_text),
        note=nfc(note),
    )
    join(class_run, [learner], on)
    enrolment = Enrolment.objects.get(class_run=class_run, person=person)
    log.record("enrol", class_run, by=by, after={"person": person.full_name, "enrolled_on": enrolment.enrolled_on})
    return enrolment


@transaction.atomic
def enrol_new_person(
    *, class_run: ClassRun, new: NewPerson, note: str = "", on: dt.date | None = None, by: log.Actor | None
) -> Enrolment:
    """Enter somebody who is not in the registry yet and put her on the list.

    Raises RuleBroken: person-known where the registry has this person (enrol her instead), person-ambiguous, and as
    `enrol`.
    """
    lock_row(class_run)
    list(Unit.objects.select_for_update(no_key=True).filter(pk=new.unit_id))
    key = search_key(new.full_name)
    typed = TypedPerson(new.full_name, new.born_on.iso() if new.born_on else "", new.unit_id)
    match = match_person(typed, people_with_keys([key]).get(key, []))
    refuse_if([match.violation] if match.violation else [])
    if match.person_id:
        refuse_if([Violation("person-known", values={"name": new.full_name, "person_id": match.person_id})])
    person = create_person(new=new, by=by)
    return enrol(class_run=class_run, person=person, note=note, on=on, by=by)


@transaction.atomic
def enrol_from_needs(
    *, class_run: ClassRun, needs: Sequence[TrainingNeed], on: dt.date | None = None, by: log.Actor | None
) -> int:
    """Put people whom units named in the survey on the list; the sending unit is the one that named them.

    Raises RuleBroken: need-without-person, need-of-another-programme, and as `enrol`.
    """
    refuse_if(
        [
            Violation("need-without-person" if need.person is None else "need-of-another-programme")
            for need in needs
            if need.person is None or need.programme_id != class_run.programme_id
        ]
    )
    learners = [
        NewLearner(need.person.pk, need.answer.unit_id, need.person.post_text, need_id=need.pk)
        for need in needs
        if need.person
    ]
    count = join(class_run, learners, on)
    log.record("enrol_from_needs", class_run, by=by, after={"count": count})
    return count


@transaction.atomic
def enrol_people(
    *,
    class_run: ClassRun,
    learners: Sequence[NewLearner],
    on: dt.date | None = None,
    by: log.Actor | None,
    reason: str = "",
) -> int:
    """Put many known people on the list at once; one row in the log. Raises RuleBroken as `enrol`."""
    count = join(class_run, learners, on)
    log.record("enrol_people", class_run, by=by, after={"count": count}, reason=reason)
    return count


def join(class_run: ClassRun, learners: Sequence[NewLearner], on: dt.date | None, tell: Tell = lambda *_: None) -> int:
    """Write enrolments while holding the class, so that seats stay counted and nobody comes twice; returns how many.

    Who was nominated for the class must have been accepted: her seat is counted already. Raises RuleBroken as `enrol`.
    """
    run = lock_row(class_run)
    here = set(run.enrolments.values_list("person_id", flat=True)) if learners else set()
    twice = [one.person_id for one in learners if one.person_id in here]
    names = Person.objects.filter(pk__in=twice).values_list("full_name", flat=True) if twice else ()
    accepted, waiting = _nominees(run, {one.person_id for one in learners})
    facts = EnrolmentFacts(
        class_state=run.state,
        capacity=run.capacity,
        seats_taken=seats_taken(run) - len(accepted - here),
        coming=len(learners) - len(twice),
        already=tuple(names),
    )
    refuse_if([*enrolment_violations(facts), *unanswered(waiting)])
    needs = need_ids(run)
    rows = [
        (one.person_id, one.unit_id, one.post_text, one.note, one.need_id or needs.get(one.person_id))
        for one in learners
    ]
    day = on or timezone.localdate()
    same = {"class_run": run.pk, "enrolled_on": day, "state_on": day, "recorded_at": timezone.now()} | AT_FIRST
    for start in range(0, len(rows), BATCH):
        tell("learners", start, len(rows))
        insert_rows(Enrolment, COLUMNS, rows[start : start + BATCH], same=same)
    if accepted:
        run.nominations.filter(state=NominationState.ACCEPTED, person__in=accepted).update(
            state=NominationState.ENROLLED, state_at=timezone.now()
        )
    return len(rows)


def _nominees(class_run: ClassRun, people: set[int]) -> tuple[set[int], list[str]]:
    """Return who of `people` is nominated and accepted, and the names of those whose nomination waits. 1 query."""
    rows = class_run.nominations.open().values_list("person_id", "state", "person__full_name")
    here = [row for row in rows if row[0] in people]
    accepted = {key for key, state, _name in here if state == NominationState.ACCEPTED}
    return accepted, [name for key, _state, name in here if key not in accepted]


@dataclass(frozen=True)
class WorkbookOutcome:
    """What a workbook of learners has changed, in people."""

    new: int
    known: int
    unchanged: int


@transaction.atomic
def enrol_from_workbook(
    *,
    class_run: ClassRun,
    rows: Sequence[LearnerRow],
    seen_units: frozenset[int] | None,
    source: str,
    on: dt.date | None = None,
    by: log.Actor | None,
    tell: Tell = lambda *_: None,
) -> WorkbookOutcome:
    """Enrol all rows of a workbook or none, entering the people who are new; `source` is the name of the file.

    Rows are judged again here, under lock: what the preview said may have changed. Who is on the list already is left
    as she is, so the same file changes nothing when it comes again. `tell` hears the progress and may raise to stop.
    Raises RuleBroken: rows-with-errors, class-not-enrolling, class-full.
    """
    run = lock_row(class_run)
    _hold_units(rows)
    tell("read", 0, len(rows))
    verdicts = judge_rows(rows, register_for(rows, run, seen_units))
    errors = [verdict for verdict in verdicts if verdict.kind == RowKind.ERROR]
    if errors:
        numbers = [verdict.row.number for verdict in errors]
        refuse_if([Violation("rows-with-errors", values={"count": len(errors), "rows": numbers[:20]})])
    new = [verdict for verdict in verdicts if verdict.kind == RowKind.NEW]
    known = [verdict for verdict in verdicts if verdict.kind == RowKind.KNOWN]
    outcome = WorkbookOutcome(len(new), len(known), len(verdicts) - len(new) - len(known))
    if not new and not known:
        return outcome
    learners = [_learner(verdict, verdict.person_id or 0) for verdict in known]
    tell("people", 0, len(rows))
    learners += _enter_new(new, source, by)
    join(run, learners, on, tell)
    after = {"new": outcome.new, "known": outcome.known, "unchanged": outcome.unchanged, "file": source}
    log.record("enrol_from_workbook", run, by=by, after=after)
    return outcome


def _hold_units(rows: Sequence[LearnerRow]) -> None:
    """Make imports that may enter the same people stand in line; ordered, so that no two block each other."""
    ids = units_named({row.unit for row in rows})
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def _enter_new(new: Sequence[Verdict], source: str, by: log.Actor | None) -> list[NewLearner]:
    if not new:
        return []
    people = [
        NewPerson(
            full_name=verdict.row.name,
            sex=verdict.row.sex,
            born_on=PartialDate.parse(verdict.row.born_on) if verdict.row.born_on else None,
            unit_id=verdict.unit_id,
            post_text=verdict.row.post,
        )
        for verdict in new
    ]
    entered = enter_people(new=people, by=by, reason=source)
    return [_learner(verdict, key) for verdict, key in zip(new, entered, strict=True)]


def _learner(verdict: Verdict, person_id: int) -> NewLearner:
    return NewLearner(person_id, verdict.unit_id, verdict.row.post, verdict.row.note)
