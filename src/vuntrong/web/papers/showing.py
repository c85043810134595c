"""What the pages of papers show."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vuntrong.classes.actions.papers import Draft
from vuntrong.classes.enums import ClassPaper
from vuntrong.classes.models import ClassRun
from vuntrong.classes.papers.content import Gathered, in_charge
from vuntrong.documents.layouts import Layout
from vuntrong.documents.papers import Paper
from vuntrong.documents.pdf import fitted, to_png
from vuntrong.registry.enums import PaperState
from vuntrong.registry.models import IssuedPaper
from vuntrong.registry.queries.papers import papers_about
from vuntrong.web.kit.values import Fact

KEPT_SECONDS = 600
SAID_BEFORE = (
    *("signer_name", "signer_post", "office_name", "office_head", "study_rule", "executors", "bring", "boarding"),
    *("funding", "opening_time"),
)


@dataclass(frozen=True)
class Choice:
    """One paper of a class, and what was issued of it."""

    label: str
    text: str
    url: str
    issued: Sequence[IssuedPaper]


def day(value: Any) -> str:
    """Return dd/mm/yyyy."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else ""


def paper_facts(paper: IssuedPaper) -> list[Fact]:
    """Return the facts of a paper. No queries."""
    state = f"{day(paper.cancelled_on)}: {paper.cancel_reason}" if paper.state == PaperState.CANCELLED else ""
    facts = [
        Fact(_("Unit"), paper.unit.name),
        Fact(_("Number"), paper.reference),
        Fact(_("Year or term"), paper.run.period),
        Fact(_("Signed on"), day(paper.issued_on)),
        Fact(_("Signed by"), paper.signer_name),
        Fact(_("Signature"), paper.signer_form),
        Fact(_("About"), paper.subject_label, _about(paper)),
        Fact(pgettext("paper", "Cancelled"), state, tone="bad"),
        Fact(_("Template"), f"{paper.template} {paper.template_version}".strip()),
        Fact(_("Layout"), paper.layout),
    ]
    return [fact for fact in facts if fact.value]


def file_facts(paper: IssuedPaper) -> list[Fact]:
    """Return the hash of each file, as it was kept when the paper was issued. No queries."""
    kept = (("PDF", paper.pdf), ("DOCX", paper.docx))
    return [Fact(f"SHA-256 {kind}", stored.sha256) for kind, stored in kept if stored is not None]


def duty_facts(run: ClassRun) -> list[Fact]:
    """Return who is in charge of a class today. 1 query."""
    return [Fact(str(one.get_duty_display()), one.person.full_name) for one in in_charge(run, timezone.localdate())]


def _about(paper: IssuedPaper) -> str:
    return reverse("papers:class", args=[paper.subject_id]) if paper.subject_type == "classes.classrun" else ""


def choices(run: ClassRun) -> list[Choice]:
    """Return the papers of a class with those issued. 1 query."""
    texts = {
        ClassPaper.CALL_UP: _("One letter to each sending unit, or to each learner."),
        ClassPaper.OPENING: _("Creates the class; money and hours hang on it."),
        ClassPaper.RECOGNITION: _("Fixes who is a learner, with the list as annex."),
        ClassPaper.DUTIES: _("Names the form-master and the class committee."),
    }
    issued = list(papers_about(run))
    return [
        Choice(
            str(one.label),
            texts[one],
            reverse("papers:prepare", args=[run.pk, one.value]),
            [paper for paper in issued if paper.paper == one],
        )
        for one in (ClassPaper.OPENING, ClassPaper.RECOGNITION, ClassPaper.DUTIES, ClassPaper.CALL_UP)
    ]


def start_words(run: ClassRun, paper: str) -> dict[str, Any]:
    """Return what the form starts with: what the unit said on its last paper of this kind. 1 query."""
    same = IssuedPaper.objects.filter(unit=run.owner, paper=paper).order_by("-pk").first()
    any_paper = same or IssuedPaper.objects.filter(unit=run.owner).exclude(paper="").order_by("-pk").first()
    said = any_paper.content if any_paper else {}
    found: dict[str, Any] = {name: said.get(name, "") for name in SAID_BEFORE}
    grounds = said.get("grounds") or [f"chức năng, nhiệm vụ, quyền hạn của {run.owner.name}"]
    first = ["Như trên"] if paper == ClassPaper.CALL_UP else ["Như Điều 3", "Các đơn vị cử học viên"]
    recipients = same.content.get("recipients") if same else None
    return {
        **found,
        "day": day(timezone.localdate()),
        "grounds": "\n".join(grounds),
        "recipients": "\n".join(recipients or first),
    }


def letter_choices(run: ClassRun, rows: Gathered) -> dict[str, list[tuple[str, str]]]:
    """Return whom call-up letters may go to; those that have one say its number. 1 query."""
    letters = papers_about(run).filter(paper=ClassPaper.CALL_UP, state=PaperState.ISSUED)
    sent = list(letters.values_list("content__sender_id", "content__person_id", "reference"))
    to_unit = {unit: number for unit, _person, number in sent if unit}
    to_person = {person: number for _unit, person, number in sent if person}
    units = {one.unit_id: rows.unit_names.get(one.unit_id, one.unit.name) for one in rows.enrolments}
    people = {one.person_id: one.person.full_name for one in rows.enrolments}
    return {
        "units": [(str(key), _sent(name, to_unit.get(key))) for key, name in units.items()],
        "people": [(str(key), _sent(name, to_person.get(key))) for key, name in people.items()],
        "waiting": [(str(key), name) for key, name in units.items() if key not in to_unit],
    }


def _sent(name: str, number: str | None) -> str:
    return _("%(name)s (sent: %(number)s)") % {"name": name, "number": number} if number else name


@dataclass(frozen=True)
class Page:
    """One page of a preview with its size in pixels, so that the browser keeps its place."""

    number: int
    key: str
    width: int
    height: int


def previewed(draft: Draft) -> list[Page]:
    """Set a draft once and keep its pages for some minutes; returns them with the key under which they are kept."""
    paper = draft.printed()
    key = hashlib.sha256(repr((draft.run.pk, paper, draft.layout)).encode()).hexdigest()
    name = cache_name(draft.run.pk, key)
    images: list[bytes] | None = cache.get(name)
    if images is None:
        images = _images(paper, draft.layout)
        cache.set(name, images, KEPT_SECONDS)
    return [Page(number, key, *_size(image)) for number, image in enumerate(images, 1)]


def cache_name(class_id: int, key: str) -> str:
    """Return under which name the pages of a preview are kept."""
    return f"class-paper-{class_id}-{key}"


def _images(paper: Paper, layout: Layout) -> list[bytes]:
    return to_png(paper, fitted(paper, layout), dots_per_inch=96)


def _size(image: bytes) -> tuple[int, int]:
    """Return width and height from the head of a PNG."""
    return int.from_bytes(image[16:20]), int.from_bytes(image[20:24])
