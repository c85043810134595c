"""Submitted reports through a re-organisation: they are frozen, and only shown as touched."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.undo import Undo
from vuntrong.registry.following import Change, Group
from vuntrong.reports.models import ReportSubmission


class ReportFollower:
    """What reports have to say: nothing of theirs changes."""

    repeats: Mapping[str, tuple[str, str]] = {}

    def touched(self, change: Change) -> Iterable[Group]:
        """Return the submitted reports of units that end. No queries."""
        rows = ReportSubmission.objects.filter(unit__in=change.ended).select_related("unit").defer("figures")
        stays = _("Never changes; a supplement is made by the successor.")
        yield Group("report", _("Submitted reports"), rows, _report, stays)

    def follow(self, change: Change, undo: Undo) -> None:
        """Nothing: what was submitted stays."""

    def take_effect(self, change: Change, undo: Undo) -> None:
        """Nothing: what was submitted stays."""

    def refresh(self, today: dt.date) -> None:
        """Nothing here repeats dated rows."""


def _report(row: ReportSubmission) -> tuple[str, str]:
    return row.unit.name, f"{row.get_kind_display()} {row.period_from:%d/%m/%Y} - {row.period_to:%d/%m/%Y}"
