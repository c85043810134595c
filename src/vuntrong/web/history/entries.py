"""The history of one record, for the right side of its page."""

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format

from vuntrong.kernel.log import history
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.web.history.words import words_for
from vuntrong.web.kit.values import HistoryEntry

SHOWN = 10


def entries_of(*records: Model | None, limit: int = SHOWN) -> list[HistoryEntry]:
    """Return who did what to the records, newest first. 1 query for each record."""
    rows: list[ActionLogEntry] = []
    for record in records:
        if record is not None:
            rows += history(record)[:limit]
    newest = sorted(rows, key=lambda row: row.pk, reverse=True)[:limit]
    return [as_entry(row) for row in newest]


def as_entry(row: ActionLogEntry) -> HistoryEntry:
    """Return a row of the log in words."""
    what = words_for(row.action)
    said = f"{what}: {row.reason}" if row.reason else what
    return HistoryEntry(row.actor_name, said, shown_at(row))


def shown_at(row: ActionLogEntry) -> str:
    """Return day and time of a row."""
    return date_format(timezone.localtime(row.at), "SHORT_DATETIME_FORMAT")
