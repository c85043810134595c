"""What classes keep of a person, and how much of it stays when her record is made anonymous."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from vuntrong.classes.enums import ClassState, EnrolmentState
from vuntrong.classes.models import ClassDuty, Enrolment, ExceptionRequest, Nomination
from vuntrong.kernel.errors import Violation
from vuntrong.registry import copies
from vuntrong.registry.enums import Erasure
from vuntrong.registry.rules.privacy import WORK_RECORD, basic, sensitive, technical

FIELD_CLASSES = {
    "classes.Enrolment": {
        **technical("id", "person", "need", "state_on", "recorded_at", "revision"),
        **basic(Erasure.KEEP, "class_run", "unit", "enrolled_on", "state", "grade", source=WORK_RECORD),
        **basic(Erasure.CLEAR, "post_text", "state_reason", "note", source=WORK_RECORD),
    },
    "classes.Nomination": {
        **technical("id", "person", "nominated_at", "state_at", "judged_at", "rule_rows", "replaced_by", "moved_to"),
        **technical("fits_full_time"),
        **basic(Erasure.KEEP, "class_run", "unit", "nominated_on", "state", "answer", "judged_for", source=WORK_RECORD),
        **basic(Erasure.KEEP, "exception_by", source=WORK_RECORD),
        **basic(Erasure.CLEAR, "post_text", "holds_from", source=WORK_RECORD),
        **basic(Erasure.MASK, "reason", source=WORK_RECORD),
        **sensitive(Erasure.CLEAR, "reasons"),
    },
    "classes.ExceptionRequest": {
        **technical("id", "nomination", "asked_by", "decided_by"),
        **basic(Erasure.KEEP, "state", "asked_at", "decided_at", source=WORK_RECORD),
        **basic(Erasure.KEEP, "decision_number", "decided_on", "signer", source=WORK_RECORD),
        **basic(Erasure.MASK, "reason", "answer", source=WORK_RECORD),
        **basic(Erasure.CLEAR, "letter", source=WORK_RECORD),
    },
    "classes.ClassDuty": {
        **technical("id", "person"),
        **basic(Erasure.KEEP, "class_run", "duty", "valid_from", "valid_to", source=WORK_RECORD),
    },
}


def declare() -> None:
    """Tell the registry."""
    copies.declare("classes", copies.Copies(FIELD_CLASSES, _rows, _log_subjects, _blockers))


def _rows(people: Collection[int]) -> list[QuerySet[Any]]:
    return [
        Enrolment.objects.filter(person_id__in=people),
        Nomination.objects.filter(person_id__in=people),
        ExceptionRequest.objects.filter(nomination__person_id__in=people),
        ClassDuty.objects.filter(person_id__in=people),
    ]


def _log_subjects(people: Collection[int]) -> copies.LogSubjects:
    """The log of a class names the people who were nominated for it or enrolled in it."""
    enrolled = Enrolment.objects.filter(person_id__in=people)
    keys = list(enrolled.values_list("pk", "class_run_id"))
    nominated = Nomination.objects.filter(person_id__in=people).values_list("class_run_id", flat=True)
    return {
        "classes.enrolment": [key for key, _run in keys],
        "classes.classrun": sorted({run for _key, run in keys} | set(nominated)),
    }


def _blockers(people: Collection[int]) -> list[Violation]:
    """Somebody who studies still needs a name on lists and papers."""
    studying = Enrolment.objects.filter(
        person_id__in=people, state=EnrolmentState.STUDYING, class_run__state__in=[ClassState.OPEN, ClassState.RUNNING]
    )
    codes = sorted(studying.values_list("class_run__code", flat=True))
    return [Violation("person-studies", "", {"classes": ", ".join(codes)})] if codes else []
