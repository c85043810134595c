"""Units and their events in sets: a handful of inserts for thousands of units. Parts of actions that log themselves."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from vuntrong.kernel.bulk import Plain, insert_rows, reserve_ids
from vuntrong.kernel.text import nfc, search_key, text_sort_key
from vuntrong.registry.models import Reorganisation, Unit, UnitEvent, UnitEventLink, UnitVersion
from vuntrong.regulations.models import LegalInstrument

UNIT_COLUMNS = (
    *("id", "slug", "name", "short_name", "kind", "parent", "state_parent", "is_alive", "ended_on"),
    *("search_key", "sort_key"),
)
VERSION_COLUMNS = (
    *("unit", "valid_from", "valid_to", "name", "short_name", "kind", "parent", "state_parent", "code", "seat"),
    *("area_code", "iso_code"),
)


@dataclass(frozen=True)
class DatedWords:
    """What one dated row of a unit says; parents are slugs, empty for none."""

    valid_from: dt.date
    name: str
    short_name: str
    kind: str
    valid_to: dt.date | None = None
    parent: str = ""
    state_parent: str = ""
    code: str = ""
    seat: str = ""
    area_code: str = ""
    iso_code: str = ""


@dataclass(frozen=True)
class NewUnit:
    """A unit with all its dated rows, the oldest first."""

    slug: str
    versions: Sequence[DatedWords]


@dataclass(frozen=True)
class NewLink:
    """Which unit went into which, by slug; empty for none."""

    from_slug: str = ""
    to_slug: str = ""
    share: Decimal | None = None


@dataclass(frozen=True)
class NewEvent:
    """Something that happened to units on a day."""

    kind: str
    happened_on: dt.date
    links: Sequence[NewLink]
    instrument_text: str = ""
    instrument: LegalInstrument | None = None
    note: str = ""


def insert_units(new: Sequence[NewUnit], known: Mapping[str, int]) -> dict[str, int]:
    """Insert units with their dated rows inside the caller's transaction; returns all ids by slug. 3 or 4 queries.

    `known` leads from slugs of units that exist to their ids. Raises KeyError for a parent that is neither known nor
    new, IntegrityError for a slug that is taken.
    """
    ids = dict(known) | dict(zip((unit.slug for unit in new), reserve_ids(Unit, len(new)), strict=True))
    today = timezone.localdate()
    insert_rows(Unit, UNIT_COLUMNS, (_unit_row(unit, ids, today) for unit in new))
    insert_rows(UnitVersion, VERSION_COLUMNS, (row for unit in new for row in _version_rows(unit, ids)))
    return ids


def insert_events(
    events: Sequence[NewEvent], ids: Mapping[str, int], reorganisation: Reorganisation | None = None
) -> list[int]:
    """Insert events with their links inside the caller's transaction; returns the keys of the events. 3 or 4 queries.

    Raises KeyError as above.
    """
    keys = reserve_ids(UnitEvent, len(events))
    columns = ("id", "kind", "happened_on", "instrument_text", "instrument", "note")
    rows = (_event_row(key, event) for key, event in zip(keys, events, strict=True))
    insert_rows(UnitEvent, columns, rows, same={"reorganisation": reorganisation.pk if reorganisation else None})
    insert_rows(
        UnitEventLink,
        ("event", "from_unit", "to_unit", "share"),
        (
            (key, _id(ids, link.from_slug), _id(ids, link.to_slug), _decimal(link.share))
            for key, event in zip(keys, events, strict=True)
            for link in event.links
        ),
    )
    return keys


def _unit_row(unit: NewUnit, ids: Mapping[str, int], today: dt.date) -> Sequence[Plain]:
    """Return the row of the unit: it repeats the version of today, the newest begun, else the first."""
    shown = [one for one in unit.versions if one.valid_from <= today] or unit.versions[:1]
    words = shown[-1]
    is_alive = words.valid_from <= today and (words.valid_to is None or words.valid_to >= today)
    name = nfc(words.name)
    return (
        ids[unit.slug],
        unit.slug,
        name,
        nfc(words.short_name),
        words.kind,
        _id(ids, words.parent),
        _id(ids, words.state_parent),
        int(is_alive),
        _iso(words.valid_to),
        search_key(f"{name} {words.short_name}"),
        text_sort_key(name),
    )


def _version_rows(unit: NewUnit, ids: Mapping[str, int]) -> Iterator[Sequence[Plain]]:
    for one in unit.versions:
        parents = (_id(ids, one.parent), _id(ids, one.state_parent))
        names = (nfc(one.name), nfc(one.short_name), one.kind)
        codes = (one.code, nfc(one.seat), one.area_code, one.iso_code)
        yield (ids[unit.slug], one.valid_from.isoformat(), _iso(one.valid_to), *names, *parents, *codes)


def _event_row(key: int, event: NewEvent) -> Sequence[Plain]:
    instrument = event.instrument.pk if event.instrument else None
    return key, event.kind, event.happened_on.isoformat(), event.instrument_text, instrument, event.note


def _id(ids: Mapping[str, int], slug: str) -> int | None:
    return ids[slug] if slug else None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _decimal(share: Decimal | None) -> str | None:
    return None if share is None else str(share)
