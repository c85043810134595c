from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from vuntrong.accounts.enums import Role
from vuntrong.registry.models import Person, Unit
from vuntrong.regulations.models import DatedQuerySet


class User(AbstractUser):
    """Somebody who signs in. What she may do stands in her grants."""

    full_name = models.CharField(max_length=120)
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="account")
    """The record about herself, linked by the office; whose it is may see what is kept of her."""

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
