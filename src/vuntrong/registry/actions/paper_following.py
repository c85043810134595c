"""Number runs through a re-organisation: a run ends with its unit, and the successor begins its own."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.undo import Undo
from vuntrong.registry.following import Change, Group
from vuntrong.registry.models import NumberRun
from vuntrong.registry.queries.papers import runs_of


class PaperFollower:
    """Issued papers never change; no number is drawn after the last day of a unit."""

    repeats: Mapping[str, tuple[str, str]] = {}

    def touched(self, change: Change) -> Iterable[Group]:
        """Return the number runs of units that end. No queries."""
        ends = _("Ends with its unit; the papers stay. The successor begins its own run at 01.")
        yield Group("number-run", _("Number runs of papers"), runs_of(change.ended), _run, ends)

    def follow(self, change: Change, undo: Undo) -> None:
        """Nothing: the last day of the unit is the last day of its runs."""

    def take_effect(self, change: Change, undo: Undo) -> None:
        """Nothing: the last day of the unit is the last day of its runs."""

    def refresh(self, today: dt.date) -> None:
        """Nothing here repeats dated rows."""


def _run(row: NumberRun) -> tuple[str, str]:
    return row.unit.name, f"{row.kind} {row.period} · {row.last_number}".strip()
