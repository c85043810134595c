"""From a form of a row into the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from vuntrong.accounts import policies
from vuntrong.documents.actions import store_file
from vuntrong.kernel.errors import Violation, refuse_if
from vuntrong.kernel.log import Actor
from vuntrong.registry.actions import add_record, change_record, remove_record
from vuntrong.registry.models import Person, Unit
from vuntrong.web.people.record_forms import FORMS, RecordForm, RemovalForm
from vuntrong.web.people.sentences import TABLES
from vuntrong.web.people.showing import SENSITIVE_FIELDS, SENSITIVE_TABLES
from vuntrong.web.privacy.access import sensitive_access

MODELS = {"party_memberships": "registry.PartyMembership.", "gradings": "registry.YearlyGrading."}


def form_for(request: HttpRequest, person: Person, table: str, row_id: int | None = None) -> tuple[Person, RecordForm]:
    """Return the person and the form of a row, new or known; 404 for a table or a row that is not there or not open."""
    if table not in FORMS:
        raise Http404
    fields = [name for name in SENSITIVE_FIELDS if name.startswith(MODELS.get(table, "-"))]
    if table in SENSITIVE_TABLES and not sensitive_access(request, person, fields, note=str(TABLES[table])).is_open:
        raise Http404
    row = get_object_or_404(getattr(person, table), pk=row_id) if row_id else None
    units = policies.units_visible_to(request.user)
    form = FORMS[table](request.POST or None, request.FILES or None, person=person, row=row, units=units)
    return person, form


@transaction.atomic
def add(form: RecordForm, table: str, *, by: Actor) -> None:
    """Add what the form says. Raises as `add_record` does."""
    typed = form.cleaned_data
    words = {"revision": typed["revision"], "reason": typed["reason"]}
    with _kept_in_sight(form.person, by):
        add_record(person=form.person, table=table, values=_values(form, by), by=by, **words)


@transaction.atomic
def change(form: RecordForm, *, by: Actor) -> None:
    """Correct the row of the form. Raises as `change_record` does."""
    typed = form.cleaned_data
    words = {"revision": typed["revision"], "reason": typed["reason"]}
    with _kept_in_sight(form.person, by):
        change_record(person=form.person, row=form.row, values=_values(form, by), by=by, **words)


@transaction.atomic
def remove(form: RecordForm, *, revision: int, reason: str, by: Actor) -> None:
    """Take the row of the form out. Raises as `remove_record` does."""
    with _kept_in_sight(form.person, by):
        remove_record(person=form.person, row=form.row, revision=revision, reason=reason, by=by)


@contextmanager
def _kept_in_sight(person: Person, by: Any) -> Iterator[None]:
    """Refuse a change that moves the person, now or later, to a unit whose people `by` may not enter.

    A clerk would lose sight of the record with one press, and the receiving unit would have nobody to ask.
    """
    before = _main_units(person)
    yield
    gained = Unit.objects.filter(pk__in=_main_units(person) - before)
    lost = gained.exclude(pk__in=policies.units_enterable_by(by).values("pk")).first()
    refuse_if([Violation("posting-out-of-reach", values={"unit": lost.name})] if lost else [])


def _main_units(person: Person) -> set[int]:
    """Return the unit of today, and those of main postings that have not ended. 2 queries."""
    held = person.postings.filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localdate()), is_main=True)
    return {Person.objects.values_list("unit", flat=True).get(pk=person.pk), *held.values_list("unit", flat=True)}


def _values(form: RecordForm, by: Actor) -> dict[str, Any]:
    """Return the columns of the row; a new scan is kept as it came."""
    file = form.cleaned_data.get("scan_file")
    if file is None:
        return form.values
    stored = store_file(content=file.read(), name=file.name, content_type=file.content_type or "", by=by)
    return {**form.values, "scan": stored}


def record_url(person: Person) -> str:
    """Return the address of the record of a person."""
    return f"{reverse('registry:person', args=[person.pk])}?tab=record"


def form_screen(person: Person, table: str, form: RecordForm) -> dict[str, Any]:
    """Return what the page of a form shows."""
    row = form.row
    return {
        "person": person,
        "form": form,
        "row": row,
        "label": TABLES[table],
        "back": record_url(person),
        "remove_url": reverse("people:record-remove", args=[person.pk, table, row.pk]) if row else "",
        "removal": RemovalForm(initial={"revision": person.revision}, auto_id="remove_%s") if row else None,
        "scan_url": reverse("people:scan", args=[person.pk, row.pk]) if getattr(row, "scan_id", None) else "",
    }
