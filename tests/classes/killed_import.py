"""Run as a process of its own: enrols a workbook and, half-way, says so and waits to be killed."""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuntrong.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after the setup

settings.DATABASES["default"]["NAME"] = sys.argv[1]

from pathlib import Path  # noqa: E402

from vuntrong.classes.actions.enrolment import enrol_from_workbook  # noqa: E402
from vuntrong.classes.documents import read_learners  # noqa: E402
from vuntrong.classes.models import ClassRun  # noqa: E402
from vuntrong.documents.workbooks import open_workbook  # noqa: E402


def tell(what: str, done: int, _total: int) -> None:
    """Stop where the test wants it."""
    sys.stdout.write(f"{what} {done}\n")
    sys.stdout.flush()
    if f"{what} {done}" == sys.argv[4]:
        time.sleep(60)


content = Path(sys.argv[3]).read_bytes()
enrol_from_workbook(
    class_run=ClassRun.objects.get(pk=int(sys.argv[2])),
    rows=read_learners(open_workbook(content, "a.xlsx")).rows,
    seen_units=None,
    source="a.xlsx",
    by=None,
    tell=tell,
)
