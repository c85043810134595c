"""What a row of the log changed, as a table of before and after."""

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.kernel.models import ActionLogEntry
from vuntrong.web.history import words

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Change:
    """One value before and after."""

    name: str
    before: str
    after: str


def changes_of(entry: ActionLogEntry) -> list[Change]:
    """Return the values that the row names, those that did not change included."""
    names = sorted({*entry.before, *entry.after})
    return [
        Change(words.label_of(name), _shown(name, entry.before.get(name)), _shown(name, entry.after.get(name)))
        for name in names
    ]


def _shown(name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    value = words.shown(name, value)
    if isinstance(value, str):
        return date_format(dt.date.fromisoformat(value), "SHORT_DATE_FORMAT") if ISO_DAY.fullmatch(value) else value
    return json.dumps(value, ensure_ascii=False)
