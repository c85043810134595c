import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vuntrong.regulations.enums import Confidence, DayKind, DayUnit, PaperStyle, RuleState, RuleTopic


class DatedQuerySet(models.QuerySet):
    """Rows that hold from a day to a day, both included; an open end holds until further notice."""

    def valid_on(self, day: dt.date) -> "DatedQuerySet":
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class LegalInstrument(models.Model):
    """A regulation, decree, circular, guide or agreement that papers and rules cite."""

    number = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    issuer = models.CharField(max_length=200)
    issued_on = models.DateField()
    subject = models.CharField(max_length=500)
    """Begins in lower case, as it is cited after the issuer."""
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    confidence = models.CharField(max_length=20, choices=Confidence.choices, default=Confidence.UNVERIFIED)
    source = models.CharField(max_length=300, blank=True)
    search_key = models.CharField(max_length=800, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["issued_on", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number", "issued_on"], name="instrument_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class LayoutProfile(models.Model):
    """Which layout of official papers holds on which day: the layout is a dated row, not a constant."""

    key = models.CharField(max_length=20)
    """Name of the measures in documents.papers: state30, party36, party05."""
    style = models.CharField(max_length=10, choices=PaperStyle.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    instrument = models.CharField(max_length=200)
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    source = models.CharField(max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["style", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="layout_profile_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"


class StatutoryTerm(models.Model):
    """Within how many days something must be done, from a day on: the law changes, so a term is a dated row."""

    code = models.SlugField(max_length=60)
    """The name that rules use: privacy-answer."""
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=10, choices=DayUnit.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    instrument = models.CharField(max_length=200)
    confidence = models.CharField(max_length=20, choices=Confidence.choices, default=Confidence.UNVERIFIED)
    source = models.CharField(max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="term_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="term_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.days} {self.unit}"


class SpecialDay(models.Model):
    """A public holiday, or a weekend day that is worked instead of one."""

    day = models.DateField(primary_key=True)
    kind = models.CharField(max_length=10, choices=DayKind.choices, default=DayKind.OFF)
    name = models.CharField(max_length=120)
    confidence = models.CharField(max_length=20, choices=Confidence.choices, default=Confidence.UNVERIFIED)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class RuleRow(models.Model):
    """One rule as it holds from a day to a day, with the instrument that it stands on.

    Rows of one `code` are the history of one rule. An approved row is never edited: another row follows it.
    """

    topic = models.CharField(max_length=20, choices=RuleTopic.choices)
    code = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=80, blank=True)
    """What the rule is about: the code of a programme or of a post."""
    mode = models.CharField(max_length=20, blank=True)
    """Mode of study that it is about (full_time, part_time); empty for all."""
    values = models.JSONField()
    """The rule itself, as plain data; the words depend on the topic."""
    instrument = models.ForeignKey(LegalInstrument, models.PROTECT, related_name="rules")
    article = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    transition = models.CharField(max_length=300, blank=True)
    """Why the row may still be used beside a newer one; empty where the newest row alone counts."""
    confidence = models.CharField(max_length=20, choices=Confidence.choices)
    source = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=RuleState.choices, default=RuleState.PROPOSED)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    """The row that this one was written to replace."""
    proposed_by_id = models.BigIntegerField(null=True)
    """Primary key of the user; null for the rows that the product ships."""
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)
    search_key = models.CharField(max_length=500, blank=True, default="")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["topic", "subject", "mode", "code", "-valid_from", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="rule_row_period"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["topic", "subject", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"
