from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from vuntrong.accounts.enums import MailState, MessageKind, Role
from vuntrong.registry.models import Person, Unit
from vuntrong.regulations.models import DatedQuerySet


class User(AbstractUser):
    """Somebody who signs in. What she may do stands in her grants."""

    full_name = models.CharField(max_length=120)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="account")
    """The record about herself, linked by the office; whose it is may see what is kept of her."""
    kinds_without_mail = models.JSONField(default=list, blank=True)
    """Kinds of messages that only come into the inbox; by default all come by e-mail too."""

    REQUIRED_FIELDS: ClassVar = ["full_name"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


class Grant(models.Model):
    """A role in the subtree of a unit, from one day to another, both included."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="grants")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["user_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role", "unit", "valid_from"], name="grant_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="grant_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id}"


class SavedFilter(models.Model):
    """The words, filters, order and columns of a list under a name of the user's own; nobody else sees it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_filters")
    page = models.CharField(max_length=200)
    """Path of the list."""
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000)
    """What stands behind the question mark of its address."""

    class Meta:
        ordering: ClassVar = ["page", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="saved_filter_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """Something that people were told: one text, in the inboxes of users and on its way by e-mail.

    It names no person (accounts.letters), so that it may stay when a record is made anonymous.
    """

    kind = models.CharField(max_length=30, choices=MessageKind.choices)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    url = models.CharField(max_length=300)
    """Path of the page that it leads to."""
    about_type = models.CharField(max_length=100, blank=True)
    """Model of the record that it is about, as the action log names it: planning.needssurvey."""
    about_id = models.BigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="messages_made")
    once = models.CharField(max_length=120, null=True, blank=True, unique=True)
    """Name under which a caller that may come twice tells only once."""
    search_key = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["about_type", "about_id"])]

    def __str__(self) -> str:
        return self.subject


class InboxEntry(models.Model):
    """A message in the inbox of a user."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="entries")
    user = models.ForeignKey(User, models.CASCADE, related_name="inbox")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "user"], name="inbox_entry_once")]
        indexes: ClassVar = [models.Index(fields=["user"], condition=Q(read_at=None), name="inbox_unread")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.message_id}"


class OutgoingMail(models.Model):
    """A message on its way to one address: waiting, sent, failed, or given up. The row is the log of what left."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mails")
    address = models.CharField(max_length=254)
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="mails")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="mails")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="mails")
    """The unit whose clerk is told, or where the person works."""
    state = models.CharField(max_length=20, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=300, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "address"], condition=~Q(address=""), name="mail_once"),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="mail_sent_at",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "next_attempt_at"])]

    def __str__(self) -> str:
        return f"{self.message_id} -> {self.address}"
