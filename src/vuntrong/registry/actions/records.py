"""Changes to one person: her columns, and the dated rows of her record."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from vuntrong.kernel import log, transitions
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.errors import StaleState, Violation, refuse_if
from vuntrong.kernel.text import nfc, search_key, sort_key
from vuntrong.registry import rules
from vuntrong.registry.actions.repeating import columns_with_rows, repeat_records
from vuntrong.registry.actions.writing import RECORDS
from vuntrong.registry.models import FormerName, Person, Posting

NAME_COLUMNS = frozenset({"full_name", "family_words", "given_words"})
EDITABLE = NAME_COLUMNS | {
    "sex",
    "born_on",
    "personal_id",
    "old_personal_id",
    "profile_code",
    "ethnicity",
    "religion",
    "birth_place",
    "origin",
    "residence",
    "phone",
    "email",
    "photo",
    "general_education",
    "civil_rank",
    "left_on",
    "party_status",
}
"""Columns of a person that may be changed by themselves; the others repeat her records, or belong to other actions.
Of `party_status` only that somebody is no member, and only while no Party dates are known."""


@transaction.atomic
def change_person(
    *, person: Person, changes: Mapping[str, Any], revision: int, by: log.Actor | None, reason: str = ""
) -> Person:
    """Write new values of EDITABLE columns; equal ones are left out, and without any there is nothing to do.

    `revision` is the one the clerk saw. Raises StaleState when somebody else saved meanwhile, RuleBroken with all
    reasons, ValueError for a column that is not editable.
    """
    if forbidden := changes.keys() - EDITABLE:
        raise ValueError(f"not to be changed here: {sorted(forbidden)}")
    person = transitions.lock_row(person)
    stored = {name: nfc(value) if isinstance(value, str) else value for name, value in changes.items()}
    new = {name: value for name, value in stored.items() if getattr(person, name) != value}
    refuse_if(rules.person_violations(_person_facts(person, new)))
    if not new:
        return person
    before = {name: _plain(getattr(person, name)) for name in new}
    keys = _name_keys(person, new) if new.keys() & NAME_COLUMNS else {}
    transitions.edit(person, revision=revision, updated_on=timezone.now(), **new, **keys)
    after = {name: _plain(value) for name, value in new.items()}
    log.record("change_person", person, by=by, before=before, after=after, reason=nfc(reason))
    return person


def _person_facts(person: Person, new: Mapping[str, Any]) -> rules.PersonFacts:
    def said(name: str) -> Any:
        return new.get(name, getattr(person, name))

    return rules.PersonFacts(
        full_name=said("full_name"),
        family_words=said("family_words"),
        given_words=said("given_words"),
        born_on=_plain(said("born_on")) or "",
        left_on=_plain(said("left_on")) or "",
        today=timezone.localdate().isoformat(),
        is_merged=person.merged_into_id is not None,
        is_anonymous=person.anonymised_on is not None,
        party_status=new.get("party_status"),
        has_party_dates="party_status" in new and person.party_memberships.exists(),
    )


def _name_keys(person: Person, new: Mapping[str, Any]) -> dict[str, str]:
    name, family, given = (new.get(column, getattr(person, column)) for column in ("full_name", *_WORDS))
    return {"search_key": search_key(name), "sort_key": sort_key(name, family, given)}


_WORDS = ("family_words", "given_words")


@transaction.atomic
def add_record(
    *, person: Person, table: str, values: Mapping[str, Any], revision: int, by: log.Actor | None, reason: str = ""
) -> models.Model:
    """Add a row to the record of a person; `table` is a name of RECORDS, `values` are by field.

    Raises RuleBroken with all reasons, StaleState when somebody else changed the person since `revision`.
    """
    person = _held(person, revision)
    row = RECORDS[table](person=person, **_stored(values))
    _refuse_wrong(person, table, row)
    row.save(force_insert=True)
    repeat_records([person.pk])
    log.record("add_record", person, by=by, after=_said(table, row), reason=nfc(reason))
    return row


@transaction.atomic
def change_record(
    *, person: Person, row: models.Model, values: Mapping[str, Any], revision: int, by: log.Actor | None, reason: str
) -> models.Model:
    """Correct a row of the record of a person. Raises as `add_record` does, and RuleBroken without a reason."""
    person = _held(person, revision)
    table = table_of(row)
    row = _own_row(person, row)
    before = _said(table, row)
    for name, value in _stored(values).items():
        setattr(row, name, value)
    after = _said(table, row)
    if after == before:
        return row
    _refuse_wrong(person, table, row, reason)
    had_rows = columns_with_rows(person.pk)
    row.save(force_update=True)
    repeat_records([person.pk], emptied=had_rows)
    log.record("change_record", person, by=by, before=before, after=after, reason=nfc(reason))
    return row


@transaction.atomic
def remove_record(*, person: Person, row: models.Model, revision: int, by: log.Actor | None, reason: str) -> None:
    """Take a row out of the record of a person, entered by mistake; the log keeps what it said.

    Raises RuleBroken without a reason and for the last posting: everybody belongs to some unit; StaleState as above.
    """
    person = _held(person, revision)
    row = _own_row(person, row)
    before = _said(table_of(row), row)
    is_last = isinstance(row, Posting) and person.postings.count() == 1
    refuse_if([*_without_reason(reason), *([Violation("posting-last")] if is_last else [])])
    had_rows = columns_with_rows(person.pk)
    row.delete()
    repeat_records([person.pk], emptied=had_rows)
    log.record("remove_record", person, by=by, before=before, reason=nfc(reason))


def table_of(row: models.Model) -> str:
    """Return the name in RECORDS of the table that a row stands in."""
    return next(name for name, model in RECORDS.items() if isinstance(row, model))


def _held(person: Person, revision: int) -> Person:
    """Hold the person until the end, at the revision that the clerk saw, and count it up."""
    person = transitions.lock_row(person)
    transitions.edit(person, revision=revision, updated_on=timezone.now())
    return person


def _own_row(person: Person, row: models.Model) -> models.Model:
    found = type(row)._default_manager.filter(pk=row.pk, person=person).first()
    if found is None:
        raise StaleState(f"{type(row).__name__} {row.pk} is gone")
    return found


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: nfc(value) if isinstance(value, str) else value for name, value in values.items()}


def _refuse_wrong(person: Person, table: str, row: models.Model, reason: str | None = None) -> None:
    if isinstance(row, FormerName):
        row.search_key = search_key(row.full_name)
    others = RECORDS[table]._default_manager.filter(person=person).exclude(pk=row.pk)
    facts = rules.RecordFacts(
        values=_row_values(row),
        others=[_row_values(one) for one in others],
        today=timezone.localdate().isoformat(),
        full_name=person.full_name,
    )
    missing = [] if reason is None else _without_reason(reason)
    refuse_if([*_closed(person), *rules.record_violations(table, facts), *missing])


def _closed(person: Person) -> list[Violation]:
    facts = rules.PersonFacts(
        person.full_name, 1, 1, "", "", "", person.merged_into_id is not None, person.anonymised_on is not None
    )
    return [one for one in rules.person_violations(facts) if one.code in ("person-merged", "person-anonymous")]


def _without_reason(reason: str) -> list[Violation]:
    return [] if nfc(reason) else [Violation("reason-missing")]


def _said(table: str, row: models.Model) -> dict[str, Any]:
    """Return what a row says, for the log: its table, key and every value that is not empty."""
    values = {name: value for name, value in _row_values(row).items() if value not in (None, "")}
    return {"record": table, **({"record_id": row.pk} if row.pk else {}), **values}


def _row_values(row: models.Model) -> dict[str, Any]:
    """Return the values of a row as the database keeps them, by field; not its key, its person and its search key."""
    columns = [one for one in row._meta.local_concrete_fields if one.name not in ("id", "person", "search_key")]
    return {column.name: _plain(getattr(row, column.attname)) for column in columns}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, PartialDate):
        return value.iso()
    return value.isoformat() if hasattr(value, "isoformat") else value
