"""People and classes of units as they were on a day, or in today's units; both readings have the same totals."""

import datetime as dt
from collections import Counter

from django.db.models import Count, F, QuerySet, Value
from django.utils import timezone

from vuntrong.accounts.policies import units_visible_to
from vuntrong.accounts.queries import Somebody
from vuntrong.classes.models import ClassOwner, ClassRun, in_force
from vuntrong.classes.policies import classes_visible_to
from vuntrong.registry.models import Person, Posting, Unit
from vuntrong.web.units.readings import Asked, as_column, in_units_of_today
from vuntrong.web.units.showing import units_on


def counted_units(user: Somebody, asked: Asked, year: int) -> QuerySet[Unit]:
    """Return the visible units with `people_count` and `class_count` of a reading. 3 queries, in today's units 9."""
    visible = units_visible_to(user)
    people = people_by_unit(visible, asked.day)
    classes = classes_by_owner(classes_visible_to(user).filter(year=year), asked.day)
    shown_on = asked.day
    if asked.is_folded:
        people, classes = (in_units_of_today(one, visible, asked.day) for one in (people, classes))
        shown_on = timezone.localdate()
    columns = {"people_count": as_column(people), "class_count": as_column(classes)}
    return units_on(visible, shown_on).annotate(**columns, reading=Value(asked.query))


def people_by_unit(units: QuerySet[Unit], day: dt.date) -> dict[int, int]:
    """Return how many people worked in each unit on a day by their main posts. 1 query."""
    known = Person.objects.filter(merged_into=None, restricted_on=None)
    if day >= timezone.localdate():
        rows = known.filter(left_on=None, unit__in=units).order_by().values_list("unit_id")
        return dict(rows.annotate(Count("pk")))
    held = Posting.objects.filter(in_force(day), is_main=True, unit__in=units, person__in=known)
    return dict(held.order_by().values_list("unit_id").annotate(Count("person", distinct=True)))


def classes_by_owner(classes: QuerySet[ClassRun], day: dt.date) -> dict[int, int]:
    """Return how many of the classes each unit ran, or was to run, on a day. 2 queries."""
    counts = Counter(dict(classes.order_by().values_list("owner_id").annotate(Count("pk"))))
    moved = ClassOwner.objects.filter(in_force(day), class_run__in=classes).exclude(unit=F("class_run__owner"))
    for now, then in moved.order_by().values_list("class_run__owner_id", "unit_id"):
        counts[now] -= 1
        counts[then] += 1
    return dict(counts)
