"""Grants through a re-organisation."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.models import Grant
from vuntrong.kernel.undo import Undo
from vuntrong.registry.actions.following import Way, follow_rows, open_rows
from vuntrong.registry.following import Change, Group


class GrantFollower:
    """What accounts let follow: grants end on the eve and begin anew in the successor."""

    repeats: Mapping[str, tuple[str, str]] = {}

    def touched(self, change: Change) -> Iterable[Group]:
        """Return the grants that follow, and those that stay because nobody takes over. No queries."""
        rows = open_rows(Grant.objects.all(), change, "grant").select_related("user", "unit").order_by("user", "pk")
        goes = Q(unit__in=list(change.heir_names)) | Q(pk__in=change.has_choice("grant"))
        yield Group(
            "grant", _("Grants"), rows.filter(goes), _grant, _("Ends on the eve; a new one in the successor begins.")
        )
        stays = _("Stays with the old unit and shows it as it was on its last day. Grant roles elsewhere by hand.")
        yield Group("grant-left", _("Grants without a successor"), rows.exclude(goes), _grant, stays)

    def follow(self, change: Change, undo: Undo) -> None:
        """Let grants follow; who has the role in the successor already gets no second one."""
        follow_rows(Grant.objects.all(), change, undo, Way("grant", ("user_id", "role")))

    def take_effect(self, change: Change, undo: Undo) -> None:
        """Nothing: all rows bear dates."""

    def refresh(self, today: dt.date) -> None:
        """Nothing repeats a grant."""


def _grant(row: Grant) -> tuple[str, str]:
    return row.user.get_full_name(), f"{row.get_role_display()} · {row.unit.name}"
