"""Which classes a report of a unit and a period is about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from vuntrong.classes.enums import HELD_STATES, UnitRole
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.registry.models import Unit
from vuntrong.registry.queries import subtree_with_past
from vuntrong.reports.enums import Reading
from vuntrong.reports.rules.periods import ReportPeriod

HOSTING_ROLES = (UnitRole.HOST, UnitRole.LEAD, UnitRole.COOPERATING, UnitRole.LINKED)
"""Roles by which a unit helps with another owner's class; sending people is not one."""
JOIN_TEXT = {"postgresql": "string_agg", "sqlite": "group_concat"}
"""The aggregate that joins texts with a separator."""

ABOVE = """
    WITH RECURSIVE above(id) AS (
        SELECT id FROM registry_unit WHERE id = %s
        UNION
        SELECT version.parent_id FROM registry_unitversion AS version JOIN above ON version.unit_id = above.id
        WHERE version.parent_id IS NOT NULL
          AND version.valid_from <= %s AND (version.valid_to IS NULL OR version.valid_to >= %s)
    )
    SELECT id FROM above
"""


@dataclass(frozen=True)
class Scope:
    """The unit, the period, and the units below it on the period's last day, with what had gone into these by then."""

    unit: Unit
    period: ReportPeriod
    owner_ids: tuple[int, ...]
    reading: str = Reading.THEN
    """Whether units that changed since stand as they were, or folded into those of today."""


def scope_of(unit: Unit, period: ReportPeriod) -> Scope:
    """Return what the report covers. 1 query."""
    return Scope(unit, period, tuple(sorted(subtree_with_past({unit.pk}, period.end))))


def units_above(unit_id: int, day: dt.date) -> Sequence[int]:
    """Return the unit and all above it on `day`. 1 query."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [unit_id, day, day])
        return [row[0] for row in cursor.fetchall()]


def held_classes(scope: Scope) -> QuerySet[ClassRun]:
    """Return the classes that the report counts (lớp): held, opened in the period, owned in the scope on its end."""
    return ClassRun.objects.owned_on(scope.owner_ids, scope.period.end).filter(
        state__in=sorted(HELD_STATES),
        opened_on__range=(scope.period.start, scope.period.end),
    )


def carried_classes(scope: Scope) -> QuerySet[ClassRun]:
    """Return the classes opened before the period that still ran in it; listed apart, never in the totals."""
    return ClassRun.objects.owned_on(scope.owner_ids, scope.period.end).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=scope.period.start),
        state__in=sorted(HELD_STATES),
        opened_on__lt=scope.period.start,
    )


def counted_enrolments(scope: Scope) -> QuerySet[Enrolment]:
    """Return the turns (lượt) that the report counts."""
    return Enrolment.objects.counted().filter(class_run__in=held_classes(scope))
