"""The page of a person, the form of her details, her photo and the scans of her papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts import policies
from vuntrong.documents.actions import stored_bytes
from vuntrong.kernel.errors import DomainError
from vuntrong.registry import actions
from vuntrong.registry.models import Person
from vuntrong.registry.queries.duplicates import surviving
from vuntrong.web.people import photos, showing
from vuntrong.web.people.forms import PersonDetailsForm, PhotoForm
from vuntrong.web.people.screens import person_screen
from vuntrong.web.people.sentences import explain
from vuntrong.web.privacy.access import sensitive_access

SCAN = "application/octet-stream"
"""Whatever a sender called the file: a browser saves it and runs nothing."""


def visible_person(request: HttpRequest, person_id: int) -> Person:
    """Return the person, or answer 404 to somebody who may not open the record."""
    people = policies.people_visible_to(request.user).select_related("unit", "post", "ethnicity", "religion", "photo")
    return get_object_or_404(people, pk=person_id)


def changeable_person(request: HttpRequest, person_id: int) -> Person:
    """Return the person, or answer 404, or 403 to a reader who may not change the record."""
    found = visible_person(request, person_id)
    if not policies.may_enter_people(request.user, found.unit_id):
        raise PermissionDenied
    return found


def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show a person: the story, the record, or the history."""
    found = visible_person(request, person_id)
    if found.merged_into_id is not None:
        return redirect("registry:person", surviving(found).pk)
    access = sensitive_access(request, found, showing.SENSITIVE_FIELDS, note=_("Page of the person"))
    return render(request, "people/person.html", person_screen(request, found, access))


def change(request: HttpRequest, person_id: int) -> HttpResponse:
    """Change the details of a person."""
    found = changeable_person(request, person_id)
    access = sensitive_access(request, found, showing.SENSITIVE_FIELDS[:2], note=_("Form of the person"))
    form = PersonDetailsForm(request.POST or None, person=found, is_open=access.is_open)
    if request.method == "POST" and form.is_valid():
        words = {"revision": form.cleaned_data["revision"], "reason": form.cleaned_data["reason"]}
        try:
            actions.change_person(person=found, changes=form.changes, by=request.user, **words)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("The details are saved."))
            return redirect("registry:person", found.pk)
    photo = PhotoForm(initial={"revision": found.revision}, auto_id="photo_%s")
    return render(request, "people/change.html", {"form": form, "person": found, "photo_form": photo, "access": access})


@require_POST
def change_photo(request: HttpRequest, person_id: int) -> HttpResponse:
    """Put another photo into the record."""
    found = changeable_person(request, person_id)
    form = PhotoForm(request.POST, request.FILES, auto_id="photo_%s")
    try:
        problems = photos.put(form, found, by=request.user)
    except DomainError as refusal:
        problems = explain(refusal)
    for problem in problems:
        messages.error(request, problem)
    return redirect("people:change" if problems else "registry:person", found.pk)


def photo(request: HttpRequest, person_id: int) -> HttpResponse:
    """Answer with the photo of a person."""
    found = visible_person(request, person_id)
    if found.photo is None:
        raise Http404
    response = HttpResponse(stored_bytes(found.photo), content_type=found.photo.content_type)
    response["Cache-Control"] = "private, max-age=3600"
    return response


def scan(request: HttpRequest, person_id: int, row_id: int) -> HttpResponse:
    """Answer with the scan of a paper of a person."""
    row = get_object_or_404(visible_person(request, person_id).qualifications, pk=row_id, scan__isnull=False)
    header = content_disposition_header(as_attachment=True, filename=row.scan.name)
    return HttpResponse(stored_bytes(row.scan), content_type=SCAN, headers={"Content-Disposition": header})
