"""Lists of people, units and programmes."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuntrong.programmes.models import Programme, TargetGroup
from vuntrong.registry.models import Person
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn, NumberColumn
from vuntrong.web.kit.tables import ListTable


class PersonTable(ListTable):
    """People in the order of Vietnamese lists."""

    unit = _("people")
    full_name = NameColumn(
        verbose_name=_("Full name"),
        order_by="sort_key",
        linkify=lambda record: reverse("registry:person", args=[record.pk]),
        second=lambda record: record.post_text,
    )
    sex = KitColumn(verbose_name=_("Sex"), accessor="get_sex_display", order_by="sex")
    born_on = DateColumn(verbose_name=_("Date of birth"))
    unit_name = KitColumn(verbose_name=_("Unit"), accessor="unit__name", order_by="unit__sort_key")

    class Meta(ListTable.Meta):
        model = Person
        fields = ("full_name", "sex", "born_on", "unit_name")


class ProgrammeTable(ListTable):
    """Programmes that may be run."""

    unit = _("programmes")
    name = NameColumn(
        verbose_name=_("Programme"),
        linkify=lambda record: reverse("registry:programme", args=[record.code]),
        second=lambda record: "" if record.is_offered else _("No longer offered"),
    )
    kind = KitColumn(verbose_name=_("Kind"), accessor="get_kind_display", order_by="kind")
    level = KitColumn(verbose_name=_("Level"), accessor="get_level_display", order_by="level")
    mode = KitColumn(verbose_name=_("Mode"), accessor="get_mode_display", order_by="mode")
    days = NumberColumn(verbose_name=_("Days"))

    class Meta(ListTable.Meta):
        model = Programme
        fields = ("name", "kind", "level", "mode", "days")


class TargetGroupTable(ListTable):
    """Groups of posts that programmes are for."""

    unit = _("target groups")
    opens_rows = False
    name = NameColumn(verbose_name=_("Target group"))
    programme_count = NumberColumn(
        verbose_name=_("Programmes"),
        opens=lambda record: f"{reverse('registry:programmes')}?target_groups={record.pk}",
    )

    class Meta(ListTable.Meta):
        model = TargetGroup
        fields = ("name", "programme_count")
        order_by = ("name",)
