"""What the wizard of re-organisations says: refusals, cells that cannot be read, states."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from vuntrong.documents.inspection import WorkbookError
from vuntrong.kernel.errors import DomainError, RuleBroken, Violation
from vuntrong.registry.models import Reorganisation
from vuntrong.registry.refusals import explained
from vuntrong.registry.rules.event_rows import RowProblem
from vuntrong.web.classes.sentences import explain_workbook
from vuntrong.web.kit import states

states.declare(Reorganisation, "state", {"draft": "wait", "confirmed": "ok", "undone": "none"})

STALE = _("Somebody else has changed this meanwhile. What was typed stands below; compare it and save again.")
CELLS: dict[str, Any] = {
    "event-cell-missing": _("This cell is empty. Fill it in."),
    "event-cell-unit-unknown": _("No unit that exists today is called “%(unit)s”. Write its full name or its code."),
    "event-cell-unit-ambiguous": _("%(count)s units are called “%(unit)s”. Write the code of the one that is meant."),
    "event-cell-word-unknown": _("“%(text)s” is not on the list. Choose one of the words of the template."),
    "event-cell-share": _("“%(text)s” is no share. Write percent above 0 to 100 with at most two decimals."),
}


def why(refusal: DomainError | WorkbookError) -> list[str]:
    """Return the sentences of a refusal, each once."""
    if isinstance(refusal, RuleBroken):
        return told(refusal.violations)
    if isinstance(refusal, WorkbookError):
        return [explain_workbook(refusal)]
    return [str(STALE)]


def told(violations: Iterable[Violation]) -> list[str]:
    """Return a sentence for each violation, each once."""
    return list(dict.fromkeys(explained(one) for one in violations))


def at_cell(problem: RowProblem) -> str:
    """Return what is wrong with a cell, without its place."""
    return str(CELLS[problem.code] % problem.values)
