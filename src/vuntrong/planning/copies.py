"""What surveys keep of a person, and how much of it stays when her record is made anonymous."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from vuntrong.planning.models import TrainingNeed
from vuntrong.registry import copies
from vuntrong.registry.enums import Erasure
from vuntrong.registry.rules.privacy import WORK_RECORD, basic, technical

FIELD_CLASSES = {
    "planning.TrainingNeed": {
        **technical("id", "answer", "person", "headcount"),
        **basic(Erasure.KEEP, "programme", source=WORK_RECORD),
        **basic(Erasure.CLEAR, "note", source=WORK_RECORD),
    }
}


def declare() -> None:
    """Tell the registry."""
    copies.declare("planning", copies.Copies(FIELD_CLASSES, _rows, _log_subjects))


def _rows(people: Collection[int]) -> list[QuerySet[Any]]:
    return [TrainingNeed.objects.filter(person_id__in=people)]


def _log_subjects(people: Collection[int]) -> copies.LogSubjects:
    answers = TrainingNeed.objects.filter(person_id__in=people).values_list("answer_id", flat=True)
    return {"planning.surveyanswer": list(answers)}
