"""How the workbook of a unit is read: sheet and columns, its template, the workbook back with remarks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.documents.inspection import WorkbookError
from vuntrong.exchange.actions.imports import save_template
from vuntrong.exchange.enums import ImportKind
from vuntrong.planning.actions.answer_workbooks import preview_workbook, settle_workbook
from vuntrong.web.surveys.pages import signed_in
from vuntrong.web.surveys.previews import remarks_of
from vuntrong.web.surveys.reading import draft_of, page_of
from vuntrong.web.surveys.sentences import explain_file
from vuntrong.web.workbooks.columns import said_mapping
from vuntrong.web.workbooks.forms import TemplateForm
from vuntrong.web.workbooks.remarks import remarked


def reading(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Show which column is read as what; POST settles it."""
    asked, answer, stored = draft_of(request, survey_id, unit_id)
    trouble = {}
    if request.method == "POST":
        try:
            settle_workbook(answer=answer, mapping=said_mapping(request.POST), zeros="zeros" in request.POST)
            return redirect("surveys:preview", survey_id, unit_id)
        except WorkbookError as error:
            trouble = {"trouble": explain_file(error)}
    return render(request, "surveys/reading.html", {**page_of(request, asked, stored), **trouble})


def remarks(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Give the workbook back with what is wrong in its cells."""
    _asked, answer, stored = draft_of(request, survey_id, unit_id)
    try:
        return remarked(stored, remarks_of(preview_workbook(answer)))
    except WorkbookError:
        return redirect("surveys:reading", survey_id, unit_id)


@require_POST
def keep_template(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Keep how this workbook was read for the next one of the unit."""
    asked, answer, _stored = draft_of(request, survey_id, unit_id)
    form = TemplateForm(request.POST)
    table = preview_workbook(answer).reading.table
    if form.is_valid() and table:
        said = {"name": form.cleaned_data["name"], "mapping": table.mapping().as_plain()}
        save_template(unit=asked.unit, kind=ImportKind.ANSWERS, **said, by=signed_in(request))
        messages.success(request, _("The template is saved. The next list with these headings is read the same way."))
    return redirect("surveys:preview", survey_id, unit_id)
