"""Learners from a workbook: choose the file, choose the sheet, look at what it will do, write."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuntrong.accounts.policies import units_visible_to
from vuntrong.classes.documents import learner_template
from vuntrong.classes.enums import RowKind
from vuntrong.classes.models import ClassRun
from vuntrong.classes.policies import units_that_send
from vuntrong.documents.actions import store_file, stored_bytes
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.models import StoredFile
from vuntrong.documents.sheets import Sheet
from vuntrong.documents.workbooks import Workbook, open_workbook, reopen_workbook
from vuntrong.kernel import jobs
from vuntrong.web.classes.access import actor, managed_class
from vuntrong.web.classes.learner_forms import WorkbookForm
from vuntrong.web.classes.preview import SHOWN_COLUMNS, Preview, preview_of, problem_lines, shown_rows
from vuntrong.web.classes.sentences import explain_workbook
from vuntrong.web.classes.tasks import import_learners
from vuntrong.web.classes.views.detail import frame_of
from vuntrong.web.classes.wizard import dock_of, dock_text_of, figures_of, steps_of
from vuntrong.web.kit.download import xlsx

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
            open_workbook(content, file.name)
        except WorkbookError as error:
            form.add_error("file", explain_workbook(error))
        else:
            kind = file.content_type or ""
            stored = store_file(content=content, name=file.name, content_type=kind, by=actor(request))
            return redirect("classes:preview", run.pk, stored.pk)
    shown = frame_of(request, run, "import") | {"form": form, "steps": steps_of(1)}
    return render(request, "classes/upload.html", shown)


def template(request: HttpRequest, class_id: int) -> HttpResponse:
    """Give the workbook to fill."""
    run = managed_class(request, class_id)
    names = units_visible_to(request.user).filter(is_alive=True).order_by("sort_key").values_list("name", flat=True)
    return xlsx(learner_template(run, names), _("Learners of %(code)s") % {"code": run.code})


def preview(request: HttpRequest, class_id: int, file_id: int) -> HttpResponse:
    """Choose the sheet and show what it will do; POST writes it in the background."""
    run = managed_class(request, class_id)
    stored = get_object_or_404(StoredFile, pk=file_id, stored_by_id=request.user.pk)
    book = reopen_workbook(stored_bytes(stored), stored.name)
    sheet = _sheet(request, book)
    shown: dict[str, Any] = {"run": run, "file": stored, "sheets": book.sheets, "sheet": sheet, "steps": steps_of(2)}
    try:
        found = preview_of(book, sheet, run, _seen_units(request))
    except WorkbookError as error:
        return render(request, "classes/preview.html", {**shown, "trouble": explain_workbook(error)})
    if request.method == "POST" and found.may_write:
        return redirect("jobs:page", _start(request, run, stored, found))
    return render(request, "classes/preview.html", shown | _shown(request, found))


def problems(request: HttpRequest, class_id: int, file_id: int) -> HttpResponse:
    """Give the list of everything that is wrong in a sheet."""
    run = managed_class(request, class_id)
    stored = get_object_or_404(StoredFile, pk=file_id, stored_by_id=request.user.pk)
    book = reopen_workbook(stored_bytes(stored), stored.name)
    try:
        found = preview_of(book, _sheet(request, book), run, _seen_units(request))
    except WorkbookError:
        return redirect("classes:preview", run.pk, stored.pk)
    header = (_("Row"), _("Column"), _("What to repair"))
    title = _("Errors in %(file)s") % {"file": stored.name}
    return xlsx([Sheet(title=title, header=header, rows=problem_lines(found), title_lines=(title,))], title)


def _sheet(request: HttpRequest, book: Workbook) -> str:
    """Return the sheet asked for, else the first."""
    asked = request.POST.get("sheet") or request.GET.get("sheet", "")
    return asked if asked in book.sheets else book.sheets[0]


def _seen_units(request: HttpRequest) -> frozenset[int]:
    return units_that_send(request.user)


def _shown(request: HttpRequest, found: Preview) -> dict[str, Any]:
    kinds = [kind for kind in request.GET.getlist("kind") if kind]
    rows = shown_rows(found, kinds)
    return {
        "preview": found,
        "labels": SHOWN_COLUMNS.values(),
        "rows": rows[:SHOWN],
        "row_count": len(rows),
        "figures": figures_of(found, request),
        "steps": steps_of(3, has_errors=not found.may_write),
        "dock": dock_of(found),
        "dock_text": dock_text_of(found),
        "has_errors": found.count(RowKind.ERROR) > 0,
    }


def _start(request: HttpRequest, run: ClassRun, stored: StoredFile, found: Preview) -> int:
    """Enter the job and hand it to the worker once it is committed; returns its key."""
    parameters = {
        "class_id": run.pk,
        "file_id": stored.pk,
        "sheet": found.table.sheet,
        "user_id": request.user.pk,
        "language": get_language(),
        "url": reverse("classes:learners", args=[run.pk]),
    }
    title = _("Learners of %(code)s from %(file)s") % {"code": run.code, "file": stored.name}
    with transaction.atomic():
        job = jobs.create(kind="import-learners", title=title, by=actor(request), parameters=parameters)
        transaction.on_commit(lambda: import_learners.enqueue(job.pk))
    return job.pk
