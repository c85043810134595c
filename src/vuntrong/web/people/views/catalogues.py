"""Catalogues of posts, ethnic groups and religions: everybody reads them, the office keeps them up to date."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from vuntrong.accounts import policies
from vuntrong.kernel.errors import DomainError
from vuntrong.registry import actions
from vuntrong.web.history.entries import entries_of
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.people.catalogues import FILTERS, FORMS, TABLES, TITLES, search_rows
from vuntrong.web.people.sentences import explain


def rows(request: HttpRequest, catalogue: str) -> HttpResponse:
    """List the rows of a catalogue."""
    if catalogue not in TABLES:
        raise Http404
    return answer_list(
        request,
        "people/catalogue.html",
        _visible_rows(request, catalogue),
        table=TABLES[catalogue],
        filters=FILTERS.get(catalogue),
        title=TITLES[catalogue],
        search=search_rows,
        empty={"title": _("Nothing found"), "text": _("Take away a filter, or add a row.")},
        context={"catalogue": catalogue, "may_change": policies.may_change_units(request.user)},
    )


def add(request: HttpRequest, catalogue: str) -> HttpResponse:
    """Add a row."""
    _refuse_readers(request, catalogue)
    form = FORMS[catalogue](request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_catalogue_row(catalogue=catalogue, values=form.values, by=request.user)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Added: %(what)s.") % {"what": made})
            return redirect("people:catalogue", catalogue)
    return render(request, "people/catalogue_form.html", _screen(catalogue, form))


def change(request: HttpRequest, catalogue: str, code: str) -> HttpResponse:
    """Change a row."""
    _refuse_readers(request, catalogue)
    row = get_object_or_404(actions.CATALOGUES[catalogue], code=code)
    form = FORMS[catalogue](request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.change_catalogue_row(row=row, values=form.values, seen=seen, by=request.user)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Saved: %(what)s.") % {"what": row})
            return redirect("people:catalogue", catalogue)
    return render(request, "people/catalogue_form.html", _screen(catalogue, form, row))


def _visible_rows(request: HttpRequest, catalogue: str) -> QuerySet[Any]:
    opens = Value(policies.may_change_units(request.user), output_field=BooleanField())
    rows = actions.CATALOGUES[catalogue].objects.annotate(opens=opens)
    return rows.none() if policies.is_nobody(request.user) else rows


def _refuse_readers(request: HttpRequest, catalogue: str) -> None:
    if catalogue not in TABLES:
        raise Http404
    if not policies.may_change_units(request.user):
        raise PermissionDenied


def _screen(catalogue: str, form: object, row: object = None) -> dict[str, object]:
    entries = entries_of(row) if row else []
    return {"form": form, "row": row, "catalogue": catalogue, "title": TITLES[catalogue], "entries": entries}
