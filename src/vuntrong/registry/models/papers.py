"""The head and numbering of a unit's papers, its number runs, and the papers that it has issued."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vuntrong.documents.models import StoredFile
from vuntrong.registry.enums import Numbering, PaperState
from vuntrong.registry.models.units import Unit
from vuntrong.regulations.enums import Confidence, PaperStyle
from vuntrong.regulations.models import DatedQuerySet


class DocumentProfile(models.Model):
    """With which head a unit writes and how it numbers its papers, from a day to a day; an open end goes on.

    A row without a unit holds for every unit that has no row of its own on the day.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="document_profiles")
    style = models.CharField(max_length=10, choices=PaperStyle.choices)
    pattern = models.CharField(max_length=60)
    """Number of a paper: {n} the number, {kind} the type code, {unit} the unit code: {n}/{kind}-{unit}."""
    letter_pattern = models.CharField(max_length=60)
    """Number of a letter (công văn); it may name {office}, the code of the drafting office."""
    office = models.CharField(max_length=20, blank=True)
    """Code of the office that drafts letters, where nothing else is said."""
    digits = models.PositiveSmallIntegerField(default=2)
    """Least number of digits: 2 writes 07."""
    numbering = models.CharField(max_length=10, choices=Numbering.choices)
    term = models.CharField(max_length=20, blank=True)
    """Term of the committee, where numbers run through it: 2025 - 2030."""
    is_by_kind = models.BooleanField(default=True)
    """Whether every type of paper has a run of its own."""
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    confidence = models.CharField(max_length=20, choices=Confidence.choices, default=Confidence.UNVERIFIED)
    source = models.CharField(max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["unit__sort_key", "style", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="document_profile_once"),
            models.UniqueConstraint(
                fields=["style", "valid_from"], condition=Q(unit__isnull=True), name="house_document_profile_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="document_profile_period"
            ),
            models.CheckConstraint(
                condition=~Q(numbering="term") | ~Q(term=""), name="document_profile_names_its_term"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.style} {self.valid_from}"


class NumberRun(models.Model):
    """The numbers of a unit's papers of one type through one year or term, without gaps.

    A number is drawn under a lock on this row, inside the transaction that issues the paper.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="number_runs")
    style = models.CharField(max_length=10, choices=PaperStyle.choices)
    kind = models.CharField(max_length=10, blank=True)
    """Type code (QĐ, CV, TB); empty where one run serves every type."""
    period = models.CharField(max_length=20)
    """The year, or the term of the committee."""
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["unit__sort_key", "-period", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "style", "kind", "period"], name="number_run_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.period}"


class IssuedPaper(models.Model):
    """A paper that has its number: frozen, never deleted; one that is cancelled keeps its number used."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="issued_papers")
    run = models.ForeignKey(NumberRun, models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=80)
    """As other papers cite it: 18/QĐ-TCT."""
    kind = models.CharField(max_length=10)
    """Type code: QĐ, CV, TB."""
    paper = models.CharField(max_length=40, blank=True)
    """Which of our papers it is (call-up); empty for one that was written elsewhere."""
    summary = models.CharField(max_length=500)
    issued_on = models.DateField()
    signer_name = models.CharField(max_length=120, blank=True)
    signer_post = models.CharField(max_length=120, blank=True)
    signer_form = models.CharField(max_length=200, blank=True)
    """The lines of the signature as on the day: KT. Hiệu trưởng / Phó Hiệu trưởng."""
    subject_type = models.CharField(max_length=60, blank=True)
    """What it is about, as the action log names it: classes.classrun."""
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject_label = models.CharField(max_length=200, blank=True)
    content = models.JSONField(default=dict)
    """What the template was filled with, frozen."""
    layout = models.CharField(max_length=20, blank=True)
    template = models.CharField(max_length=60, blank=True)
    template_version = models.CharField(max_length=20, blank=True)
    template_sha256 = models.CharField(max_length=64, blank=True)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    docx = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, choices=PaperState.choices, default=PaperState.ISSUED)
    cancelled_on = models.DateField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    issued_by_id = models.BigIntegerField(null=True)
    """Primary key of the user; no foreign key, because the registry knows no users."""
    recorded_at = models.DateTimeField(auto_now_add=True)
    search_key = models.CharField(max_length=800)

    class Meta:
        ordering: ClassVar = ["-issued_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "number"], name="paper_number_once"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""), name="cancelled_paper_has_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "issued_on"]),
            models.Index(fields=["subject_type", "subject_id"]),
        ]

    def __str__(self) -> str:
        return self.reference
