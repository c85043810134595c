"""What is in force on a day."""

import datetime as dt

from vuntrong.regulations.models import LayoutProfile


def layout_on(style: str, day: dt.date) -> LayoutProfile:
    """Return the layout of papers of `style` (party or state) on `day`. 1 query.

    Before the first known row the earliest row answers: an old paper must still print.
    """
    rows = LayoutProfile.objects.filter(style=style)
    return rows.valid_on(day).order_by("-valid_from").first() or rows.order_by("valid_from")[0]
