"""Lists of imports, of the people of an import, and of templates."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.policies import units_enterable_by
from vuntrong.exchange.enums import ImportState
from vuntrong.exchange.models import Import, ImportTemplate
from vuntrong.registry.models import Posting, Unit
from vuntrong.web.kit import filters, states
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn, NumberColumn, StateColumn, TickColumn
from vuntrong.web.kit.tables import ListTable

TONES = {"draft": "none", "checked": "wait", "written": "ok", "discarded": "none"}
states.declare(Import, "state", TONES)


class ImportTable(ListTable):
    """Imports, the newest first."""

    unit = _("imports")
    file_name = NameColumn(
        verbose_name=_("Workbook"),
        accessor="file__name",
        order_by="file__name",
        linkify=lambda record: reverse("imports:import", args=[record.pk]),
        second=lambda record: record.mapping.get("sheet", ""),
    )
    unit_name = KitColumn(verbose_name=_("Unit"), accessor="unit__name", order_by="unit__sort_key")
    made_by = KitColumn(verbose_name=_("Who"), accessor="made_by__full_name", order_by="made_by__full_name")
    made_at = DateColumn(verbose_name=_("Uploaded"))
    said = KitColumn(verbose_name=_("New / updated"), empty_values=(), orderable=False)
    state = StateColumn(order_by="state", verbose_name=_("State"))

    def render_said(self, record: Import) -> str:
        counts = record.counts
        return f"{counts['created']} / {counts['updated']}" if counts else "–"

    def value_said(self, record: Import) -> str:
        return self.render_said(record)

    class Meta(ListTable.Meta):
        model = Import
        fields = ("file_name", "unit_name", "made_by", "made_at", "said", "state")


class ImportFilter(filters.ListFilter):
    """State as chips, the day of upload."""

    chip = "state"
    tones = TONES
    state = filters.choice_chip(ImportState.choices)
    made_at = filters.days(_("Uploaded"))

    class Meta:
        model = Import
        fields = ("state", "made_at")


class TemplateTable(ListTable):
    """Templates of columns by unit."""

    unit = _("templates")
    opens_rows = False
    name = NameColumn(
        verbose_name=_("Template"),
        linkify=lambda record: reverse("imports:template", args=[record.pk]),
        second=lambda record: ", ".join(record.mapping.get("columns", {})),
    )
    kind = KitColumn(verbose_name=_("Reads"))
    unit_name = KitColumn(verbose_name=_("Unit"), accessor="unit__name", order_by="unit__sort_key")
    saved_at = DateColumn(verbose_name=_("Saved"))

    class Meta(ListTable.Meta):
        model = ImportTemplate
        fields = ("name", "kind", "unit_name", "saved_at")


class TextTick(TickColumn):
    """A box that is read out with the text."""

    def render(self, value: Any, record: Posting) -> SafeString:
        return super().render(value, record.unit_text)


class UnitTextTable(ListTable):
    """Units as lists named them, where their people stand meanwhile, and how many they are."""

    unit = _("texts")
    opens_rows = False
    bulk_template = "imports/_units_bulk.html"
    tick = TextTick()
    unit_text = NameColumn(
        verbose_name=_("As the list names it"),
        linkify=lambda record: f"{reverse('imports:match')}?rows={record.pk}",
    )
    unit_name = KitColumn(verbose_name=_("Meanwhile in"), accessor="unit__name", order_by="unit__sort_key")
    people = NumberColumn(verbose_name=_("People"), phone="side")

    class Meta(ListTable.Meta):
        model = Posting
        fields = ("tick", "unit_text", "unit_name", "people")


def homes(request: HttpRequest | None) -> QuerySet[Unit]:
    """Return the units of the person in which people with an unknown unit stand."""
    if request is None:
        return Unit.objects.none()
    unknown = Posting.objects.exclude(unit_text="").values("unit_id")
    return units_enterable_by(request.user).filter(pk__in=unknown).order_by("sort_key")


class UnitTextFilter(filters.ListFilter):
    """The unit in which people stand meanwhile."""

    unit = filters.record_menu(_("Meanwhile in"), homes)

    class Meta:
        model = Posting
        fields = ("unit",)
