"""Lists that an office keeps up to date itself."""

from typing import ClassVar

from django.db import models

from vuntrong.registry.enums import ManagingLevel
from vuntrong.regulations.enums import Confidence


class Post(models.Model):
    """A leadership post or title of the catalogue (chức vụ, chức danh)."""

    code = models.SlugField(max_length=60, unique=True)
    """The code that commands and rules use: bi-thu-dang-uy-xa."""
    name = models.CharField(max_length=120)
    aliases = models.JSONField(default=list)
    """Other writings of the same post, as lists of units have them."""
    managing_level = models.CharField(max_length=20, choices=ManagingLevel.choices, blank=True)
    """Who decides about the holder (diện quản lý)."""
    rank = models.PositiveSmallIntegerField(default=1000)
    """Order in lists, the highest post first."""
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["rank", "code"]

    def __str__(self) -> str:
        return self.name


class Ethnicity(models.Model):
    """One of the 54 groups by its statistics-office number, or 55 for foreigners."""

    code = models.PositiveSmallIntegerField(primary_key=True)
    name = models.CharField(max_length=60)
    aliases = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, choices=Confidence.choices)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name


class Religion(models.Model):
    """A recognised religion; code 0 says that the person has none."""

    code = models.PositiveSmallIntegerField(primary_key=True)
    name = models.CharField(max_length=60)
    aliases = models.JSONField(default=list)
    confidence = models.CharField(max_length=20, choices=Confidence.choices)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name
