"""One thing to do, and all that waits."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuntrong.web.kit.values import Card, State


@dataclass(frozen=True)
class Task:
    """One thing to do. Without a due day it counts from the day since which it waits."""

    title: str
    about: str
    url: str
    verb: str
    due: dt.date | None = None
    since: dt.date | None = None

    def days_left(self, today: dt.date) -> int:
        """Days until it is due, below 0 when late; what only waits is due today."""
        return (self.due - today).days if self.due else 0

    def state(self, today: dt.date) -> State:
        """Return the badge: late, today, days left, or how long it has waited."""
        if self.due is None:
            waited = (today - (self.since or today)).days
            if not waited:
                return State("wait", _("Today"))
            return State("wait", ngettext("Waits %(days)s day", "Waits %(days)s days", waited) % {"days": waited})
        left = self.days_left(today)
        if left < 0:
            return State("bad", ngettext("Late by %(days)s day", "Late by %(days)s days", -left) % {"days": -left})
        if left == 0:
            return State("wait", _("Today"))
        return State("run", ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}, "calendar")


@dataclass(frozen=True)
class Work:
    """All that waits: cards with counts, tasks by day."""

    cards: list[Card] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    def __add__(self, other: "Work") -> "Work":
        return Work([*self.cards, *other.cards], [*self.tasks, *other.tasks])
