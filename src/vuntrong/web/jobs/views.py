"""The page of a long job: how far it is, how to stop it, what became of it."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from vuntrong.documents.models import StoredFile
from vuntrong.kernel import jobs
from vuntrong.kernel.models import Job
from vuntrong.web.jobs import showing


def page(request: HttpRequest, job_id: int) -> HttpResponse:
    """Show a job to the person who started it."""
    return render(request, "jobs/page.html", _shown(_own(request, job_id)))


def progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """Answer with the part of the page that moves."""
    return render(request, "jobs/_job.html", _shown(_own(request, job_id)))


@require_POST
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Ask the job to stop; one that is over stays as it is."""
    job = _own(request, job_id)
    if not showing.is_over(job):
        jobs.ask_cancel(job)
    if request.htmx:
        return render(request, "jobs/_job.html", _shown(job))
    return redirect("jobs:page", job.pk)


def file(request: HttpRequest, job_id: int) -> FileResponse:
    """Download the workbook that a job wrote."""
    stored = get_object_or_404(StoredFile, pk=_own(request, job_id).result.get("file_id"))
    return FileResponse(stored.file.open("rb"), as_attachment=True, filename=stored.name)


def _own(request: HttpRequest, job_id: int) -> Job:
    return jobs.mark_if_interrupted(get_object_or_404(showing.own_jobs(request.user), pk=job_id))


def _shown(job: Job) -> dict[str, Any]:
    if showing.is_over(job):
        return {"record": job, "ending": showing.ending(job)}
    return {"record": job, "job": showing.running(job)}
