"""A worker that is killed in the middle of a workbook leaves nothing, and the same file can be taken again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.classes.builders import make_centre
from tests.documents.workbook_files import xlsx
from tests.factories import make_class, make_unit
from vuntrong.classes.actions.enrolment import enrol_from_workbook
from vuntrong.classes.documents import read_learners
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.documents.workbooks import open_workbook
from vuntrong.kernel.log import first_broken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.models import Person, Posting

ROOT = Path(__file__).resolve().parents[2]
ROWS = 2500


def start(run: ClassRun, file: Path, where: str) -> subprocess.Popen[str]:
    """Start the import against the database of this test; it stops at `where`."""
    command = [sys.executable, str(Path(__file__).with_name("killed_import.py"))]
    command += [str(connection.settings_dict["NAME"]), str(run.pk), str(file), where]
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path})


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Person, Posting, Enrolment, ActionLogEntry))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["people 0", "learners 0", "learners 2000"])
def test_a_killed_import_leaves_nothing_and_can_be_repeated(where, tmp_path):
    unit = make_unit("Đảng ủy xã Tân Hóa")
    run = make_class(owner=make_centre())
    content = xlsx([["Họ và tên", "Ngày sinh", "Đơn vị"], *[[f"Lê Văn {n}", "1990", unit.name] for n in range(ROWS)]])
    file = tmp_path / "a.xlsx"
    file.write_bytes(content)
    before = counts()

    process = start(run, file, where)
    said = []
    while (line := process.stdout.readline().strip()) and line != where:
        said.append(line)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    assert (line, process.returncode) == (where, -signal.SIGKILL)
    assert counts() == before

    rows = read_learners(open_workbook(content, "a.xlsx")).rows
    outcome = enrol_from_workbook(class_run=run, rows=rows, seen_units=None, source="a.xlsx", by=None)
    assert (outcome.new, run.enrolments.count()) == (ROWS, ROWS)
    assert first_broken() is None
