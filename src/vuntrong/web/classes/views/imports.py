"""Learners from a workbook: choose the file, say how it is read, look at what it will do, write."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts.policies import units_visible_to
from vuntrong.classes.documents import learner_template
from vuntrong.classes.enums import RowKind
from vuntrong.classes.models import ClassRun
from vuntrong.classes.policies import units_that_send
from vuntrong.documents.actions import reading_of, settle_reading
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.models import FileReading
from vuntrong.documents.workbooks import open_workbook
from vuntrong.exchange.actions.imports import save_template
from vuntrong.exchange.enums import ImportKind
from vuntrong.kernel import jobs
from vuntrong.web.classes.access import actor, managed_class
from vuntrong.web.classes.learner_forms import WorkbookForm
from vuntrong.web.classes.mapping import keep_workbook, own_file, page_of, read_table, table_of
from vuntrong.web.classes.preview import SHOWN_COLUMNS, Preview, preview_of, remarks_of, shown_rows
from vuntrong.web.classes.sentences import explain_workbook
from vuntrong.web.classes.tasks import import_learners
from vuntrong.web.classes.views.detail import frame_of
from vuntrong.web.classes.wizard import dock_of, dock_text_of, figures_of
from vuntrong.web.kit.download import xlsx
from vuntrong.web.workbooks.columns import said_mapping
from vuntrong.web.workbooks.forms import TemplateForm
from vuntrong.web.workbooks.remarks import remarked
from vuntrong.web.workbooks.steps import FILE, PREVIEW, steps_of

SHOWN = 200
"""Rows of the preview on one page; errors stand first."""


def upload(request: HttpRequest, class_id: int) -> HttpResponse:
    """Take a workbook and keep it as it came."""
    run = managed_class(request, class_id)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            book = open_workbook(content, file.name)
        except WorkbookError as error:
            form.add_error("file", explain_workbook(error))
        else:
            stored = keep_workbook(book, content, file, run, actor(request))
            return redirect("classes:preview", run.pk, stored.pk)
    shown = frame_of(request, run, "import") | {"form": form, "steps": steps_of(FILE)}
    return render(request, "classes/upload.html", shown)


def template(request: HttpRequest, class_id: int) -> HttpResponse:
    """Give the workbook to fill."""
    run = managed_class(request, class_id)
    names = units_visible_to(request.user).filter(is_alive=True).order_by("sort_key").values_list("name", flat=True)
    return xlsx(learner_template(run, names), _("Learners of %(code)s") % {"code": run.code})


def reading(request: HttpRequest, class_id: int, file_id: int) -> HttpResponse:
    """Show which column is read as what; POST settles it."""
    run, stored = managed_class(request, class_id), own_file(request, file_id)
    trouble = {}
    if request.method == "POST":
        try:
            said = said_mapping(request.POST)
            read_table(stored, said)
            settle_reading(file=stored, mapping=said, zeros="zeros" in request.POST)
            return redirect("classes:preview", run.pk, stored.pk)
        except WorkbookError as error:
            trouble = {"trouble": explain_workbook(error)}
    return render(request, "classes/reading.html", {**page_of(request, run, stored), **trouble})


def preview(request: HttpRequest, class_id: int, file_id: int) -> HttpResponse:
    """Show what the list will do; POST writes it in the background."""
    run, stored = managed_class(request, class_id), own_file(request, file_id)
    settled = reading_of(stored)
    try:
        found = preview_of(table_of(stored, settled), run, units_that_send(request.user))
    except WorkbookError:
        return redirect("classes:reading", run.pk, stored.pk)
    if request.method == "POST" and found.may_write and request.POST.get("reading") == str(settled.revision):
        return redirect("jobs:page", _start(request, run, settled))
    shown = {"run": run, "file": stored, "reading": settled, **_shown(request, found)}
    return render(request, "classes/preview.html", shown)


def remarks(request: HttpRequest, class_id: int, file_id: int) -> HttpResponse:
    """Give the workbook back with what is wrong in its cells."""
    run, stored = managed_class(request, class_id), own_file(request, file_id)
    try:
        found = preview_of(table_of(stored, reading_of(stored)), run, units_that_send(request.user))
        return remarked(stored, remarks_of(found))
    except WorkbookError:
        return redirect("classes:reading", run.pk, stored.pk)


@require_POST
def keep_template(request: HttpRequest, class_id: int, file_id: int) -> HttpResponse:
    """Keep how this list was read for the next one of the unit that runs the class."""
    run, stored = managed_class(request, class_id), own_file(request, file_id)
    form = TemplateForm(request.POST)
    if form.is_valid():
        mapping = table_of(stored, reading_of(stored)).table.mapping().as_plain()
        name = form.cleaned_data["name"]
        save_template(unit=run.owner, kind=ImportKind.LEARNERS, name=name, mapping=mapping, by=actor(request))
        messages.success(request, _("The template is saved. The next list with these headings is read the same way."))
    return redirect("classes:preview", run.pk, stored.pk)


def _shown(request: HttpRequest, found: Preview) -> dict[str, Any]:
    kinds = [kind for kind in request.GET.getlist("kind") if kind]
    rows = shown_rows(found, kinds)
    return {
        "preview": found,
        "notes": found.notes,
        "labels": SHOWN_COLUMNS.values(),
        "rows": rows[:SHOWN],
        "row_count": len(rows),
        "figures": figures_of(found, request),
        "steps": steps_of(PREVIEW, has_errors=not found.may_write),
        "dock": dock_of(found),
        "dock_text": dock_text_of(found),
        "has_errors": found.count(RowKind.ERROR) > 0,
        "template_form": TemplateForm(),
    }


def _start(request: HttpRequest, run: ClassRun, settled: FileReading) -> int:
    """Enter the job and hand it to the worker once it is committed; returns its key."""
    parameters = {
        "class_id": run.pk,
        "file_id": settled.file.pk,
        "mapping": settled.mapping,
        "zeros": settled.zeros,
        "user_id": request.user.pk,
        "language": get_language(),
        "url": reverse("classes:learners", args=[run.pk]),
    }
    title = _("Learners of %(code)s from %(file)s") % {"code": run.code, "file": settled.file.name}
    with transaction.atomic():
        job = jobs.create(kind="import-learners", title=title, by=actor(request), parameters=parameters)
        transaction.on_commit(lambda: import_learners.enqueue(job.pk))
    return job.pk
