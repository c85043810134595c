from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from vuntrong.documents.models import StoredFile
from vuntrong.planning.enums import (
    AnswerState,
    DecisionKind,
    LineState,
    OwnerRole,
    PlanState,
    Side,
    SubmissionState,
    SurveyState,
)
from vuntrong.programmes.enums import Mode
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Person, Unit


class Decision(models.Model):
    """A signed decision. Its number belongs to the issuer's book, not to us."""

    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="decisions")
    issuer_text = models.CharField(max_length=200)
    """The issuer as the paper names it: Ban Thường vụ Huyện ủy Tuyên Hóa."""
    signer_name = models.CharField(max_length=120, blank=True)
    signer_post = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="decisions")

    class Meta:
        ordering: ClassVar = ["-issued_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "number", "issued_on"], name="decision_once"),
        ]

    def __str__(self) -> str:
        return self.number


class NeedsSurvey(models.Model):
    """One campaign that asks units for the needs of one year."""

    owner = models.ForeignKey(Unit, models.PROTECT, related_name="surveys")
    year = models.PositiveSmallIntegerField()
    """Year that the needs are for."""
    title = models.CharField(max_length=200)
    letter_number = models.CharField(max_length=40, blank=True)
    letter_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()
    """Answers sent after this moment are late."""
    state = models.CharField(max_length=10, choices=SurveyState.choices, default=SurveyState.DRAFT)
    programmes = models.ManyToManyField(Programme, related_name="surveys")
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-year", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "year", "title"], name="survey_once"),
        ]

    def __str__(self) -> str:
        return self.title


class SurveyRecipient(models.Model):
    """A unit that is asked, and when it was last reminded."""

    survey = models.ForeignKey(NeedsSurvey, models.CASCADE, related_name="recipients")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="asked_in")
    reminded_at = models.DateTimeField(null=True)
    reminder_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["survey_id", "unit__sort_key"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "unit"], name="recipient_once")]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.unit_id}"


class SurveyAnswer(models.Model):
    """The one answer of a unit to a survey."""

    survey = models.ForeignKey(NeedsSurvey, models.CASCADE, related_name="answers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="answers")
    state = models.CharField(max_length=10, choices=AnswerState.choices, default=AnswerState.DRAFT)
    is_nil = models.BooleanField(default=False)
    """The unit says that it needs nothing; not the same as no answer."""
    nil_reason = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by_name = models.CharField(max_length=120, blank=True)
    is_late = models.BooleanField(default=False)
    late_reason = models.CharField(max_length=300, blank=True)
    workbook = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="survey_answers")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["survey_id", "unit__sort_key"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "unit"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.unit_id}"


class TrainingNeed(models.Model):
    """A need of a unit for a programme: one named person, or a number without names."""

    answer = models.ForeignKey(SurveyAnswer, models.CASCADE, related_name="needs")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="needs")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="needs")
    headcount = models.PositiveIntegerField(default=1)
    """1 for a named person; for an unnamed need the whole number that the unit asks for, named people included."""
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["programme_id", "person__sort_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["answer", "programme", "person"], condition=Q(person__isnull=False), name="named_need_once"
            ),
            models.UniqueConstraint(
                fields=["answer", "programme"], condition=Q(person__isnull=True), name="unnamed_need_once"
            ),
            models.CheckConstraint(condition=Q(person__isnull=True) | Q(headcount=1), name="named_need_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.person_id or self.headcount}"


class NeedsSnapshot(models.Model):
    """The consolidated needs at a moment, frozen: figures of answers that come later do not move it."""

    survey = models.ForeignKey(NeedsSurvey, models.CASCADE, related_name="snapshots")
    taken_at = models.DateTimeField()
    taken_by_name = models.CharField(max_length=120)
    asked = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    nil_answers = models.PositiveIntegerField()
    silent_units = models.JSONField(default=list)
    """Names of the units that had not answered."""

    class Meta:
        ordering: ClassVar = ["survey_id", "-taken_at"]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.taken_at:%d/%m/%Y %H:%M}"


class SnapshotLine(models.Model):
    """One programme of one unit in a snapshot, in people."""

    snapshot = models.ForeignKey(NeedsSnapshot, models.CASCADE, related_name="lines")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="snapshot_lines")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="snapshot_lines")
    named = models.PositiveIntegerField()
    women = models.PositiveIntegerField(default=0)
    """Women among the named people."""
    total = models.PositiveIntegerField()
    """The greater of the named people and the number that the unit gave."""
    is_late = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["snapshot_id", "programme_id", "unit_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["snapshot", "programme", "unit"], name="snapshot_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.programme_id} {self.unit_id} {self.total}"


class TrainingPlan(models.Model):
    """The plan of one owner for one year. Its lines are the working copy; the last approved submission counts."""

    owner = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    approver = models.ForeignKey(Unit, models.PROTECT, related_name="plans_to_approve")
    approver_text = models.CharField(max_length=200)
    """The approver as papers name it: Ban Thường vụ Huyện ủy Tuyên Hóa."""
    year = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=20, choices=Side.choices)
    title = models.CharField(max_length=200)
    survey = models.ForeignKey(NeedsSurvey, models.PROTECT, null=True, blank=True, related_name="plans")
    state = models.CharField(max_length=20, choices=PlanState.choices, default=PlanState.DRAFT)
    amendment_reason = models.CharField(max_length=500, blank=True)
    """Why the approved plan is being amended; empty while it is not."""
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-year", "owner__sort_key"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "year", "title"], name="plan_once")]

    def __str__(self) -> str:
        return self.title


class LineContent(models.Model):
    """What a plan line says; shared by the working line and its frozen copies."""

    position = models.PositiveSmallIntegerField()
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="%(class)ss")
    title = models.CharField(max_length=200, blank=True)
    """Name of the class where it says more than the programme; empty otherwise."""
    audience = models.CharField(max_length=300, blank=True)
    mode = models.CharField(max_length=20, choices=Mode.choices)
    class_count = models.PositiveSmallIntegerField(null=True, blank=True)
    """Null where the number is not settled."""
    learner_count = models.PositiveIntegerField(null=True, blank=True)
    """All classes of the line together; null where it is not settled."""
    month = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    quarter = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    opener = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="opens_%(class)ss")
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="leads_%(class)ss")
    cooperating = models.ManyToManyField(Unit, blank=True, related_name="cooperates_in_%(class)ss")
    owner_role = models.CharField(max_length=20, choices=OwnerRole.choices, default=OwnerRole.OPENS)
    line_state = models.CharField(max_length=20, choices=LineState.choices, default=LineState.PLANNED)
    for_year = models.PositiveSmallIntegerField(null=True, blank=True)
    """The later year that a line proposed for a later year is meant for."""
    budget_vnd = models.BigIntegerField(null=True, blank=True)
    """Đồng."""
    funding_source = models.CharField(max_length=200, blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or self.programme.name


class PlanLine(LineContent):
    """A line of the working copy."""

    plan = models.ForeignKey(TrainingPlan, models.CASCADE, related_name="lines")
    snapshot = models.ForeignKey(NeedsSnapshot, models.PROTECT, null=True, blank=True, related_name="plan_lines")
    """The consolidated needs that the line was proposed from; with the programme it leads back to the units."""
    revision = models.PositiveIntegerField(default=0)
    is_removed = models.BooleanField(default=False)
    """Taken out of the working copy; kept because submissions and classes point at it."""

    class Meta:
        ordering: ClassVar = ["plan_id", "position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(quarter__isnull=True), name="line_month_or_quarter"
            ),
            models.CheckConstraint(
                condition=Q(budget_vnd__isnull=True) | Q(budget_vnd__gte=0), name="line_budget_not_negative"
            ),
        ]


class PlanSubmission(models.Model):
    """A frozen copy of the plan that was sent for approval, and what became of it."""

    plan = models.ForeignKey(TrainingPlan, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    """1 for the first submission; amendments count on."""
    state = models.CharField(max_length=20, choices=SubmissionState.choices, default=SubmissionState.PENDING)
    paper_number = models.CharField(max_length=40, blank=True)
    """Number of the tờ trình."""
    submitted_at = models.DateTimeField()
    submitted_by_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)
    """Why the plan is amended; empty for the first submission."""
    remarks = models.TextField(blank=True)
    """What the approver asked for when returning it."""
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="submissions")
    snapshot = models.ForeignKey(NeedsSnapshot, models.PROTECT, null=True, related_name="submissions")

    class Meta:
        ordering: ClassVar = ["plan_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="submission_number_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(state="pending"), name="one_pending_submission"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decision__isnull=False), name="approved_by_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} / {self.number}"


class SubmittedLine(LineContent):
    """A line as it stood when it was submitted; never changed."""

    submission = models.ForeignKey(PlanSubmission, models.CASCADE, related_name="lines")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="submitted")

    class Meta:
        ordering: ClassVar = ["submission_id", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "line"], name="submitted_line_once"),
            models.CheckConstraint(
                condition=Q(for_year__isnull=True) | Q(line_state="later_year"), name="for_year_only_later"
            ),
        ]
