"""Values that the pages of units show."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import CharField, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.kernel.text import search_key, text_sort_key
from vuntrong.registry.models import Unit, UnitArea, UnitEvent, UnitEventLink, UnitVersion
from vuntrong.registry.queries import line_above, version_on
from vuntrong.regulations.enums import Confidence
from vuntrong.web.kit.numbers import percent
from vuntrong.web.kit.values import Fact, State, Tab

PARTY, STATE = "party", "state"
"""The two lines of parents."""


@dataclass
class Branch:
    """A unit as it was on a day, with the units below it."""

    name: str
    kind: str
    url: str
    until: dt.date | None = None
    """Its last day, where that is known."""
    below: list["Branch"] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Units below it, at every depth."""
        return sum(1 + branch.count for branch in self.below)


def tree_on(units: QuerySet[Unit], day: dt.date, line: str = PARTY) -> list[Branch]:
    """Return the visible units as a tree of that day on one of the lines, each level in Vietnamese order. 1 query.

    A unit whose parent is not visible, or did not exist, stands at the top.
    """
    versions = UnitVersion.objects.valid_on(day).filter(unit__in=units).select_related("unit")
    here = sorted(versions, key=lambda version: text_sort_key(version.name))
    branches = {version.unit_id: _branch(version, day) for version in here}
    top: list[Branch] = []
    for version in here:
        above = above_id(version, line)
        level = branches[above].below if above in branches else top
        level.append(branches[version.unit_id])
    return top


def above_id(version: UnitVersion, line: str) -> int | None:
    """Return the parent on one of the lines; a unit with one line only stands below the same unit on both."""
    return (version.state_parent_id or version.parent_id) if line == STATE else version.parent_id


def _branch(version: UnitVersion, day: dt.date) -> Branch:
    asked = "" if day == timezone.localdate() else f"?on={day:%d/%m/%Y}"
    url = f"{reverse('registry:unit', args=[version.unit.slug])}{asked}"
    return Branch(version.name, version.get_kind_display(), url, version.unit.ended_on)


def below_on(units: QuerySet[Unit], unit: Unit, day: dt.date) -> list[Branch]:
    """Return the visible units directly below a unit on a day, on either line, in Vietnamese order. 1 query."""
    below = Q(parent=unit) | Q(state_parent=unit)
    versions = UnitVersion.objects.valid_on(day).filter(below, unit__in=units).select_related("unit")
    return [_branch(version, day) for version in sorted(versions, key=lambda version: text_sort_key(version.name))]


def unit_facts(version: UnitVersion, day: dt.date, visible: Iterable[int]) -> list[Fact]:
    """Return the facts of a unit as its dated row says them; the units above bear their names of that day. 1 query."""
    above = {one.unit_id: one for one in _named_on([version.parent_id, version.state_parent_id], day)}
    seen = set(visible)
    facts = [
        Fact(_("Short name"), version.short_name),
        Fact(_("Kind"), version.get_kind_display()),
        _above(_("Above it on the Party line"), above.get(version.parent_id or 0), seen),
        _above(_("Above it on the State line"), above.get(version.state_parent_id or 0), seen),
        Fact(_("Code in the numbers of its papers"), version.code),
        Fact(_("Place before the date of its papers"), version.seat),
        Fact(_("Area code of the statistics office"), version.area_code),
        Fact(_("ISO code"), version.iso_code),
    ]
    return [fact for fact in facts if fact.value]


def _named_on(unit_ids: Iterable[int | None], day: dt.date) -> QuerySet[UnitVersion]:
    known = [one for one in unit_ids if one]
    return UnitVersion.objects.valid_on(day).filter(unit__in=known).select_related("unit")


def _above(term: str, version: UnitVersion | None, seen: set[int]) -> Fact:
    if version is None:
        return Fact(term, "")
    url = reverse("registry:unit", args=[version.unit.slug]) if version.unit_id in seen else ""
    return Fact(term, version.name, url)


def unit_page(unit: Unit, visible: QuerySet[Unit], day: dt.date) -> dict[str, Any]:
    """Return what the page of a unit shows of the day and of all time. At most 14 queries."""
    version = version_on(unit, day)
    return {
        "unit": unit,
        "version": version,
        "day": day,
        "state": unit_state(unit, day),
        "facts": unit_facts(version, day, visible.values_list("pk", flat=True)),
        "below": below_on(visible, unit, day),
        "versions": unit.versions.select_related("parent", "state_parent").order_by("-valid_from"),
        "events": events_of(unit, visible),
        "successors": successors_of(unit, visible),
        "areas": areas_of(unit, day),
    }


def areas_of(unit: Unit, day: dt.date) -> list[tuple[UnitArea, Unit, State]]:
    """Return the rows about areas of the unit and of those above it that hold on a day, and its own of all time.

    Each with the unit that it was entered for and whether somebody has checked it. 2 queries.
    """
    found = UnitArea.objects.filter(unit__in=line_above(unit.pk, day)).select_related("unit")
    shown = [row for row in found if row.unit_id == unit.pk or _holds_on(row, day)]
    return [(row, row.unit, _sureness(row)) for row in shown]


def _sureness(row: UnitArea) -> State:
    return State("ok" if row.confidence == Confidence.SEEN else "wait", str(row.get_confidence_display()))


def _holds_on(row: UnitArea, day: dt.date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)


def unit_state(unit: Unit, day: dt.date) -> State | None:
    """Return the badge of a unit that has ended, or whose end is known; None for one that goes on."""
    if unit.ended_on is None:
        return None
    words = {"day": date_format(unit.ended_on, "SHORT_DATE_FORMAT")}
    if unit.ended_on < day:
        return State("none", _("Ended on %(day)s") % words, "archive")
    return State("wait", _("Until %(day)s") % words)


def line_tabs(line: str, day: dt.date) -> list[Tab]:
    """Return the switch between the two lines of parents; the day goes along."""
    url = f"{reverse('registry:unit-tree')}?on={day:%d/%m/%Y}"
    return [
        Tab(_("Party line"), f"{url}&line={PARTY}", is_current=line == PARTY),
        Tab(_("State line"), f"{url}&line={STATE}", is_current=line == STATE),
    ]


# ---- the list ----
def units_on(units: QuerySet[Unit], day: dt.date) -> QuerySet[Unit]:
    """Return the units with the words that held on `day` as `held_...`; a unit without a row keeps its last words."""
    begun = Q(versions__valid_from__lte=day)
    goes_on = Q(versions__valid_to__isnull=True) | Q(versions__valid_to__gte=day)
    rows = units.annotate(held=FilteredRelation("versions", condition=begun & goes_on))
    return rows.annotate(
        held_id=F("held__id"),
        held_name=Coalesce("held__name", "name"),
        held_kind=Coalesce("held__kind", "kind"),
        held_area=Coalesce("held__area_code", Subquery(_newest("area_code")), output_field=CharField()),
        held_parent=_parent_name("parent", day),
        held_state_parent=_parent_name("state_parent", day),
    )


def _newest(column: str) -> QuerySet[UnitVersion]:
    return UnitVersion.objects.filter(unit=OuterRef("pk")).order_by("-valid_from").values(column)[:1]


def _parent_name(line: str, day: dt.date) -> Coalesce:
    """The name that the unit above bore on the day; for a unit without a row on that day its last one above."""
    named = UnitVersion.objects.valid_on(day).filter(unit=OuterRef(f"held__{line}"))
    return Coalesce(Subquery(named.values("name")[:1]), f"{line}__name", output_field=CharField())


def found_by_name(units: QuerySet[Unit], words: str) -> QuerySet[Unit]:
    """Keep the units that some name, of today or of former days, calls by all the words. 1 query or none."""
    wanted = search_key(words).split()
    if not wanted:
        return units
    rows = UnitVersion.objects.order_by().values_list("unit_id", "name", "short_name")
    named = {unit for unit, *names in rows.iterator() if all(word in _name_key(*names) for word in wanted)}
    return units.filter(pk__in=named)


@lru_cache(maxsize=50_000)
def _name_key(name: str, short_name: str) -> str:
    """Thousands of names are looked through at each letter typed; a key depends on nothing but the name."""
    return search_key(f"{name} {short_name}")


# ---- events ----
@dataclass(frozen=True)
class LinkShown:
    """A unit at the other end of an event; `url` is empty where it may not be opened."""

    name: str
    url: str
    share: str = ""


@dataclass(frozen=True)
class EventShown:
    """What happened to a unit: the others that took part stand on their side."""

    event: UnitEvent
    before: tuple[LinkShown, ...]
    after: tuple[LinkShown, ...]


def events_of(unit: Unit, units: QuerySet[Unit]) -> list[EventShown]:
    """Return what happened to a unit, newest first, with everybody who took part. 4 queries.

    The names are those of the last day before and of the first day after.
    """
    events = UnitEvent.objects.filter(Q(links__from_unit=unit) | Q(links__to_unit=unit)).distinct()
    events = events.select_related("reorganisation", "instrument").order_by("-happened_on", "-id")
    return shown_events(list(events), units)


def shown_events(events: Sequence[UnitEvent], units: QuerySet[Unit]) -> list[EventShown]:
    """Return events with the units that took part, named as they were then. 3 queries."""
    links = list(UnitEventLink.objects.filter(event__in=[event.pk for event in events]).order_by("id"))
    named = _Names({one for link in links for one in (link.from_unit_id, link.to_unit_id) if one}, units)
    by_event: dict[int, list[UnitEventLink]] = defaultdict(list)
    for link in links:
        by_event[link.event_id].append(link)
    return [_event_shown(event, by_event[event.pk], named) for event in events]


def _event_shown(event: UnitEvent, links: Sequence[UnitEventLink], named: "_Names") -> EventShown:
    eve = event.happened_on - dt.timedelta(days=1)
    shares = {link.from_unit_id: link for link in links if link.share is not None}
    before = dict.fromkeys(link.from_unit_id for link in links if link.from_unit_id)
    after = {link.to_unit_id: link.share for link in links if link.to_unit_id}
    is_split = len(shares) == 1 and len(after) > 1
    return EventShown(
        event,
        tuple(named.shown(one, eve) for one in before),
        tuple(named.shown(one, event.happened_on, share if is_split else None) for one, share in after.items()),
    )


class _Names:
    """The names of some units through time."""

    def __init__(self, ids: set[int], units: QuerySet[Unit]) -> None:
        self.seen = set(units.filter(pk__in=ids).values_list("pk", flat=True))
        self.rows: dict[int, list[UnitVersion]] = defaultdict(list)
        for row in UnitVersion.objects.filter(unit__in=ids).select_related("unit").order_by("valid_from"):
            self.rows[row.unit_id].append(row)

    def shown(self, unit_id: int, day: dt.date, share: object = None) -> LinkShown:
        rows = self.rows[unit_id]
        held = [row for row in rows if row.valid_from <= day] or rows[:1]
        url = reverse("registry:unit", args=[held[-1].unit.slug]) if unit_id in self.seen else ""
        return LinkShown(held[-1].name, url, "" if share is None else percent(share, 1))


def successors_of(unit: Unit, units: QuerySet[Unit]) -> list[LinkShown]:
    """Return the units that took over when `unit` ended; none for a unit that goes on. At most 3 queries."""
    if unit.ended_on is None:
        return []
    first_day = unit.ended_on + dt.timedelta(days=1)
    links = UnitEventLink.objects.filter(from_unit=unit, event__happened_on=first_day).exclude(to_unit=unit)
    shares = dict(links.filter(to_unit__isnull=False).order_by("id").values_list("to_unit_id", "share"))
    if not shares:
        return []
    named = _Names(set(shares), units)
    return [named.shown(one, first_day, share if len(shares) > 1 else None) for one, share in shares.items()]
