"""Filters of the lists of the privacy desk."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.models import User
from vuntrong.registry.enums import Purpose, ReadKind, RequestKind, RequestState
from vuntrong.registry.models import DataRequest, SensitiveRead
from vuntrong.web.kit.filters import ListFilter, choice_chip, choice_menu, days, words


class RequestFilter(ListFilter):
    """State as chips, kind as a menu, days of receipt."""

    chip = "state"
    tones = {"received": "wait", "answered": "run", "done": "ok"}
    state = choice_chip(RequestState.choices)
    kind = choice_menu(_("What is asked"), RequestKind.choices)
    received_on = days(_("Received on"))

    class Meta:
        model = DataRequest
        fields = ("state", "kind", "received_on")


class ReadFilter(ListFilter):
    """How it was read as chips; for what, by whom, when."""

    chip = "kind"
    kind = choice_chip(ReadKind.choices)
    purpose = choice_menu(_("Purpose"), Purpose.choices)
    reader = words(_("Who"), field_name="user__full_name")
    read_at = days(_("When"))

    class Meta:
        model = SensitiveRead
        fields = ("kind", "purpose", "reader", "read_at")


class AccountFilter(ListFilter):
    """Whether an account is linked."""

    chip = "linked"
    linked = choice_chip([("1", _("With a record")), ("0", _("Without a record"))], method="filter_linked")

    class Meta:
        model = User
        fields = ("linked",)

    def filter_linked(self, accounts: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        return accounts.filter(person__isnull=value == "0")

    def chip_counts(self, rows: QuerySet[User]) -> dict[str, int]:
        """Return how many accounts have a record and how many have none. 2 queries."""
        linked = rows.filter(~Q(person=None)).count()
        return {"1": linked, "0": rows.filter(person=None).count()}
