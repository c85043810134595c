import datetime as dt
from collections.abc import Collection
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from vuntrong.classes.enums import COUNTED_ENROLMENTS, ClassState, EnrolmentState, Grade, UnitRole
from vuntrong.planning.enums import Side
from vuntrong.planning.models import Decision, PlanLine, TrainingNeed
from vuntrong.programmes.enums import Mode
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Person, Unit


def in_force(day: dt.date, prefix: str = "") -> Q:
    """Return the condition that a row with the days valid_from and valid_to, either of them open, holds on `day`."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    return begun & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day}))


class ClassRunQuerySet(models.QuerySet["ClassRun"]):
    """The vocabulary of classes."""

    def owned_on(self, unit_ids: Collection[int], day: dt.date) -> "ClassRunQuerySet":
        """Keep the classes that one of the units ran, or was to run, on `day`."""
        dated = ClassOwner.objects.filter(in_force(day), unit__in=unit_ids)
        unchanged = ~Exists(ClassOwner.objects.filter(class_run=OuterRef("pk")))
        return self.filter(Q(owner__in=unit_ids) & unchanged | Q(pk__in=dated.values("class_run")))

    def unfinished_on(self, day: dt.date) -> "ClassRunQuerySet":
        """Keep the classes that were neither closed before `day` nor cancelled."""
        return self.exclude(state=ClassState.CANCELLED).filter(Q(closed_on__isnull=True) | Q(closed_on__gte=day))


class ClassRun(models.Model):
    """One run of a programme (lớp). Counted once, by its owner."""

    owner = models.ForeignKey(Unit, models.PROTECT, related_name="classes")
    """The body whose plan and figures count the class; repeats the owner of today where owners changed."""
    founder = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="founded_classes")
    """The first owner, in whose book the code stands, where another one has taken the class over; null otherwise."""
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="classes")
    plan_line = models.ForeignKey(PlanLine, models.PROTECT, null=True, blank=True, related_name="classes")
    """Null for a class outside the plan."""
    side = models.CharField(max_length=20, choices=Side.choices)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    """Year of the plan that the class belongs to; for a class outside any plan the year of its planned start."""
    cohort = models.CharField(max_length=20, blank=True)
    """Running number as the owner writes it: XII, 12."""
    mode = models.CharField(max_length=20, choices=Mode.choices)
    venue = models.CharField(max_length=200, blank=True)
    planned_start = models.DateField(null=True, blank=True)
    planned_end = models.DateField(null=True, blank=True)
    planned_learners = models.PositiveIntegerField(null=True, blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    """Most learners that may be enrolled; null for no limit."""
    minimum = models.PositiveIntegerField(null=True, blank=True)
    """Fewest learners with whom the class is worth holding; null for none."""
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    opening_decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="opened_classes")
    state = models.CharField(max_length=20, choices=ClassState.choices, default=ClassState.DRAFT)
    cancel_reason = models.CharField(max_length=300, blank=True)
    modules_total = models.PositiveSmallIntegerField(default=0)
    modules_finished = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField(auto_now_add=True)
    """When the class was entered; its dates say when it took place."""
    search_key = models.CharField(max_length=300)
    revision = models.PositiveIntegerField(default=0)

    objects = ClassRunQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-year", "planned_start", "code", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "year", "code"], condition=Q(founder__isnull=True), name="class_code_once"
            ),
            models.UniqueConstraint(fields=["founder", "year", "code"], name="founded_class_code_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")), name="class_period"
            ),
            models.CheckConstraint(
                condition=Q(modules_finished__lte=F("modules_total")), name="class_modules_finished"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "closed"]) | Q(opened_on__isnull=False), name="held_class_has_opened"
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(capacity__isnull=True) | Q(minimum__lte=F("capacity")),
                name="class_minimum_below_capacity",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner", "opened_on"]),
            models.Index(fields=["opened_on"]),
            models.Index(fields=["year", "owner"]),
        ]

    def __str__(self) -> str:
        return self.code


class ClassOwner(models.Model):
    """Who owned a class from one day to another, both included; rows only for a class whose owner ever changed."""

    class_run = models.ForeignKey(ClassRun, models.CASCADE, related_name="owners")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="owned_classes")
    valid_from = models.DateField(null=True, blank=True)
    """Null for the first owner."""
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["class_run_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["class_run"], condition=Q(valid_to__isnull=True), name="one_owner_until_further_notice"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="class_owner_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.class_run_id} {self.unit_id}"


class ClassRoleQuerySet(models.QuerySet["ClassRole"]):
    """The vocabulary of roles."""

    def on(self, day: dt.date) -> "ClassRoleQuerySet":
        """Keep the roles that units have on `day`."""
        return self.filter(in_force(day))


class ClassRole(models.Model):
    """What a unit other than the owner does in a class, from one day to another; open ends where nothing changed."""

    class_run = models.ForeignKey(ClassRun, models.CASCADE, related_name="roles")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="class_roles")
    role = models.CharField(max_length=20, choices=UnitRole.choices)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = ClassRoleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["class_run_id", "role", "unit_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["class_run", "unit", "role"], condition=Q(valid_to__isnull=True), name="class_role_once"
            ),
            models.UniqueConstraint(
                fields=["class_run"], condition=Q(role="lead", valid_to__isnull=True), name="one_lead"
            ),
            models.UniqueConstraint(
                fields=["class_run"], condition=Q(role="host", valid_to__isnull=True), name="one_host"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="class_role_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.class_run_id} {self.role} {self.unit_id}"


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """The vocabulary of enrolments."""

    def counted(self) -> "EnrolmentQuerySet":
        """Keep those that are a turn (lượt)."""
        return self.filter(state__in=sorted(COUNTED_ENROLMENTS))


class Enrolment(models.Model):
    """One person in one class: one turn (lượt)."""

    class_run = models.ForeignKey(ClassRun, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="enrolments")
    """The sending unit on the day of enrolment."""
    post_text = models.CharField(max_length=200, blank=True)
    """Post on the day of enrolment."""
    need = models.ForeignKey(TrainingNeed, models.SET_NULL, null=True, blank=True, related_name="enrolments")
    enrolled_on = models.DateField()
    state = models.CharField(max_length=20, choices=EnrolmentState.choices, default=EnrolmentState.STUDYING)
    state_on = models.DateField()
    """The day from which the state holds; the action log says when it was entered."""
    state_reason = models.CharField(max_length=300, blank=True)
    grade = models.CharField(max_length=20, choices=Grade.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=0)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["class_run_id", "person__sort_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["class_run", "person"], name="enrolled_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["class_run", "state", "grade", "person"], name="enrolment_figures"),
            models.Index(fields=["unit", "class_run"]),
        ]

    def __str__(self) -> str:
        return f"{self.class_run_id} {self.person_id}"
