"""What is in force on a day."""

import datetime as dt
from collections.abc import Mapping

from vuntrong.kernel.workdays import WorkCalendar
from vuntrong.regulations.enums import DayKind
from vuntrong.regulations.models import LayoutProfile, SpecialDay, StatutoryTerm


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
