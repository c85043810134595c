"""The preview of a workbook: each row with what it would do, each problem at its cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vuntrong.documents.annotated import Remark
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.notes import sheet_notes
from vuntrong.planning.actions.answer_workbooks import Preview, PreviewRow, preview_workbook
from vuntrong.web.kit.values import Figure, State
from vuntrong.web.surveys.answer_pages import Asked
from vuntrong.web.surveys.sentences import at_cell, explain_all
from vuntrong.web.workbooks.columns import whole
from vuntrong.web.workbooks.forms import TemplateForm
from vuntrong.web.workbooks.sentences import notes_of, restored_of
from vuntrong.web.workbooks.steps import PREVIEW, steps_of

COLUMNS = ("name", "born_on", "sex", "post", "programme", "note")
ROWS_SHOWN = 500


@dataclass(frozen=True)
class ShownCell:
    """What stands in a cell and what is wrong with it."""

    text: str
    label: str
    problem: str = ""


@dataclass(frozen=True)
class ShownRow:
    """One row of the workbook."""

    number: int
    state: State
    cells: list[ShownCell]
    problem: str = ""
    """Of the row as a whole; it stands below the name."""


def show(request: HttpRequest, asked: Asked, errors: Sequence[str] = ()) -> HttpResponse:
    """Show the preview of the kept workbook, and why it was not written."""
    answer = asked.answer
    if answer is None:
        return redirect("surveys:upload", asked.survey.pk, asked.unit.pk)
    answer.survey, answer.unit = asked.survey, asked.unit
    try:
        found = preview_workbook(answer)
    except WorkbookError:
        return redirect("surveys:reading", asked.survey.pk, asked.unit.pk)
    context = {
        "asked": asked,
        "preview": found,
        "rows": [_row(row) for row in found.rows[:ROWS_SHOWN]],
        "rows_hidden": max(0, len(found.rows) - ROWS_SHOWN),
        "numbers": _numbers(found, asked),
        "problems": explain_all(found.problems),
        "errors": list(errors) if not found.problems else [],
        "figures": _figures(found),
        "notes": _notes(found),
        "seen": "-".join(map(str, found.seen)),
        "template_form": TemplateForm(),
        "steps": steps_of(PREVIEW, has_errors=bool(found.problems)),
    }
    return render(request, "surveys/preview.html", context, status=422 if errors else 200)


def revision(request: HttpRequest) -> int:
    """Return the revision of the answer that the preview was shown for."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def seen(request: HttpRequest) -> tuple[int, int]:
    """Return which workbook, read how, the preview was shown for."""
    file, _dash, reading = request.POST.get("seen", "").partition("-")
    return whole(file), whole(reading)


def remarks_of(found: Preview) -> list[Remark]:
    """Return every problem that has a place, each at its cell."""
    table = found.reading.table
    letters = {column.header: column.letter for column in table.columns.values()} if table else {}
    placed = [one for one in found.problems if "row" in one.values]
    return [
        Remark(
            sheet=one.values["sheet"],
            row=one.values["row"],
            column=one.values.get("letter") or letters.get(one.values["column"], ""),
            is_error=True,
            sentence=at_cell(one),
        )
        for one in placed
    ]


def _notes(found: Preview) -> list[str]:
    """Return what a person should know of the sheet; doubtful dates stand among the problems."""
    table = found.reading.table
    notes = notes_of({**sheet_notes(table), "doubts": ()}) if table else []
    return [*notes, *restored_of(found.reading.restored)]


def _row(row: PreviewRow) -> ShownRow:
    labels = (_("Full name"), _("Date of birth"), _("Sex"), _("Post"), _("Programme"), _("Note"))
    cells = [
        ShownCell(row.texts[key], label, at_cell(row.cells[key]) if key in row.cells else "")
        for key, label in zip(COLUMNS, labels, strict=True)
    ]
    whole = [one for one in row.problems if one not in row.cells.values()]
    return ShownRow(row.number, _state(row.state), cells, at_cell(whole[0]) if whole else "")


def _state(state: str) -> State:
    return {
        "problem": State("bad", _("To correct")),
        "new-person": State("ok", _("Somebody new"), "plus"),
        "added": State("ok", _("Added"), "plus"),
        "kept": State("none", _("Unchanged")),
    }[state]


def _figures(found: Preview) -> list[Figure]:
    faulty = len(found.problems)
    return [
        Figure(_("Added"), found.count("added"), meaning=_("people on the unit's list")),
        Figure(_("New people"), found.count("new-person"), meaning=_("enter the unit's list")),
        Figure(_("Unchanged"), found.count("kept"), meaning=_("already in the answer")),
        Figure(_("Left out"), len(found.removed), meaning=_("in the answer, not in the workbook")),
        Figure(_("To correct"), faulty, meaning=_("nothing is written"), tone="bad" if faulty else ""),
    ]


def _numbers(found: Preview, asked: Asked) -> list[tuple[str, int]]:
    names = dict(asked.survey.programmes.values_list("pk", "name"))
    return [(names.get(key, ""), count) for key, count in found.reading.numbers.items() if count]
