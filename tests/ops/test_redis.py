"""More than one machine: queue and cache in Redis, by one setting, the same code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from tests.conftest import required

REDIS = os.environ.get("VUNTRONG_TEST_REDIS", "redis://127.0.0.1:6379/5")
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
asked = {"user_id": user.pk, "class_id": run.pk, "file_id": stored.pk, "sheet": "DS", "url": "/", "language": "vi"}
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
    try:
        server = redis.Redis.from_url(REDIS)
        server.flushdb()
    except redis.ConnectionError:
        required("Redis")
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"VUNTRONG_DATA": str(tmp_path), "REDIS_URL": REDIS, "DJANGO_SETTINGS_MODULE": "vuntrong.settings"}
    environment["PYTHONPATH"] = os.pathsep.join((str(Path("src").resolve()), str(Path.cwd())))

    def run(*words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    yield run
    server.flushdb()
    server.close()


def test_a_job_asked_for_on_one_machine_is_done_by_the_worker_of_another(machine):
    machine("-m", "vuntrong", "migrate", "-v0")

    asked = machine("-c", ASK)
    machine("-m", "vuntrong", "rqworker", "--job-class", "django_tasks_rq.Job", "default", "--burst")
    seen = machine("-c", LOOK)

    assert asked == "queued"
    assert seen == "done|2|Lê Văn An|Trần Thị Hương"
