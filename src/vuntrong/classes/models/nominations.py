"""Whom units send to a class: places by unit, nominations with the verdict of their day, requests for exceptions."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from vuntrong.classes.enums import OPEN_NOMINATIONS, QUOTA_STATES, ExceptionState, NominationState
from vuntrong.classes.models.runs import ClassRun
from vuntrong.documents.models import StoredFile
from vuntrong.programmes.sentences import ANSWERS
from vuntrong.registry.models import Person, Unit

VERDICTS = [(answer.value, words) for answer, words in ANSWERS.items()]
"""The four verdicts."""


class Quota(models.Model):
    """Places that a decision gives to one sending unit in a class."""

    class_run = models.ForeignKey(ClassRun, models.CASCADE, related_name="quotas")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="class_quotas")
    places = models.PositiveIntegerField()
    source = models.CharField(max_length=200, blank=True)
    """The decision or letter as written: 45-QĐ/TU, 12/02/2027."""

    class Meta:
        ordering: ClassVar = ["class_run_id", "unit__sort_key", "unit_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["class_run", "unit"], name="quota_once"),
            models.CheckConstraint(condition=Q(places__gte=1), name="quota_has_places"),
        ]

    def __str__(self) -> str:
        return f"{self.class_run_id} {self.unit_id} {self.places}"


class NominationQuerySet(models.QuerySet["Nomination"]):
    """The vocabulary of nominations."""

    def open(self) -> "NominationQuerySet":
        """Keep those that somebody still has to answer or enrol."""
        return self.filter(state__in=sorted(OPEN_NOMINATIONS))

    def in_quota(self) -> "NominationQuerySet":
        """Keep those that use a place of their unit."""
        return self.filter(state__in=sorted(QUOTA_STATES))

    def in_order(self) -> "NominationQuerySet":
        """Sort as the waiting list moves up: who was nominated first goes first."""
        return self.order_by("nominated_at", "pk")


class Nomination(models.Model):
    """One person whom a unit proposes for a class, with the verdict as it was when it counted."""

    class_run = models.ForeignKey(ClassRun, models.PROTECT, related_name="nominations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="nominations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="nominations")
    post_text = models.CharField(max_length=200, blank=True)
    """Post on the day of the nomination."""
    nominated_on = models.DateField()
    nominated_at = models.DateTimeField()
    """The moment decides who moves up first; one that takes the place of a withdrawn one has a moment of its own."""
    state = models.CharField(max_length=20, choices=NominationState.choices, default=NominationState.NOMINATED)
    state_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    """Why it was refused, withdrawn or moved."""
    answer = models.CharField(max_length=20, choices=VERDICTS)
    judged_for = models.DateField()
    """Reference day of the verdict: the day on which the class begins."""
    judged_at = models.DateTimeField()
    reasons = models.JSONField(default=list)
    """Each reason: code, condition, row, instrument, sentence, confidence, fields, holds_from."""
    rule_rows = models.JSONField(default=list)
    """Keys of the rule rows that were used."""
    holds_from = models.DateField(null=True, blank=True)
    """From when on the person will be eligible if nothing else changes; null where nobody can say."""
    fits_full_time = models.BooleanField(default=False)
    """Too young for this mode, admitted in the full-time one."""
    exception_by = models.CharField(max_length=200, blank=True)
    """Who may admit the person although a condition fails; empty where nobody may."""
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    """The nomination that the unit made in place of this one."""
    moved_to = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="moved_from")
    """The nomination for a later class that goes on from this one."""

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["class_run_id", "nominated_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["class_run", "person"],
                condition=Q(state__in=["nominated", "exception", "waiting", "accepted", "enrolled"]),
                name="nominated_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn"]) | ~Q(reason=""), name="ended_nomination_has_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["class_run", "state", "nominated_at"], name="nomination_line"),
            models.Index(fields=["unit", "class_run"]),
        ]

    def __str__(self) -> str:
        return f"{self.class_run_id} {self.person_id}"


class ExceptionRequest(models.Model):
    """A unit asks that somebody be admitted although a condition fails; the competent body answers by a decision."""

    nomination = models.OneToOneField(Nomination, models.CASCADE, related_name="exception")
    reason = models.CharField(max_length=500)
    letter = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, choices=ExceptionState.choices, default=ExceptionState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=500, blank=True)
    """Why it was refused; a remark where it was granted."""
    decision_number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    """Date of the decision that grants it."""
    signer = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="granted") | (~Q(decision_number="") & ~Q(signer="") & Q(decided_on__isnull=False)),
                name="granted_exception_has_decision",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(answer=""), name="refused_exception_has_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "asked_at"], name="exception_desk")]

    def __str__(self) -> str:
        return f"{self.nomination_id} {self.state}"
