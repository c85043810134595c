"""Days and moments of data files."""

import datetime as dt

from django.utils import timezone


def day(text: str) -> dt.date:
    """Read a day of a data file."""
    return dt.date.fromisoformat(text)


def moment(when: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """Return an office hour of the day, in local time."""
    return timezone.make_aware(dt.datetime.combine(when, dt.time(hour, minute)))
