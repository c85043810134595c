from typing import ClassVar

from django.db import models

from vuntrong.registry.models import Unit
from vuntrong.reports.enums import ReportKind, Result


class ReportSubmission(models.Model):
    """A report as it was submitted: its figures and, in `rows`, every enrolment behind them. Never changed."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="report_submissions")
    kind = models.CharField(max_length=20, choices=ReportKind.choices)
    period_from = models.DateField()
    period_to = models.DateField()
    number = models.PositiveSmallIntegerField()
    """1 for the first version of the period; a supplement counts on and replaces the one before."""
    reason = models.CharField(max_length=500, blank=True)
    """Why a supplement was made; empty for the first version."""
    figures = models.JSONField()
    """The report as `rules.frozen.to_plain` writes it."""
    fingerprint = models.JSONField(default=dict)
    """Sums over the rows, to see in sets which of many reports differ from today: `rules.submissions.Fingerprint`."""
    submitted_at = models.DateTimeField()
    """The cut-off: rows entered later are not in it."""
    submitted_by_name = models.CharField(max_length=120)
    last_log_entry = models.BigIntegerField()
    """Key of the newest row of the action log when the figures were frozen; later rows explain differences."""

    class Meta:
        ordering: ClassVar = ["unit_id", "period_from", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "period_from", "period_to", "number"], name="report_submission_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period_from} - {self.period_to} v{self.number}"


class ReportRow(models.Model):
    """One enrolment that a submitted report counted, in words of that day. Plain keys: it outlives what it names."""

    submission = models.ForeignKey(ReportSubmission, models.CASCADE, related_name="rows")
    enrolment_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=120)
    sex = models.CharField(max_length=10, blank=True)
    result = models.CharField(max_length=20, choices=Result.choices)
    unit_name = models.CharField(max_length=200)
    class_id = models.BigIntegerField()
    class_code = models.CharField(max_length=40)
    class_name = models.CharField(max_length=200)
    programme_id = models.BigIntegerField()
    programme_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "enrolment_id"], name="report_row_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["submission", "class_id"], name="report_rows_of_class")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.class_code} {self.person_name}"
