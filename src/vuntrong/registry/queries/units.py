"""Units as they were on a day."""

import datetime as dt
from collections.abc import Collection

from django.db import connection
from django.db.models import BigIntegerField, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from vuntrong.registry.enums import TERRITORIES, TRAINING_INSTITUTIONS, UnitKind
from vuntrong.registry.models import Unit, UnitVersion

SUBTREE = """
    WITH RECURSIVE subtree(id) AS (
        SELECT id FROM registry_unit WHERE id IN ({roots})
        UNION
        SELECT version.unit_id FROM registry_unitversion AS version
        JOIN subtree ON version.parent_id = subtree.id OR version.state_parent_id = subtree.id
        WHERE version.valid_from <= %s AND (version.valid_to IS NULL OR version.valid_to >= %s)
    ){past}
    SELECT id FROM {wanted}
"""
PAST = """, came(id) AS (
        SELECT id FROM subtree
        UNION
        SELECT link.from_unit_id FROM registry_uniteventlink AS link
        JOIN registry_unitevent AS event ON event.id = link.event_id
        JOIN came ON link.to_unit_id = came.id
        WHERE link.from_unit_id IS NOT NULL AND event.happened_on <= %s AND (link.share IS NULL OR link.share = 1)
    )"""


TOPS = """
    WITH RECURSIVE above(id) AS (
        SELECT id FROM registry_unit WHERE id = %s
        UNION
        SELECT unit.parent_id FROM registry_unit AS unit JOIN above ON unit.id = above.id
        WHERE unit.parent_id IS NOT NULL
    )
    SELECT above.id FROM above JOIN registry_unit AS unit ON unit.id = above.id WHERE unit.parent_id IS NULL
"""
NATIONAL = (UnitKind.ACADEMY, UnitKind.UNIVERSITY)
PROVINCIAL = (UnitKind.PROVINCE, UnitKind.CENTRAL_CITY, UnitKind.PROVINCIAL_COMMITTEE)


def with_national(unit: Unit) -> Q:
    """Return the condition for the units of the same province today, and for bodies of the whole country. 2 queries."""
    with connection.cursor() as cursor:
        cursor.execute(TOPS, [unit.pk])
        tops = [row[0] for row in cursor.fetchall()]
    above_all = Q(parent__isnull=True) & ~Q(kind__in=PROVINCIAL)
    return Q(pk__in=subtree_ids(tops)) | Q(kind__in=NATIONAL) | above_all


def subtree_ids(roots: Collection[int], on: dt.date | None = None) -> frozenset[int]:
    """Return the ids of `roots` and of all units below them on a day, today by default: on the Party or the State line.

    1 query, none without roots.
    """
    day = on or timezone.localdate()
    return _ids_below(roots, [day, day], past="", wanted="subtree")


def subtree_with_past(roots: Collection[int], on: dt.date | None = None) -> frozenset[int]:
    """Return the subtree on a day and the units that had gone whole into one of it by then: their records are its own.

    1 query, none without roots.
    """
    day = on or timezone.localdate()
    return _ids_below(roots, [day, day, day], past=PAST, wanted="came")


def line_above(unit: int, day: dt.date) -> frozenset[int]:
    """Return a unit and all above it on a day, on the Party and the State line. 1 query."""
    rows = UnitVersion.objects.valid_on(day).values_list("unit_id", "parent_id", "state_parent_id")
    above = {key: parents for key, *parents in rows}
    found, waiting = {unit}, [unit]
    while waiting:
        new = {one for one in above.get(waiting.pop(), ()) if one is not None} - found
        found |= new
        waiting += new
    return frozenset(found)


def in_hard_area(day: dt.date) -> RawSQL:
    """Return the ids of the units that lie in an area of any kind on a day, with all below them, as a subquery."""
    marked = "SELECT unit_id FROM registry_unitarea WHERE valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)"
    sql = SUBTREE.format(roots=marked, past="", wanted="subtree")
    return RawSQL(sql, [day, day, day, day], output_field=BigIntegerField())  # noqa: S611 - only days are filled in


def _ids_below(roots: Collection[int], days: list[dt.date], *, past: str, wanted: str) -> frozenset[int]:
    if not roots:
        return frozenset()
    marks = ", ".join(["%s"] * len(roots))
    with connection.cursor() as cursor:
        cursor.execute(SUBTREE.format(roots=marks, past=past, wanted=wanted), [*roots, *days])
        return frozenset(row[0] for row in cursor.fetchall())


def catchment_root(unit: Unit) -> int:
    """Return the unit whose subtree `unit` serves: for a school or a centre its parent committee, else itself."""
    return unit.parent_id if unit.kind in TRAINING_INSTITUTIONS and unit.parent_id else unit.pk


def catchment_ids(unit: Unit, on: dt.date | None = None) -> frozenset[int]:
    """Return the units whose people `unit` may ask and enrol, on a day or today; of a unit that ended, on its last day.

    1 query.
    """
    today = timezone.localdate()
    return subtree_ids({catchment_root(unit), unit.pk}, on or min(today, unit.ended_on or today))


def body_above(unit: Unit) -> Unit | None:
    """Return the body above `unit`; none where only a territory stands above it. 1 query unless `parent` is loaded."""
    above = unit.parent
    return None if above is None or above.kind in TERRITORIES else above


def version_on(unit: Unit, day: dt.date) -> UnitVersion:
    """Return the unit as it was on `day`; before its first day the first version, after its last the last. 1 query."""
    versions = list(unit.versions.order_by("valid_from"))
    held = [one for one in versions if one.valid_from <= day]
    return held[-1] if held else versions[0]
