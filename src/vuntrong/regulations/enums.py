from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Confidence(models.TextChoices):
    """Whether somebody read the rule in a public text."""

    SEEN = "seen", _("Checked against the text")
    UNVERIFIED = "unverified", _("Not checked against the text")


class PaperStyle(models.TextChoices):
    """Who prescribes the layout of a paper."""

    PARTY = "party", pgettext_lazy("paper", "Party")
    STATE = "state", pgettext_lazy("paper", "State")


class DayUnit(models.TextChoices):
    """How the days of a term are counted."""

    WORKING = "working", _("working days")
    CALENDAR = "calendar", _("days")


class DayKind(models.TextChoices):
    """Why a day is not what its weekday says."""

    OFF = "off", _("Day off")
    WORKED = "worked", _("Worked instead")


class RuleTopic(models.TextChoices):
    """What a rule row is about, and so which words its values hold."""

    ELIGIBILITY = "eligibility", _("Who may attend a programme")
    POST_STANDARD = "post-standard", _("What a post asks for")
    REFERENCE_DAY = "reference-day", _("Day on which conditions are judged")
    DURATION = "duration", _("Length of a programme")
    PROVISION = "provision", _("Provision without a number")


class RuleState(models.TextChoices):
    """A rule row is proposed by one person and decided by another; only approved rows act."""

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


RULE_MOVES = {
    RuleState.PROPOSED: frozenset({RuleState.APPROVED, RuleState.REJECTED}),
    RuleState.APPROVED: frozenset(),
    RuleState.REJECTED: frozenset(),
}
