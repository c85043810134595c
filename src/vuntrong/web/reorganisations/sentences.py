"""What the wizard of re-organisations says: refusals, cells that cannot be read, states."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from vuntrong.documents.inspection import WorkbookError
from vuntrong.kernel.errors import DomainError, RuleBroken, Violation
from vuntrong.registry.models import Reorganisation
from vuntrong.registry.refusals import at_cell, explained
from vuntrong.web.classes.sentences import explain_workbook
from vuntrong.web.kit import states

__all__ = ["at_cell", "explain_workbook", "told", "why"]
states.declare(Reorganisation, "state", {"draft": "wait", "confirmed": "ok", "undone": "none"})

STALE = _("Somebody else has changed this meanwhile. What was typed stands below; compare it and save again.")


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
