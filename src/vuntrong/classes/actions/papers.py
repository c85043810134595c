"""Issuing the papers of a class, and who is in charge of it."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import transaction

from vuntrong.classes.enums import COMMITTEE, ClassPaper, Duty
from vuntrong.classes.models import ClassDuty, ClassRun
from vuntrong.classes.papers import annexes, content, wording
from vuntrong.classes.papers.content import Gathered, PaperContent, PaperWords
from vuntrong.classes.rules import papers as rules
from vuntrong.documents import pdf
from vuntrong.documents.docx import to_docx
from vuntrong.documents.layouts import Layout
from vuntrong.documents.papers import Paper
from vuntrong.kernel import log
from vuntrong.kernel.errors import Violation, refuse_if
from vuntrong.kernel.transitions import lock_row
from vuntrong.registry.actions.papers import MadePaper, Numbered, PaperOrder, issue_paper
from vuntrong.registry.documents import keep_line, paper_layout, paper_signature, profile_style, profiled_head
from vuntrong.registry.models import DocumentProfile, IssuedPaper, Person, Unit
from vuntrong.registry.queries.papers import profile_on
from vuntrong.regulations.enums import DayKind
from vuntrong.regulations.models import LegalInstrument, SpecialDay

OWN_VERSION = "1"
"""Version of our own wording; grows when a sentence of a paper changes."""
FILE_NAMES = {
    ClassPaper.CALL_UP: "cong-van-trieu-tap",
    ClassPaper.OPENING: "quyet-dinh-mo-lop",
    ClassPaper.RECOGNITION: "quyet-dinh-cong-nhan-hoc-vien",
    ClassPaper.DUTIES: "quyet-dinh-chu-nhiem-ban-can-su",
}


@dataclass(frozen=True)
class Draft:
    """A paper of a class before it has a number: everything read, nothing written."""

    run: ClassRun
    paper: str
    words: PaperWords
    rows: Gathered
    said: PaperContent
    profile: DocumentProfile
    layout: Layout
    sender_id: int | None = None
    person_id: int | None = None

    def printed(self, number: int | None = None) -> Paper:
        """Return the paper, with a gap where the number will stand. At most 5 queries."""
        owner, day, style = self.run.owner, self.words.day, profile_style(self.profile)
        is_letter = self.paper == ClassPaper.CALL_UP
        head = profiled_head(
            owner,
            self.profile,
            kind=wording.type_code(self.paper),
            day=day,
            number=number,
            subject=wording.subject_of(self.said) if is_letter else "",
            office=self.words.office,
        )
        signature = paper_signature(owner, name=self.said.signer_name, post=self.said.signer_post, style=style)
        keep = keep_line(owner, style=style)
        office = self.words.office or self.profile.office
        frame = wording.Frame(head, signature, f"{keep}, {office}" if style == "state" and office else keep)
        return wording.written(self.paper, self.said, frame)


def draft_of(
    run: ClassRun,
    paper: str,
    words: PaperWords,
    *,
    sender: Unit | None = None,
    person: Person | None = None,
    rows: Gathered | None = None,
) -> Draft:
    """Read what a paper says: of the whole class, of one sending unit, or of one person. 10 queries."""
    profile = profile_on(run.owner, words.day)
    style = profile_style(profile)
    rows = rows or content.gather(run, words.day)
    said = content.content_of(rows, words, paper=paper, style=style, sender=sender, person=person)
    layout = paper_layout(run.owner, words.day, style=style)
    keys = {"sender_id": sender.pk if sender else None, "person_id": person.pk if person else None}
    return Draft(run, paper, words, rows, said, profile, layout, **keys)


def violations_of(draft: Draft) -> list[Violation]:
    """Return what keeps a draft from being issued. 2 queries."""
    run, words, rows = draft.run, draft.words, draft.rows
    starts_on = run.opened_on or run.planned_start
    learners = {one.person_id for one in rows.enrolments}
    by_duty = {one.duty: one.person for one in rows.duties}
    committee = [by_duty[duty] for duty in COMMITTEE if duty in by_duty]
    return rules.paper_violations(
        rules.PaperFacts(
            paper=draft.paper,
            day=words.day,
            signer_name=words.signer_name,
            learners=draft.said.learner_count,
            starts_on=starts_on,
            ends_on=run.closed_on or run.planned_end,
            excuse_on=words.excuse_on,
            is_start_off=starts_on is not None and SpecialDay.objects.filter(day=starts_on, kind=DayKind.OFF).exists(),
            has_form_master=Duty.FORM_MASTER in by_duty,
            has_monitor=Duty.MONITOR in by_duty,
            strangers=[person.full_name for person in committee if person.pk not in learners],
            ended_grounds=_ended_grounds(words),
        )
    )


def issue_class_paper(*, draft: Draft, by: log.Actor | None) -> IssuedPaper:
    """Give a draft its number and keep it. Raises RuleBroken with all that is missing."""
    refuse_if(violations_of(draft))
    signature = draft.printed().signature
    order = PaperOrder(
        unit=draft.run.owner,
        kind=wording.type_code(draft.paper),
        day=draft.words.day,
        summary=_summary(draft),
        office=draft.words.office,
        signer_name=draft.said.signer_name,
        signer_post=draft.said.signer_post,
        signer_form=" / ".join((*signature.prefixes, signature.post)),
        subject=draft.run,
        paper=draft.paper,
    )
    return issue_paper(order=order, make=lambda numbered: _made(draft, numbered), by=by)


def _summary(draft: Draft) -> str:
    said = draft.said
    to = said.person or (said.addressees[0] if len(said.addressees) == 1 else "")
    is_letter = draft.paper == ClassPaper.CALL_UP
    return f"Về việc {wording.summary_of(draft.paper, said)}" + (f" ({to})" if is_letter and to else "")


def _made(draft: Draft, numbered: Numbered) -> MadePaper:
    paper = draft.printed(numbered.number)
    layout = pdf.fitted(paper, draft.layout)
    return MadePaper(
        pdf=pdf.to_pdf(paper, layout),
        docx=to_docx(paper, layout),
        file_name=f"{FILE_NAMES[ClassPaper(draft.paper)]}-{numbered.number:02d}",
        content={
            **draft.said.plain(),
            "number": numbered.number,
            "reference": numbered.reference,
            "sender_id": draft.sender_id,
            "person_id": draft.person_id,
        },
        layout=draft.layout.name,
        template=f"vuntrong/{draft.paper}",
        template_version=OWN_VERSION,
        template_sha256=own_template_hash(),
    )


@cache
def own_template_hash() -> str:
    """Return the SHA-256 over everything that words and sets our own papers."""
    files = (Path(wording.__file__), Path(annexes.__file__), Path(pdf.__file__).parent / "templates" / "paper.typ")
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _ended_grounds(words: PaperWords) -> list[rules.EndedGround]:
    """Return the legal papers that the grounds name and that are not in force on the day. 1 query."""
    text = " ".join(words.grounds)
    known = LegalInstrument.objects.prefetch_related("replaced_by") if text else []
    named = [one for one in known if one.number in text]
    ended = [one for one in named if one.valid_to is not None and one.valid_to < words.day]
    return [rules.EndedGround(one.number, ", ".join(newer.number for newer in one.replaced_by.all())) for one in ended]


@transaction.atomic
def set_duties(
    *, class_run: ClassRun, holders: Mapping[str, Person | None], on: dt.date, by: log.Actor | None
) -> list[ClassDuty]:
    """Say who is in charge of what in a class from a day on; who held a duty before ends the day before.

    Returns the new rows; a duty whose holder stays keeps its row.
    """
    lock_row(class_run)
    held = {one.duty: one for one in class_run.duties.filter(valid_to=None)}
    made = []
    for duty, person in holders.items():
        old = held.get(duty)
        if old is not None and person is not None and old.person_id == person.pk:
            continue
        if old is not None:
            _end_duty(old, on)
        if person is not None:
            made.append(ClassDuty.objects.create(class_run=class_run, person=person, duty=duty, valid_from=on))
    after = {one.duty: one.person.full_name for one in made}
    log.record("set_class_duties", class_run, by=by, after=after)
    return made


def _end_duty(duty: ClassDuty, on: dt.date) -> None:
    """End a duty the day before `on`; one that would never have held goes."""
    if duty.valid_from >= on:
        duty.delete()
        return
    duty.valid_to = on - dt.timedelta(days=1)
    duty.save(update_fields=["valid_to"])
