"""Workbooks that came in: how they are read, what they said, and what units their texts mean."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from vuntrong.documents.models import StoredFile
from vuntrong.exchange.enums import ImportKind, ImportState
from vuntrong.kernel.models import ActionLogEntry, Job
from vuntrong.registry.models import Unit


class Import(models.Model):
    """One sheet of one workbook, from the upload to what it wrote."""

    kind = models.CharField(max_length=20, choices=ImportKind.choices, default=ImportKind.PEOPLE)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="imports")
    """The workbook exactly as it came."""
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="imports")
    """Where people go whose unit the row does not name or the registry does not know."""
    mapping = models.JSONField(default=dict)
    """What a person decided about sheet, header and columns (documents.columns.SheetMapping); the rest is guessed."""
    options = models.JSONField(default=dict)
    """`update`: fields that may change people who exist; `zeros`: whether lost leading zeros are put back;
    `decisions`: row number -> who is meant, a key of a person or "new"."""
    state = models.CharField(max_length=20, choices=ImportState.choices, default=ImportState.DRAFT)
    counts = models.JSONField(default=dict)
    """rows, created, updated, unchanged, errors, warnings."""
    report = models.JSONField(default=dict)
    """What the last check found, as the preview shows it: problems, differences, people to choose from."""
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    """The last check or run."""
    entry = models.ForeignKey(ActionLogEntry, models.PROTECT, null=True, related_name="+")
    """The row of the action log that names everybody whom the import made or changed."""
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Null for a command on the server."""
    made_at = models.DateTimeField(auto_now_add=True)
    written_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["made_by", "-id"])]

    def __str__(self) -> str:
        return self.file.name


class ImportTemplate(models.Model):
    """How a unit's workbooks are read: header text -> field, found again when the same headers come."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="import_templates")
    kind = models.CharField(max_length=20, choices=ImportKind.choices, default=ImportKind.PEOPLE)
    name = models.CharField(max_length=120)
    mapping = models.JSONField()
    """Header -> field (documents.columns.SheetMapping)."""
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["unit_id", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "kind", "name"], name="import_template_once")]

    def __str__(self) -> str:
        return self.name


class UnitAlias(models.Model):
    """What a text of a workbook means as a unit, said once by a person; later imports for the same unit know it."""

    home = models.ForeignKey(Unit, models.CASCADE, related_name="aliases_inside")
    """The unit of the imports in which the text stood."""
    text = models.CharField(max_length=200)
    search_key = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="aliases")
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["home_id", "search_key"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["home", "search_key"], name="unit_alias_once")]

    def __str__(self) -> str:
        return f"{self.text} = {self.unit_id}"
