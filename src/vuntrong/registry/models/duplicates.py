"""Two records of one human being: what was decided about them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vuntrong.registry.models.people import Person


class PersonMerge(models.Model):
    """One record took over another with all its rows; `undo` says what to give back."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="merges_away")
    undo = models.JSONField()
    merged_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.gone_id} -> {self.kept_id}"


class DistinctPair(models.Model):
    """Two records that look alike and are different people; `first` has the lower key."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="distinct_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="distinct_pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"
