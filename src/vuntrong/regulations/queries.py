"""What is in force on a day."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import QuerySet

from vuntrong.kernel.workdays import WorkCalendar
from vuntrong.regulations.enums import DayKind, RuleState
from vuntrong.regulations.models import LayoutProfile, RuleRow, SpecialDay, StatutoryTerm


def layout_on(style: str, day: dt.date) -> LayoutProfile:
    """Return the layout of papers of `style` (party or state) on `day`. 1 query.

    Before the first known row the earliest row answers: an old paper must still print.
    """
    rows = LayoutProfile.objects.filter(style=style)
    return rows.valid_on(day).order_by("-valid_from").first() or rows.order_by("valid_from")[0]


def terms_on(prefix: str, day: dt.date) -> Mapping[str, StatutoryTerm]:
    """Return the terms in force on `day` whose code begins with `prefix`, by code. 1 query."""
    return {term.code: term for term in StatutoryTerm.objects.filter(code__startswith=prefix).valid_on(day)}


def work_calendar(start: dt.date, end: dt.date) -> WorkCalendar:
    """Return the working days between two days, as far as holidays are entered. 1 query."""
    known = SpecialDay.objects.filter(day__range=(start, end)).values_list("day", "kind")
    days = {kind: frozenset(day for day, its in known if its == kind) for kind in DayKind}
    return WorkCalendar(days_off=days[DayKind.OFF], worked=days[DayKind.WORKED])


def rules_on(day: dt.date, topic: str = "") -> QuerySet[RuleRow]:
    """Return the approved rule rows in force on `day`, with their instruments. 1 query."""
    rows = RuleRow.objects.valid_on(day).filter(state=RuleState.APPROVED).select_related("instrument")
    return rows.filter(topic=topic) if topic else rows


def history_of(row: RuleRow) -> QuerySet[RuleRow]:
    """Return all rows of one rule, the newest first, refused and proposed ones included. 1 query."""
    same = RuleRow.objects.filter(topic=row.topic, code=row.code, subject=row.subject, mode=row.mode)
    return same.select_related("instrument").order_by("-valid_from", "-id")
