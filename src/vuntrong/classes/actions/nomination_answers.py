"""The owner of a class answers nominations; the competent body answers requests for exceptions."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from vuntrong.accounts.models import User
from vuntrong.classes.actions.enrolment import NewLearner, join
from vuntrong.classes.actions.nomination import LONGEST_REASON, held, held_rows, refresh_verdicts
from vuntrong.classes.enums import EXCEPTION_MOVES, NOMINATION_MOVES, ExceptionState, NominationState
from vuntrong.classes.judging import begins_on
from vuntrong.classes.models import ClassRun, ExceptionRequest, Nomination
from vuntrong.classes.rules import nominations as rules
from vuntrong.classes.seats import quota_uses, seats_taken
from vuntrong.documents.models import StoredFile
from vuntrong.kernel import log
from vuntrong.kernel.errors import Violation, refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import lock_row, move


@dataclass(frozen=True)
class Accepted:
    """How many people were accepted, and how many of them wait for a seat."""

    seated: int
    waiting: int


@transaction.atomic
def accept(*, class_run: ClassRun, nominations: Collection[int], by: log.Actor | None) -> Accepted:
    """Accept nominations: as long as seats are free they get one, who was nominated first goes first; the others wait.

    The verdict is taken once more, by the data and rules of now, and stays from then on; where an exception was
    granted the verdict stays as it was. Raises RuleBroken: nobody-chosen, class-not-enrolling, nomination-answered,
    accept-not-eligible, accept-needs-exception, accept-missing-data, accept-waits-for-exception, unit-over-quota.
    """
    run = lock_row(class_run)
    rows = list(held_rows(run, nominations))
    if begins_on(run):
        refresh_verdicts(run, [row for row in rows if row.state == NominationState.NOMINATED and not _granted(row)])
    refuse_if([*_class_violations(run, rows), *(one for row in rows for one in _acceptance(row))])
    taken = seats_taken(run)
    seated = rows[: rules.dealt(len(rows), rules.free_seats(run.capacity, taken))]
    waiting = rows[len(seated) :]
    for part, state in ((seated, NominationState.ACCEPTED), (waiting, NominationState.WAITING)):
        run.nominations.filter(pk__in=[row.pk for row in part]).update(state=state, state_at=timezone.now())
    after = {"accepted": _names(seated), "waiting": _names(waiting)}
    log.record("accept_nominations", run, by=by, after={name: names for name, names in after.items() if names})
    return Accepted(len(seated), len(waiting))


def _names(rows: Sequence[Nomination]) -> list[str]:
    return [row.person.full_name for row in rows]


def _granted(row: Nomination) -> bool:
    return _exception(row) == ExceptionState.GRANTED


def _exception(row: Nomination) -> str:
    request: ExceptionRequest | None = getattr(row, "exception", None)
    return request.state if request else ""


def _acceptance(row: Nomination) -> list[Violation]:
    facts = rules.AcceptanceFacts(row.person.full_name, row.state, row.answer, _exception(row))
    return rules.acceptance_violations(facts)


def _class_violations(run: ClassRun, rows: Sequence[Nomination]) -> list[Violation]:
    """Return what the class and the quotas have against it. 2 queries."""
    found = rules.unanswered_class(run.state, len(rows))
    for use in quota_uses(run, {row.unit_id for row in rows}):
        found += rules.over_quota(use.quota.unit.name, use.quota.places, use.used)
    return found


@transaction.atomic
def enrol_accepted(*, class_run: ClassRun, decision: str, on: dt.date | None = None, by: log.Actor | None) -> int:
    """Put everybody who is accepted on the list of the class, by the decision that recognises them as learners.

    Raises RuleBroken: nobody-accepted, class-below-minimum, list-decision-missing, and as `enrol`.
    """
    run = lock_row(class_run)
    rows = list(run.nominations.filter(state=NominationState.ACCEPTED).select_related("person").in_order())
    refuse_if(rules.list_violations(rules.ListFacts(len(rows), seats_taken(run), run.minimum, decision)))
    count = join(run, [NewLearner(row.person_id, row.unit_id, row.post_text) for row in rows], on)
    log.record("enrol_accepted", run, by=by, after={"count": count, "decision": nfc(decision)})
    return count


@transaction.atomic
def ask_exception(
    *, nomination: Nomination, reason: str, letter: StoredFile | None = None, by: User | None
) -> ExceptionRequest:
    """Ask the competent body to admit somebody although a condition fails; the nomination gives its place back.

    Raises RuleBroken: nomination-answered, exception-not-needed, exception-data-missing, exception-by-nobody,
    exception-answered, reason-missing.
    """
    run, row = held(nomination)
    facts = rules.AskFacts(row.person.full_name, row.state, row.answer, row.exception_by, reason)
    asked_before = ExceptionRequest.objects.filter(nomination=row).exists()
    twice = [Violation("exception-answered", values={"name": row.person.full_name})] if asked_before else []
    refuse_if([*rules.ask_violations(facts), *twice])
    request = ExceptionRequest.objects.create(
        nomination=row, reason=nfc(reason)[:LONGEST_REASON], letter=letter, asked_at=timezone.now(), asked_by=by
    )
    move(row, NominationState.EXCEPTION, table=NOMINATION_MOVES, state_at=timezone.now())
    after = {"person": row.person.full_name, "unit": row.unit.name}
    log.record("ask_exception", run, by=by, after=after, reason=reason)
    return request


@dataclass(frozen=True)
class Grant:
    """The decision that admits somebody in a special case."""

    number: str
    decided_on: dt.date | None
    signer: str
    remark: str = ""


@transaction.atomic
def grant_exception(*, request: ExceptionRequest, grant: Grant, by: User | None) -> ExceptionRequest:
    """Record the decision that grants an exception: the owner of the class may accept the person from now on.

    The nomination uses a place of its unit again. Raises RuleBroken: own-request, exception-number-missing,
    exception-date-missing, exception-date-in-future, exception-signer-missing; StaleState, IllegalTransition.
    """
    run, row = held(request.nomination)
    request = ExceptionRequest.objects.get(pk=request.pk)
    is_own = by is not None and request.asked_by_id == by.pk
    facts = rules.GrantFacts(grant.number, grant.decided_on, grant.signer, timezone.localdate(), is_own)
    refuse_if(rules.grant_violations(facts))
    _decide(
        request,
        ExceptionState.GRANTED,
        by,
        answer=nfc(grant.remark)[:LONGEST_REASON],
        decision_number=nfc(grant.number)[:60],
        decided_on=grant.decided_on,
        signer=nfc(grant.signer)[:120],
    )
    move(row, NominationState.NOMINATED, table=NOMINATION_MOVES, state_at=timezone.now())
    after = {"person": row.person.full_name, "decision": request.decision_number, "signer": request.signer}
    log.record("grant_exception", run, by=by, after=after | {"decided_on": request.decided_on}, reason=grant.remark)
    return request


@transaction.atomic
def refuse_exception(*, request: ExceptionRequest, reason: str, by: User | None) -> ExceptionRequest:
    """Refuse an exception, and with it the nomination; the unit is told the reason.

    Raises RuleBroken: own-request, reason-missing; StaleState, IllegalTransition.
    """
    run, row = held(request.nomination)
    request = ExceptionRequest.objects.get(pk=request.pk)
    found = [Violation("own-request")] if by is not None and request.asked_by_id == by.pk else []
    refuse_if([*found, *([] if reason.strip() else [Violation("reason-missing")])])
    words = nfc(reason)[:LONGEST_REASON]
    _decide(request, ExceptionState.REFUSED, by, answer=words)
    move(row, NominationState.REFUSED, table=NOMINATION_MOVES, reason=words, state_at=timezone.now())
    log.record("refuse_exception", run, by=by, after={"person": row.person.full_name}, reason=reason)
    return request


def _decide(request: ExceptionRequest, to: ExceptionState, by: User | None, **changes: object) -> None:
    move(request, to, table=EXCEPTION_MOVES, decided_at=timezone.now(), decided_by=by, **changes)
