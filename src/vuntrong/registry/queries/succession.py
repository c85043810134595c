"""What became of units, and what they were made of."""

import datetime as dt
from collections.abc import Collection, Mapping
from fractions import Fraction

from django.db import connection
from django.utils import timezone

from vuntrong.registry.models import Unit, UnitEventLink
from vuntrong.registry.rules.succession import Fold, Link, Part, fold_of

REACHED = """
    WITH RECURSIVE reached(id) AS (
        SELECT id FROM registry_unit WHERE id IN ({roots})
        UNION
        SELECT link.to_unit_id FROM registry_uniteventlink AS link
        JOIN registry_unitevent AS event ON event.id = link.event_id
        JOIN reached ON link.from_unit_id = reached.id
        WHERE link.to_unit_id IS NOT NULL AND event.happened_on <= %s
    )
    SELECT id FROM reached
"""
CAME_FROM = """
    WITH RECURSIVE came(id) AS (
        SELECT id FROM registry_unit WHERE id IN ({roots})
        UNION
        SELECT link.from_unit_id FROM registry_uniteventlink AS link
        JOIN registry_unitevent AS event ON event.id = link.event_id
        JOIN came ON link.to_unit_id = came.id
        WHERE link.from_unit_id IS NOT NULL AND event.happened_on <= %s {whole}
    )
    SELECT id FROM came
"""
WHOLE = "AND (link.share IS NULL OR link.share = 1)"


def fold(unit_ids: Collection[int], on: dt.date | None = None) -> Fold:
    """Return how the units, and all that they went into, fold into the units of a day, today by default.

    2 queries whatever the number of units and the length of the chains; none without units.
    """
    day = on or timezone.localdate()
    reached = _reached(REACHED, unit_ids, day)
    links = UnitEventLink.objects.filter(from_unit__in=reached, to_unit__isnull=False, event__happened_on__lte=day)
    fields = ("from_unit_id", "to_unit_id", "share", "event__happened_on", "event_id")
    rows = links.order_by().values_list(*fields) if reached else ()
    return fold_of(
        Link(old, new, None if share is None else Fraction(share), happened, event)
        for old, new, share, happened, event in rows
    )


def successors(unit_ids: Collection[int], on: dt.date | None = None) -> Mapping[int, tuple[Part, ...]]:
    """Return for each unit what it has become by a day, through every chain, with shares. 2 queries."""
    folded = fold(unit_ids, on)
    return {unit_id: folded.parts(unit_id) for unit_id in unit_ids}


def heir_today(unit: Unit) -> Unit:
    """Return the unit that goes on for one that has ended: the one with the greatest part; a living unit itself.

    No query for a living unit, 3 otherwise.
    """
    if unit.is_alive:
        return unit
    heir = fold([unit.pk]).heir(unit.pk)
    return unit if heir == unit.pk else Unit.objects.get(pk=heir)


def predecessors(unit_ids: Collection[int], on: dt.date | None = None, *, whole: bool = True) -> frozenset[int]:
    """Return the units that went into `unit_ids` by a day, through every chain, these left out. 1 query.

    With `whole` only those that went there undivided: what they left behind is the successor's alone.
    """
    statement = CAME_FROM.replace("{whole}", WHOLE if whole else "")
    return _reached(statement, unit_ids, on or timezone.localdate()) - frozenset(unit_ids)


def _reached(statement: str, unit_ids: Collection[int], day: dt.date) -> frozenset[int]:
    if not unit_ids:
        return frozenset()
    marks = ", ".join(["%s"] * len(unit_ids))
    with connection.cursor() as cursor:
        cursor.execute(statement.format(roots=marks), [*unit_ids, day])
        return frozenset(row[0] for row in cursor.fetchall())
