"""Lists of imports, of the people of an import, and of templates."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuntrong.exchange.enums import ImportState
from vuntrong.exchange.models import Import, ImportTemplate
from vuntrong.web.kit import filters, states
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn, StateColumn
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
