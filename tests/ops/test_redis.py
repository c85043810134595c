"""More than one machine: queue and cache in Redis, by one setting, the same code."""

import os
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
import redis

from tests.conftest import required

REDIS = os.environ.get("VUNTRONG_TEST_REDIS", "redis://127.0.0.1:6379")
LEASE = 900
"""Seconds for which a run keeps a database of the server to itself, should it die before it gives it back."""
ASK = """
import django; django.setup()
from tests.factories import make_class, make_unit, make_user_with
from vuntrong.documents.actions import store_file
from vuntrong.documents.sheets import Sheet, to_xlsx
from vuntrong.kernel import jobs
from vuntrong.web.classes.tasks import import_learners
district = make_unit("Huyện ủy", kind="district_committee")
centre = make_unit("Trung tâm Chính trị", kind="district_centre", parent=district)
commune = make_unit("Đảng ủy xã Lê Hóa", parent=district)
user = make_user_with("centre_staff", centre)
run = make_class(owner=centre)
rows = [("Trần Thị Hương", "05/02/1990", "Nữ", commune.name), ("Lê Văn An", "1988", "Nam", commune.name)]
book = to_xlsx([Sheet(title="DS", header=("Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị"), rows=rows)])
stored = store_file(content=book, name="ds.xlsx", content_type="application/octet-stream", by=user)
reading = {"mapping": {}, "zeros": False}
asked = {"user_id": user.pk, "class_id": run.pk, "file_id": stored.pk, "url": "/", "language": "vi", **reading}
job = jobs.create(kind="import_learners", title="ds.xlsx", by=user, parameters=asked)
import_learners.enqueue(job.pk)
print(job.state)
"""
LOOK = """
import django; django.setup()
from vuntrong.classes.models import Enrolment
from vuntrong.kernel import jobs
from vuntrong.kernel.models import Job
job = Job.objects.get()
names = sorted(Enrolment.objects.values_list("person__full_name", flat=True))
print(job.state, jobs.progress(job).total, *names, sep="|")
"""


@pytest.fixture
def machine(tmp_path):
    """Return a function that runs a command as one of several machines would: Redis for queue and cache."""
    with own_database() as url:
        yield partial(run, environment(url, tmp_path))


@contextmanager
def own_database():
    """Keep one database of the server to this run: others may test beside it, and each would empty the other's."""
    with redis.Redis.from_url(REDIS) as server:
        try:
            server.ping()
        except redis.ConnectionError:
            required("Redis")
        names = ((f"vuntrong:test:{number}", number) for number in range(1, 16))
        lease, number = next(pair for pair in names if server.set(pair[0], "taken", nx=True, ex=LEASE))
        url = f"{REDIS.rstrip('/')}/{number}"
        try:
            with redis.Redis.from_url(url) as own:
                own.flushdb()
                yield url
                own.flushdb()
        finally:
            server.delete(lease)


def environment(url: str, folder: Path) -> dict[str, str]:
    """Return the settings of the machines."""
    found = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    found |= {"VUNTRONG_DATA": str(folder), "REDIS_URL": url, "DJANGO_SETTINGS_MODULE": "vuntrong.settings"}
    return found | {"PYTHONPATH": os.pathsep.join((str(Path("src").resolve()), str(Path.cwd())))}


def run(settings: dict[str, str], *words: str) -> str:
    """Run a command as one of the machines would; a busy one takes its time."""
    command = [sys.executable, *words]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_job_asked_for_on_one_machine_is_done_by_the_worker_of_another(machine):
    machine("-m", "vuntrong", "migrate", "-v0")

    asked = machine("-c", ASK)
    machine("-m", "vuntrong", "rqworker", "--job-class", "django_tasks_rq.Job", "default", "--burst")
    seen = machine("-c", LOOK)

    assert asked == "queued"
    assert seen == "done|2|Lê Văn An|Trần Thị Hương"
