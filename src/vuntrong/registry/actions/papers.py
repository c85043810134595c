"""Papers with a number: drawn without gaps in the transaction that issues them, entered, cancelled; never deleted."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from vuntrong.documents.actions import store_file
from vuntrong.documents.models import StoredFile
from vuntrong.kernel import log
from vuntrong.kernel.errors import Violation, refuse_if
from vuntrong.kernel.text import nfc, search_key
from vuntrong.kernel.transitions import lock_row, move
from vuntrong.registry.documents import profiled_head
from vuntrong.registry.enums import PAPER_MOVES, Numbering, PaperState
from vuntrong.registry.models import DocumentProfile, IssuedPaper, NumberRun, Unit
from vuntrong.registry.queries.papers import profile_on
from vuntrong.registry.rules import numbers as rules

PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class PaperOrder:
    """What is asked of the registry: a paper of a unit, of a type, signed on a day."""

    unit: Unit
    kind: str
    """Type code: QĐ, CV, TB."""
    day: dt.date
    summary: str
    office: str = ""
    """Code of the drafting office, for letters."""
    signer_name: str = ""
    signer_post: str = ""
    signer_form: str = ""
    subject: models.Model | None = field(default=None, compare=False)
    paper: str = ""


@dataclass(frozen=True)
class Numbered:
    """A number that was drawn and holds when the transaction ends."""

    number: int
    reference: str
    profile: DocumentProfile


@dataclass(frozen=True)
class MadePaper:
    """What was printed with the number, and from what."""

    pdf: bytes
    docx: bytes
    file_name: str
    """Without the ending."""
    content: Mapping[str, Any]
    layout: str
    template: str
    template_version: str
    template_sha256: str


Make = Callable[[Numbered], MadePaper]


@transaction.atomic
def issue_paper(*, order: PaperOrder, make: Make, by: log.Actor | None) -> IssuedPaper:
    """Draw the next number, print the paper with it, and keep both.

    The run stays locked until the transaction ends: whoever comes next waits, and a paper that fails gives its number
    back. Raises RuleBroken for a day that the run does not allow, and whatever `make` raises.
    """
    profile = profile_on(order.unit, order.day)
    run = _locked_run(order.unit, order.kind, order.day, profile)
    last = run.papers.filter(number=run.last_number).values_list("issued_on", flat=True).first()
    refuse_if(rules.draw_violations(_facts(order.unit, order.day, run, last)))
    number = run.last_number + 1
    NumberRun.objects.filter(pk=run.pk).update(last_number=number)
    head = profiled_head(order.unit, profile, kind=order.kind, day=order.day, number=number, office=order.office)
    made = make(Numbered(number, head.reference, profile))
    paper = IssuedPaper.objects.create(
        **_told(order, run, number, head.reference, by),
        content=made.content,
        layout=made.layout,
        template=made.template,
        template_version=made.template_version,
        template_sha256=made.template_sha256,
        pdf=_kept(made.pdf, f"{made.file_name}.pdf", PDF, by),
        docx=_kept(made.docx, f"{made.file_name}.docx", DOCX, by),
    )
    log.record("issue_paper", paper, by=by, after={"number": paper.reference, "summary": paper.summary})
    return paper


@transaction.atomic
def enter_paper(*, order: PaperOrder, number: int, reference: str = "", by: log.Actor | None) -> IssuedPaper:
    """Enter a paper that was numbered elsewhere; the run goes on after the highest number.

    Raises RuleBroken when the run has the number already, or the day is not possible.
    """
    profile = profile_on(order.unit, order.day)
    run = _locked_run(order.unit, order.kind, order.day, profile)
    is_taken = run.papers.filter(number=number).exists()
    refuse_if(rules.entry_violations(_facts(order.unit, order.day, run, None), number=number, is_taken=is_taken))
    if number > run.last_number:
        NumberRun.objects.filter(pk=run.pk).update(last_number=number)
    head = profiled_head(order.unit, profile, kind=order.kind, day=order.day, number=number, office=order.office)
    paper = IssuedPaper.objects.create(**_told(order, run, number, nfc(reference) or head.reference, by))
    log.record("enter_paper", paper, by=by, after={"number": paper.reference, "summary": paper.summary})
    return paper


@transaction.atomic
def cancel_paper(*, paper: IssuedPaper, reason: str, by: log.Actor | None) -> IssuedPaper:
    """Cancel a paper with a reason. Its files stay, and nobody else gets its number.

    Raises RuleBroken without a reason, IllegalTransition or StaleState for one that is cancelled already.
    """
    reason = nfc(reason)
    refuse_if([] if reason else [Violation("cancel-reason-missing")])
    today = timezone.localdate()
    move(paper, PaperState.CANCELLED, table=PAPER_MOVES, cancelled_on=today, cancel_reason=reason)
    log.record("cancel_paper", paper, by=by, after={"number": paper.reference}, reason=reason)
    return paper


@transaction.atomic
def add_profile(*, profile: DocumentProfile, by: log.Actor | None) -> DocumentProfile:
    """Add a dated row that says how a unit writes; the row before it ends the day before.

    Raises RuleBroken for a pattern that cannot number, or a day on or before the first day of a row of the unit.
    """
    rows = DocumentProfile.objects.filter(unit=profile.unit, style=profile.style) if profile.unit is None else None
    rows = DocumentProfile.objects.filter(unit=profile.unit) if rows is None else rows
    if profile.unit is not None:
        lock_row(profile.unit)
    newest = rows.order_by("-valid_from").first()
    found = [*rules.pattern_violations(profile.pattern), *rules.pattern_violations(profile.letter_pattern)]
    if newest is not None and profile.valid_from <= newest.valid_from:
        found.append(Violation("profile-before-last", "", {"first_day": newest.valid_from}))
    if profile.numbering == Numbering.TERM and not profile.term:
        found.append(Violation("profile-without-term"))
    refuse_if(found)
    if newest is not None and (newest.valid_to is None or newest.valid_to >= profile.valid_from):
        rows.filter(pk=newest.pk).update(valid_to=profile.valid_from - dt.timedelta(days=1))
    profile.save(force_insert=True)
    after = {"pattern": profile.pattern, "valid_from": profile.valid_from, "term": profile.term}
    log.record("add_document_profile", profile, by=by, after=after)
    return profile


def _locked_run(unit: Unit, kind: str, day: dt.date, profile: DocumentProfile) -> NumberRun:
    """Return the run of the paper, made if it is the first, and hold it until the transaction ends."""
    run, _made = NumberRun.objects.get_or_create(
        unit=unit,
        style=profile.style,
        kind=kind if profile.is_by_kind else "",
        period=profile.term if profile.numbering == Numbering.TERM else str(day.year),
    )
    return lock_row(run)


def _facts(unit: Unit, day: dt.date, run: NumberRun, last_day: dt.date | None) -> rules.NumberFacts:
    return rules.NumberFacts(
        day=day,
        today=timezone.localdate(),
        unit_begun_on=unit.versions.order_by("valid_from").values_list("valid_from", flat=True).first(),
        unit_ended_on=unit.ended_on,
        last_number=run.last_number,
        last_day=last_day,
    )


def _told(order: PaperOrder, run: NumberRun, number: int, reference: str, by: log.Actor | None) -> dict[str, Any]:
    """Return the columns that every paper has."""
    subject = order.subject
    summary, label = nfc(order.summary)[:500], str(subject or "")[:200]
    return {
        "unit": order.unit,
        "run": run,
        "number": number,
        "reference": reference,
        "kind": order.kind,
        "paper": order.paper,
        "summary": summary,
        "issued_on": order.day,
        "signer_name": nfc(order.signer_name),
        "signer_post": nfc(order.signer_post),
        "signer_form": order.signer_form,
        "subject_type": subject._meta.label_lower if subject else "",
        "subject_id": subject.pk if subject else None,
        "subject_label": label,
        "issued_by_id": by.pk if by else None,
        "search_key": search_key(f"{reference} {summary} {label} {order.signer_name}")[:800],
    }


def _kept(content: bytes, name: str, content_type: str, by: log.Actor | None) -> StoredFile:
    return store_file(content=content, name=name, content_type=content_type, by=by)
