"""The life of a class: opened by decision, started, its modules finished, closed or cancelled."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from vuntrong.classes.enums import CLASS_MOVES, ClassState, EnrolmentState
from vuntrong.classes.models import ClassRun
from vuntrong.classes.queries import counts_of
from vuntrong.classes.rules import life as rules
from vuntrong.documents.models import StoredFile
from vuntrong.kernel import log
from vuntrong.kernel.errors import Violation, refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import lock_row, move
from vuntrong.planning.enums import DecisionKind
from vuntrong.planning.models import Decision
from vuntrong.registry.models import Unit


@dataclass(frozen=True)
class NewDecision:
    """A decision as its paper says it."""

    number: str
    issued_on: dt.date | None
    """Null as long as the form is not filled; such a decision opens nothing."""
    issuer: Unit
    issuer_text: str
    signer_name: str = ""
    signer_post: str = ""
    subject: str = ""
    scan: StoredFile | None = None


def enter_decision(new: NewDecision) -> Decision:
    """Return the decision, entered if it is not there: one decision may open several classes. 1 or 2 queries.

    Raises ValueError for a decision without a date: the rules refuse it before.
    """
    if new.issued_on is None:
        raise ValueError("a decision without a date is never entered")
    decision, _made = Decision.objects.get_or_create(
        issuer=new.issuer,
        number=nfc(new.number),
        issued_on=new.issued_on,
        defaults={
            "issuer_text": nfc(new.issuer_text),
            "signer_name": nfc(new.signer_name),
            "signer_post": nfc(new.signer_post),
            "subject": nfc(new.subject),
            "kind": DecisionKind.OPENING,
            "scan": new.scan,
        },
    )
    return decision


@transaction.atomic
def open_class(
    *,
    class_run: ClassRun,
    decision: NewDecision,
    opens_on: dt.date | None,
    ends_on: dt.date | None = None,
    by: log.Actor | None,
) -> ClassRun:
    """Open a class by a decision; `opens_on` is the day on which it is to begin, `ends_on` the last day planned.

    Raises RuleBroken with all that is missing, IllegalTransition or StaleState when the class is not in preparation.
    """
    run = lock_row(class_run)
    ends_on = ends_on or run.planned_end
    refuse_if(
        rules.opening_violations(
            rules.OpeningFacts(decision.number, decision.issued_on, decision.issuer_text, opens_on, ends_on)
        )
    )
    entered = enter_decision(decision)
    move(
        run,
        ClassState.OPEN,
        table=CLASS_MOVES,
        opening_decision=entered,
        opened_on=opens_on,
        planned_end=ends_on,
        revision=run.revision + 1,
    )
    after = {"decision": entered.number, "opened_on": opens_on, "planned_end": ends_on}
    log.record("open_class", run, by=by, after=after)
    return run


@transaction.atomic
def start_class(*, class_run: ClassRun, on: dt.date | None = None, by: log.Actor | None) -> ClassRun:
    """Mark a class as running; `on` is the day on which it really began, by default the day of its decision's plan.

    Raises RuleBroken (start-in-future, opens-before-decision, opening-date-missing), IllegalTransition, StaleState.
    """
    run = lock_row(class_run)
    on = on or run.opened_on
    decided_on = run.opening_decision.issued_on if run.opening_decision else None
    refuse_if(rules.start_violations(rules.StartFacts(on, decided_on, timezone.localdate())))
    before = {"opened_on": run.opened_on}
    move(run, ClassState.RUNNING, table=CLASS_MOVES, opened_on=on, revision=run.revision + 1)
    log.record("start_class", run, by=by, before=before, after={"opened_on": on})
    return run


@transaction.atomic
def record_modules(*, class_run: ClassRun, finished: int, by: log.Actor | None) -> ClassRun:
    """Say how many modules the class has finished so far.

    Raises RuleBroken (modules-out-of-range, class-not-running).
    """
    run = lock_row(class_run)
    found = rules.modules_violations(finished, run.modules_total)
    if run.state != ClassState.RUNNING:
        found.append(Violation("class-not-running", values={"state": run.state}))
    refuse_if(found)
    before = {"modules_finished": run.modules_finished}
    ClassRun.objects.filter(pk=run.pk).update(modules_finished=finished)
    run.modules_finished = finished
    log.record("record_modules", run, by=by, before=before, after={"modules_finished": finished})
    return run


@transaction.atomic
def close_class(*, class_run: ClassRun, on: dt.date | None, by: log.Actor | None) -> ClassRun:
    """Close a class on a day; everybody has a result by then.

    Raises RuleBroken (results-missing, closes-before-opening, closing-in-future, ...), IllegalTransition, StaleState.
    """
    run = lock_row(class_run)
    counts = counts_of(run)
    refuse_if(
        rules.closing_violations(
            rules.ClosingFacts(
                closes_on=on,
                opened_on=run.opened_on,
                today=timezone.localdate(),
                learners=counts.came,
                without_result=counts.studying,
                modules_total=run.modules_total,
                modules_finished=run.modules_finished,
            )
        )
    )
    move(run, ClassState.CLOSED, table=CLASS_MOVES, closed_on=on, revision=run.revision + 1)
    log.record("close_class", run, by=by, after={"closed_on": on, "learners": counts.came})
    return run


@transaction.atomic
def cancel_class(*, class_run: ClassRun, reason: str, by: log.Actor | None) -> ClassRun:
    """Give a class up; who was on its list leaves it with the same reason, and its line may make another class.

    Raises RuleBroken (reason-missing, class-has-results), IllegalTransition, StaleState.
    """
    run = lock_row(class_run)
    counts, reason = counts_of(run), nfc(reason)
    refuse_if(rules.cancelling_violations(rules.CancellingFacts(reason, counts.with_result)))
    move(run, ClassState.CANCELLED, table=CLASS_MOVES, cancel_reason=reason[:300], revision=run.revision + 1)
    run.enrolments.filter(state=EnrolmentState.STUDYING).update(
        state=EnrolmentState.WITHDRAWN,
        state_on=timezone.localdate(),
        state_reason=reason[:300],
        revision=F("revision") + 1,
    )
    log.record("cancel_class", run, by=by, after={"learners": counts.studying}, reason=reason)
    return run
