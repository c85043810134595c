"""A large training block, written by a worker."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from vuntrong.accounts.models import User
from vuntrong.documents.actions import store_file
from vuntrong.kernel import jobs
from vuntrong.kernel.models import Job
from vuntrong.web.exports.making import TYPES, Wanted, block_bytes, file_name, note_export, people_of
from vuntrong.web.kit.numbers import number


@task()
def write_training_block(job_id: int) -> None:
    """Write the block of a job; safe to come twice."""
    jobs.run(job_id, _write)


def _write(job: Job) -> dict[str, Any]:
    with translation.override(job.parameters["language"]):
        user, wanted = User.objects.get(pk=job.owner_id), Wanted(**job.parameters["wanted"])
        count = people_of(user, wanted).count()
        doing = _("Writing rows")
        content = block_bytes(user, wanted, lambda done: jobs.advance(job, done, max(done, 4 * count), doing))
        stored = store_file(content=content, name=file_name(wanted), content_type=TYPES[wanted.shape], by=user)
        note_export(user, wanted, count)
        return {
            "title": _("The training block is ready"),
            "sentences": [_("It tells of %(count)s people at most.") % {"count": number(count)}],
            "url": reverse("exports:training-block-file", args=[job.pk]),
            "label": _("Download the file"),
            "file": stored.pk,
        }
