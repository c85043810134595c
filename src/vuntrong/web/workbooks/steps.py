"""The steps of every wizard that takes a list from a workbook."""

from django.utils.translation import gettext as _

from vuntrong.web.kit.values import Step

FILE, COLUMNS, PREVIEW, WRITING, DONE = range(1, 6)


def steps_of(now: int, *, has_errors: bool = False) -> list[Step]:
    """Return the four steps; a preview with errors waits for somebody."""
    labels = [_("Choose the file"), _("Sheet and columns"), _("Preview"), _("Import")]
    states = ["done" if step < now else "now" if step == now else "later" for step in range(1, 5)]
    if has_errors and now == PREVIEW:
        states[2] = "wait"
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]
