"""Lists of issued papers and of number runs."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vuntrong.registry.enums import PaperState
from vuntrong.registry.models import IssuedPaper, NumberRun
from vuntrong.web.kit import states
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn, NumberColumn, StateColumn
from vuntrong.web.kit.filters import ListFilter, choice_chip, days
from vuntrong.web.kit.tables import ListTable

states.declare(IssuedPaper, "state", {PaperState.ISSUED: "ok", PaperState.CANCELLED: "bad"})

WITH_COUNTS = {
    "entered": Count("papers"),
    "cancelled": Count("papers", filter=Q(papers__state=PaperState.CANCELLED)),
}


class PaperTable(ListTable):
    """Papers with their numbers."""

    unit = _("papers")
    reference = NameColumn(
        verbose_name=_("Number"),
        linkify=lambda record: reverse("papers:paper", args=[record.pk]),
        second=lambda record: record.summary,
    )
    issued_on = DateColumn(verbose_name=_("Signed on"))
    issuer = KitColumn(verbose_name=_("Unit"), accessor="unit__name", order_by="unit__sort_key")
    signer_name = KitColumn(verbose_name=_("Signed by"))
    subject_label = KitColumn(verbose_name=_("About"))
    state = StateColumn(verbose_name=_("State"), order_by="state", phone="side")

    class Meta(ListTable.Meta):
        model = IssuedPaper
        fields = ("reference", "issued_on", "issuer", "signer_name", "subject_label", "state")


class PaperFilter(ListFilter):
    """State as chips, day of signing under more filters."""

    chip = "state"
    chips_count_all = True
    state = choice_chip(PaperState.choices)
    issued_on = days(_("Signed on"))

    class Meta:
        model = IssuedPaper
        fields = ("state", "issued_on")


class RunTable(ListTable):
    """Number runs with how far they are."""

    unit = _("number runs")
    opens_rows = False
    run_unit = NameColumn(
        verbose_name=_("Unit"),
        accessor="unit__name",
        order_by="unit__sort_key",
        second=lambda record: record.get_style_display(),
    )
    kind = KitColumn(verbose_name=_("Type"), empty_values=(), says=lambda value: value or _("all"))
    period = KitColumn(verbose_name=_("Year or term"))
    last_number = NumberColumn(verbose_name=_("Last number"))
    cancelled = NumberColumn(verbose_name=pgettext_lazy("paper", "Cancelled"), accessor="cancelled")
    missing = KitColumn(verbose_name=_("Given elsewhere, not entered"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = NumberRun
        fields = ("run_unit", "kind", "period", "last_number", "cancelled", "missing")

    def render_kind(self, record: NumberRun) -> str:
        """Return the type code; one run may serve every type."""
        return record.kind or str(_("all"))

    def render_missing(self, record: NumberRun) -> str:
        """Return how many numbers no paper has."""
        return str(record.last_number - record.entered) if record.last_number > record.entered else "–"  # type: ignore[attr-defined]
