from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vuntrong.classes.enums import Duty
from vuntrong.classes.models.runs import ClassRun
from vuntrong.registry.models import Person


class ClassDuty(models.Model):
    """Form-master of a class, or one of its committee, from one day to another."""

    class_run = models.ForeignKey(ClassRun, models.CASCADE, related_name="duties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="class_duties")
    duty = models.CharField(max_length=20, choices=Duty.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["class_run_id", "valid_from", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["class_run", "duty"], condition=Q(valid_to__isnull=True), name="one_holder_of_a_duty"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="class_duty_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.class_run_id} {self.duty} {self.person_id}"
