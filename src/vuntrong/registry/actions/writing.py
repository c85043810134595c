"""People and their records written in sets: what imports, list entries and made provinces go through."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from vuntrong.kernel import log
from vuntrong.kernel.bulk import Plain, insert_rows, reserve_ids, update_rows
from vuntrong.kernel.errors import StaleState
from vuntrong.kernel.text import nfc, search_key, sort_key
from vuntrong.registry import rules
from vuntrong.registry.actions.repeating import columns_from_rows, in_chunks, postings_of, repeat_records
from vuntrong.registry.models import (
    Award,
    FormerName,
    LecturerProfile,
    PartyMembership,
    Person,
    PlannedPost,
    Posting,
    Qualification,
    YearlyGrading,
)

Row = Mapping[str, Plain]
"""Values by the name of their field; a relation is the key of its row, a date is ISO text."""
RECORDS: Mapping[str, type[models.Model]] = {
    "postings": Posting,
    "former_names": FormerName,
    "planned_posts": PlannedPost,
    "party_memberships": PartyMembership,
    "qualifications": Qualification,
    "gradings": YearlyGrading,
    "awards": Award,
    "lecturer_profiles": LecturerProfile,
}
REPEATED = frozenset({"unit", "post", "post_text", "degree", "political_level", "party_status"})
"""Columns of a person that repeat her records."""
Tick = Callable[[int, int], None]
Told = dict[int, dict[str, list[Any]]]
"""Person to what changed: name of a column or of records to [before, after]."""
RecordRows = dict[str, list[dict[str, Plain]]]


@dataclass(frozen=True, slots=True)
class PersonWrite:
    """One person as a run writes her; texts in stored form (kernel.text.nfc)."""

    fields: Row = field(default_factory=dict)
    """Columns of Person; `search_key`, `sort_key` and `revision` come by themselves. Somebody new needs `full_name` and
    `unit`; `unit`, `post` and `post_text` of somebody new make her main posting unless `records` name postings.
    For somebody known the columns that repeat records (REPEATED) are not given here but by `place` and `records`."""
    records: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """Rows by the names of RECORDS: a row with "id" corrects that row of hers, another is added."""
    place: Row | None = None
    """Where somebody known works now: any of `unit`, `post`, `post_text`, `decision`. With `valid_from` the main
    posting of today ends the day before and a new one begins; without it the main posting is corrected."""
    person_id: int | None = None
    """Null for somebody new."""
    revision: int | None = None
    """As the caller read it, where somebody else must not have changed the person since."""


@transaction.atomic
def write_people(
    *, people: Sequence[PersonWrite], by: log.Actor | None, reason: str, tick: Tick | None = None
) -> list[int]:
    """Write new people and changes of known ones with their records; returns their keys in the order given.

    One transaction and one row in the log, from which the history of every person tells the run. Numbers of queries
    depend on batches and on how many different sets of columns change, not on rows. Afterwards the repeated columns say
    what the rows say. `tick(done, total)` is called now and then; what it raises undoes everything.
    Raises StaleState when somebody else changed or removed one of the rows meanwhile, ValueError for a field that may
    not be given or a text that is too long.
    """
    tell = _Telling(tick, len(people))
    new = [one for one in people if one.person_id is None]
    known = {one.person_id: one for one in people if one.person_id is not None}
    ids = _insert(new, tell)
    told = _update(known, tell)
    rows = _record_rows([*zip(ids, new, strict=True), *known.items()], _places(known))
    _note_records(told, rows)
    _write_records(rows)
    repeat_records([key for key, one in known.items() if one.records or one.place])
    subjects = [*((key, dict[str, Any]()) for key in ids), *told.items()]
    counts = {"created": len(new), "updated": len(known)}
    log.record_many("write_people", Person, subjects, by=by, label=reason, after=counts, reason=reason)
    keys = iter(ids)
    return [next(keys) if one.person_id is None else one.person_id for one in people]


class _Telling:
    """Tells the caller how far the run is."""

    def __init__(self, tick: Tick | None, total: int) -> None:
        self.tick, self.total, self.done = tick, total, 0

    def add(self, count: int) -> None:
        self.done += count
        if self.tick:
            self.tick(self.done, self.total)


def insert_people(people: Sequence[PersonWrite]) -> list[int]:
    """Insert new people with their records and return their keys; for actions that write a log row of their own."""
    ids = _insert(people, _Telling(None, len(people)))
    _write_records(_record_rows(zip(ids, people, strict=True), {}))
    return ids


def _insert(people: Sequence[PersonWrite], tell: _Telling) -> list[int]:
    """Insert the columns of new people, those that repeat their records included. 2 queries."""
    if not people:
        return []
    ids = reserve_ids(Person, len(people))
    today = timezone.localdate().isoformat()
    rows = []
    for key, one in zip(ids, people, strict=True):
        _refuse_repeated(one.fields, {"unit", "post", "post_text"})
        row = {"id": key, "revision": 0, **one.fields, **_name_keys(one.fields)}
        if one.records:
            row |= columns_from_rows(one.records, today)
        rows.append(row)
    _insert_rows(Person, rows)
    tell.add(len(people))
    return ids


def _name_keys(fields: Row) -> dict[str, Plain]:
    """Return the name in stored form with its keys."""
    name = nfc(str(fields["full_name"]))
    words = int(fields.get("family_words", 1) or 0), int(fields.get("given_words", 1) or 1)
    return {"full_name": name, "search_key": search_key(name), "sort_key": sort_key(name, *words)}


def _update(people: Mapping[int, PersonWrite], tell: _Telling) -> Told:
    """Write the changed columns of known people; returns what they were and are."""
    was = _as_stored(people)
    groups: dict[tuple[str, ...], list[tuple[Plain, ...]]] = {}
    for key, one in people.items():
        if key not in was or one.revision not in (None, was[key]["revision"]):
            raise StaleState(f"Person {key} is no longer at revision {one.revision}")
        revision = int(str(was[key]["revision"]))
        row = _changed_columns(one.fields, was[key]) | {"revision": revision + 1, "updated_on": _now()}
        groups.setdefault(tuple(row), []).append((key, *row.values(), revision))
    for columns, rows in groups.items():
        _check_lengths(Person, [dict(zip(columns, row[1:], strict=False)) for row in rows])
        if update_rows(Person, columns, rows, guard="revision") != len(rows):
            raise StaleState("somebody else changed one of the people meanwhile")
        tell.add(len(rows))
    return {key: {name: [was[key][name], value] for name, value in one.fields.items()} for key, one in people.items()}


def _now() -> str:
    return timezone.now().isoformat(sep=" ")


def _refuse_repeated(fields: Row, allowed: Collection[str] = ()) -> None:
    if forbidden := REPEATED & fields.keys() - set(allowed):
        raise ValueError(f"these columns follow the records of the person: {sorted(forbidden)}")


def _changed_columns(fields: Row, was: Row) -> dict[str, Plain]:
    _refuse_repeated(fields)
    row = dict(fields)
    if row.keys() & {"full_name", "family_words", "given_words"}:
        row |= _name_keys({**was, **fields})
    return row


def _as_stored(people: Mapping[int, PersonWrite]) -> dict[int, Row]:
    """Return what the columns to be changed are now, as stored. 1 query for each 900 people."""
    changed = {name for one in people.values() for name in one.fields}
    names = sorted({"revision", "full_name", "family_words", "given_words", *changed})
    return _stored_rows(Person, people, names)


def _stored_rows(model: type[models.Model], keys: Collection[int], names: Sequence[str]) -> dict[int, Row]:
    found: dict[int, Row] = {}
    for chunk in in_chunks(keys):
        for key, *values in model._default_manager.filter(pk__in=chunk).values_list("pk", *names):
            found[key] = {name: _plain(value) for name, value in zip(names, values, strict=True)}
    return found


def _plain(value: Any) -> Plain:
    """Return a value of a model as the database keeps it."""
    if hasattr(value, "iso"):
        return str(value.iso())
    return value if value is None or isinstance(value, (str, int)) else str(value)


def _places(people: Mapping[int, PersonWrite]) -> dict[int, list[Row]]:
    """Return the rows of postings that move known people to their places. 1 query for each 900 of them."""
    moved = {key: one.place for key, one in people.items() if one.place}
    today = timezone.localdate().isoformat()
    rows: dict[int, list[Row]] = {}
    for chunk in in_chunks(moved):
        postings = postings_of(chunk)
        for key in chunk:
            rows[key] = _moved(moved[key] or {}, rules.main_posting(postings.get(key, ()), today))
    return rows


def _moved(place: Row, main: rules.HeldPosting | None) -> list[Row]:
    """Return the rows that bring somebody with this main posting to the place."""
    if main is None:
        return [place]
    start = place.get("valid_from")
    if not start:
        return [{"id": main.id, **place}]
    before = dt.date.fromisoformat(str(start)) - dt.timedelta(days=1)
    ended: Row = {"id": main.id, "valid_to": before.isoformat()}
    begun: Row = {"unit": main.unit_id, "post": main.post_id, "post_text": main.post_text, **place}
    return [begun] if main.valid_to else [ended, begun]


def _record_rows(people: Iterable[tuple[int, PersonWrite]], places: Mapping[int, list[Row]]) -> RecordRows:
    """Return the rows to write by the names of RECORDS, each with its person."""
    rows: RecordRows = {name: [] for name in RECORDS}
    for key, one in people:
        for name, given in one.records.items():
            rows[name] += [{"person": key, **row} for row in given]
        if one.person_id is None and not one.records.get("postings"):
            place = {name: one.fields[name] for name in ("unit", "post", "post_text") if name in one.fields}
            rows["postings"].append({"person": key, **place})
        rows["postings"] += [{"person": key, **row} for row in places.get(key, ())]
    return rows


def _note_records(told: Told, rows: RecordRows) -> None:
    """Add to what is told of known people their rows: as they were, for corrected ones, and as they are."""
    for name, model in RECORDS.items():
        of_known = [row for row in rows[name] if row["person"] in told]
        columns = sorted({column for row in of_known if "id" in row for column in row} - {"id", "person"})
        was = _stored_rows(model, [int(str(row["id"])) for row in of_known if "id" in row], columns)
        for row in of_known:
            entry = told[int(str(row["person"]))].setdefault(name, [[], []])
            if (key := row.get("id")) in was:
                entry[0].append(was[int(str(key))])
            entry[1].append({column: value for column, value in row.items() if column != "person"})


def _write_records(rows: RecordRows) -> None:
    """Add and correct the records of people; new people without postings get the one that their columns name."""
    for name, model in RECORDS.items():
        added = [row for row in rows[name] if "id" not in row]
        if model is FormerName:
            added = [row | {"search_key": search_key(str(row["full_name"]))} for row in added]
        _insert_rows(model, added)
        _correct_rows(model, [row for row in rows[name] if "id" in row])


def _correct_rows(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Write corrected records; each must still be the person's. 1 query for each set of columns."""
    _check_lengths(model, rows)
    groups: dict[tuple[str, ...], list[tuple[Plain, ...]]] = {}
    for row in rows:
        columns = tuple(name for name in row if name not in ("id", "person"))
        groups.setdefault(columns, []).append((row["id"], *(row[name] for name in columns), row["person"]))
    for columns, values in groups.items():
        if columns and update_rows(model, columns, values, guard="person") != len(values):
            raise StaleState(f"a row of {model.__name__} is gone")


def _insert_rows(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert rows that name different columns; what a row does not name has its default. 1 query."""
    if not rows:
        return
    _check_lengths(model, rows)
    used = set().union(*rows)
    defaults = {one.name: one.get_default() for one in model._meta.local_concrete_fields if _is_written(one, used)}
    table = ([row.get(name, default) for name, default in defaults.items()] for row in rows)
    insert_rows(model, list(defaults), table)


def _is_written(column: Any, used: set[str]) -> bool:
    """Say whether an insert must name the column: it is used, or the database has no default for it."""
    return column.name in used or not (column.primary_key or column.null or column.has_db_default())


def _check_lengths(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Refuse a text longer than its column, which SQLite would take; and a field that is not there."""
    for name in {name for row in rows for name in row}:
        most = getattr(model._meta.get_field(name), "max_length", None)
        if most and max((len(text) for row in rows if isinstance(text := row.get(name), str)), default=0) > most:
            raise ValueError(f"{model.__name__}.{name} takes at most {most} letters")
