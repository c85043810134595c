"""The head and numbering of a unit on a day, its runs, and the papers about something."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Model, Q, QuerySet

from vuntrong.registry.models import DocumentProfile, IssuedPaper, NumberRun, Unit
from vuntrong.registry.rules.heads import style_of
from vuntrong.registry.rules.numbers import free_numbers


def profile_on(unit: Unit, day: dt.date) -> DocumentProfile:
    """Return how the unit writes on `day`: its own row, else that of the house for its kind of unit. 1 or 2 queries.

    Before the first known row the earliest row answers: an old paper must still print.
    """
    rows = DocumentProfile.objects.filter(Q(unit=unit) | Q(unit=None, style=style_of(unit.kind)))
    found = sorted(rows.valid_on(day).order_by("-valid_from"), key=lambda row: row.unit_id is None)
    return found[0] if found else rows.filter(unit=None).order_by("valid_from")[0]


def missing_numbers(run: NumberRun) -> list[int]:
    """Return the numbers of a run that no entered paper has. 1 query."""
    return free_numbers(set(run.papers.values_list("number", flat=True)), run.last_number)


def papers_about(subject: Model) -> QuerySet[IssuedPaper]:
    """Return the papers about a record, newest first."""
    rows = IssuedPaper.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return rows.select_related("unit", "run")


def runs_of(unit_ids: Collection[int]) -> QuerySet[NumberRun]:
    """Return the number runs of units."""
    return NumberRun.objects.filter(unit__in=unit_ids).select_related("unit")
