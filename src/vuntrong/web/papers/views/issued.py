"""Issued papers: the list, one paper with its files and their hash, number runs, numbers from elsewhere."""

import hashlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts import policies
from vuntrong.documents.actions import stored_bytes
from vuntrong.kernel.errors import IllegalTransition, RuleBroken, StaleState
from vuntrong.registry.actions.papers import PaperOrder, cancel_paper, enter_paper
from vuntrong.registry.models import IssuedPaper
from vuntrong.web.classes.access import actor
from vuntrong.web.history.entries import entries_of
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.papers.forms import CancelForm, EnterForm
from vuntrong.web.papers.sentences import explain
from vuntrong.web.papers.showing import file_facts, paper_facts
from vuntrong.web.papers.tables import WITH_COUNTS, PaperFilter, PaperTable, RunTable


def paper_list(request: HttpRequest) -> HttpResponse:
    """List the papers that the units in scope have issued."""
    empty = {
        "title": _("No paper yet"),
        "text": _("Open a class and issue its first paper there, or enter one that was numbered elsewhere."),
        "url": reverse("classes:list"),
        "label": _("Classes"),
    }
    return answer_list(
        request,
        "papers/list.html",
        policies.papers_visible_to(request.user).select_related("unit"),
        table=PaperTable,
        filters=PaperFilter,
        title=_("Issued papers"),
        empty=empty,
        context={"may_enter": policies.may_plan(request.user)},
    )


def runs(request: HttpRequest) -> HttpResponse:
    """List the number runs with their last number and what is missing below it."""
    return answer_list(
        request,
        "papers/runs.html",
        policies.runs_visible_to(request.user).select_related("unit").annotate(**WITH_COUNTS),
        table=RunTable,
        search=("unit__search_key", "kind", "period"),
        title=_("Number runs"),
        empty={"title": _("No number was drawn yet"), "text": _("A run begins with the first paper of a unit.")},
    )


def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Show one paper; its files are read and their hash compared with the one that was kept."""
    found = _seen(request, paper_id)
    files = [one for one in (found.pdf, found.docx) if one is not None]
    is_intact = all(hashlib.sha256(stored_bytes(one)).hexdigest() == one.sha256 for one in files)
    shown = {
        "paper": found,
        "facts": paper_facts(found),
        "file_facts": file_facts(found),
        "is_intact": is_intact,
        "entries": entries_of(found),
        "cancel_form": CancelForm(),
        "may_cancel": policies.may_issue_papers(request.user, found.unit_id) and found.state == "issued",
    }
    return render(request, "papers/paper.html", shown)


def paper_file(request: HttpRequest, paper_id: int, kind: str) -> HttpResponse:
    """Send the file exactly as it was issued."""
    found = _seen(request, paper_id)
    stored = found.pdf if kind == "pdf" else found.docx
    if stored is None:
        raise Http404
    response = HttpResponse(stored_bytes(stored), content_type=stored.content_type)
    response["Content-Disposition"] = f'attachment; filename="{stored.name}"'
    return response


@require_POST
def cancel(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Cancel a paper with a reason."""
    found = _seen(request, paper_id)
    if not policies.may_issue_papers(request.user, found.unit_id):
        raise PermissionDenied
    try:
        cancel_paper(paper=found, reason=request.POST.get("reason", ""), by=actor(request))
    except RuleBroken as refusal:
        messages.error(request, " ".join(explain(refusal)))
    except (StaleState, IllegalTransition):
        messages.error(request, _("The paper is cancelled already."))
    else:
        messages.success(request, _("The paper is cancelled; its number stays used."))
    return redirect("papers:paper", found.pk)


def enter(request: HttpRequest) -> HttpResponse:
    """Enter a paper that got its number elsewhere."""
    if not policies.may_plan(request.user):
        raise PermissionDenied
    form = EnterForm(request.POST or None, units=policies.units_issuing_for(request.user))
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        number, reference = typed.pop("number"), typed.pop("reference")
        try:
            made = enter_paper(order=PaperOrder(**typed), number=number, reference=reference, by=actor(request))
        except RuleBroken as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("The paper is entered; the run goes on after its number."))
            return redirect("papers:paper", made.pk)
    return render(request, "papers/enter.html", {"form": form})


def _seen(request: HttpRequest, paper_id: int) -> IssuedPaper:
    papers = policies.papers_visible_to(request.user).select_related("unit", "run", "pdf", "docx")
    return get_object_or_404(papers, pk=paper_id)
