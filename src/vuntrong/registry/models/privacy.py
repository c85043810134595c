"""What the law on personal data asks to be kept: reads of sensitive fields, and requests of the people concerned."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from vuntrong.registry.enums import Purpose, ReadKind, RequestKind, RequestState
from vuntrong.registry.models.people import Person


class SensitiveRead(models.Model):
    """Somebody read or exported sensitive fields. Rows are only added."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Null for a command on the server."""
    kind = models.CharField(max_length=20, choices=ReadKind.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="sensitive_reads")
    """Null for a read of many; `count` says of how many."""
    count = models.PositiveIntegerField(default=1)
    fields = models.JSONField()
    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    note = models.CharField(max_length=300, blank=True)
    """Which list, filter or paper."""
    read_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["person", "-read_at"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.person_id} {self.read_at}"


class DataRequest(models.Model):
    """What a person asks about her own data, with the days by which it must be answered."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="data_requests")
    kind = models.CharField(max_length=20, choices=RequestKind.choices)
    text = models.TextField()
    received_on = models.DateField()
    answer_by = models.DateField()
    """Day by which the person must hear what will be done."""
    carry_out_by = models.DateField()
    has_processor = models.BooleanField(default=False)
    """Whether somebody who processes the data for us must stop too, which gives a longer term."""
    extended_to = models.DateField(null=True, blank=True)
    extension_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=RequestState.choices, default=RequestState.RECEIVED)
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    """What the person was told would be done, or why it was refused."""
    outcome = models.TextField(blank=True)
    """What was done in the end."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["state", "answer_by", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.received_on}"


class SealedIdentity(models.Model):
    """What was taken out of a restricted record, so that no list and no paper can show it by oversight.

    Only the archive reads it, by a written purpose; lifting the restriction puts it back.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="sealed")
    content = models.JSONField()
    """Fields of Person as text, and former names."""
    reason = models.CharField(max_length=300)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.person_id}"
