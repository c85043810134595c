"""Rows of a record: added, corrected, taken out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.kernel.errors import DomainError
from vuntrong.web.people import saving
from vuntrong.web.people.record_forms import RemovalForm
from vuntrong.web.people.sentences import TABLES, explain
from vuntrong.web.people.views.person import changeable_person


def add(request: HttpRequest, person_id: int, table: str) -> HttpResponse:
    """Add a row."""
    person, form = saving.form_for(request, changeable_person(request, person_id), table)
    if request.method == "POST" and form.is_valid():
        try:
            saving.add(form, table, by=request.user)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Added: %(what)s.") % {"what": TABLES[table]})
            return redirect(saving.record_url(person))
    return render(request, "people/record_form.html", saving.form_screen(person, table, form))


def change(request: HttpRequest, person_id: int, table: str, row_id: int) -> HttpResponse:
    """Correct a row."""
    person, form = saving.form_for(request, changeable_person(request, person_id), table, row_id)
    if request.method == "POST" and form.is_valid():
        try:
            saving.change(form, by=request.user)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Corrected: %(what)s.") % {"what": TABLES[table]})
            return redirect(saving.record_url(person))
    return render(request, "people/record_form.html", saving.form_screen(person, table, form))


@require_POST
def remove(request: HttpRequest, person_id: int, table: str, row_id: int) -> HttpResponse:
    """Take a row out."""
    person, form = saving.form_for(request, changeable_person(request, person_id), table, row_id)
    typed = RemovalForm(request.POST)
    words = typed.cleaned_data if typed.is_valid() else {"reason": "", "revision": person.revision}
    try:
        saving.remove(form, by=request.user, **words)
    except DomainError as refusal:
        for sentence in explain(refusal):
            messages.error(request, sentence)
        return redirect("people:record-change", person.pk, table, row_id)
    messages.success(request, _("Taken out: %(what)s.") % {"what": TABLES[table]})
    return redirect(saving.record_url(person))
