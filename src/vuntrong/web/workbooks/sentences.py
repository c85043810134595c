"""What a person should know of a sheet, in sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from vuntrong.exchange.sentences import field_label
from vuntrong.web.kit.numbers import number


def notes_of(notes: Mapping[str, Any]) -> list[str]:
    """Return what a person should know of a sheet, in sentences."""
    told = []
    for letter, encoding, count, row, before, after in notes.get("conversions", ()):
        where = {"column": letter, "count": number(count), "encoding": encoding.upper(), "row": row}
        told.append(
            _("Column %(column)s: %(count)s cells read as %(encoding)s, first in row %(row)s: “%(a)s” → “%(b)s”.")
            % {**where, "a": before, "b": after}
        )
    for key, _code, _order, count in notes.get("doubts", ()):
        told.append(doubt_of(key, count))
    if guessed := notes.get("guessed"):
        fields = ", ".join(f"“{field_label(key)}”" for key in guessed)
        told.append(_("Guessed from a heading that only nearly fits, please check: %(fields)s.") % {"fields": fields})
    for key, count, row in notes.get("repeated", ()):
        told.append(
            _("In “%(field)s” %(count)s ditto marks were read as the cell above, first in row %(row)s.")
            % {"field": field_label(key), "count": number(count), "row": row}
        )
    return told + _skipped(notes)


def _skipped(notes: Mapping[str, Any]) -> list[str]:
    told = []
    if groups := notes.get("groups"):
        titles = "; ".join(f"{row} “{text}”" for row, text in groups[:6])
        told.append(_("Rows taken for titles of groups, not for people: %(rows)s.") % {"rows": titles})
    for row, _headers, count in notes.get("others", ()):
        told.append(
            _("Another table of %(count)s rows begins in row %(row)s and is not read. Import it by itself.")
            % {"count": number(count), "row": row}
        )
    if hidden := notes.get("hidden"):
        told.append(_("Hidden columns are read too: %(columns)s.") % {"columns": ", ".join(hidden)})
    return told


def doubt_of(key: str, count: int) -> str:
    """Return what is doubtful about the dates of a column."""
    said = _("In “%(field)s” day and month may have changed places in %(count)s cells. Choose the order below.")
    return said % {"field": field_label(key), "count": number(count)}


def undecided(doubts: Mapping[str, Any]) -> list[str]:
    """Return what a person has to decide before a list with doubtful dates is written."""
    said = _(
        "In “%(field)s” day and month may have changed places in %(count)s cells. Choose the order in the step "
        "“Sheet and columns”."
    )
    return [said % {"field": field_label(key), "count": number(one.count)} for key, one in doubts.items()]


def restored_of(count: int) -> list[str]:
    """Return how many leading zeros were put back, where any were."""
    return [_("The lost leading zero was put back in %(count)s dates.") % {"count": number(count)}] if count else []
