"""All that is kept of one person, in words, and the days of a request."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuntrong.documents.models import StoredFile
from vuntrong.registry.copies import COPIES, all_field_classes
from vuntrong.registry.enums import FieldClass, RequestState
from vuntrong.registry.field_names import FIELD_NAMES, MODEL_NAMES
from vuntrong.registry.labels import level_name
from vuntrong.registry.models import (
    Award,
    DataRequest,
    FormerName,
    LecturerProfile,
    PartyMembership,
    Person,
    PlannedPost,
    Posting,
    Qualification,
    YearlyGrading,
)
from vuntrong.registry.queries.privacy import is_verified, terms_behind, unsealed
from vuntrong.web.kit.values import Fact, State

RECORDS: tuple[type[Model], ...] = (
    FormerName,
    Posting,
    PlannedPost,
    PartyMembership,
    Qualification,
    YearlyGrading,
    Award,
    LecturerProfile,
)
DERIVED = frozenset({"search_key", "sort_key"})
"""Only other spellings of a name that is shown already."""

ABOUT_MANY = frozenset({"exchange.Import"})
"""Rows that tell of others too: the register names them, the page of one person does not show them."""


@dataclass(frozen=True)
class Section:
    """The rows of one kind: a table with the columns that hold anything."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[tuple[str, str]]]
    """(column, value) of each row."""


def person_facts(person: Person) -> list[Fact]:
    """Return what the record itself says, sealed fields included, and which fields are empty. 1 query."""
    shown = unsealed(person)
    facts = [Fact(field_name(name), told(shown, name)) for name in shown_fields("registry.Person")]
    empty = ", ".join(fact.term for fact in facts if not fact.value)
    return [fact for fact in facts if fact.value] + ([Fact(_("Not filled in"), empty)] if empty else [])


def sections(person: Person) -> list[Section]:
    """Return the rows about a person in every package, only where there are any. 1 query for each kind of rows."""
    found = [_section(model._default_manager.filter(person=person)) for model in RECORDS]
    for copies in COPIES.values():
        found += [_section(rows) for rows in copies.rows([person.pk]) if rows.model._meta.label not in ABOUT_MANY]
    return [section for section in found if section.rows]


def _section(rows: QuerySet[Any]) -> Section:
    label = rows.model._meta.label
    names = shown_fields(label)
    links = [field.name for field in rows.model._meta.concrete_fields if field.is_relation and field.name in names]
    values = [[told(row, name) for name in names] for row in rows.select_related(*links)]
    used = [at for at in range(len(names)) if any(line[at] for line in values)]
    rows_in_words = [[(field_name(names[at]), line[at]) for at in used] for line in values]
    return Section(str(MODEL_NAMES[label]), [field_name(names[at]) for at in used], rows_in_words)


def shown_fields(label: str) -> list[str]:
    """Return the fields of a model that hold personal data, in the order of its columns."""
    rules = all_field_classes()[label]
    names = [field.name for field in apps.get_model(label)._meta.concrete_fields]
    return [name for name in names if rules[name].field_class != FieldClass.TECHNICAL and name not in DERIVED]


def field_name(name: str) -> str:
    """Return what a field is called; of registry.Person.religion the last part counts."""
    short = name.rpartition(".")[2]
    return str(FIELD_NAMES.get(short, short))


def field_names(names: Iterable[str]) -> str:
    """Return what several fields are called, each word once."""
    return ", ".join(dict.fromkeys(field_name(name) for name in names))


def told(row: Any, name: str) -> str:
    """Return what a field says, in words; "" for nothing."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if name == "level" and isinstance(row, Qualification):
        return level_name(value)
    if value in (None, "", [], {}):
        return ""
    if name == "reasons":
        return " ".join(one["sentence"] for one in value)
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, StoredFile | Model):
        return str(getattr(value, "name", value))
    return str(value)


# ---- requests ----


def due_on(request: DataRequest) -> dt.date | None:
    """Return the next day that binds the office; nothing when the request is closed."""
    if request.state == RequestState.RECEIVED:
        return request.answer_by
    return (request.extended_to or request.carry_out_by) if request.state == RequestState.ANSWERED else None


def due_state(request: DataRequest, today: dt.date) -> State:
    """Return the badge of a request: late, days left, or how it ended."""
    due = due_on(request)
    if due is None:
        return State("ok" if request.state == RequestState.DONE else "none", request.get_state_display())
    left = (due - today).days
    if left < 0:
        return State("bad", ngettext("Late by %(days)s day", "Late by %(days)s days", -left) % {"days": -left})
    if left == 0:
        return State("wait", _("Due today"))
    words = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    return State("wait" if left <= 2 else "run", words)


def request_facts(request: DataRequest) -> list[Fact]:
    """Return the days of a request."""
    shown = [
        Fact(_("Received on"), told(request, "received_on")),
        Fact(_("Answer by"), told(request, "answer_by")),
        Fact(_("Answered on"), told(request, "answered_on")),
        Fact(_("Carry out by"), told(request, "carry_out_by")),
        Fact(_("Extended to"), told(request, "extended_to")),
        Fact(_("Reason of the extension"), request.extension_reason),
        Fact(_("Closed on"), told(request, "closed_on")),
        Fact(_("Entered by"), request.made_by.get_full_name() if request.made_by else ""),
    ]
    return [fact for fact in shown if fact.value]


@dataclass(frozen=True)
class ShownTerm:
    """A dated row from which a day was computed."""

    text: str
    instrument: str
    source: str
    is_verified: bool


def terms_of(request: DataRequest) -> list[ShownTerm]:
    """Return the terms behind the days of a request, with their source and whether somebody read it. 1 query."""
    rows = terms_behind(request.kind, request.received_on, has_processor=request.has_processor)
    purposes = [_("Answer"), _("Carry out"), _("Extension")]
    return [
        ShownTerm(f"{purpose}: {row.days} {row.get_unit_display()}", row.instrument, row.source, is_verified([row]))
        for purpose, row in zip(purposes, rows, strict=False)
    ]
