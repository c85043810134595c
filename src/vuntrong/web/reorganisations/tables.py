"""The list of re-organisations."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.enums import ReorganisationState
from vuntrong.registry.models import Reorganisation
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn, StateColumn
from vuntrong.web.kit.filters import ListFilter, choice_chip, days
from vuntrong.web.kit.tables import ListTable


class ReorganisationTable(ListTable):
    """Re-organisations, the latest first."""

    unit = _("re-organisations")
    title = NameColumn(
        verbose_name=_("Title"),
        linkify=lambda record: reverse("reorganisations:page", args=[record.pk]),
        second=lambda record: record.instrument_text,
    )
    takes_effect_on = DateColumn(verbose_name=_("Takes effect on"))
    area = KitColumn(verbose_name=_("Area"), accessor="unit__name", order_by="unit__sort_key")
    state = StateColumn(order_by="state", verbose_name=_("State"))

    class Meta(ListTable.Meta):
        model = Reorganisation
        fields = ("title", "takes_effect_on", "area", "state")


class ReorganisationFilter(ListFilter):
    """The state as chips, the day among the rest."""

    chip = "state"
    state = choice_chip(ReorganisationState.choices)
    takes_effect_on = days(_("Takes effect on"))

    class Meta:
        model = Reorganisation
        fields = ("state", "takes_effect_on")
