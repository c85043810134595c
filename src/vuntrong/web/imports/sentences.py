"""Refusals of imports in words, and what their actions are called in the history."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.errors import IllegalTransition, RuleBroken, StaleState

VIOLATIONS: dict[str, Any] = {
    "rows-with-errors": _(
        "%(count)s rows have errors. Nothing has been written yet. Repair the marked rows and import again."
    ),
}
STALE = _("Somebody else has changed this meanwhile. Load the page again and look at what stands there now.")
ACTIONS: dict[str, Any] = {
    "start_import": _("Uploaded a list of officials"),
    "settle_import": _("Decided how a list is read"),
    "import_people": _("Imported officials from a list"),
    "discard_import": _("Discarded an import"),
    "save_import_template": _("Saved a template of columns"),
    "delete_import_template": _("Deleted a template of columns"),
    "match_unit_text": _("Matched a text to a unit"),
}
FIELDS: dict[str, Any] = {
    "sheet": _("Sheet"),
    "rows": _("Rows"),
    "created": _("New people"),
    "updated": _("Updated people"),
    "errors": _("Errors"),
    "warnings": _("Warnings"),
}


def explain(refusal: Exception) -> list[str]:
    """Return the sentences of a refusal."""
    if isinstance(refusal, RuleBroken):
        return [str(VIOLATIONS[one.code] % one.values) for one in refusal.violations]
    if isinstance(refusal, StaleState | IllegalTransition):
        return [str(STALE)]
    raise refusal
