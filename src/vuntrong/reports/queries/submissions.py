"""What was submitted, what is due, and which submissions today's data no longer agree with."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from vuntrong.classes.enums import COUNTED_ENROLMENTS, HELD_STATES
from vuntrong.classes.models import ClassRun
from vuntrong.registry.models import Unit
from vuntrong.reports.models import ReportSubmission
from vuntrong.reports.queries.scopes import Scope, held_classes, units_above
from vuntrong.reports.rules.periods import ReportPeriod
from vuntrong.reports.rules.submissions import Fingerprint

SUBTREES = """
    WITH RECURSIVE wanted(root, day) AS (VALUES {pairs}),
    subtree(root, day, id) AS (
        SELECT wanted.root, wanted.day, unit.id FROM wanted JOIN registry_unit AS unit ON unit.id = wanted.root
        UNION
        SELECT subtree.root, subtree.day, version.unit_id FROM registry_unitversion AS version
        JOIN subtree ON version.parent_id = subtree.id
        WHERE version.valid_from <= subtree.day AND (version.valid_to IS NULL OR version.valid_to >= subtree.day)
    )
    SELECT root, day, id FROM subtree
"""
Place = tuple[int, dt.date]
"""A unit as it was on a day."""


def versions_of(unit: Unit, period: ReportPeriod) -> QuerySet[ReportSubmission]:
    """Return the submissions of a unit for a period, the newest first."""
    return ReportSubmission.objects.filter(unit=unit, period_from=period.start, period_to=period.end).order_by(
        "-number"
    )


def latest_version(unit: Unit, period: ReportPeriod) -> ReportSubmission | None:
    """Return the version in force. 1 query."""
    return versions_of(unit, period).first()


def latest_of_each(submissions: Iterable[ReportSubmission]) -> dict[tuple[int, dt.date, dt.date], ReportSubmission]:
    """Return the version in force by (unit, from, to)."""
    found: dict[tuple[int, dt.date, dt.date], ReportSubmission] = {}
    for one in sorted(submissions, key=lambda submission: submission.number):
        found[one.unit_id, one.period_from, one.period_to] = one
    return found


def fingerprint_of(scope: Scope) -> Fingerprint:
    """Return the sums that tell whether anything moved. 1 query."""
    return _sum_up(_class_prints(held_classes(scope)))


@dataclass(frozen=True)
class ClassPrint:
    """One held class and the sums of its turns."""

    owner_id: int
    opened_on: dt.date
    sums: Fingerprint


def changed_since(submissions: Iterable[ReportSubmission]) -> frozenset[int]:
    """Return the ids of those whose classes, turns or people differ from today. 2 queries, none without any."""
    chosen = list(submissions)
    if not chosen:
        return frozenset()
    owners = owners_below((one.unit_id, one.period_to) for one in chosen)
    prints = prints_between(min(one.period_from for one in chosen), max(one.period_to for one in chosen))
    return differing(chosen, owners, prints)


def differing(
    submissions: Iterable[ReportSubmission], owners: Mapping[Place, set[int]], prints: Sequence[ClassPrint]
) -> frozenset[int]:
    """Return the ids of the submissions whose sums are not those of `prints` any more. No queries."""
    return frozenset(
        one.pk
        for one in submissions
        if one.fingerprint != vars(sum_of(prints, owners[one.unit_id, one.period_to], one.period_from, one.period_to))
    )


def owners_below(places: Iterable[Place]) -> dict[Place, set[int]]:
    """Return the units below each unit on each day, itself included. 1 query, none without places."""
    wanted = sorted(set(places))
    if not wanted:
        return {}
    found: dict[Place, set[int]] = {place: set() for place in wanted}
    with connection.cursor() as cursor:
        pairs = ", ".join(["(%s, %s)"] * len(wanted))
        cursor.execute(SUBTREES.format(pairs=pairs), [value for place in wanted for value in place])
        for root, day, unit_id in cursor.fetchall():
            found[root, day if isinstance(day, dt.date) else dt.date.fromisoformat(day)].add(unit_id)
    return found


def sum_of(prints: Iterable[ClassPrint], owners: set[int], start: dt.date, end: dt.date) -> Fingerprint:
    """Return the sums of the classes of some owners opened in a period."""
    return _sum_up(each for each in prints if each.owner_id in owners and start <= each.opened_on <= end)


def submissions_touched_by(class_run: ClassRun) -> list[ReportSubmission]:
    """Return the versions in force whose period and unit cover the class: a change to it will differ from them.

    Empty for a class that was never opened. 2 queries.
    """
    if class_run.opened_on is None:
        return []
    day = class_run.opened_on
    above = units_above(class_run.owner_id, day)
    found = ReportSubmission.objects.filter(unit_id__in=above, period_from__lte=day, period_to__gte=day)
    return list(latest_of_each(found.select_related("unit").defer("figures")).values())


def is_in_submitted_period(class_run: ClassRun) -> bool:
    """Say whether a submitted report covers the day on which the class was opened. 2 queries."""
    return bool(submissions_touched_by(class_run))


def prints_between(start: dt.date, end: dt.date) -> list[ClassPrint]:
    """Return every held class opened from `start` to `end` with its sums. 1 query."""
    return _class_prints(ClassRun.objects.filter(state__in=sorted(HELD_STATES), opened_on__range=(start, end)))


def _class_prints(classes: QuerySet[ClassRun]) -> list[ClassPrint]:
    counted = Q(enrolments__state__in=sorted(COUNTED_ENROLMENTS))
    rows = (
        classes.order_by("pk")
        .values_list("owner_id", "opened_on", "pk")
        .annotate(
            turns=Count("enrolments", filter=counted),
            turn_keys=Coalesce(Sum("enrolments__id", filter=counted), 0),
            person_keys=Coalesce(Sum("enrolments__person_id", filter=counted), 0),
        )
    )
    return [ClassPrint(owner, day, Fingerprint(1, key, *map(int, sums))) for owner, day, key, *sums in rows]


def _sum_up(prints: Iterable[ClassPrint]) -> Fingerprint:
    return sum((each.sums for each in prints), Fingerprint())
