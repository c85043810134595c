import pytest
from django.db import transaction

from tests.factories import make_user
from vuntrong.kernel import jobs
from vuntrong.kernel.enums import JobState
from vuntrong.kernel.models import Job

pytestmark = pytest.mark.django_db


def make_job(**extra) -> Job:
    return jobs.create(kind="count", title="Đếm", by=make_user(), parameters={"to": 3}, **extra)


def test_a_job_ends_with_the_result_of_its_work():
    job = make_job()

    jobs.run(job.pk, lambda running: {"title": "Xong", "to": running.parameters["to"]})

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"title": "Xong", "to": 3})
    assert job.started_at <= job.finished_at


def test_a_job_that_fails_keeps_its_sentences():
    job = make_job()

    def work(_job):
        raise jobs.JobFailed({"title": "Không đếm được"})

    jobs.run(job.pk, work)

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.FAILED, {"title": "Không đếm được"})


def test_a_bug_fails_the_job_and_still_crashes():
    job = make_job()

    with pytest.raises(ZeroDivisionError):
        jobs.run(job.pk, lambda _job: 1 / 0)

    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_a_cancelled_job_rolls_back_what_it_wrote():
    job = make_job()

    def work(running):
        with transaction.atomic():
            make_user(username="dang-do")
            jobs.ask_cancel(running)
            jobs.advance(running, 1, 2, "")
        return {}

    jobs.run(job.pk, work)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert not type(make_user()).objects.filter(username="dang-do").exists()


def test_a_job_cancelled_while_waiting_never_starts():
    job = make_job()
    jobs.ask_cancel(job)

    jobs.run(job.pk, lambda _job: pytest.fail("must not run"))

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_task_that_comes_twice_works_once():
    job, done = make_job(), []

    for _ in range(2):
        jobs.run(job.pk, lambda _job: done.append(1) or {})

    assert done == [1]


def test_work_may_close_its_job_in_its_own_transaction():
    job = make_job()

    def work(running):
        with transaction.atomic():
            jobs.finish(running, JobState.DONE, {"title": "Xong"})
        return {}

    jobs.run(job.pk, work)

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"title": "Xong"})
