"""Builders of records for tests: plain functions, sensible defaults, nothing hidden."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from vuntrong.accounts.models import Grant, User
from vuntrong.classes.enums import ClassState
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.text import search_key, sort_key
from vuntrong.planning.models import Decision, NeedsSurvey, TrainingPlan
from vuntrong.programmes.models import Programme
from vuntrong.registry.actions import create_unit
from vuntrong.registry.models import Person, Posting, Unit

NUMBERS = itertools.count(1)
LONG_AGO = dt.date(2000, 1, 1)


def make_unit(name: str = "", *, parent: Unit | None = None, kind: str = "commune_committee", **extra: Any) -> Unit:
    number = next(NUMBERS)
    name = name or f"Đảng ủy xã số {number}"
    words = {"slug": f"don-vi-{number}", "short_name": name, "valid_from": LONG_AGO} | extra
    return create_unit(name=name, kind=kind, parent=parent, by=None, **words)


def make_person(
    name: str = "Nguyễn Văn An", *, unit: Unit | None = None, born_on: str = "1990-05-01", **extra: Any
) -> Person:
    person = Person.objects.create(
        full_name=name,
        unit=unit or make_unit(),
        born_on=PartialDate.parse(born_on) if born_on else None,
        search_key=search_key(name),
        sort_key=sort_key(name),
        **{"sex": "male"} | extra,
    )
    Posting.objects.create(person=person, unit=person.unit, post_text=person.post_text)
    return person


def make_user(name: str = "", **extra: Any) -> User:
    username = extra.pop("username", f"nguoi-dung-{next(NUMBERS)}")
    return User.objects.create_user(username=username, password="mat-khau-thu", full_name=name or username, **extra)


def make_user_with(role: str, unit: Unit, **extra: Any) -> User:
    user = make_user(**extra)
    Grant.objects.create(user=user, role=role, unit=unit, valid_from=LONG_AGO)
    return user


def make_programme(name: str = "", **extra: Any) -> Programme:
    number = next(NUMBERS)
    name = name or f"Bồi dưỡng số {number}"
    words = {"code": f"boi-duong-{number}", "short_name": name, "kind": "retraining", "field": "political_theory"}
    return Programme.objects.create(name=name, search_key=search_key(name), **words | extra)


def make_survey(*, owner: Unit, programmes: list[Programme] | None = None, **extra: Any) -> NeedsSurvey:
    words = {
        "year": 2027,
        "title": f"Khảo sát nhu cầu năm 2027 số {next(NUMBERS)}",
        "state": "open",
        "opened_at": timezone.now() - dt.timedelta(days=7),
        "closes_at": timezone.now() + dt.timedelta(days=7),
    }
    survey = NeedsSurvey.objects.create(owner=owner, **words | extra)
    survey.programmes.set(programmes if programmes is not None else [make_programme()])
    return survey


def make_decision(*, issuer: Unit | None = None, **extra: Any) -> Decision:
    words = {
        "number": f"{next(NUMBERS)}-QĐ/HU",
        "issued_on": dt.date(2027, 1, 10),
        "issuer_text": "Ban Thường vụ Huyện ủy",
        "kind": "plan",
    }
    return Decision.objects.create(issuer=issuer or make_unit(), **words | extra)


def make_plan(*, owner: Unit, approver: Unit | None = None, **extra: Any) -> TrainingPlan:
    words = {
        "year": 2027,
        "side": "party",
        "title": f"Kế hoạch đào tạo, bồi dưỡng năm 2027 số {next(NUMBERS)}",
        "approver_text": "Ban Thường vụ Huyện ủy",
    }
    return TrainingPlan.objects.create(owner=owner, approver=approver or owner.parent or owner, **words | extra)


def make_class(*, owner: Unit, programme: Programme | None = None, **extra: Any) -> ClassRun:
    number = next(NUMBERS)
    words: dict[str, Any] = {
        "side": "party",
        "code": f"L{number}",
        "name": f"Lớp số {number}",
        "year": 2027,
        "mode": "full_time",
        "state": ClassState.RUNNING,
        "opened_on": dt.date(2027, 3, 1),
    }
    words |= extra
    return ClassRun.objects.create(
        owner=owner,
        programme=programme or make_programme(),
        search_key=search_key(f"{words['code']} {words['name']}"),
        **words,
    )


def make_enrolment(*, class_run: ClassRun, person: Person | None = None, **extra: Any) -> Enrolment:
    person = person or make_person()
    day = class_run.opened_on or dt.date(2027, 3, 1)
    words = {"unit": person.unit, "enrolled_on": day, "state_on": day} | extra
    return Enrolment.objects.create(class_run=class_run, person=person, **words)
