from typing import ClassVar

from django.db import models


class StoredFile(models.Model):
    """A file that came in (a scan, a workbook) exactly as it was sent."""

    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    """Bytes."""
    sha256 = models.CharField(max_length=64, db_index=True)
    file = models.FileField(upload_to="stored/%Y/%m")
    stored_by_id = models.BigIntegerField(null=True)
    """Primary key of the user; no foreign key, because documents know no people."""
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.name


class FileReading(models.Model):
    """How a person said that a kept workbook is read; what is not said is guessed."""

    file = models.OneToOneField(StoredFile, models.CASCADE, related_name="reading")
    mapping = models.JSONField(default=dict)
    """Sheet, header, columns, orders of dates, in the plain form of columns.SheetMapping."""
    zeros = models.BooleanField(default=False)
    """Whether leading zeros that a spreadsheet ate are put back."""
    revision = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.file.name
