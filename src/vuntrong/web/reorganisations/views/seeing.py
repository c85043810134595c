"""The wizard from the posts on, and the page of a re-organisation that was confirmed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.kernel.errors import DomainError
from vuntrong.registry.actions.reorganise import choose
from vuntrong.registry.queries.resting import preview_of_draft
from vuntrong.web.reorganisations import choosing, pages, showing
from vuntrong.web.reorganisations.access import actor, managed, own_draft, seen, sent_revision
from vuntrong.web.reorganisations.sentences import why


def page(request: HttpRequest, key: int) -> HttpResponse:
    """Show a re-organisation: a draft opens where it stands, another one as it was confirmed."""
    record = seen(request, key)
    if showing.is_draft(record):
        return redirect("reorganisations:" + ("preview" if record.rows else "events"), record.pk)
    return render(request, "reorganisations/page.html", pages.kept_page(request, record))


def choices(request: HttpRequest, key: int) -> HttpResponse:
    """Say what becomes of posts and classes that have no plain successor."""
    draft = own_draft(request, key)
    found = preview_of_draft(draft)
    groups, goals = choosing.open_groups(found), choosing.goals(found)
    refused: list[str] = []
    if request.method == "POST":
        said = choosing.said_choices(request.POST, groups)
        if choosing.unknown_goals(said, dict(goals)):
            raise Http404
        try:
            choose(reorganisation=draft, revision=sent_revision(request), choices=said, by=actor(request))
            return redirect("reorganisations:" + ("preview" if "next" in request.POST else "choices"), draft.pk)
        except DomainError as refusal:
            refused = why(refusal)
    shown = pages.choices_page(draft, groups, goals, refused)
    return render(request, "reorganisations/choices.html", shown)


def preview(request: HttpRequest, key: int) -> HttpResponse:
    """Show everything that a draft would touch, and what forbids it."""
    draft = own_draft(request, key)
    return render(request, "reorganisations/preview.html", pages.preview_page(draft, preview_of_draft(draft)))


def group(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """List the things of one kind that are touched; a confirmed one as it was shown then."""
    record = seen(request, key)
    found = pages.group_rows(record, code)
    if found is None:
        raise Http404
    if request.GET.get("export") == "xlsx":
        return pages.group_workbook(record, found)
    return render(request, "reorganisations/group.html", pages.group_page(request, record, found))


@require_POST
def confirm(request: HttpRequest, key: int) -> HttpResponse:
    """Hand the confirmation to a worker; the page of the job shows how far it is."""
    draft = own_draft(request, key)
    title = _("Confirm: %(title)s") % {"title": draft.title}
    job = pages.start_job(draft, title, actor(request), revision=sent_revision(request), is_undo=False)
    return redirect("jobs:page", job)


@require_POST
def undo(request: HttpRequest, key: int) -> HttpResponse:
    """Hand the taking back to a worker."""
    record = managed(request, key)
    if record.state != "confirmed":
        messages.error(request, _("Only a confirmed re-organisation can be taken back."))
        return redirect("reorganisations:page", record.pk)
    title = _("Take back: %(title)s") % {"title": record.title}
    return redirect("jobs:page", pages.start_job(record, title, actor(request), revision=0, is_undo=True))
