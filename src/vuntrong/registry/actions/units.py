"""Changes to units."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from vuntrong.kernel import log
from vuntrong.kernel.bulk import Plain, update_rows
from vuntrong.kernel.errors import refuse_if
from vuntrong.kernel.text import nfc, search_key, text_sort_key
from vuntrong.kernel.transitions import lock_row
from vuntrong.registry.enums import EventKind
from vuntrong.registry.models import Unit, UnitEvent, UnitEventLink, UnitVersion
from vuntrong.registry.queries import subtree_ids
from vuntrong.registry.rules.units import NewUnitFacts, UnitChangeFacts, new_unit_violations, unit_change_violations


@transaction.atomic
def create_unit(
    *,
    slug: str,
    name: str,
    short_name: str,
    kind: str,
    parent: Unit | None,
    state_parent: Unit | None = None,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    code: str = "",
    seat: str = "",
    area_code: str = "",
    iso_code: str = "",
    by: log.Actor | None,
) -> Unit:
    """Enter a unit with its first dated row. Raises RuleBroken when the slug is taken or the period is reversed."""
    taken = Unit.objects.filter(slug=slug).exists()
    refuse_if(new_unit_violations(NewUnitFacts(valid_from, valid_to, taken)))
    words = {"name": nfc(name), "short_name": nfc(short_name), "kind": kind, "parent": parent}
    words["state_parent"] = state_parent
    unit = Unit.objects.create(
        slug=slug,
        is_alive=_holds(valid_from, valid_to, timezone.localdate()),
        ended_on=valid_to,
        search_key=search_key(f"{name} {short_name}"),
        sort_key=text_sort_key(name),
        **words,
    )
    codes = {"code": code, "seat": seat, "area_code": area_code, "iso_code": iso_code}
    UnitVersion.objects.create(unit=unit, valid_from=valid_from, valid_to=valid_to, **codes, **words)
    log.record("create_unit", unit, by=by, after={"name": name, "kind": kind, "valid_from": valid_from})
    return unit


@dataclass(frozen=True)
class UnitWords:
    """What a dated row of a unit says."""

    name: str
    short_name: str
    kind: str
    parent: Unit | None
    code: str = ""
    seat: str = ""
    state_parent: Unit | None = None
    area_code: str = ""
    iso_code: str = ""

    @property
    def above(self) -> frozenset[int]:
        """The units above it on either line."""
        return frozenset(one.pk for one in (self.parent, self.state_parent) if one)


@transaction.atomic
def change_unit(
    *, unit: Unit, words: UnitWords, valid_from: dt.date, instrument_text: str = "", by: log.Actor | None
) -> UnitVersion:
    """Let a unit be what `words` say from a day on; from the first day of its newest row the row itself is corrected.

    A new name, kind or place above becomes an event of that day; a correction is none. Raises RuleBroken for a day
    before the newest row, or a parent that lies at or below the unit.
    """
    unit = lock_row(unit)
    versions = list(unit.versions.order_by("valid_from"))
    last = versions[-1]
    refuse_if(
        unit_change_violations(
            UnitChangeFacts(
                changes_on=valid_from,
                first_day=versions[0].valid_from,
                last_version_from=last.valid_from,
                above=words.above,
                subtree=subtree_ids({unit.pk}, valid_from),
            )
        )
    )
    before, is_new = _said(last), valid_from != last.valid_from
    changed = _replaced(last, words, valid_from)
    if is_new:
        _write_events(unit, before, _said(changed), valid_from, instrument_text)
    today = timezone.localdate()
    if changed.valid_from <= today and _repeat(unit, changed, today, changed.valid_to):
        unit.save()
    log.record("change_unit", unit, by=by, before=before, after={**_said(changed), "valid_from": valid_from})
    return changed


SAID = ("name", "short_name", "kind", "parent_id", "state_parent_id", "code", "seat", "area_code", "iso_code")
EVENTS_OF = {
    EventKind.RENAME: ("name",),
    EventKind.RETYPE: ("kind",),
    EventKind.REPARENT: ("parent_id", "state_parent_id"),
}


def _write_events(
    unit: Unit, before: Mapping[str, object], after: Mapping[str, object], day: dt.date, instrument_text: str
) -> None:
    kinds = [kind for kind, names in EVENTS_OF.items() if any(before[name] != after[name] for name in names)]
    events = [UnitEvent(kind=kind, happened_on=day, instrument_text=nfc(instrument_text)) for kind in kinds]
    UnitEvent.objects.bulk_create(events)
    UnitEventLink.objects.bulk_create([UnitEventLink(event=one, from_unit=unit, to_unit=unit) for one in events])


def _replaced(last: UnitVersion, words: UnitWords, valid_from: dt.date) -> UnitVersion:
    """Return the row that says `words`: the newest one corrected, or a new one after it has ended the day before."""
    version = last
    if valid_from != last.valid_from:
        version = UnitVersion(unit_id=last.unit_id, valid_from=valid_from)
        if last.valid_to is None or last.valid_to >= valid_from:
            version.valid_to = last.valid_to
            last.valid_to = valid_from - dt.timedelta(days=1)
            last.save(update_fields=["valid_to"])
    version.name, version.short_name = nfc(words.name), nfc(words.short_name)
    version.kind, version.parent, version.state_parent = words.kind, words.parent, words.state_parent
    version.code, version.seat = nfc(words.code), nfc(words.seat)
    version.area_code, version.iso_code = words.area_code, words.iso_code
    version.save()
    return version


def _said(version: UnitVersion) -> dict[str, object]:
    return {name: getattr(version, name) for name in SAID}


def refresh_units(today: dt.date, only: Collection[int] | None = None) -> int:
    """Make the columns of units repeat the version in force on `today`; returns how many changed. 3 queries.

    Run by the scheduler after midnight: versions may begin and end in the future. `only` names the units to look at.
    """
    changed = []
    begun, last_days = _versions_by_unit(today, only)
    units = Unit.objects.all() if only is None else Unit.objects.filter(pk__in=only)
    for unit in units:
        version = begun.get(unit.pk)
        if version and _repeat(unit, version, today, last_days[unit.pk]):
            changed.append(unit)
    columns = ("name", "short_name", "kind", "parent", "state_parent", "is_alive", "ended_on", "search_key", "sort_key")
    update_rows(Unit, columns, (_columns(unit) for unit in changed))
    return len(changed)


def _columns(unit: Unit) -> tuple[Plain, ...]:
    words = (unit.name, unit.short_name, unit.kind, unit.parent_id, unit.state_parent_id, unit.is_alive)
    ended_on = unit.ended_on.isoformat() if unit.ended_on else None
    return (unit.pk, *words, ended_on, unit.search_key, unit.sort_key)


def _holds(valid_from: dt.date, valid_to: dt.date | None, day: dt.date) -> bool:
    return valid_from <= day and (valid_to is None or valid_to >= day)


def _versions_by_unit(
    today: dt.date, only: Collection[int] | None
) -> tuple[dict[int, UnitVersion], dict[int, dt.date | None]]:
    """Return for each unit the newest version that has begun, and the last day of its newest version at all."""
    versions = UnitVersion.objects.order_by("valid_from")
    begun, last_days = {}, {}
    for version in versions if only is None else versions.filter(unit__in=only):
        last_days[version.unit_id] = version.valid_to
        if version.valid_from <= today:
            begun[version.unit_id] = version
    return begun, last_days


def _repeat(unit: Unit, version: UnitVersion, today: dt.date, last_day: dt.date | None) -> bool:
    """Copy the version into the unit, and the last day of the newest one; returns whether anything changed."""
    wanted = {
        "name": version.name,
        "short_name": version.short_name,
        "kind": version.kind,
        "parent_id": version.parent_id,
        "state_parent_id": version.state_parent_id,
        "is_alive": _holds(version.valid_from, version.valid_to, today),
        "ended_on": last_day,
        "search_key": search_key(f"{version.name} {version.short_name}"),
        "sort_key": text_sort_key(version.name),
    }
    if all(getattr(unit, name) == value for name, value in wanted.items()):
        return False
    for name, value in wanted.items():
        setattr(unit, name, value)
    return True
