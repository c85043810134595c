import time

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.factories import make_user
from vuntrong.kernel import jobs
from vuntrong.kernel.enums import JobState
from vuntrong.kernel.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_user("Tám")


@pytest.fixture
def job(owner) -> Job:
    return jobs.create(kind="count", title="Nhập danh sách", by=owner, parameters={})


def page(client, job, view="page"):
    return client.get(reverse(f"jobs:{view}", args=[job.pk])).content.decode()


def test_a_waiting_job_says_so_and_asks_again(client, owner, job):
    client.force_login(owner)

    shown = page(client, job)

    assert "Đang chờ đến lượt" in shown
    assert f'hx-get="/jobs/{job.pk}/progress/"' in shown


def test_a_running_job_shows_how_far_it_is(client, owner, job):
    jobs.start(job)
    jobs.advance(job, 30, 120, "Đang ghi danh sách lớp")
    client.force_login(owner)

    shown = page(client, job, "progress")

    assert "Đang ghi danh sách lớp" in shown
    assert "25 %" in shown.replace("\xa0", " ").replace("\u202f", " ")
    assert f'id="job-{job.pk}"' in shown


def test_a_finished_job_tells_its_result_and_stops_asking(client, owner, job):
    jobs.run(job.pk, lambda _job: {"title": "Đã xong", "sentences": ["Đã đưa 3 học viên."], "url": "/classes/"})
    client.force_login(owner)

    shown = page(client, job, "progress")

    assert "Đã đưa 3 học viên." in shown
    assert 'href="/classes/"' in shown
    assert "hx-get" not in shown


def test_a_killed_job_is_explained(client, owner, job):
    jobs.start(job)
    cache.set(f"job:{job.pk}:progress", (1, 9, "", time.time() - jobs.SILENCE - 1), 60)
    client.force_login(owner)

    shown = page(client, job)

    job.refresh_from_db()
    assert job.state == JobState.INTERRUPTED
    assert "Máy chủ đã dừng khi việc đang chạy" in shown


@pytest.mark.parametrize(("is_running", "state"), [(False, JobState.CANCELLED), (True, JobState.RUNNING)])
def test_stopping_ends_a_waiting_job_and_asks_a_running_one(client, owner, job, is_running, state):
    if is_running:
        jobs.start(job)
    client.force_login(owner)

    response = client.post(reverse("jobs:cancel", args=[job.pk]))

    job.refresh_from_db()
    assert (response.status_code, job.state) == (302, state)
    with pytest.raises(jobs.JobCancelled):
        jobs.advance(job, 1, 2, "")


def test_a_finished_job_is_not_stopped(client, owner, job):
    jobs.run(job.pk, lambda _job: {"title": "Đã xong"})
    client.force_login(owner)

    client.post(reverse("jobs:cancel", args=[job.pk]), headers={"HX-Request": "true"})

    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_the_job_of_somebody_else_does_not_exist(client, job):
    client.force_login(make_user())

    assert client.get(reverse("jobs:page", args=[job.pk])).status_code == 404
    assert client.post(reverse("jobs:cancel", args=[job.pk])).status_code == 404
