"""Classes, their learners, and who is nominated for them."""

from vuntrong.classes.models.duties import ClassDuty
from vuntrong.classes.models.nominations import ExceptionRequest, Nomination, Quota
from vuntrong.classes.models.runs import ClassOwner, ClassRole, ClassRun, Enrolment, in_force

__all__ = [
    "ClassDuty",
    "ClassOwner",
    "ClassRole",
    "ClassRun",
    "Enrolment",
    "ExceptionRequest",
    "Nomination",
    "Quota",
    "in_force",
]
