"""Lists of rules and instruments."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuntrong.regulations.enums import Confidence, RuleState
from vuntrong.regulations.models import LegalInstrument, RuleRow
from vuntrong.web.kit import states
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn, NumberColumn, StateColumn
from vuntrong.web.kit.filters import ListFilter, choice_chip, choice_menu
from vuntrong.web.kit.tables import ListTable
from vuntrong.web.kit.values import State

states.declare(RuleRow, "state", {RuleState.PROPOSED: "wait", RuleState.APPROVED: "ok", RuleState.REJECTED: "none"})
SURE = {Confidence.SEEN: "ok", Confidence.UNVERIFIED: "wait"}


def sureness(record: RuleRow | LegalInstrument) -> State:
    """Return whether somebody has read the rule in the text, as a badge."""
    return State(SURE[Confidence(record.confidence)], str(record.get_confidence_display()))


class RuleTable(ListTable):
    """Rule rows with what they stand on."""

    unit = _("rules")
    title = NameColumn(
        verbose_name=_("Rule"),
        linkify=lambda record: reverse("regulations:rule", args=[record.pk]),
        second=lambda record: record.get_topic_display(),
    )
    valid_from = DateColumn(verbose_name=_("In force from"))
    valid_to = DateColumn(verbose_name=_("to"))
    instrument = KitColumn(verbose_name=_("Legal basis"), accessor="instrument__number", order_by="instrument__number")
    sure = StateColumn(verbose_name=_("Checked"), state=sureness, order_by="confidence")
    state = StateColumn(verbose_name=_("State"), order_by="state")

    class Meta(ListTable.Meta):
        model = RuleRow
        fields = ("title", "valid_from", "valid_to", "instrument", "sure", "state")


class RuleFilter(ListFilter):
    """Topic as chips; whether somebody has checked the text as a menu."""

    chip = "topic"
    topic = choice_chip(RuleRow._meta.get_field("topic").choices)
    confidence = choice_menu(_("Checked"), Confidence.choices)

    class Meta:
        model = RuleRow
        fields = ("topic", "confidence")


class InstrumentTable(ListTable):
    """Papers that rules stand on."""

    unit = _("papers")
    opens_rows = False
    number = NameColumn(verbose_name=_("Number"), second=lambda record: record.kind)
    subject = KitColumn(verbose_name=_("About"))
    issuer = KitColumn(verbose_name=_("Issuer"))
    issued_on = DateColumn(verbose_name=_("Issued on"))
    valid_to = DateColumn(verbose_name=_("In force to"))
    replaces = KitColumn(verbose_name=_("Replaces"), accessor="replaces__number", order_by="replaces__number")
    rule_count = NumberColumn(
        verbose_name=_("Rules"), opens=lambda record: f"{reverse('regulations:rules')}?all=1&q={record.number}"
    )
    sure = StateColumn(verbose_name=_("Checked"), state=sureness, order_by="confidence")

    class Meta(ListTable.Meta):
        model = LegalInstrument
        fields = ("number", "subject", "issuer", "issued_on", "valid_to", "replaces", "rule_count", "sure")
