"""Long jobs: progress that shows while a transaction is open, a wish to cancel, and what a killed worker leaves.

Progress and the wish to cancel go through the cache, not the database: on SQLite nobody else can write while the
job's own transaction is open, and inside it nobody else could see the row.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from vuntrong.kernel.enums import JOB_MOVES, JobState
from vuntrong.kernel.errors import IllegalTransition, StaleState
from vuntrong.kernel.log import Actor
from vuntrong.kernel.models import Job
from vuntrong.kernel.transitions import move

KEPT = 24 * 3600
"""Seconds that progress is kept."""
SILENCE = 60
"""Seconds without a sign of life after which a running job counts as interrupted."""


class JobCancelled(Exception):
    """The person who started the job asked to stop it; whatever transaction is open must be rolled back."""


class JobFailed(Exception):
    """The job cannot be done; `result` says why, in sentences, as the result of a job that is done says what it did."""

    def __init__(self, result: dict[str, Any]) -> None:
        self.result = result
        super().__init__(str(result.get("title", "")))


@dataclass(frozen=True)
class Progress:
    """How far a job is: steps done of total, and what it does, in the person's language."""

    done: int
    total: int
    doing: str
    at: float

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


def advance(job: Job, done: int, total: int, doing: str) -> None:
    """Say how far the job is. Raises JobCancelled when the person asked to stop."""
    if cache.get(_key(job, "cancel")):
        raise JobCancelled
    cache.set(_key(job, "progress"), (done, total, doing, time.time()), KEPT)


def progress(job: Job) -> Progress:
    """Return the last progress that the job told."""
    return Progress(*(cache.get(_key(job, "progress")) or (0, 0, "", job.created_at.timestamp())))


def ask_cancel(job: Job) -> None:
    """Ask the job to stop at its next step; one that still waits stops at once."""
    cache.set(_key(job, "cancel"), True, KEPT)
    if job.state == JobState.QUEUED:
        with suppress(StaleState):  # a worker has just taken it and will see the wish
            finish(job, JobState.CANCELLED)


def create(*, kind: str, title: str, by: Actor | None, parameters: dict[str, Any]) -> Job:
    """Enter a job that waits for a worker; the caller enqueues its task when the transaction has committed."""
    return Job.objects.create(kind=kind, title=title[:200], owner_id=by.pk if by else None, parameters=parameters)


def run(job_id: int, work: Callable[[Job], dict[str, Any]]) -> None:
    """Do a job's work in a worker and close it with the result, {"title", "sentences", "url"}.

    `work` may close the job itself inside its own transaction, so that a killed process leaves both or neither. A job
    that was cancelled while it waited, or that another worker has taken, is left alone: tasks may come twice.
    """
    job = Job.objects.get(pk=job_id)
    try:
        start(job)
    except (IllegalTransition, StaleState):
        return
    try:
        result = work(job)
    except JobCancelled:
        _finish_if_running(job, JobState.CANCELLED)
    except JobFailed as failure:
        _finish_if_running(job, JobState.FAILED, failure.result)
    except BaseException:
        _finish_if_running(job, JobState.FAILED)
        raise
    else:
        _finish_if_running(job, JobState.DONE, result)


def _finish_if_running(job: Job, state: JobState, result: dict[str, Any] | None = None) -> None:
    """Close the job as the database knows it: what `work` did to the object may have been rolled back."""
    job.refresh_from_db()
    if job.state == JobState.RUNNING:
        finish(job, state, result)


def start(job: Job) -> None:
    """Mark the job as running. Raises IllegalTransition when it was cancelled meanwhile."""
    move(job, JobState.RUNNING, table=JOB_MOVES, started_at=timezone.now())
    advance(job, 0, 0, "")


def finish(job: Job, state: JobState, result: dict[str, Any] | None = None) -> None:
    """Close the job with its result."""
    move(job, state, table=JOB_MOVES, finished_at=timezone.now(), result=result or {})


def mark_if_interrupted(job: Job) -> Job:
    """Close a running job that gave no sign of life for SILENCE seconds: it was killed, its transaction undone."""
    if job.state == JobState.RUNNING and time.time() - progress(job).at > SILENCE:
        finish(job, JobState.INTERRUPTED)
    return job


def _key(job: Job, what: str) -> str:
    return f"job:{job.pk}:{what}"
