"""The action log, a chain in which each row carries the hash of the one before, and the rows of long jobs."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from vuntrong.kernel.enums import JobState


class ActionLogEntry(models.Model):
    """One change: who, when, what, before and after. Written by `kernel.log.record` only and never deleted.

    `kernel.log.redact` alone changes a row: it takes personal data out of it.
    """

    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    """Primary key of the user, null for the system. No foreign key: the log outlives accounts."""
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=60, db_index=True)
    """Imperative, as the action's function is called: approve_plan."""
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    subject_label = models.CharField(max_length=300)
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    reason = models.CharField(max_length=500, blank=True)
    salt = models.CharField(max_length=32, blank=True, db_default="")
    """Random part of the hash. It goes with the words when a row is redacted, so that nobody can guess them back."""
    is_redacted = models.BooleanField(default=False, db_default=False)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action} {self.subject_label}"


class ActionLogSubject(models.Model):
    """One of the many records that an action changed in a single run, and what it changed in it. Only added."""

    entry = models.ForeignKey(ActionLogEntry, models.PROTECT, related_name="subjects")
    subject_id = models.BigIntegerField()
    """Key of a record of the type that the entry names."""
    changes = models.JSONField(default=dict)
    """Name of the value -> [before, after]; empty for a record that the run made."""

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["subject_id", "entry"])]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.subject_id}"


class ActionLogHead(models.Model):
    """The one row that says where the chain ends; holding it makes writers of the log stand in line."""

    count = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.count} entries, {self.hash}"


class Job(models.Model):
    """A long job that a person started. Its progress and the wish to cancel live in the cache (kernel.jobs)."""

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.QUEUED)
    owner_id = models.BigIntegerField(null=True)
    """Primary key of the user who started it; only this person sees it."""
    parameters = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    result = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["owner_id", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"
