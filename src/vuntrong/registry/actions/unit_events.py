"""Writing what a list of events does to units: dated rows, events, links. Parts of actions that log themselves."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from vuntrong.kernel.undo import Undo
from vuntrong.registry.actions.unit_sets import (
    DatedWords,
    NewEvent,
    NewLink,
    NewUnit,
    insert_events,
    insert_units,
)
from vuntrong.registry.enums import EventKind
from vuntrong.registry.models import Reorganisation, Unit, UnitEvent, UnitEventLink, UnitVersion
from vuntrong.registry.rules.events import Event, UnitSaid
from vuntrong.registry.rules.reorganisation import Outcome, Units
from vuntrong.regulations.models import LegalInstrument

WORDS = ("name", "short_name", "kind", "code", "seat", "area_code", "iso_code")
PARENTS = ("parent", "state_parent")


@dataclass(frozen=True)
class Paper:
    """What orders the events of a day."""

    on: dt.date
    instrument_text: str = ""
    instrument: LegalInstrument | None = None
    reorganisation: Reorganisation | None = None


def write_outcome(outcome: Outcome, units: Units, paper: Paper, undo: Undo) -> dict[str, int]:
    """Write the dated rows and events inside the caller's transaction; returns the ids of all units by slug.

    The caller has checked the list, holds the rows of the known units, and refreshes them afterwards. A constant number
    of queries, and 1 for each known unit whose dated row begins on the very day.
    """
    known = {slug: unit.id for slug, unit in units.items()}
    new = [NewUnit(slug, [_dated(said, paper.on)]) for slug, said in outcome.created.items()]
    ids = insert_units(new, known)
    made = [ids[unit.slug] for unit in new]
    undo.made(Unit, made, watched=["slug"])
    undo.made(UnitVersion, list(UnitVersion.objects.filter(unit__in=made).values_list("pk", flat=True)))
    _end([known[slug] for slug in outcome.ended], paper, undo)
    _change({known[slug]: said for slug, said in outcome.changed.items()}, ids, paper, undo)
    keys = insert_events(list(_new_events(outcome.events, paper)), ids, paper.reorganisation)
    undo.made(UnitEvent, keys)
    undo.made(UnitEventLink, list(UnitEventLink.objects.filter(event__in=keys).values_list("pk", flat=True)))
    return ids


def _dated(said: UnitSaid, on: dt.date) -> DatedWords:
    return DatedWords(valid_from=on, **{name: getattr(said, name) for name in (*WORDS, *PARENTS)})


def _end(unit_ids: Iterable[int], paper: Paper, undo: Undo) -> None:
    undo.update(_newest(unit_ids, paper.on), valid_to=paper.on - dt.timedelta(days=1))


def _newest(unit_ids: Iterable[int], on: dt.date) -> QuerySet[UnitVersion]:
    return UnitVersion.objects.filter(unit__in=list(unit_ids), valid_from__lt=on, valid_to=None)


def _change(changed: Mapping[int, UnitSaid], ids: Mapping[str, int], paper: Paper, undo: Undo) -> None:
    """Let a new row begin; a row that begins on the very day is corrected instead."""
    same_day = dict(UnitVersion.objects.filter(unit__in=changed, valid_from=paper.on).values_list("unit_id", "pk"))
    for unit_id, version_id in same_day.items():
        undo.update(UnitVersion.objects.filter(pk=version_id), **_columns(changed[unit_id], ids))
    later = [unit_id for unit_id in changed if unit_id not in same_day]
    _end(later, paper, undo)
    undo.create(
        [UnitVersion(unit_id=unit_id, valid_from=paper.on, **_columns(changed[unit_id], ids)) for unit_id in later]
    )


def _columns(said: UnitSaid, ids: Mapping[str, int]) -> dict[str, object]:
    words: dict[str, object] = {name: getattr(said, name) for name in WORDS}
    return words | {f"{name}_id": ids.get(getattr(said, name)) for name in PARENTS}


def _new_events(events: Iterable[Event], paper: Paper) -> Iterator[NewEvent]:
    for event in events:
        words = (paper.instrument_text, paper.instrument, event.note)
        yield NewEvent(event.kind, paper.on, list(_links(event)), *words)


def _links(event: Event) -> Iterator[NewLink]:
    if event.kind == EventKind.DISSOLVE:
        yield from (NewLink(slug, event.rest) for slug in event.sources)
        return
    for one in event.targets:
        yield from (NewLink(slug, one.unit, one.share) for slug in event.sources or ("",))
