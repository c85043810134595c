"""Lists of the privacy desk."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.models import User
from vuntrong.registry.models import DataRequest, SealedIdentity, SensitiveRead
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn, NumberColumn, StateColumn
from vuntrong.web.kit.tables import ListTable
from vuntrong.web.privacy.showing import due_state, field_names


class RequestTable(ListTable):
    """Requests, the one that is due first on top."""

    unit = _("requests")
    person = NameColumn(
        verbose_name=_("Who asks"),
        accessor="person__full_name",
        order_by="person__sort_key",
        linkify=lambda record: reverse("privacy:request", args=[record.pk]),
        second=lambda record: record.person.unit.short_name,
    )
    kind = KitColumn(verbose_name=_("What is asked"), accessor="get_kind_display", order_by="kind")
    received_on = DateColumn(verbose_name=_("Received on"))
    due = DateColumn(verbose_name=_("Due"), empty_values=(None, ""))
    state = StateColumn(
        verbose_name=_("State"), order_by="state", state=lambda record: due_state(record, timezone.localdate())
    )

    class Meta(ListTable.Meta):
        model = DataRequest
        fields = ("person", "kind", "received_on", "due", "state")
        order_by = ("due",)


class OwnReadTable(ListTable):
    """Who read the sensitive part of one record."""

    unit = _("reads")
    opens_rows = False
    reader = NameColumn(verbose_name=_("Who"), accessor="user__full_name", order_by="user__full_name", empty_values=())
    read_at = KitColumn(verbose_name=_("When"), order_by="id")
    purpose = KitColumn(verbose_name=_("Purpose"), accessor="get_purpose_display", order_by="purpose")
    kind = KitColumn(verbose_name=_("How"), accessor="get_kind_display", order_by="kind")
    fields = KitColumn(verbose_name=_("Fields"), orderable=False)
    note = KitColumn(verbose_name=_("Where"), orderable=False)

    class Meta(ListTable.Meta):
        model = SensitiveRead
        fields = ("reader", "read_at", "purpose", "kind", "fields", "note")
        sequence = ("reader", "...")
        order_by = ("-read_at",)

    def render_reader(self, record: SensitiveRead) -> str:
        return record.user.get_full_name() if record.user else _now("A command on the server")

    def value_reader(self, record: SensitiveRead) -> str:
        return self.render_reader(record)

    def render_read_at(self, record: SensitiveRead) -> str:
        return date_format(timezone.localtime(record.read_at), "SHORT_DATETIME_FORMAT")

    def value_read_at(self, record: SensitiveRead) -> str:
        return self.render_read_at(record)

    def render_fields(self, record: SensitiveRead) -> str:
        return field_names(record.fields)

    def value_fields(self, record: SensitiveRead) -> str:
        return self.render_fields(record)


class ReadTable(OwnReadTable):
    """The same for many records: whose data it was, or of how many people."""

    person = KitColumn(verbose_name=_("Whose data"), accessor="person__full_name", order_by="person__sort_key")
    count = NumberColumn(verbose_name=_("People"))

    class Meta(OwnReadTable.Meta):
        fields = ("reader", "person", "count", "read_at", "purpose", "kind", "fields", "note")
        sequence = ("reader", "person", "count", "read_at", "purpose", "kind", "fields", "note")


class RestrictedTable(ListTable):
    """Records that only the archive may open; their names are sealed, so the number stands for them."""

    unit = _("records")
    person = NameColumn(
        verbose_name=_("Record"),
        accessor="person__full_name",
        order_by="person_id",
        linkify=lambda record: reverse("privacy:record", args=[record.person_id]),
        second=lambda record: record.person.unit.short_name,
    )
    restricted_on = DateColumn(verbose_name=_("Restricted from"), accessor="person__restricted_on")
    reason = KitColumn(verbose_name=_("Reason"))

    class Meta(ListTable.Meta):
        model = SealedIdentity
        fields = ("person", "restricted_on", "reason")


class AccountTable(ListTable):
    """Accounts, and whose record each belongs to."""

    unit = _("accounts")
    full_name = NameColumn(
        verbose_name=_("Account"),
        linkify=lambda record: reverse("privacy:link", args=[record.pk]),
        second=lambda record: record.username,
    )
    person = KitColumn(verbose_name=_("Own record"), accessor="person__full_name", order_by="person__sort_key")

    class Meta(ListTable.Meta):
        model = User
        fields = ("full_name", "person")
        order_by = ("full_name",)
