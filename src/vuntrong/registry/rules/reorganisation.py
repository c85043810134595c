"""Whether a list of events may take effect, and what the units are after it."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from vuntrong.kernel.errors import Violation
from vuntrong.registry.enums import EventKind
from vuntrong.registry.rules.events import CHANGES, NOTHING, Event, Target, UnitSaid

NEEDED_WORDS = ("name", "short_name", "kind")


@dataclass(frozen=True)
class KnownUnit:
    """A unit of the registry with the newest of its dated rows."""

    id: int
    slug: str
    said: UnitSaid
    newest_from: dt.date
    last_day: dt.date | None


Units = Mapping[str, KnownUnit]
"""By slug."""


@dataclass(frozen=True)
class Outcome:
    """What a list of events does to units, by slug; what else follows its units reads `heirs`."""

    ended: Mapping[str, str]
    """Units whose last day is the day before, with the row that ends them."""
    heirs: Mapping[str, str]
    """For an ended unit the one that takes over what nobody chose otherwise; absent where there is none."""
    created: Mapping[str, UnitSaid]
    changed: Mapping[str, UnitSaid]
    """All words of a known unit after the change."""
    events: tuple[Event, ...]
    """As typed, and the moves of the units that stood below an ended one."""


def outcome_of(events: Sequence[Event], units: Units) -> Outcome:
    """Return what the units are after the events; of events that are refused, as far as they can be understood."""
    ended = {slug: event.row for event in events for slug in _ended_by(event)}
    heirs = {slug: heir for event in events for slug, heir in _heirs(event) if slug in ended}
    along = tuple(_moved_along(ended, heirs, events, units))
    created = {one.unit: one.said for event in events for one in event.targets if one.is_new}
    changed: dict[str, UnitSaid] = {}
    for event in (*events, *along):
        for one in event.targets:
            if not one.is_new and one.unit in units and one.said != NOTHING:
                changed[one.unit] = one.said.over(changed.get(one.unit, units[one.unit].said))
    return Outcome(ended, heirs, created, changed, (*events, *along))


def _ended_by(event: Event) -> tuple[str, ...]:
    """A merger, a split and a dissolution end their sources, except those that go on as a target."""
    if event.kind not in {EventKind.MERGE, EventKind.SPLIT, EventKind.DISSOLVE}:
        return ()
    going_on = {one.unit for one in event.targets}
    return tuple(slug for slug in event.sources if slug not in going_on)


def _heirs(event: Event) -> Iterator[tuple[str, str]]:
    heir = event.targets[0].unit if event.kind == EventKind.MERGE and event.targets else event.rest
    return ((slug, heir) for slug in event.sources if heir)


def _moved_along(
    ended: Mapping[str, str], heirs: Mapping[str, str], events: Iterable[Event], units: Units
) -> Iterator[Event]:
    """The units below an ended one go below its heir, unless the list says where to."""
    said = {
        (one.unit, name)
        for event in events
        for one in event.targets
        for name in ("parent", "state_parent")
        if getattr(one.said, name)
    }
    for unit in units.values():
        moves = {
            name: heirs[above]
            for name in ("parent", "state_parent")
            if (above := getattr(unit.said, name)) in heirs and (unit.slug, name) not in said
        }
        if moves and unit.slug not in ended and unit.last_day is None:
            row = ended[unit.said.parent if "parent" in moves else unit.said.state_parent]
            yield Event(EventKind.REPARENT, (unit.slug,), (Target(unit.slug, UnitSaid(**moves)),), row=row)


@dataclass(frozen=True)
class ListFacts:
    """What decides whether a list of events may take effect on a day."""

    on: dt.date
    events: Sequence[Event]
    units: Units
    taken_slugs: frozenset[str] = frozenset()
    inside: frozenset[str] | None = None
    """Units that the maker may touch; null for all."""
    open_things: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """How many things of an ended unit (by slug) have no successor and wait for the maker, by what they are."""


def reorganisation_violations(facts: ListFacts) -> list[Violation]:
    """Return every reason why the list may not take effect, each with the row it stands in; empty means allowed."""
    if not facts.events:
        return [Violation("events-missing")]
    outcome = outcome_of(facts.events, facts.units)
    found = [violation for event in facts.events for violation in _event_violations(event, facts, outcome)]
    found += _twice(facts.events, outcome)
    found += _slug_violations(facts)
    found += _tree_violations(facts, outcome)
    return [*found, *_open_violations(facts)]


def _said_of(event: Event, code: str, unit: str = "", units: Units | None = None, **values: object) -> Violation:
    known = (units or {}).get(unit)
    words: dict[str, object] = {"row": event.row}
    if unit:
        words["unit"] = known.said.name if known else unit
    return Violation(code, "", words | values)


def _event_violations(event: Event, facts: ListFacts, outcome: Outcome) -> Iterator[Violation]:
    shape = SHAPES.get(event.kind)
    if shape is None:
        yield _said_of(event, "event-kind-unknown", kind=event.kind)
        return
    yield from shape(event)
    yield from _unit_violations(event, facts, outcome)
    for one in event.targets:
        if one.is_new:
            missing = [name for name in NEEDED_WORDS if not getattr(one.said, name)]
            yield from (_said_of(event, "new-unit-word-missing", one.unit, field=name) for name in missing)


def _unit_violations(event: Event, facts: ListFacts, outcome: Outcome) -> Iterator[Violation]:
    named = [*event.sources, *(one.unit for one in event.targets if not one.is_new), event.rest]
    for slug in dict.fromkeys(filter(None, named)):
        if slug in facts.units:
            yield from _known_violations(event, facts.units[slug], facts, is_ending=slug in _ended_by(event))
        elif slug not in outcome.created:
            yield _said_of(event, "event-unit-unknown", slug)
        elif slug in event.sources:
            yield _said_of(event, "new-unit-as-source", slug)
    if event.kind not in CHANGES:
        goals = dict.fromkeys([*(one.unit for one in event.targets), event.rest])
        yield from (_said_of(event, "target-ends", slug, facts.units) for slug in goals if slug in outcome.ended)


def _known_violations(event: Event, unit: KnownUnit, facts: ListFacts, *, is_ending: bool) -> Iterator[Violation]:
    """A known unit must live on the day and have no newer row; one that ends must have begun earlier."""
    if unit.last_day is not None:
        yield _said_of(event, "event-unit-ended", unit.slug, facts.units, last_day=unit.last_day)
    elif unit.newest_from > facts.on:
        yield _said_of(event, "event-unit-newer", unit.slug, facts.units, day=unit.newest_from)
    elif is_ending and unit.newest_from == facts.on:
        yield _said_of(event, "event-unit-starts", unit.slug, facts.units, day=facts.on)
    if facts.inside is not None and unit.slug not in facts.inside:
        yield _said_of(event, "event-unit-outside", unit.slug, facts.units)


def _create_shape(event: Event) -> Iterator[Violation]:
    if event.sources or not event.targets or not all(one.is_new for one in event.targets):
        yield _said_of(event, "create-needs-new-unit")


def _merge_shape(event: Event) -> Iterator[Violation]:
    if len(event.targets) != 1:
        yield _said_of(event, "merge-needs-target")
    elif len({*event.sources, *(one.unit for one in event.targets if not one.is_new)}) < 2:
        yield _said_of(event, "merge-needs-two")


def _split_shape(event: Event) -> Iterator[Violation]:
    if len(event.sources) != 1:
        yield _said_of(event, "split-needs-source")
    if len({one.unit for one in event.targets}) < 2:
        yield _said_of(event, "split-needs-two")
    shares = [one.share for one in event.targets]
    known = [share for share in shares if share is not None and 0 < share < 1]
    if len(known) < len(shares):
        yield _said_of(event, "split-share-missing")
    elif sum(known) != Decimal(1):
        yield _said_of(event, "split-shares-sum", percent=float(sum(known) * 100))


def _change_shape(event: Event) -> Iterator[Violation]:
    if len(event.sources) != 1 or [one.unit for one in event.targets] != list(event.sources):
        yield _said_of(event, "change-needs-unit")
        return
    said = event.targets[0].said
    needed = {EventKind.RENAME: said.name, EventKind.RETYPE: said.kind}
    if not needed.get(EventKind(event.kind), said.parent or said.state_parent):
        yield _said_of(event, "change-says-nothing", event.sources[0])


def _dissolve_shape(event: Event) -> Iterator[Violation]:
    if not event.sources or event.targets:
        yield _said_of(event, "dissolve-needs-unit")


SHAPES: Mapping[str, Callable[[Event], Iterator[Violation]]] = {
    EventKind.CREATE: _create_shape,
    EventKind.MERGE: _merge_shape,
    EventKind.SPLIT: _split_shape,
    EventKind.RENAME: _change_shape,
    EventKind.RETYPE: _change_shape,
    EventKind.REPARENT: _change_shape,
    EventKind.DISSOLVE: _dissolve_shape,
}


def _twice(events: Sequence[Event], outcome: Outcome) -> Iterator[Violation]:
    """A unit ends once, and one that ends is not changed besides; the later row is the one that is wrong."""
    ends = Counter(slug for event in events for slug in dict.fromkeys(_ended_by(event)))
    for event in events:
        for slug in dict.fromkeys(_ended_by(event)):
            if ends[slug] > 1 and outcome.ended[slug] == event.row:
                yield _said_of(event, "unit-ends-twice", slug)
        if event.kind in CHANGES:
            yield from (_said_of(event, "ended-unit-changed", slug) for slug in event.sources if slug in outcome.ended)


def _slug_violations(facts: ListFacts) -> Iterator[Violation]:
    seen: set[str] = set()
    for event in facts.events:
        for slug in [one.unit for one in event.targets if one.is_new]:
            if slug in facts.units or slug in facts.taken_slugs:
                yield _said_of(event, "event-slug-taken", slug)
            elif slug in seen:
                yield _said_of(event, "new-unit-twice", slug)
            seen.add(slug)


def _tree_violations(facts: ListFacts, outcome: Outcome) -> Iterator[Violation]:
    """Every unit stands below one that lives, none below itself, and none is left below one that ended."""
    after = {
        slug: unit.said for slug, unit in facts.units.items() if unit.last_day is None and slug not in outcome.ended
    }
    after |= {**outcome.changed, **outcome.created}
    rows = {one.unit: event for event in outcome.events for one in event.targets}
    left: Counter[str] = Counter()
    for slug, said in after.items():
        for above in {said.parent, said.state_parent} - {""}:
            if above in outcome.ended and slug not in rows:
                left[above] += 1
            elif slug in rows and above not in after:
                code = "parent-ends" if above in outcome.ended else "parent-unknown"
                yield _said_of(rows[slug], code, slug, facts.units, parent=above)
        if slug in rows and any(_is_below_itself(slug, name, after) for name in ("parent", "state_parent")):
            yield _said_of(rows[slug], "event-unit-inside-itself", slug, facts.units)
    for slug, count in left.items():
        values = {"row": outcome.ended[slug], "unit": facts.units[slug].said.name, "count": count}
        yield Violation("children-left", "", values)


def _is_below_itself(slug: str, line: str, after: Mapping[str, UnitSaid]) -> bool:
    seen, above = {slug}, slug
    while above in after and (above := getattr(after[above], line)):
        if above == slug:
            return True
        if above in seen:
            return False
        seen.add(above)
    return False


def _open_violations(facts: ListFacts) -> Iterator[Violation]:
    rows = {slug: event.row for event in facts.events for slug in event.sources}
    for slug, counts in facts.open_things.items():
        name = facts.units[slug].said.name if slug in facts.units else slug
        for what, count in counts.items():
            if count:
                yield Violation(f"{what}-open", "", {"row": rows.get(slug, ""), "unit": name, "count": count})
