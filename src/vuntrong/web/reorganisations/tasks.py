"""Confirming and undoing a re-organisation, done by a worker."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from vuntrong.accounts.models import User
from vuntrong.accounts.policies import may_reorganise
from vuntrong.kernel import jobs
from vuntrong.kernel.enums import JobState
from vuntrong.kernel.errors import DomainError
from vuntrong.kernel.models import Job
from vuntrong.registry.actions.reorganise import confirm_reorganisation, undo_reorganisation
from vuntrong.registry.models import Reorganisation
from vuntrong.web.reorganisations.sentences import why


@task()
def carry_out(job_id: int) -> None:
    """Confirm or undo a re-organisation; safe to come twice."""
    jobs.run(job_id, _carry_out)


def _carry_out(job: Job) -> dict[str, Any]:
    with translation.override(job.parameters["language"]):
        try:
            return _write(job)
        except DomainError as refusal:
            url = reverse("reorganisations:page", args=[job.parameters["reorganisation_id"]])
            words = {"title": _("Nothing was written"), "sentences": why(refusal), "url": url}
            raise jobs.JobFailed({**words, "label": _("Back to the re-organisation")}) from refusal


def _write(job: Job) -> dict[str, Any]:
    """Write and close the job in one transaction: a killed process leaves nothing, a finished one everything."""
    wanted = job.parameters
    user = User.objects.get(pk=wanted["user_id"])
    with transaction.atomic():
        record = Reorganisation.objects.select_related("unit").get(pk=wanted["reorganisation_id"])
        if not may_reorganise(user, record.unit):
            raise jobs.JobFailed({"title": _("This account may not re-organise these units any more.")})
        result = _undone(job, record, user) if wanted["is_undo"] else _confirmed(job, record, user)
        jobs.finish(job, JobState.DONE, result)
    return result


def _confirmed(job: Job, record: Reorganisation, user: User) -> dict[str, Any]:
    jobs.advance(job, 0, 0, _("Reading what is touched"))
    confirm_reorganisation(
        reorganisation=record,
        revision=job.parameters["revision"],
        tell=lambda done, total: jobs.advance(job, done, total, _("Writing the new units and what follows them")),
        by=user,
    )
    return {
        "title": _("The re-organisation is confirmed"),
        "sentences": [_("Until the day before it takes effect every page shows the old units.")],
        "url": reverse("reorganisations:page", args=[record.pk]),
        "label": _("Open the re-organisation"),
    }


def _undone(job: Job, record: Reorganisation, user: User) -> dict[str, Any]:
    jobs.advance(job, 0, 0, _("Taking it back"))
    undo_reorganisation(reorganisation=record, by=user)
    return {
        "title": _("The re-organisation is taken back"),
        "sentences": [_("Units, posts, classes and roles are what they were before.")],
        "url": reverse("reorganisations:page", args=[record.pk]),
        "label": _("Open the re-organisation"),
    }
