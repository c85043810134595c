"""The wizard until the preview: the list, the basis, the events."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts import policies
from vuntrong.documents.inspection import WorkbookError
from vuntrong.kernel.errors import DomainError
from vuntrong.registry.actions import reorganise as actions
from vuntrong.registry.event_sheets import event_template
from vuntrong.web.context import current_unit
from vuntrong.web.kit.download import xlsx
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.reorganisations import grid, showing
from vuntrong.web.reorganisations.access import actor, own_draft, sent_revision
from vuntrong.web.reorganisations.forms import BasisForm, EventsUploadForm, basis_of
from vuntrong.web.reorganisations.sentences import why
from vuntrong.web.reorganisations.tables import ReorganisationFilter, ReorganisationTable
from vuntrong.web.reorganisations.uploads import events_page, uploaded


def reorganisation_list(request: HttpRequest) -> HttpResponse:
    """List the re-organisations, drafts and confirmed ones."""
    return answer_list(
        request,
        "reorganisations/list.html",
        policies.reorganisations_visible_to(request.user).select_related("unit"),
        table=ReorganisationTable,
        filters=ReorganisationFilter,
        search="",
        title=_("Re-organisations"),
        empty={"title": _("No re-organisation yet"), "text": _("Prepare one: nothing changes before it is confirmed.")},
        context={"may_change": policies.may_change_units(request.user)},
    )


def create(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    if not policies.may_change_units(request.user):
        raise PermissionDenied
    units = policies.units_changeable_by(request.user)
    form = BasisForm(request.POST or None, initial={"unit": current_unit(request)}, units=units)
    if request.method == "POST" and form.is_valid():
        draft = actions.draft_reorganisation(**form.content, by=actor(request))
        return redirect("reorganisations:events", draft.pk)
    return render(request, "reorganisations/basis.html", {"form": form, "steps": showing.steps(None, 1)})


def basis(request: HttpRequest, key: int) -> HttpResponse:
    """Change title, day, paper and area of a draft."""
    draft = own_draft(request, key)
    units = policies.units_changeable_by(request.user)
    form = BasisForm(request.POST or None, initial=basis_of(draft), units=units)
    if request.method == "POST" and form.is_valid():
        changed = {"revision": sent_revision(request), "changes": form.content, "by": actor(request)}
        try:
            actions.edit_reorganisation(reorganisation=draft, **changed)
            return redirect("reorganisations:events", draft.pk)
        except DomainError as refusal:
            form.add_error(None, why(refusal))
    shown = {"form": form, "record": draft, "steps": showing.steps(draft, 1)}
    return render(request, "reorganisations/basis.html", shown)


def events(request: HttpRequest, key: int) -> HttpResponse:
    """Type the events into a grid; POST saves all rows that can be read, or none."""
    draft = own_draft(request, key)
    if request.method != "POST":
        return render(request, "reorganisations/events.html", events_page(draft, grid.kept_rows(draft)))
    rows = grid.typed_rows(request.POST)
    found = grid.read(draft, rows)
    refused = []
    if not found.problems:
        try:
            revision = sent_revision(request)
            changed = {"changes": {}, "events": found.events, "by": actor(request)}
            actions.edit_reorganisation(reorganisation=draft, revision=revision, **changed)
            return redirect("reorganisations:" + ("choices" if "next" in request.POST else "events"), draft.pk)
        except DomainError as refusal:
            refused = why(refusal)
            draft.refresh_from_db()
    return render(request, "reorganisations/events.html", events_page(draft, rows, found.problems, refused))


@require_POST
def upload(request: HttpRequest, key: int) -> HttpResponse:
    """Take the events of a workbook in place of what is typed; errors are named by cell."""
    draft = own_draft(request, key)
    form = EventsUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "reorganisations/events.html", events_page(draft, grid.kept_rows(draft), upload=form))
    try:
        taken = uploaded(draft, form.cleaned_data["file"], sent_revision(request), actor(request))
    except (WorkbookError, DomainError) as refusal:
        form.add_error(None, why(refusal))
        return render(request, "reorganisations/events.html", events_page(draft, grid.kept_rows(draft), upload=form))
    if taken.errors:
        page = events_page(draft, taken.rows, upload=form)
        return render(request, "reorganisations/events.html", {**page, "cell_errors": taken.errors})
    messages.success(request, _("Read %(count)s rows from the workbook.") % {"count": len(taken.rows)})
    return redirect("reorganisations:events", draft.pk)


def template(request: HttpRequest, key: int) -> HttpResponse:
    """Give the workbook to fill, with the units of the account beside it."""
    own_draft(request, key)
    units = policies.units_changeable_by(request.user).filter(is_alive=True).order_by("sort_key")
    return xlsx(event_template(units.values_list("slug", "name")), _("List of events"))


@require_POST
def discard(request: HttpRequest, key: int) -> HttpResponse:
    """Throw a draft away."""
    draft = own_draft(request, key)
    try:
        actions.discard_reorganisation(reorganisation=draft, by=actor(request))
        messages.success(request, _("The draft is thrown away."))
    except DomainError as refusal:
        for sentence in why(refusal):
            messages.error(request, sentence)
    return redirect("reorganisations:list")
