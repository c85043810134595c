"""The list of what was done."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.models import ActionLogEntry
from vuntrong.web.history.words import words_for
from vuntrong.web.kit.columns import KitColumn, NameColumn
from vuntrong.web.kit.tables import ListTable


class LogTable(ListTable):
    """Newest first."""

    unit = _("actions")
    action = NameColumn(
        verbose_name=_("Action"),
        orderable=False,
        linkify=lambda record: reverse("history:entry", args=[record.pk]),
        second=lambda record: record.reason,
    )
    subject_label = KitColumn(verbose_name=_("Record"), orderable=False)
    actor_name = KitColumn(verbose_name=_("Who"), orderable=False)
    at = KitColumn(verbose_name=_("When"), order_by="id")

    class Meta(ListTable.Meta):
        model = ActionLogEntry
        fields = ("action", "subject_label", "actor_name", "at")
        order_by = ("-at",)

    def render_action(self, value: str) -> str:
        return words_for(value)

    def value_action(self, value: str) -> str:
        return words_for(value)

    def render_at(self, record: ActionLogEntry) -> str:
        return date_format(timezone.localtime(record.at), "SHORT_DATETIME_FORMAT")

    def value_at(self, record: ActionLogEntry) -> str:
        return self.render_at(record)
