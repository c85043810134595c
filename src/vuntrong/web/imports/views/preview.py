"""The preview of an import, what is decided on it, writing, and the result."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.documents.inspection import WorkbookError
from vuntrong.exchange.actions.imports import discard_import, save_template, settle_import
from vuntrong.exchange.enums import ImportKind, ImportState
from vuntrong.exchange.sentences import explain_workbook
from vuntrong.kernel.enums import JobState
from vuntrong.kernel.errors import DomainError
from vuntrong.web.imports import running, showing
from vuntrong.web.imports.access import importer, open_import, seen_import
from vuntrong.web.imports.pages import annotated_workbook, preview_page, result_page
from vuntrong.web.imports.sentences import explain
from vuntrong.web.imports.tasks import write_people
from vuntrong.web.imports.views.checking import checked_or_begun
from vuntrong.web.workbooks.forms import TemplateForm


def show(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show an import where it stands: its preview, its running job, or its result."""
    run = seen_import(request, import_id)
    if run.job and run.job.state in {JobState.QUEUED, JobState.RUNNING}:
        return redirect("jobs:page", run.job_id)
    if run.state == ImportState.DRAFT or (run.state == ImportState.CHECKED and not run.report):
        return redirect("imports:reading", run.pk)
    if run.state == ImportState.CHECKED:
        return render(request, "imports/preview.html", preview_page(request, run))
    return render(request, "imports/result.html", result_page(request, run))


@require_POST
def choose(request: HttpRequest, import_id: int) -> HttpResponse:
    """Take which fields may update and who is meant in doubtful rows; check again."""
    run, user = open_import(request, import_id), importer(request)
    options: dict[str, Any] = {**run.options}
    if "fields" in request.POST:
        options["update"] = request.POST.getlist("update")
    rows = {name.removeprefix("row-"): request.POST[name] for name in request.POST if name.startswith("row-")}
    options["decisions"] = {**options.get("decisions", {}), **{row: who for row, who in rows.items() if who}}
    try:
        run = settle_import(run=run, revision=run.revision, mapping=run.mapping, options=options, by=user)
    except DomainError as refusal:
        messages.error(request, explain(refusal)[0])
        return redirect("imports:import", run.pk)
    return checked_or_begun(run, user)


@require_POST
def write(request: HttpRequest, import_id: int) -> HttpResponse:
    """Hand the checked list to the worker."""
    run, user = open_import(request, import_id), importer(request)
    if run.state != ImportState.CHECKED or showing.wrong_rows(run):
        return redirect("imports:import", run.pk)
    job = running.begin(run, user, kind="import-people", title=running.write_title(run), task=write_people)
    return redirect("jobs:page", job.pk)


@require_POST
def discard(request: HttpRequest, import_id: int) -> HttpResponse:
    """Give the import up."""
    run, user = open_import(request, import_id), importer(request)
    try:
        discard_import(run=run, by=user)
    except DomainError as refusal:
        messages.error(request, explain(refusal)[0])
        return redirect("imports:import", run.pk)
    messages.success(request, _("The import was discarded. The workbook is kept."))
    return redirect("imports:list")


def annotated(request: HttpRequest, import_id: int) -> HttpResponse:
    """Give the workbook back with what is to be said in its cells."""
    run, user = open_import(request, import_id), importer(request)
    try:
        return annotated_workbook(run, user)
    except WorkbookError as error:
        messages.error(request, explain_workbook(error))
        return redirect("imports:import", run.pk)


@require_POST
def keep_template(request: HttpRequest, import_id: int) -> HttpResponse:
    """Keep how this list was read for the next one of its unit."""
    run, user = open_import(request, import_id), importer(request)
    form = TemplateForm(request.POST)
    mapping = run.report.get("mapping")
    if form.is_valid() and mapping:
        name = form.cleaned_data["name"]
        save_template(unit=run.unit, kind=ImportKind.PEOPLE, name=name, mapping=mapping, by=user)
        messages.success(request, _("The template is saved. The next list with these headings is read the same way."))
    return redirect("imports:import", run.pk)
