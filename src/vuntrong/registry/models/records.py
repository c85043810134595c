"""The dated rows of a person: planning, Party, qualifications, gradings, rewards and discipline, lecturing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vuntrong.documents.models import StoredFile
from vuntrong.kernel.fields import PartialDateField
from vuntrong.registry.enums import (
    AwardKind,
    LecturerKind,
    QualificationKind,
    StudyMode,
    YearlyGrade,
)
from vuntrong.registry.models.catalogues import Post
from vuntrong.registry.models.people import Person
from vuntrong.registry.models.units import Unit


class PlannedPost(models.Model):
    """Somebody named for a future post (quy hoạch) for a term."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="planned_posts")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="planned_for")
    post_text = models.CharField(max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="planned_people")
    """Where the post is; null where the paper does not say."""
    term = models.CharField(max_length=20, blank=True)
    """The term as written: 2025-2030."""
    decision = models.CharField(max_length=200, blank=True)
    valid_from = PartialDateField(null=True, blank=True)
    valid_to = PartialDateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["person_id", "-term", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post_text}"


class PartyMembership(models.Model):
    """The two dates of a Party member: admission on probation, and full membership."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="party_memberships")
    probationary_on = PartialDateField(null=True, blank=True)
    full_on = PartialDateField(null=True, blank=True)
    ended_on = PartialDateField(null=True, blank=True)
    """Left, struck off or expelled; somebody admitted again has a second row."""
    card_number = models.CharField(max_length=20, blank=True)
    cell = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["person_id", "probationary_on", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.probationary_on}"


class Qualification(models.Model):
    """A level, degree or certificate that a person holds, with the paper that proves it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="qualifications")
    kind = models.CharField(max_length=20, choices=QualificationKind.choices)
    level = models.CharField(max_length=40, blank=True)
    """One of rules.LEVELS[kind]; for languages and IT as the paper says."""
    field = models.CharField(max_length=200, blank=True)
    """Field of study, language, or name of the course."""
    institution = models.CharField(max_length=200, blank=True)
    """As printed on the paper."""
    institution_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    studied_from = PartialDateField(null=True, blank=True)
    studied_to = PartialDateField(null=True, blank=True)
    mode = models.CharField(max_length=20, choices=StudyMode.choices, blank=True)
    paper = models.CharField(max_length=120, blank=True)
    """Name of the paper: Bằng tốt nghiệp, Chứng chỉ."""
    number = models.CharField(max_length=60, blank=True)
    register_number = models.CharField(max_length=60, blank=True)
    """Number in the issuer's book (số vào sổ)."""
    issued_on = PartialDateField(null=True, blank=True)
    grade = models.CharField(max_length=40, blank=True)
    """As printed: Giỏi, Khá."""
    sending_decision = models.CharField(max_length=200, blank=True)
    """Number, date and signer of the decision that sent the person to study."""
    funding = models.CharField(max_length=80, blank=True)
    verified_by = models.CharField(max_length=120, blank=True)
    """Who saw the paper; empty while nobody has."""
    verified_on = models.DateField(null=True, blank=True)
    verified_from = models.CharField(max_length=200, blank=True)
    """From which paper: the original, a certified copy, the list of a unit."""
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=60, blank=True)
    """What entered the row: form, an import, a class of ours."""

    class Meta:
        ordering: ClassVar = ["person_id", "kind", "issued_on", "id"]
        indexes: ClassVar = [models.Index(fields=["kind", "level"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.level}"


class YearlyGrading(models.Model):
    """The quality grading of one year (xếp loại chất lượng)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="gradings")
    year = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=20, choices=YearlyGrade.choices)
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["person_id", "-year"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "year"], name="graded_once_a_year")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year} {self.grade}"


class Award(models.Model):
    """A reward or a disciplinary measure, by decision."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="awards")
    kind = models.CharField(max_length=20, choices=AwardKind.choices)
    title = models.CharField(max_length=200)
    """Bằng khen, Khiển trách ..."""
    decision = models.CharField(max_length=200, blank=True)
    decided_on = PartialDateField(null=True, blank=True)
    ends_on = PartialDateField(null=True, blank=True)
    """Last day on which a disciplinary measure has effect."""

    class Meta:
        ordering: ClassVar = ["person_id", "-decided_on", "-id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.title}"


class LecturerProfile(models.Model):
    """That a person teaches: on the payroll, concurrently with another post, or as a guest."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="lecturer_profiles")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="lecturers")
    """The school or centre."""
    kind = models.CharField(max_length=20, choices=LecturerKind.choices)
    rank = models.CharField(max_length=80, blank=True)
    """Giảng viên, giảng viên chính, giảng viên cao cấp."""
    faculty = models.CharField(max_length=120, blank=True)
    subjects = models.CharField(max_length=300, blank=True)
    """What the person can teach, as written."""
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["person_id", "valid_from", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="lecturer_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
