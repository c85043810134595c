"""What people have completed and where they sit now, for the conditions of programmes.

The package of programmes does not know classes: `ready` hands these to it.
"""

import datetime as dt
from collections.abc import Mapping

import polars as pl
from django.db.models import CharField, Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Cast

from vuntrong.classes.enums import ClassState, EnrolmentState
from vuntrong.classes.models import Enrolment
from vuntrong.programmes.queries import columns, filters
from vuntrong.registry.models import Person

SITTING = (ClassState.OPEN, ClassState.RUNNING)


def register() -> None:
    """Let conditions read completed programmes, when they ended, and present studies."""
    columns.SOURCES.update({"completed": _completed_column, "studying": _studying_column})
    columns.ENDED.append(_ended_column)
    filters.SETS["completed"] = _has_completed
    filters.FLAGS["studying"] = _studies
    filters.ENDED.append(_ended_after)


def _completed() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(state=EnrolmentState.COMPLETED).order_by()


def _studying(day: dt.date) -> QuerySet[Enrolment]:
    sitting = Enrolment.objects.filter(state=EnrolmentState.STUDYING, class_run__state__in=SITTING)
    return sitting.filter(enrolled_on__lte=day).order_by()


def _completed_column(people: QuerySet[Person], _day: dt.date, bits: Mapping[str, int]) -> pl.DataFrame:
    wanted = _completed().filter(person__in=people, class_run__programme__code__in=list(bits))
    return columns.set_column(
        "completed", columns.pairs_of(wanted.values_list("person_id", "class_run__programme__code")), bits
    )


def _studying_column(people: QuerySet[Person], day: dt.date, _bits: Mapping[str, int]) -> pl.DataFrame:
    found = _studying(day).filter(person__in=people).values_list("person_id", flat=True).distinct()
    return columns.rows(found, {"id": pl.Int64}).with_columns(studying=pl.lit("yes"))


def _ended_column(people: QuerySet[Person], programme: str) -> pl.DataFrame:
    ended = _completed().filter(person__in=people, class_run__programme__code=programme)
    last = ended.values("person_id").annotate(last=Cast(Max("class_run__closed_on"), CharField(max_length=10)))
    name = f"ended:{programme}"
    return columns.rows(last.values_list("person_id", "last"), {"id": pl.Int64, name: pl.String})


def _has_completed(codes: frozenset[str] | None, _day: dt.date) -> Exists:
    mine = _completed().filter(person=OuterRef("pk"))
    return Exists(mine if codes is None else mine.filter(class_run__programme__code__in=sorted(codes)))


def _studies(day: dt.date) -> Exists:
    return Exists(_studying(day).filter(person=OuterRef("pk")))


def _ended_after(programme: str, bound: str | None) -> Exists:
    """Say whether the person completed the programme, after a day where one is given."""
    mine = _completed().filter(person=OuterRef("pk"), class_run__programme__code=programme)
    return Exists(
        mine
        if bound is None
        else mine.annotate(last=Cast("class_run__closed_on", CharField(max_length=10))).filter(last__gt=bound)
    )
