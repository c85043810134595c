"""What submitted reports keep of a person: her name in frozen rows, which no figure counts by."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from vuntrong.registry import copies
from vuntrong.registry.enums import Erasure
from vuntrong.registry.rules.privacy import WORK_RECORD, basic, technical
from vuntrong.reports.models import ReportRow

FIELD_CLASSES = {
    "reports.ReportRow": {
        **technical("id", "submission", "enrolment_id", "person_id", "class_id", "programme_id"),
        **basic(Erasure.MASK, "person_name", "search_key"),
        **basic(Erasure.KEEP, "sex", "unit_name"),
        **basic(Erasure.KEEP, "result", "class_code", "class_name", "programme_name", source=WORK_RECORD),
    }
}


def declare() -> None:
    """Tell the registry."""
    copies.declare("reports", copies.Copies(FIELD_CLASSES, _rows))


def _rows(people: Collection[int]) -> list[QuerySet[Any]]:
    return [ReportRow.objects.filter(person_id__in=people)]
