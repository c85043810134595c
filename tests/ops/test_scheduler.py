import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories import make_unit
from vuntrong.ops.management.commands.run_scheduler import Chore, run_due
from vuntrong.registry.models import Unit, UnitVersion

pytestmark = pytest.mark.django_db


def test_a_due_chore_runs_once_and_waits_its_interval():
    runs: list[str] = []
    chore = Chore("đếm", dt.timedelta(hours=1), lambda: runs.append("một lần"))
    due = {chore: timezone.now()}

    run_due(due)
    run_due(due)

    assert runs == ["một lần"]
    assert due[chore] > timezone.now() + dt.timedelta(minutes=59)


def test_a_chore_that_fails_does_not_stop_the_clock(caplog):
    runs: list[str] = []
    bad = Chore("hỏng", dt.timedelta(hours=1), lambda: 1 / 0)
    good = Chore("đếm", dt.timedelta(hours=1), lambda: runs.append("vẫn chạy"))

    run_due({bad: timezone.now(), good: timezone.now()})

    assert runs == ["vẫn chạy"]
    assert "chore hỏng failed" in caplog.text


def test_the_columns_of_a_unit_follow_its_versions_at_midnight():
    unit = make_unit("Xã Tân Lộc")
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    UnitVersion.objects.filter(unit=unit).update(valid_to=yesterday)
    UnitVersion.objects.create(
        unit=unit, valid_from=timezone.localdate(), name="Xã Tân Phú", short_name="Tân Phú", kind=unit.kind
    )

    call_command("run_scheduler", once=True)

    assert Unit.objects.values_list("name", "is_alive", "search_key").get(pk=unit.pk) == (
        "Xã Tân Phú", True, "xa tan phu tan phu",
    )  # fmt: skip
