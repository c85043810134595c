"""A worker that is killed in the middle of a list leaves all of it or nothing, and the same file can be taken again.

VUNTRONG_KILLS says how many times it is killed; 3 by default.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from tests.documents.workbook_files import xlsx
from tests.exchange.builders import HEADER, bring_in, home_unit
from tests.factories import make_person
from vuntrong.kernel.log import first_broken
from vuntrong.kernel.models import ActionLogEntry, ActionLogSubject
from vuntrong.registry.models import Person, Posting, Qualification, Unit

ROOT = Path(__file__).resolve().parents[2]
ROWS = 2000
KILLS = int(os.environ.get("VUNTRONG_KILLS", "3"))
LIST = [
    [*HEADER, "LLCT", "SĐT"],
    *[[n, f"Lê Văn {n}", "1990", "Nam", "", "", "Chuyên viên", "Cao cấp", f"09{n:08d}"] for n in range(ROWS)],
]
LIST[1][1] = "Trần Văn Biết"
MODELS = (Person, Posting, Qualification, ActionLogEntry, ActionLogSubject)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in MODELS)


def start(home: Unit, file: Path) -> subprocess.Popen[str]:
    """Start the import against the database of this test, and wait until it has read the file."""
    command = [sys.executable, str(Path(__file__).with_name("killed_import.py"))]
    command += [str(connection.settings_dict["NAME"]), str(home.pk), str(file)]
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path})
    assert process.stdout.readline() == "read 0\n"
    return process


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_killed_import_leaves_all_or_nothing(seed, tmp_path):
    home = home_unit()
    known = make_person("Trần Văn Biết", unit=home, born_on="1990")
    file = tmp_path / "a.xlsx"
    file.write_bytes(xlsx(LIST))
    before = counts()
    process = start(home, file)

    time.sleep(random.Random(seed).uniform(0, 0.9))
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    _settled()

    known.refresh_from_db()
    if counts() == before:
        assert known.phone == ""
        bring_in(LIST, home)
        known.refresh_from_db()
    assert (Person.objects.count(), Posting.objects.count(), known.phone) == (ROWS, ROWS, "0900000000")
    assert Qualification.objects.count() == ROWS
    assert bring_in(LIST, home).counts()["unchanged"] == ROWS
    assert first_broken() is None


def _settled() -> None:
    """Wait until the server has undone what the killed process held; SQLite does it at the next look."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    for _ in range(100 if connection.vendor == "postgresql" else 0):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)
