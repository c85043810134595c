"""A long job as its page shows it."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuntrong.accounts.models import User
from vuntrong.kernel import jobs
from vuntrong.kernel.enums import JobState
from vuntrong.kernel.models import Job
from vuntrong.web.kit import states
from vuntrong.web.kit.values import LongJob

TONES = {"queued": "wait", "running": "run", "done": "ok", "failed": "bad", "cancelled": "none", "interrupted": "bad"}
states.declare(Job, "state", TONES)
ENDS = {
    JobState.FAILED: gettext_lazy("The job broke off because of a fault of the program. Nothing of it was written."),
    JobState.CANCELLED: gettext_lazy("The job was stopped. Nothing of it was written."),
    JobState.INTERRUPTED: gettext_lazy(
        "The server was stopped during the job. Nothing of it was written. Start the job again."
    ),
}
"""What an end means when the job itself has not said it."""


@dataclass(frozen=True)
class Ending:
    """How a job ended: a title, sentences, and where its result is."""

    title: str
    sentences: list[str]
    url: str
    label: str
    tone: str


def own_jobs(user: User | AnonymousUser) -> QuerySet[Job]:
    """Return the jobs that the person started; nobody else sees them."""
    return Job.objects.filter(owner_id=user.pk) if user.pk else Job.objects.none()


def running(job: Job) -> LongJob:
    """Return a job that waits or runs. No queries."""
    said = jobs.progress(job)
    waits = job.state == JobState.QUEUED
    return LongJob(
        id=f"job-{job.pk}",
        title=job.title,
        doing=_("Waiting for a free worker") if waits else said.doing,
        share=said.percent / 100,
        state=states.state_of(job),
        is_running=True,
        poll_url=reverse("jobs:progress", args=[job.pk]),
        cancel_url=reverse("jobs:cancel", args=[job.pk]),
    )


def ending(job: Job) -> Ending:
    """Return how a job ended, in the words that it left or in ours."""
    said = job.result
    plain = [str(ENDS[JobState(job.state)])] if job.state in ENDS else []
    return Ending(
        title=said.get("title") or job.title,
        sentences=said.get("sentences") or plain,
        url=said.get("url", ""),
        label=said.get("label") or _("See the result"),
        tone=TONES[job.state],
    )


def is_over(job: Job) -> bool:
    """Say whether the job will not move any more."""
    return job.state not in {JobState.QUEUED, JobState.RUNNING}
