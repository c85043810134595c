"""The provinces of the country as dated units: 34 since 01/07/2025, 63 before, with the events between."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from django.db import transaction

from vuntrong.kernel import log
from vuntrong.registry.actions.unit_sets import DatedWords, NewEvent, NewLink, NewUnit, insert_events, insert_units
from vuntrong.registry.enums import EventKind
from vuntrong.registry.models import Unit, UnitEvent
from vuntrong.regulations.models import LegalInstrument

Row = Mapping[str, Any]
UNCHECKED_SEAT = "Trung tâm hành chính: {seat} (chưa kiểm chứng)"


@dataclass(frozen=True)
class Loaded:
    """What `load_provinces` entered; zeros where everything was there."""

    units: int
    events: int


def province_data() -> Row:
    """Return `data/provinces.json`: its `about` says where the facts come from and which are unverified."""
    text = files("vuntrong.registry").joinpath("data", "provinces.json").read_text(encoding="utf-8")
    found: Row = json.loads(text)
    return found


@transaction.atomic
def load_provinces(*, by: log.Actor | None) -> Loaded:
    """Enter the provinces and events that are missing; what is there stays as the office left it. About 12 queries.

    An event counts as there when one of its kind leads to its unit on its day.
    """
    data = province_data()
    known = dict(Unit.objects.filter(slug__in=_slugs(data)).values_list("slug", "id"))
    units = [unit for unit in _units(data) if unit.slug not in known]
    ids = insert_units(units, known)
    there = set(UnitEvent.objects.values_list("kind", "happened_on", "links__to_unit"))
    events = [
        event
        for event in _events(data, _instruments(data))
        if (event.kind, event.happened_on, ids[event.links[0].to_slug]) not in there
    ]
    insert_events(events, ids)
    if units or events:
        log.record("load_provinces", None, by=by, after={"units": len(units), "events": len(events)})
    return Loaded(len(units), len(events))


def _slugs(data: Row) -> list[str]:
    return [row["slug"] for row in (*data["provinces"], *data["former"])]


def _units(data: Row) -> Iterator[NewUnit]:
    """Yield all units, each with the dated rows that the changes make."""
    first, merged_on = _day(data["from"]), _day(data["merged_on"])
    changes = {row["slug"]: row for row in data["changes"]}
    for row in data["former"]:
        yield NewUnit(row["slug"], [_words(row, first, merged_on - dt.timedelta(days=1))])
    for row in data["provinces"]:
        start = merged_on if row.get("from") else first
        yield NewUnit(row["slug"], list(_versions(row, start, changes.get(row["slug"]))))


def _versions(row: Row, start: dt.date, change: Row | None) -> Iterator[DatedWords]:
    """Yield the dated rows: a change says how the unit was called before its day, or how from then on."""
    if change is None:
        yield _words(row, start)
        return
    day = _day(change["on"])
    yield _words({**row, **change.get("before", {})}, start, day - dt.timedelta(days=1))
    yield _words({**row, **change.get("after", {})}, day)


def _words(row: Row, first: dt.date, last: dt.date | None = None) -> DatedWords:
    return DatedWords(
        valid_from=first,
        valid_to=last,
        name=row["name"],
        short_name=row["short"],
        kind=row["kind"],
        seat=row.get("seat", ""),
        area_code=row["code"],
        iso_code=row["iso"],
    )


def _events(data: Row, instruments: Mapping[str, LegalInstrument]) -> Iterator[NewEvent]:
    merging, day = instruments["202/2025/QH15"], _day(data["merged_on"])
    for row in data["provinces"]:
        if row.get("from"):
            links = [NewLink(slug, row["slug"]) for slug in row["from"]]
            note = UNCHECKED_SEAT.format(seat=row["seat"])
            yield NewEvent(EventKind.MERGE, day, links, _cited(merging), merging, note)
    for change in data["changes"]:
        paper = instruments.get(change["instrument"])
        link: Sequence[NewLink] = [NewLink(change["slug"], change["slug"])]
        for kind in change["kinds"]:
            yield NewEvent(kind, _day(change["on"]), link, _cited(paper) if paper else "", paper, change["note"])


def _cited(paper: LegalInstrument) -> str:
    return f"{paper.kind} {paper.number} ngày {paper.issued_on:%d/%m/%Y} của {paper.issuer}"


def _instruments(data: Row) -> dict[str, LegalInstrument]:
    """Return the papers behind the events, entered where they are missing."""
    found = {}
    for number, row in data["instruments"].items():
        words = {**row, "valid_from": _day(row["valid_from"])}
        issued_on = _day(words.pop("issued_on"))
        paper, _made = LegalInstrument.objects.get_or_create(number=number, issued_on=issued_on, defaults=words)
        found[number] = paper
    return found


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
