"""What a list of events would do, read from the registry as it is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from vuntrong.kernel.errors import Violation
from vuntrong.kernel.text import search_key
from vuntrong.registry.enums import ManagingLevel
from vuntrong.registry.following import FOLLOWERS, Change, Group
from vuntrong.registry.models import Post, Posting, Unit, UnitVersion
from vuntrong.registry.queries.units import subtree_ids
from vuntrong.registry.rules.events import Choice, Event, UnitSaid
from vuntrong.registry.rules.reorganisation import (
    KnownUnit,
    ListFacts,
    Outcome,
    Units,
    outcome_of,
    reorganisation_violations,
)

SAID = ("name", "short_name", "kind", "parent__slug", "state_parent__slug", "code", "seat", "area_code", "iso_code")


def known_units() -> dict[str, KnownUnit]:
    """Return all units by slug, each with the newest of its dated rows. 1 query."""
    rows = UnitVersion.objects.order_by("valid_from", "pk")
    found = {}
    for key, slug, first, last, *said in rows.values_list("unit_id", "unit__slug", "valid_from", "valid_to", *SAID):
        found[slug] = KnownUnit(key, slug, UnitSaid(*(word or "" for word in said)), first, last)
    return found


@dataclass(frozen=True)
class UnitLine:
    """What happens to one unit."""

    kind: str
    """created, ended, changed."""
    slug: str
    before: str
    """Its name until then; empty for a new unit."""
    after: str
    """Its name from then on; of an ended unit the names of those that take over, empty where nobody does."""
    id: int | None = None


@dataclass(frozen=True)
class Preview:
    """What a list of events would do: all that forbids it, each with its row, and all that it touches."""

    violations: tuple[Violation, ...]
    units: tuple[UnitLine, ...]
    groups: tuple[Group, ...]
    """Lazy: nothing is counted before it is asked for."""
    outcome: Outcome
    known: Units
    change: Change


def preview_of(events: Sequence[Event], on: dt.date, within: Unit | None = None) -> Preview:
    """Return what the events would do on a day; `within` is the unit below which the maker may act, null for all.

    About 8 queries besides those of the groups.
    """
    units = known_units()
    outcome = outcome_of(events, units)
    change = change_of(events, outcome, units, on)
    groups = tuple(group for follower in FOLLOWERS for group in follower.touched(change))
    ids = {unit.id: slug for slug, unit in units.items()}
    inside = None
    if within is not None:
        inside = frozenset(ids[key] for key in subtree_ids({within.pk}, change.eve) if key in ids)
    open_things: dict[str, dict[str, int]] = {}
    for group in groups:
        if group.is_open:
            for unit_id, count in group.rows.order_by().values_list(group.unit).annotate(Count("pk", distinct=True)):
                open_things.setdefault(ids[unit_id], {})[group.code.removesuffix("-open")] = count
    facts = ListFacts(on, events, units, inside=inside, open_things=open_things)
    lines = tuple(unit_lines(events, outcome, units))
    return Preview(tuple(reorganisation_violations(facts)), lines, groups, outcome, units, change)


def change_of(events: Iterable[Event], outcome: Outcome, units: Units, on: dt.date) -> Change:
    """Return the change as the followers take it, without keys of units that are yet to be made. No queries."""
    choices: dict[str, dict[int, Choice]] = {}
    for event in events:
        for one in event.choices:
            choices.setdefault(one.what, {})[one.id] = one
    return Change(
        on=on,
        ended=frozenset(units[slug].id for slug in outcome.ended if slug in units),
        kept=frozenset(units[slug].id for slug in outcome.changed),
        heir_names={units[slug].id: heir for slug, heir in outcome.heirs.items() if slug in units},
        choices=choices,
        lasting={slug: units[slug].id for slug in outcome.heirs.values() if slug in units},
    )


def unit_lines(events: Sequence[Event], outcome: Outcome, units: Units) -> Iterable[UnitLine]:
    """Return what happens to each unit: those that end, those that are made, those that change. No queries."""
    names = {slug: unit.said.name for slug, unit in units.items()} | {
        slug: said.name
        for slug, said in (outcome.created | outcome.changed).items()  # type: ignore[operator]
    }
    for event in events:
        after = " · ".join(names.get(one.unit, one.unit) for one in event.targets) or names.get(event.rest, "")
        for slug in event.sources:
            if slug in outcome.ended and slug in units:
                yield UnitLine("ended", slug, units[slug].said.name, after, units[slug].id)
    for slug, said in outcome.created.items():
        yield UnitLine("created", slug, "", said.name)
    for slug, said in outcome.changed.items():
        yield UnitLine("changed", slug, units[slug].said.name, said.name, units[slug].id)


def open_postings(change: Change) -> Q:
    """Return which of the postings of ended units wait for the maker: no unit takes over, or a post of the managed
    list would be held by more people in the new unit than in any old one. 2 queries.
    """
    without = change.ended - set(change.heir_names)
    waiting = Q(unit__in=without)
    for post_ids, texts, units in _crowded(change):
        waiting |= Q(Q(post__in=post_ids) | Q(post__isnull=True, post_text__in=texts), unit__in=units)
    return waiting & Q(unit__in=change.ended) & ~Q(pk__in=change.has_choice("posting"))


def _crowded(change: Change) -> list[tuple[list[int], list[str], list[int]]]:
    """Return by managed post: its key, the texts that mean it, and the ended units whose holders wait."""
    keys, texts = _managed_posts()
    heirs = {**change.heir_names, **{key: slug for slug, key in change.lasting.items()}}
    held = Posting.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=change.on), unit__in=heirs, person__merged_into=None
    )
    counts: dict[tuple[str, int], dict[int, int]] = {}
    said: dict[int, set[str]] = {}
    rows = held.order_by().values_list("unit_id", "post_id", "post_text").annotate(Count("person_id", distinct=True))
    for unit_id, post_id, text, count in rows:
        post = post_id if post_id in keys else texts.get(search_key(text)) if post_id is None else None
        if post is not None:
            by_unit = counts.setdefault((heirs[unit_id], post), {})
            by_unit[unit_id] = by_unit.get(unit_id, 0) + count
            said.setdefault(post, set()).update([text] if post_id is None else [])
    units: dict[int, list[int]] = {}
    for (_heir, post), by_unit in counts.items():
        if sum(by_unit.values()) > max(by_unit.values()):
            units.setdefault(post, []).extend(unit for unit in by_unit if unit in change.ended)
    return [([post], sorted(said[post]), found) for post, found in units.items()]


def _managed_posts() -> tuple[frozenset[int], dict[str, int]]:
    """Return the posts whose holders a body above the unit appoints by name, by key and by what they are called."""
    above = [ManagingLevel.CENTRAL, ManagingLevel.PROVINCIAL, ManagingLevel.COMMUNE]
    posts = list(Post.objects.filter(managing_level__in=above).values_list("pk", "name", "aliases"))
    texts = {search_key(text): key for key, name, aliases in posts for text in [name, *aliases]}
    return frozenset(key for key, _name, _aliases in posts), texts
