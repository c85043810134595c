"""A plan is made, submitted, decided and amended."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from vuntrong.documents.models import StoredFile
from vuntrong.kernel import log
from vuntrong.kernel.errors import RuleBroken, StaleState, Violation, refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import lock_row, move
from vuntrong.planning.actions.decisions import enter_decision
from vuntrong.planning.enums import PLAN_MOVES, SUBMISSION_MOVES, DecisionKind, PlanState, SubmissionState
from vuntrong.planning.models import Decision, NeedsSurvey, PlanLine, PlanSubmission, SubmittedLine, TrainingPlan
from vuntrong.planning.queries.lines import (
    PLAIN_FIELDS,
    approved_submission,
    line_facts,
    plan_totals,
    submitted_lines,
    working_rows,
)
from vuntrong.planning.queries.plans import last_snapshot
from vuntrong.planning.rules.plans import Totals, submission_violations, totals
from vuntrong.registry.models import Unit

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100


@transaction.atomic
def create_plan(
    *,
    owner: Unit,
    approver: Unit,
    approver_text: str,
    year: int,
    side: str,
    title: str,
    survey: NeedsSurvey | None = None,
    by: log.Actor | None,
) -> TrainingPlan:
    """Begin an empty plan. An owner has no two plans of one title in a year."""
    held = lock_row(owner)
    title = nfc(title)
    refuse_if(_new_plan_violations(held, year, title, approver_text))
    plan = TrainingPlan.objects.create(
        owner=held,
        approver=approver,
        approver_text=nfc(approver_text),
        year=year,
        side=side,
        title=title,
        survey=survey,
    )
    log.record("create_plan", plan, by=by, after={"owner": held.slug, "year": year, "side": side, "title": title})
    return plan


def _new_plan_violations(owner: Unit, year: int, title: str, approver_text: str) -> list[Violation]:
    found = []
    if not title:
        found.append(Violation("plan-title-missing"))
    if not nfc(approver_text):
        found.append(Violation("plan-approver-missing"))
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        found.append(Violation("plan-year-unlikely", "", {"year": year}))
    if owner.plans.filter(year=year, title=title).exists():
        found.append(Violation("plan-title-used", "", {"title": title, "year": year}))
    return found


@transaction.atomic
def submit_plan(
    *,
    plan: TrainingPlan,
    paper_number: str = "",
    submitted_at: dt.datetime | None = None,
    by: log.Actor | None,
) -> PlanSubmission:
    """Freeze a copy of the lines and send it for approval.

    `submitted_at` is for submissions of former years; now otherwise. Raises RuleBroken with everything that the plan
    lacks, IllegalTransition or StaleState when it is not open for submission.
    """
    held = lock_row(plan)
    rows = working_rows(held)
    facts = [line_facts(row) for row in rows]
    move(held, PlanState.SUBMITTED, table=PLAN_MOVES)
    refuse_if(submission_violations(facts, plan_year=held.year))
    submission = PlanSubmission.objects.create(
        plan=held,
        number=held.submissions.count() + 1,
        paper_number=nfc(paper_number),
        submitted_at=submitted_at or timezone.now(),
        submitted_by_name=by.get_full_name() if by else log.SYSTEM,
        reason=held.amendment_reason,
        snapshot=last_snapshot(held.survey),
    )
    _freeze(submission, rows)
    after = {"number": submission.number} | _figures(totals(facts))
    log.record("submit_plan", held, by=by, after=after, reason=held.amendment_reason)
    return submission


def _freeze(submission: PlanSubmission, rows: list[PlanLine]) -> None:
    """Copy the lines; 2 writes whatever their number."""
    copies = [
        SubmittedLine(
            submission=submission,
            line=row,
            position=position,
            programme_id=row.programme_id,
            **{name: getattr(row, name) for name in PLAIN_FIELDS},
        )
        for position, row in enumerate(rows, start=1)
    ]
    link = SubmittedLine.cooperating.through
    links = [
        link(submittedline_id=copy.pk, unit_id=unit.pk)
        for copy, row in zip(SubmittedLine.objects.bulk_create(copies), rows, strict=True)
        for unit in row.cooperating.all()
    ]
    link.objects.bulk_create(links)


@transaction.atomic
def recall_plan(*, submission: PlanSubmission, by: log.Actor | None) -> TrainingPlan:
    """Take a submission back before it is dealt with. Raises StaleState when the approver was faster."""
    plan = lock_row(submission.plan)
    move(submission, SubmissionState.RECALLED, table=SUBMISSION_MOVES, **_decided(by))
    move(plan, PlanState.AMENDING if approved_submission(plan) else PlanState.DRAFT, table=PLAN_MOVES)
    log.record("recall_plan", plan, by=by, before={"number": submission.number})
    return plan


@transaction.atomic
def return_plan(*, submission: PlanSubmission, remarks: str, by: log.Actor | None) -> TrainingPlan:
    """Send a submission back with what is to be completed. Raises RuleBroken without a remark."""
    plan = lock_row(submission.plan)
    if not nfc(remarks):
        raise RuleBroken([Violation("return-without-remarks")])
    move(submission, SubmissionState.RETURNED, table=SUBMISSION_MOVES, remarks=remarks.strip(), **_decided(by))
    move(plan, PlanState.RETURNED, table=PLAN_MOVES)
    log.record("return_plan", plan, by=by, before={"number": submission.number}, reason=nfc(remarks))
    return plan


@transaction.atomic
def approve_plan(
    *,
    submission: PlanSubmission,
    number: str,
    issued_on: dt.date,
    signer_name: str,
    signer_post: str = "",
    issuer: Unit | None = None,
    issuer_text: str = "",
    subject: str = "",
    scan: StoredFile | None = None,
    by: log.Actor | None,
) -> Decision:
    """Record the decision that approves a submitted copy: from now on that copy is the plan.

    The issuer is the plan's approver unless another one is given. Raises RuleBroken when the number is used already or
    something is missing, StaleState or IllegalTransition when the submission was dealt with meanwhile.
    """
    plan = lock_row(submission.plan)
    _refuse_settled(submission)
    decision = enter_decision(
        kind=DecisionKind.PLAN,
        number=number,
        issued_on=issued_on,
        issuer=issuer or plan.approver,
        issuer_text=issuer_text or plan.approver_text,
        signer_name=signer_name,
        signer_post=signer_post,
        subject=subject or plan.title,
        scan=scan,
    )
    move(submission, SubmissionState.APPROVED, table=SUBMISSION_MOVES, decision=decision, **_decided(by))
    move(plan, PlanState.APPROVED, table=PLAN_MOVES, amendment_reason="")
    figures = _figures(totals(submitted_lines(submission)))
    after = {"submission": submission.number, "number": decision.number, "issued_on": issued_on} | figures
    log.record("approve_plan", plan, by=by, after=after)
    return decision


@transaction.atomic
def start_amendment(*, plan: TrainingPlan, reason: str, by: log.Actor | None) -> TrainingPlan:
    """Open the working copy of an approved plan; the approved copy stays the plan until a new decision."""
    held = lock_row(plan)
    reason = nfc(reason)
    if not reason:
        raise RuleBroken([Violation("amendment-without-reason")])
    if held.state != PlanState.APPROVED:
        raise RuleBroken([Violation("plan-not-approved", "", {"state": held.state})])
    move(held, PlanState.AMENDING, table=PLAN_MOVES, amendment_reason=reason[:500])
    log.record("start_amendment", held, by=by, reason=reason)
    return held


@transaction.atomic
def cancel_amendment(*, plan: TrainingPlan, by: log.Actor | None) -> TrainingPlan:
    """Give up an amendment: the working lines say again what the last approved copy says."""
    held = lock_row(plan)
    approved = approved_submission(held)
    if approved is None or held.state not in {PlanState.AMENDING, PlanState.RETURNED}:
        raise RuleBroken([Violation("plan-not-amending")])
    before = plan_totals(held)
    move(held, PlanState.APPROVED, table=PLAN_MOVES, amendment_reason="")
    _return_lines(held, approved)
    log.record("cancel_amendment", held, by=by, before=_figures(before), after=_figures(plan_totals(held)))
    return held


def _refuse_settled(submission: PlanSubmission) -> None:
    """Tell the slower of two deciders before her number is looked at: it may be the number that the faster one used."""
    if not PlanSubmission.objects.filter(pk=submission.pk, state=SubmissionState.PENDING).exists():
        raise StaleState(f"PlanSubmission {submission.pk} was dealt with meanwhile")


def _return_lines(plan: TrainingPlan, approved: PlanSubmission) -> None:
    """Write the frozen lines back over the working ones; lines made since are taken out, removed ones come back."""
    kept = []
    for copy in approved.lines.select_related("line").prefetch_related("cooperating").order_by("position"):
        line = copy.line
        for name in (*PLAIN_FIELDS, "programme_id", "position"):
            setattr(line, name, getattr(copy, name))
        line.is_removed = False
        line.revision += 1
        line.save()
        line.cooperating.set(copy.cooperating.all())
        kept.append(line.pk)
    plan.lines.exclude(pk__in=kept).update(is_removed=True)


def _decided(by: log.Actor | None) -> dict[str, object]:
    return {"decided_at": timezone.now(), "decided_by_name": by.get_full_name() if by else log.SYSTEM}


def _figures(figures: Totals) -> dict[str, int]:
    return {"classes": figures.classes, "learners": figures.learners, "budget_vnd": figures.budget_vnd}
