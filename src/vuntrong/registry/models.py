from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vuntrong.kernel.fields import PartialDateField
from vuntrong.registry.enums import Sex, UnitKind
from vuntrong.regulations.models import DatedQuerySet


class Unit(models.Model):
    """A body that keeps its identity while its name, kind and parent change.

    The truth is in `versions`; the columns here repeat the version in force today, so that lists need no join.
    Only `registry.actions` writes both.
    """

    slug = models.SlugField(max_length=80, unique=True)
    """The code that commands and addresses use: tuyen-hoa."""
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_alive = models.BooleanField(default=True)
    """Whether some version is in force today."""
    ended_on = models.DateField(null=True, blank=True)
    """Last day of the last version; null while no end is known."""
    search_key = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=600)

    class Meta:
        ordering: ClassVar = ["sort_key", "id"]
        indexes: ClassVar = [models.Index(fields=["sort_key"])]

    def __str__(self) -> str:
        return self.name


class UnitVersion(models.Model):
    """A unit as it was from one day to another, both included."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="versions")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="child_versions")
    code = models.CharField(max_length=30, blank=True)
    """Code in the numbers of its papers: TTCT, HU, TCT."""
    seat = models.CharField(max_length=80, blank=True)
    """Place named before the date of its papers."""

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["unit_id", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="unit_version_period"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["parent", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from} - {self.valid_to or ''})"


class Person(models.Model):
    """A human being, once. Where she works is in `postings`; the columns here repeat the posting of today."""

    full_name = models.CharField(max_length=120)
    sex = models.CharField(max_length=10, choices=Sex.choices, blank=True)
    born_on = PartialDateField(null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people")
    post_text = models.CharField(max_length=200, blank=True)
    """Post as the unit writes it."""
    search_key = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=360)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["sort_key", "id"]
        indexes: ClassVar = [
            models.Index(fields=["sort_key", "id"]),
            models.Index(fields=["search_key"]),
            models.Index(fields=["unit", "sort_key"]),
        ]

    def __str__(self) -> str:
        return self.full_name


class Posting(models.Model):
    """Where a person works or worked, and as what; an unknown beginning is null."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="postings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings")
    post_text = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["person_id", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="posting_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post_text}"
