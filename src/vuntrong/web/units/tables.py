"""The list of units."""

from typing import Any, ClassVar

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.enums import UnitKind
from vuntrong.registry.models import Unit
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn, NumberColumn
from vuntrong.web.kit.tables import ListTable


def _former(record: Any) -> str:
    """Return what the unit is called today where that differs from its name on the day shown."""
    if record.held_name != record.name:
        return _("today: %(name)s") % {"name": record.name}
    return ""


class UnitTable(ListTable):
    """Units as they were on the day shown, today by default."""

    unit = _("units")
    name = NameColumn(
        verbose_name=_("Unit"),
        accessor="held_name",
        order_by="sort_key",
        linkify=lambda record: reverse("registry:unit", args=[record.slug]),
        second=_former,
    )
    kind = KitColumn(verbose_name=_("Kind"), accessor="held_kind", order_by="held_kind")
    parent = KitColumn(verbose_name=_("Party line"), accessor="held_parent", order_by="held_parent")
    state_parent = KitColumn(
        verbose_name=_("State line"), accessor="held_state_parent", order_by="held_state_parent", phone="hide"
    )
    area_code = KitColumn(verbose_name=_("Area code"), accessor="held_area", order_by="held_area")
    ended_on = DateColumn(verbose_name=_("Last day"))
    people_count = NumberColumn(
        verbose_name=_("People"),
        opens=lambda record: f"{reverse('registry:people')}?unit={record.pk}{record.reading}",
        order_by="people_count",
    )
    class_count = NumberColumn(
        verbose_name=_("Classes of the year"),
        opens=lambda record: f"{reverse('classes:list')}?owner={record.pk}{record.reading}",
        order_by="class_count",
    )
    sums: ClassVar = {"people_count": Sum("people_count"), "class_count": Sum("class_count")}

    class Meta(ListTable.Meta):
        model = Unit
        fields = ("name", "kind", "parent", "state_parent", "area_code", "ended_on", "people_count", "class_count")

    def render_kind(self, value: str) -> str:
        return str(UnitKind(value).label)

    def value_kind(self, value: str) -> str:
        return str(UnitKind(value).label)
