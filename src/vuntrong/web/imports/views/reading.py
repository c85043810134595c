"""The first two steps: choose the file, say how its sheet is read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vuntrong.documents.actions import store_file
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.workbooks import open_workbook
from vuntrong.exchange.actions.imports import settle_import, start_import
from vuntrong.exchange.enums import ImportKind
from vuntrong.exchange.queries import templates_of
from vuntrong.exchange.sentences import explain_workbook
from vuntrong.kernel.errors import DomainError
from vuntrong.web.imports import mapping
from vuntrong.web.imports.access import importer, is_over, open_import
from vuntrong.web.imports.forms import ListUploadForm
from vuntrong.web.imports.sentences import explain
from vuntrong.web.imports.views.checking import checked_or_begun
from vuntrong.web.workbooks.columns import said_mapping
from vuntrong.web.workbooks.reading import first_mapping
from vuntrong.web.workbooks.steps import steps_of


def upload(request: HttpRequest) -> HttpResponse:
    """Take a workbook, keep it as it came, and begin an import."""
    user = importer(request)
    form = ListUploadForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        file, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
        content = file.read()
        try:
            book = open_workbook(content, file.name)
        except WorkbookError as error:
            form.add_error("file", explain_workbook(error))
        else:
            stored = store_file(content=content, name=file.name, content_type=file.content_type or "", by=user)
            plain = first_mapping(book, templates_of(unit, ImportKind.PEOPLE), mapping.people_list())
            return redirect("imports:reading", start_import(file=stored, unit=unit, mapping=plain, by=user).pk)
    return render(request, "imports/upload.html", {"form": form, "steps": steps_of(1)})


def settle(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show which column is read as what; POST settles it and checks the list."""
    run, user = open_import(request, import_id), importer(request)
    if is_over(run):
        return redirect("imports:import", run.pk)
    shown = mapping.page_of(request, run, templates_of(run.unit, ImportKind.PEOPLE))
    if request.method != "POST":
        return render(request, "imports/reading.html", shown)
    try:
        said, options = said_mapping(request.POST), mapping.said_options(request.POST, run.options)
        run = settle_import(run=run, revision=run.revision, mapping=said, options=options, by=user)
        return checked_or_begun(run, user)
    except (DomainError, WorkbookError) as refusal:
        trouble = explain_workbook(refusal) if isinstance(refusal, WorkbookError) else explain(refusal)[0]
        return render(request, "imports/reading.html", {**shown, "trouble": trouble})
