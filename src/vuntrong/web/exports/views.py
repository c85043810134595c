"""Pages from which data is handed over."""

from dataclasses import asdict
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuntrong.accounts import policies
from vuntrong.documents.actions import stored_bytes
from vuntrong.documents.models import StoredFile
from vuntrong.kernel import jobs
from vuntrong.kernel.enums import JobState
from vuntrong.web.exports import making, tables
from vuntrong.web.exports.forms import TrainingBlockForm, TrainingTableForm
from vuntrong.web.exports.tasks import write_training_block
from vuntrong.web.jobs.showing import own_jobs

AT_ONCE = 1000
"""People up to whom the block is written while one waits; beyond them a worker does it."""
KIND = "training-block"


def training_block(request: HttpRequest) -> HttpResponse:
    """Ask for the block and answer with it, or with the page of the job that writes it."""
    if not policies.may_plan(request.user):
        raise PermissionDenied
    form = TrainingBlockForm(request.POST or None, units=policies.units_visible_to(request.user))
    if request.method == "POST" and form.is_valid():
        wanted = making.wanted_of(form.cleaned_data)
        count = making.people_of(request.user, wanted).count()
        return _at_once(request, wanted, count) if count <= AT_ONCE else _as_job(request, wanted)
    return render(request, "exports/training_block.html", {"form": form})


def _at_once(request: HttpRequest, wanted: making.Wanted, count: int) -> HttpResponse:
    content = making.block_bytes(request.user, wanted)
    making.note_export(request.user, wanted, count)
    return _file(content, making.TYPES[wanted.shape], making.file_name(wanted))


@transaction.atomic
def _as_job(request: HttpRequest, wanted: making.Wanted) -> HttpResponse:
    parameters = {"wanted": asdict(wanted), "language": get_language()}
    job = jobs.create(kind=KIND, title=_("Training block"), by=request.user, parameters=parameters)
    transaction.on_commit(partial(write_training_block.enqueue, job.pk))
    return redirect("jobs:page", job.pk)


def training_block_file(request: HttpRequest, job_id: int) -> HttpResponse:
    """Answer with the file of a job, to the person who started it."""
    job = get_object_or_404(own_jobs(request.user), pk=job_id, kind=KIND, state=JobState.DONE)
    stored = StoredFile.objects.filter(pk=job.result.get("file")).first()
    if stored is None:
        raise Http404
    return _file(stored_bytes(stored), stored.content_type, stored.name)


def training_table(request: HttpRequest, person_id: int) -> HttpResponse:
    """Ask for what the training table of a person is needed, then answer with the paper."""
    person = get_object_or_404(policies.people_visible_to(request.user).select_related("unit"), pk=person_id)
    form = TrainingTableForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        printed = tables.printed(request.user, person, **form.cleaned_data)
        return _file(printed.content, printed.content_type, printed.name)
    return render(request, "exports/training_table.html", {"form": form, "person": person})


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
