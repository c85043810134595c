"""Restricted records, and sensitive fields shown for a purpose."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts import policies
from vuntrong.kernel.errors import DomainError
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.actions.sealing import lift_restriction
from vuntrong.registry.enums import ReadKind
from vuntrong.registry.models import SealedIdentity
from vuntrong.registry.rules.privacy import SENSITIVE_FIELDS
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.privacy import showing
from vuntrong.web.privacy.access import open_for
from vuntrong.web.privacy.forms import PurposeForm, ReasonForm
from vuntrong.web.privacy.sentences import explain
from vuntrong.web.privacy.tables import RestrictedTable


def restricted(request: HttpRequest) -> HttpResponse:
    """List the records that only the archive may open."""
    if not policies.may_keep_privacy(request.user):
        raise PermissionDenied
    sealed = SealedIdentity.objects.filter(person__in=policies.records_kept_by(request.user))
    return answer_list(
        request,
        "privacy/restricted.html",
        sealed.select_related("person__unit"),
        table=RestrictedTable,
        title=_("Restricted records"),
        search="",
        empty={"title": _("No restricted record"), "text": _("A record is restricted when a request is carried out.")},
    )


def record(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show all that is kept of a person to the office that answers for it, once a purpose is named; written down."""
    person = get_object_or_404(policies.records_kept_by(request.user).select_related("unit"), pk=person_id)
    form = PurposeForm(request.POST or None)
    shown = {"person": person, "form": form}
    if request.method == "POST" and form.is_valid():
        note_read(
            user=request.user,
            kind=ReadKind.PAGE,
            purpose=form.cleaned_data["purpose"],
            fields=SENSITIVE_FIELDS,
            person=person,
            note=_("Everything that is kept"),
        )
        shown |= {"facts": showing.person_facts(person), "sections": showing.sections(person), "is_open": True}
    return render(request, "privacy/record.html", shown)


def lift(request: HttpRequest, person_id: int) -> HttpResponse:
    """Lift the restriction of a record."""
    person = get_object_or_404(policies.records_kept_by(request.user), pk=person_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lift_restriction(person=person, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("The restriction is lifted."))
            return redirect("privacy:restricted")
    return render(request, "privacy/lift.html", {"form": form, "person": person})


@require_POST
def show_sensitive(request: HttpRequest, person_id: int) -> HttpResponse:
    """Open the sensitive fields of a person for the purpose named, and go back to her page, which writes it down."""
    person = get_object_or_404(policies.people_visible_to(request.user), pk=person_id)
    if not policies.may_read_sensitive(request.user):
        raise PermissionDenied
    form = PurposeForm(request.POST)
    if form.is_valid():
        open_for(request, person, form.cleaned_data["purpose"])
    else:
        messages.error(request, _("The purpose is missing. Choose one, then the fields show."))
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()})
    return redirect(address if is_ours else reverse("registry:person", args=[person.pk]))
