"""What a row of the log changed, as a table of before and after."""

import datetime as dt
import json
import re
from collections.abc import Collection
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


HIDDEN = "•••"
"""Stands for a sensitive value that this reader may not see."""


def changes_of(entry: ActionLogEntry, hidden: Collection[str] = ()) -> list[Change]:
    """Return the values that the row names, those that did not change included; those of `hidden` are covered."""
    return [_change(entry, name, is_hidden=name in hidden) for name in sorted({*entry.before, *entry.after})]


def _change(entry: ActionLogEntry, name: str, *, is_hidden: bool) -> Change:
    if is_hidden:
        return Change(words.label_of(name), HIDDEN, HIDDEN)
    return Change(words.label_of(name), _shown(name, entry.before.get(name)), _shown(name, entry.after.get(name)))


def _shown(name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    value = words.shown(name, value)
    if isinstance(value, str):
        return date_format(dt.date.fromisoformat(value), "SHORT_DATE_FORMAT") if ISO_DAY.fullmatch(value) else value
    return json.dumps(value, ensure_ascii=False)
