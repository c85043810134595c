"""The demonstration of its own size: the first half of 2022 in Hải Phòng."""

import json

import pytest
from django.core.management import call_command

from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.ops.demo import hai_phong, loading
from vuntrong.registry.models import Unit
from vuntrong.registry.queries import subtree_ids


@pytest.mark.django_db
def test_hai_phong_held_502_classes_with_more_than_55_000_turns(settings, monkeypatch, capsys):
    settings.DEMO = False
    needed = [article for article in loading.ARTICLES if article.key in {"programmes", "hai-phong"}]
    monkeypatch.setattr(loading, "ARTICLES", tuple(needed))

    call_command("load_demo", "--with-hai-phong")

    owners = subtree_ids([Unit.objects.get(slug="hai-phong").pk], hai_phong.LAST_DAY)
    period = {"opened_on__range": ("2022-01-01", "2022-06-30"), "owner__in": owners}
    held = ClassRun.objects.filter(**period)
    turns = Enrolment.objects.counted().filter(class_run__in=held)
    people = turns.values("person").distinct().count()
    rows = ActionLogEntry.objects.count()
    assert (held.count(), turns.count()) == (502, 55_318)
    assert 30_000 < people < turns.count()
    capsys.readouterr()
    call_command("report", "half-year", "--unit", "hai-phong", "--from", "2022-01-01", "--to", "2022-06-30")
    report = json.loads(capsys.readouterr().out)
    assert (report["classes"], report["learners"], report["turns"]) == (502, people, 55_318)
    call_command("load_demo", "--with-hai-phong")
    assert (Enrolment.objects.count(), ActionLogEntry.objects.count()) == (55_318, rows)
