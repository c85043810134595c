"""Which copy of a plan goes on paper, and what is known for its head already."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vuntrong.documents.pdf import to_png
from vuntrong.kernel.text import search_key
from vuntrong.planning.documents.plans import PlanCopy, PrintedPaper, leading_number
from vuntrong.planning.enums import SubmissionState
from vuntrong.planning.models import PlanSubmission, TrainingPlan
from vuntrong.planning.queries.lines import submitted_lines, working_lines
from vuntrong.planning.queries.plans import last_snapshot
from vuntrong.web.kit.address import with_query

KEPT_SECONDS = 300
FILE_NAMES = {"submission": "to-trinh", "decision": "quyet-dinh", "yearly": "ke-hoach"}


@dataclass(frozen=True)
class Choice:
    """One paper or one copy that can be chosen."""

    label: str
    url: str
    is_on: bool


@dataclass(frozen=True)
class Choices:
    """What can be chosen on the page of papers."""

    papers: list[Choice]
    copies: list[Choice]


def choices(request: HttpRequest, plan: TrainingPlan, name: str) -> Choices:
    """Return the papers and the copies. 1 query."""
    labels = {"submission": _("Submission paper"), "decision": _("Draft decision"), "yearly": _("Yearly plan")}
    fresh = {"number": None, "day": None, "signer_name": None, "signer_post": None}
    papers = [Choice(label, with_query(request, paper=key, **fresh), key == name) for key, label in labels.items()]
    numbers = list(plan.submissions.order_by("-number").values_list("number", flat=True))
    now = request.GET.get("copy", "") or (str(numbers[0]) if numbers else "0")
    copies = [
        Choice(_("Submission %(number)s") % {"number": number}, with_query(request, copy=number), str(number) == now)
        for number in numbers
    ]
    copies.append(Choice(_("Working copy"), with_query(request, copy="0"), now == "0"))
    return Choices(papers, copies)


def copy_of(plan: TrainingPlan, number: str) -> PlanCopy:
    """Return the copy asked for: a submission by its number, "0" for the working copy, the newest otherwise.

    7 queries at most. Raises Http404 for a number that does not exist.
    """
    rows = list(plan.submissions.select_related("decision", "snapshot__survey__owner").order_by("-number"))
    if number == "0" or (not number and not rows):
        amends = next((one.decision for one in rows if one.state == SubmissionState.APPROVED), None)
        words = {"reason": plan.amendment_reason, "snapshot": last_snapshot(plan.survey), "amends": amends}
        return PlanCopy(plan, working_lines(plan), **words if plan.amendment_reason else words | {"amends": None})
    found = next((one for one in rows if not number or str(one.number) == number), None)
    if found is None:
        raise Http404
    return _submitted(plan, found, rows)


def _submitted(plan: TrainingPlan, found: PlanSubmission, rows: list[PlanSubmission]) -> PlanCopy:
    earlier = (one for one in rows if one.number < found.number and one.state == SubmissionState.APPROVED)
    amended = next((one.decision for one in earlier), None)
    return PlanCopy(
        plan=plan,
        lines=submitted_lines(found),
        submission_number=found.paper_number,
        submitted_on=timezone.localdate(found.submitted_at),
        reason=found.reason,
        snapshot=found.snapshot,
        amends=amended if found.reason else None,
        approved_by=found.decision,
    )


def known(name: str, copy: PlanCopy) -> dict[str, Any]:
    """Return what the form starts with: a recorded decision has number, day and signer."""
    decision = copy.approved_by
    if name == "decision" and decision:
        return {
            "number": leading_number(decision.number),
            "day": f"{decision.issued_on:%d/%m/%Y}",
            "signer_name": decision.signer_name,
            "signer_post": decision.signer_post,
        }
    if name == "submission" and copy.submission_number and copy.submitted_on:
        return {"number": leading_number(copy.submission_number), "day": f"{copy.submitted_on:%d/%m/%Y}"}
    return {"number": "", "day": "", "signer_name": "", "signer_post": ""}


@dataclass(frozen=True)
class Page:
    """One page of a paper as a picture, with its size in pixels so that the browser keeps its place."""

    number: int
    image: bytes
    width: int
    height: int


def pages(printed: PrintedPaper) -> list[Page]:
    """Return the pages of a paper; made once for the page and its pictures, kept for some minutes."""
    key = f"plan-paper-{hashlib.sha256(repr(printed).encode()).hexdigest()}"
    images: list[bytes] | None = cache.get(key)
    if images is None:
        images = to_png(printed.paper, printed.layout, dots_per_inch=96)
        cache.set(key, images, KEPT_SECONDS)
    return [Page(number, image, *_size(image)) for number, image in enumerate(images, 1)]


def _size(image: bytes) -> tuple[int, int]:
    """Return width and height from the head of a PNG."""
    return int.from_bytes(image[16:20]), int.from_bytes(image[20:24])


def draft_day(plan: TrainingPlan) -> dt.date:
    """Return the day whose layout a draft takes: today, or the last day of the year before a plan of former years."""
    today = timezone.localdate()
    return today if plan.year >= today.year else dt.date(plan.year, 1, 1)


def file_name(name: str, plan: TrainingPlan) -> str:
    """Return a file name without marks: to-trinh-tuyen-hoa-2022."""
    return f"{FILE_NAMES[name]}-{slugify(search_key(plan.owner.slug))}-{plan.year}"
