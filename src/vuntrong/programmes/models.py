from typing import ClassVar

from django.db import models

from vuntrong.programmes.enums import Field, Level, Mode, ProgrammeKind


class TargetGroup(models.Model):
    """A group of posts that programmes are for: commune Party secretaries, new Party members."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Programme(models.Model):
    """What may be run. Versions with modules and lessons come with the curriculum."""

    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=ProgrammeKind.choices)
    field = models.CharField(max_length=20, choices=Field.choices)
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    mode = models.CharField(max_length=20, choices=Mode.choices, default=Mode.FULL_TIME)
    """The mode in which it is usually run; a plan line or a class may differ."""
    target_groups = models.ManyToManyField(TargetGroup, blank=True, related_name="programmes")
    module_count = models.PositiveSmallIntegerField(default=0)
    """Number of modules (học phần); 0 for a course without modules."""
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    """Usual length in days of teaching."""
    is_offered = models.BooleanField(default=True)
    search_key = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["kind", "name"]

    def __str__(self) -> str:
        return self.name
