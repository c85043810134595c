"""Figures of the wizard that takes learners from a workbook."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vuntrong.classes.enums import RowKind
from vuntrong.web.classes.preview import GLYPHS, TONES, Preview
from vuntrong.web.kit.address import with_query
from vuntrong.web.kit.numbers import number
from vuntrong.web.kit.values import Choice, Fact


def dock_of(preview: Preview) -> list[Fact]:
    """Return what will be written and what will not."""
    errors = preview.count(RowKind.ERROR)
    return [
        Fact(_("Will be enrolled"), number(preview.writes)),
        Fact(_("Stay as they are"), number(preview.count(RowKind.ENROLLED))),
        Fact(_("With errors"), number(errors), tone="bad" if errors else ""),
    ]


def dock_text_of(preview: Preview) -> str:
    """Return why nothing can be written, or that all is written together."""
    if preview.count(RowKind.ERROR):
        return _("Repair the marked rows in the file, then choose it again. Nothing is written before.")
    if preview.refusals:
        return ""
    return _("All rows are written together.") if preview.writes else _("Everybody is on the list already.")


def figures_of(preview: Preview, request: HttpRequest) -> list[Choice]:
    """Return the kinds of rows as chips with counts."""
    chosen = request.GET.get("kind", "")
    chips = [Choice(_("All rows"), len(preview.verdicts), with_query(request, kind=""), not chosen)]
    for kind in RowKind:
        icon = GLYPHS[kind] or ("alert-triangle" if TONES[kind] == "bad" else "")
        url = with_query(request, kind=kind.value)
        chips.append(Choice(str(kind.label), preview.count(kind), url, chosen == kind, icon))
    return chips
