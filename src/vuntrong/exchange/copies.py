"""What imports keep of people: the last check of a workbook, which names whom it read. The workbook itself is kept."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from vuntrong.exchange.enums import ImportState
from vuntrong.exchange.models import Import
from vuntrong.registry import copies
from vuntrong.registry.enums import Erasure
from vuntrong.registry.rules.privacy import basic, technical

FIELD_CLASSES = {
    "exchange.Import": {
        **technical("id", "kind", "file", "unit", "mapping", "options", "state", "counts", "job", "entry", "made_by"),
        **technical("made_at", "written_at", "revision"),
        **basic(Erasure.CLEAR, "report"),
    }
}


def declare() -> None:
    """Tell the registry."""
    copies.declare("exchange", copies.Copies(FIELD_CLASSES, _rows))


def _rows(people: Collection[int]) -> list[QuerySet[Any]]:
    """Return the imports that wrote of these people, and all that are checked and not written yet.

    Rows of a check name people as the workbook does, known or not; forgetting a check costs no more than another one.
    """
    entries = Import.objects.filter(entry__subjects__subject_id__in=people, entry__subject_type="registry.person")
    named = Q(pk__in=list(entries.values_list("pk", flat=True)))
    return [Import.objects.filter(named | Q(state=ImportState.CHECKED))]
