"""Lists of messages and of e-mails."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.enums import MailState, MessageKind
from vuntrong.accounts.models import InboxEntry, OutgoingMail
from vuntrong.web.inbox.showing import receiver, why_it_failed
from vuntrong.web.kit import states
from vuntrong.web.kit.columns import KitColumn, MomentColumn, NameColumn, NumberColumn, StateColumn, TickColumn
from vuntrong.web.kit.filters import ListFilter, choice_chip, choice_menu, days, words
from vuntrong.web.kit.tables import ListTable
from vuntrong.web.kit.values import State

TONES = {MailState.QUEUED: "run", MailState.SENT: "ok", MailState.FAILED: "wait", MailState.GIVEN_UP: "bad"}
states.declare(OutgoingMail, "state", TONES)


def reading(entry: InboxEntry) -> State:
    """Return whether a message was read, as a badge."""
    return State("none", _now("Read")) if entry.read_at else State("wait", _now("Not read"), "mail")


class InboxTable(ListTable):
    """One's own messages, the newest first."""

    unit = _("messages")
    bulk_template = "inbox/_mark.html"
    tick = TickColumn()
    subject = NameColumn(
        accessor="message__subject",
        order_by="message__search_key",
        verbose_name=_("Message"),
        linkify=lambda record: reverse("inbox:message", args=[record.pk]),
        second=lambda record: record.message.get_kind_display(),
    )
    made_at = MomentColumn(accessor="message__made_at", verbose_name=_("Came at"))
    standing = StateColumn(state=reading, order_by="read_at", verbose_name=_("State"))

    class Meta(ListTable.Meta):
        model = InboxEntry
        fields = ("tick", "subject", "made_at", "standing")
        order_by = ("-made_at",)


class InboxFilter(ListFilter):
    """Read or not as chips, what it is about as a menu, the days."""

    chip = "read"
    tones = {"0": "wait"}
    read = choice_chip([("0", _("Not read")), ("1", _("Read"))], method="filter_read")
    kind = choice_menu(_("About"), MessageKind.choices, field_name="message__kind")
    made_at = days(_("Came at"), field_name="message__made_at")

    class Meta:
        model = InboxEntry
        fields = ("read", "kind", "made_at")

    def filter_read(self, entries: QuerySet[InboxEntry], _name: str, value: str) -> QuerySet[InboxEntry]:
        return entries.filter(read_at__isnull=value == "0")

    def chip_counts(self, rows: QuerySet[Any]) -> dict[str, int]:
        """Return how many messages were read and how many not. 1 query."""
        every = rows.order_by().aggregate(all=Count("pk"), new=Count("pk", filter=Q(read_at=None)))
        return {"0": every["new"], "1": every["all"] - every["new"]}


class MailTable(ListTable):
    """E-mails with where they stand and why."""

    unit = _("e-mails")
    bulk_template = "inbox/_retry.html"
    tick = TickColumn()
    address = NameColumn(
        verbose_name=_("E-mail address"),
        linkify=lambda record: reverse("inbox:mail", args=[record.pk]),
        second=receiver,
        empty_values=(),
    )
    subject = KitColumn(accessor="message__subject", order_by="message__search_key", verbose_name=_("Message"))
    queued_at = MomentColumn(verbose_name=_("Made at"), phone="hide")
    sent_at = MomentColumn(verbose_name=_("Sent"))
    attempts = NumberColumn(verbose_name=_("Attempts"), phone="hide")
    why = KitColumn(accessor="last_error", verbose_name=_("Why it failed"), order_by="last_error")
    state = StateColumn(order_by="state", verbose_name=_("State"))

    class Meta(ListTable.Meta):
        model = OutgoingMail
        fields = ("tick", "address", "subject", "queued_at", "sent_at", "attempts", "why", "state")
        order_by = ("-queued_at",)

    def render_address(self, value: str) -> str:
        return value or _now("(address removed)")

    def render_why(self, record: OutgoingMail) -> str:
        return why_it_failed(record)

    def value_why(self, record: OutgoingMail) -> str:
        return why_it_failed(record)


class MailFilter(ListFilter):
    """State as chips, what it is about as a menu, address and days typed."""

    chip = "state"
    tones = {key.value: tone for key, tone in TONES.items()}
    state = choice_chip(MailState.choices)
    kind = choice_menu(_("About"), MessageKind.choices, field_name="message__kind")
    address = words(_("E-mail address"))
    queued_at = days(_("Made at"))

    class Meta:
        model = OutgoingMail
        fields = ("state", "kind", "address", "queued_at")
