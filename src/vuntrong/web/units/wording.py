"""What a form sends when it asks for the check of its words."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from vuntrong.web.kit.forms import DayField

KEPT = "kept_history"
"""Names that the writer keeps because the paper tells of former times."""
APART = frozenset({"csrfmiddlewaretoken", KEPT, "revision", "submission"})
DAYS = ("issued_on", "letter_on", "opens_on", "day")
"""Fields that hold the day of the paper, the first that is filled counts."""
LONGEST = 50_000


def typed_texts(sent: QueryDict) -> Iterable[str]:
    """Yield the words of a form, cut where they are longer than any paper."""
    for name, values in sent.lists():
        if name not in APART:
            yield from (str(value)[:LONGEST] for value in values)


def paper_day(sent: QueryDict) -> dt.date:
    """Return the day of the paper as typed; today where none can be read."""
    for name in DAYS:
        text = sent.get(name, "")
        if text and (day := _day(text)):
            return day
    return timezone.localdate()


def _day(text: str) -> dt.date | None:
    field = DayField(required=False)
    try:
        return field.clean(text)
    except ValidationError:
        return None
