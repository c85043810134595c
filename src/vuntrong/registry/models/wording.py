from typing import ClassVar

from django.db import models

from vuntrong.regulations.enums import Confidence


class EndedBody(models.Model):
    """A kind of body that no longer exists (Huyện ủy, UBND huyện), as words that a new paper should not use."""

    words = models.CharField(max_length=120, unique=True)
    """As papers write it; case and the place of the tone mark make no difference."""
    ended_on = models.DateField()
    """Its last day."""
    successor_text = models.CharField(max_length=200, blank=True)
    """What took over its work."""
    instrument = models.CharField(max_length=200)
    """By which paper it ended."""
    confidence = models.CharField(max_length=20, choices=Confidence.choices, default=Confidence.UNVERIFIED)

    class Meta:
        ordering: ClassVar = ["words"]

    def __str__(self) -> str:
        return self.words
