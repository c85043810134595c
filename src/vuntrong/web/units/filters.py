"""Filters of the list of units."""

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.enums import UnitKind
from vuntrong.registry.models import Unit
from vuntrong.web.kit.filters import ListFilter, choice_chip, choice_menu
from vuntrong.web.units.readings import asked_units


class UnitFilter(ListFilter):
    """Whether the unit exists on the day shown as chips, the kind as a menu.

    The rows carry the words of that day (`showing.units_on`).
    """

    chip = "is_alive"
    kind = choice_menu(_("Kind"), UnitKind.choices, field_name="held_kind")
    is_alive = choice_chip(
        [("1", _("Exists")), ("0", _("No longer exists")), ("2", _("Not yet"))], method="filter_alive"
    )

    class Meta:
        model = Unit
        fields = ("kind", "is_alive")

    @property
    def day(self):
        """The day shown: the one asked for, else today."""
        asked = asked_units(self.request)
        return timezone.localdate() if asked.is_folded else asked.day

    def filter_alive(self, units: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        return units.filter({"1": EXISTS, "0": self._ended, "2": self._coming}[value])

    @property
    def _ended(self) -> Q:
        return Q(held_id__isnull=True, ended_on__lt=self.day)

    @property
    def _coming(self) -> Q:
        return Q(held_id__isnull=True) & (Q(ended_on__isnull=True) | Q(ended_on__gte=self.day))

    def chip_counts(self, rows: QuerySet[Unit]) -> dict[str, int]:
        """Return how many units exist on the day, how many had ended and how many come later. 1 query."""
        counts = {"1": EXISTS, "0": self._ended, "2": self._coming}
        found = rows.order_by().aggregate(
            **{f"n{key}": Count("pk", filter=one, distinct=True) for key, one in counts.items()}
        )
        return {key: found[f"n{key}"] for key in counts}


EXISTS = Q(held_id__isnull=False)
