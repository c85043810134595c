"""Two makers at once, and a process that dies half-way. Real transactions, on whatever engine the suite runs."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.classes.test_races import at_once
from tests.factories import make_person, make_user_with
from tests.registry.reorganisation_cases import all_rows, commune, drafted, merge, province
from vuntrong.kernel.log import first_broken
from vuntrong.registry.actions.reorganise import confirm_reorganisation, undo_reorganisation
from vuntrong.registry.models import Person, Posting, Reorganisation, Unit, UnitEvent

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


def ready() -> Reorganisation:
    top, units = province("Xã A", "Xã B")
    for unit in units:
        make_person(unit=unit)
        make_user_with("unit_clerk", unit)
    return drafted(top, merge(units, "c", commune("Xã C", parent=top.slug)))


def test_two_clerks_confirm_the_same_draft():
    draft = ready()

    answers = at_once(*[lambda: confirm_reorganisation(reorganisation=draft, by=None)] * 2)

    assert answers == ["IllegalTransition", "done"]
    assert (UnitEvent.objects.count(), Unit.objects.filter(slug="c").count()) == (1, 1)
    assert Posting.objects.filter(unit__slug="c").count() == 2
    assert first_broken() is None


def test_two_drafts_that_end_the_same_unit_do_not_both_win():
    one = ready()
    other = Reorganisation.objects.create(
        title="Khác", takes_effect_on=one.takes_effect_on, instrument_text="", unit=one.unit, rows=one.rows
    )

    answers = at_once(
        *[lambda draft=draft: confirm_reorganisation(reorganisation=draft, by=None) for draft in (one, other)]
    )

    assert answers[0] == "done" or answers[1] == "done"
    assert answers.count("done") == 1
    assert UnitEvent.objects.count() == 1


def test_two_clerks_take_the_same_one_back():
    done = confirm_reorganisation(reorganisation=ready(), by=None)

    answers = at_once(*[lambda: undo_reorganisation(reorganisation=done, by=None)] * 2)

    assert answers == ["IllegalTransition", "done"]
    assert not UnitEvent.objects.exists()
    assert first_broken() is None


def test_somebody_entered_meanwhile_follows_too_or_comes_too_late():
    draft = ready()
    old = Unit.objects.get(name="Đảng ủy Xã A")

    answers = at_once(
        lambda: confirm_reorganisation(reorganisation=draft, by=None),
        lambda: make_person("Người mới", unit=old),
    )

    assert answers == ["done", "done"]
    new = Person.objects.get(full_name="Người mới")
    held = new.postings.get(valid_to=None)
    assert held.unit in {old, Unit.objects.get(slug="c")}


@pytest.mark.parametrize("step", range(5))
def test_a_process_killed_half_way_leaves_nothing(step):
    draft = ready()
    before = all_rows()
    command = [sys.executable, str(Path(__file__).with_name("killed_reorganisation.py"))]
    command += [str(connection.settings_dict["NAME"]), str(draft.pk), str(step)]
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])

    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path})
    said = process.stdout.readline().strip()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    assert (said, process.returncode) == (f"step {step}", -signal.SIGKILL)
    draft.refresh_from_db()
    assert (draft.state, all_rows()) == ("draft", before)
    confirm_reorganisation(reorganisation=draft, by=None)
    assert first_broken() is None
