"""Short words about the rows of a record."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.kernel.dates import PartialDate
from vuntrong.registry.enums import DefenceGroup, Degree, PoliticalLevel, QualificationKind, StateManagementLevel

LEVEL_CHOICES = {
    QualificationKind.PROFESSIONAL: Degree,
    QualificationKind.POLITICAL: PoliticalLevel,
    QualificationKind.STATE_MANAGEMENT: StateManagementLevel,
    QualificationKind.DEFENCE: DefenceGroup,
}
"""The levels of the kinds that have fixed ones."""


def joined(*parts: object) -> str:
    """Return what is said, with a dot between."""
    return " · ".join(str(part) for part in parts if part)


def shown_date(when: dt.date | PartialDate | None) -> str:
    """Return a date as far as it is known; nothing for none."""
    if when is None:
        return ""
    return str(when) if isinstance(when, PartialDate) else date_format(when, "SHORT_DATE_FORMAT")


def period(start: dt.date | PartialDate | None, end: dt.date | PartialDate | None) -> str:
    """Return a period in words; nothing where neither end is known."""
    first, last = shown_date(start), shown_date(end)
    if first and last:
        return f"{first} – {last}"
    if first:
        return _("since %(day)s") % {"day": first}
    return _("until %(day)s") % {"day": last} if last else ""


def level_label(kind: str, level: str) -> str:
    """Return a level in words; one that the paper alone knows is said as it is."""
    choices = LEVEL_CHOICES.get(QualificationKind(kind))
    return str(dict(choices.choices).get(level, level)) if choices else level


def post_of(row: Any) -> str:
    """Return the post of a posting or a plan: as written, else its name in the catalogue."""
    return row.post_text or (row.post.name if row.post else "")


def place_of(row: Any) -> str:
    """Return the unit of a posting: as the paper named it where the registry does not know it."""
    return row.unit_text or row.unit.name
