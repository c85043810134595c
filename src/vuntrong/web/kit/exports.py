"""Workbooks of lists: short ones at once, long ones by a worker that asks the very same page for its rows."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Protocol

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_tasks import task

from vuntrong.accounts.models import User
from vuntrong.documents.actions import store_file
from vuntrong.documents.sheets import Sheet, to_xlsx
from vuntrong.kernel import jobs
from vuntrong.kernel.models import Job
from vuntrong.kernel.text import search_key
from vuntrong.web.kit.download import XLSX, xlsx
from vuntrong.web.kit.numbers import number

AT_ONCE = 5_000
"""Rows that are written while the person waits: about a second."""
STEP = 1_000
"""Rows after which the job tells how far it is."""


class ListRequest(HttpRequest):
    """A list asked for by a worker in the name of the person who wants its rows."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job
        self.method = "GET"
        self.path = self.path_info = job.parameters["path"]
        self.GET = QueryDict(job.parameters["query"])  # type: ignore[assignment]
        self.user = User.objects.get(pk=job.parameters["user_id"])
        self.session = SessionBase()
        self.LANGUAGE_CODE = job.parameters["language"]


class Exportable(Protocol):
    """A list that can say its rows."""

    title: str

    @property
    def count(self) -> int: ...

    def sheet(self) -> Sheet: ...


def answer_export(request: HttpRequest, listing: Exportable) -> HttpResponse:
    """Answer with the workbook; a POST starts a job that writes it, and the job itself writes and keeps it."""
    if isinstance(request, ListRequest):
        request.job.result = _written(request.job, listing.sheet(), listing.title)
        return HttpResponse(status=204)
    if request.method == "POST":
        return _started(request, listing.title, listing.count)
    return xlsx([listing.sheet()], listing.title)


def _started(request: HttpRequest, title: str, count: int) -> HttpResponse:
    query = request.GET.copy()
    query["purpose"] = request.POST.get("purpose", "")
    parameters = {
        "path": request.path,
        "query": query.urlencode(),
        "user_id": request.user.pk,
        "language": get_language(),
        "count": count,
    }
    name = _("Export: %(list)s") % {"list": title}
    job = jobs.create(kind="export_list", title=name, by=request.user, parameters=parameters)  # type: ignore[arg-type]
    transaction.on_commit(lambda: export_list.enqueue(job.pk))
    return redirect("jobs:page", job.pk)


@task()
def export_list(job_id: int) -> None:
    """Write the workbook of a list; safe to come twice."""
    jobs.run(job_id, _export)


def _export(job: Job) -> dict[str, Any]:
    with translation.override(job.parameters["language"]):
        page = resolve(job.parameters["path"])
        page.func(ListRequest(job), *page.args, **page.kwargs)
    result: dict[str, Any] = job.result
    return result


def _written(job: Job, sheet: Sheet, title: str) -> dict[str, Any]:
    told = _Told(job, job.parameters.get("count", 0))
    content = to_xlsx([replace(sheet, rows=told.rows(sheet.rows))])
    name = f"{slugify(search_key(title))}-{timezone.localdate():%Y-%m-%d}.xlsx"
    stored = store_file(content=content, name=name, content_type=XLSX, by=User(pk=job.owner_id))
    return {
        "title": _("The workbook is ready"),
        "sentences": [_("%(count)s rows.") % {"count": number(told.count)}],
        "url": reverse("jobs:file", args=[job.pk]),
        "label": _("Download the Excel file"),
        "file_id": stored.pk,
    }


class _Told:
    """Rows on their way, counted; every STEP rows the job says so and hears whether it should stop."""

    def __init__(self, job: Job, total: int) -> None:
        self.job, self.total, self.count = job, total, 0

    def rows(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            if self.count % STEP == 0:
                doing = _("%(count)s rows written") % {"count": number(self.count)}
                jobs.advance(self.job, self.count, self.total, doing)
            self.count += 1
            yield row
