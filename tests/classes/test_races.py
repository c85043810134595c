"""Two clerks at once. Real threads on real transactions, on whatever engine the suite runs."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from tests.classes.builders import make_centre, make_line
from tests.documents.workbook_files import xlsx
from tests.factories import make_class, make_enrolment, make_person, make_programme, make_unit
from vuntrong.classes.actions.enrolment import enrol, enrol_from_workbook
from vuntrong.classes.actions.making import create_classes_from_line
from vuntrong.classes.actions.results import NewResult, record_results
from vuntrong.classes.documents import read_learners
from vuntrong.classes.models import ClassRun
from vuntrong.documents.workbooks import open_workbook
from vuntrong.kernel.errors import DomainError, RuleBroken, StaleState
from vuntrong.kernel.log import first_broken
from vuntrong.registry.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[str]:
    """Do all works at the same moment; return "done" or the codes of the refusal for each."""
    gate, answers = threading.Barrier(len(works)), [""] * len(works)

    def run(index: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait()
            work()
            answers[index] = "done"
        except RuleBroken as refusal:
            answers[index] = ",".join(one.code for one in refusal.violations)
        except DomainError as refusal:
            answers[index] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def test_the_last_seat_is_given_to_one_of_eight():
    run = make_class(owner=make_centre(), capacity=3)
    for name in ("Lê An", "Lê Bình"):
        make_enrolment(class_run=run, person=make_person(name))
    people = [make_person(f"Lê Văn {number}") for number in range(8)]

    answers = at_once(*[lambda person=person: enrol(class_run=run, person=person, by=None) for person in people])

    assert answers == ["class-full"] * 7 + ["done"]
    assert run.enrolments.count() == 3
    assert first_broken() is None


def test_two_clerks_enrol_the_same_person():
    run, person = make_class(owner=make_centre()), make_person()

    answers = at_once(*[lambda: enrol(class_run=run, person=person, by=None)] * 2)

    assert answers == ["already-enrolled", "done"]
    assert run.enrolments.count() == 1


def test_two_clerks_make_the_classes_of_the_same_line():
    line = make_line(class_count=3)

    answers = at_once(*[lambda: create_classes_from_line(line=line, by=None)] * 2)

    assert answers in (["done", "no-class-wanted"], ["done", "line-exhausted"])
    assert sorted(ClassRun.objects.values_list("code", flat=True)) == ["ĐVM-01", "ĐVM-02", "ĐVM-03"]


def test_two_lines_of_one_owner_do_not_take_the_same_code():
    owner, programme = make_centre(), make_programme()
    lines = [make_line(owner=owner, programme=programme, class_count=4) for _ in range(2)]

    answers = at_once(
        *[lambda line=line: create_classes_from_line(line=line, pattern="K-##", by=None) for line in lines]
    )

    assert answers == ["done", "done"]
    assert len(set(ClassRun.objects.values_list("code", flat=True))) == 8


def test_two_clerks_grade_the_same_learner():
    run = make_class(owner=make_centre())
    learner = make_enrolment(class_run=run)

    answers = at_once(
        *[
            lambda grade=grade: record_results(class_run=run, results=[NewResult(learner.pk, grade, 0)], by=None)
            for grade in ("good", "fair")
        ]
    )

    assert answers == [StaleState.__name__, "done"]


def test_the_same_new_people_in_two_classes_at_once_are_entered_once():
    owner, unit = make_centre(), make_unit("Đảng ủy xã Tân Hóa")
    runs = [make_class(owner=owner) for _ in range(2)]
    content = xlsx([["Họ và tên", "Ngày sinh", "Đơn vị"], *[[f"Lê Văn {n}", "1990", unit.name] for n in range(30)]])
    rows = read_learners(open_workbook(content, "a.xlsx")).rows

    answers = at_once(
        *[
            lambda run=run: enrol_from_workbook(class_run=run, rows=rows, seen_units=None, source="a.xlsx", by=None)
            for run in runs
        ]
    )

    assert answers == ["done", "done"]
    assert Person.objects.filter(unit=unit).count() == 30
    assert [run.enrolments.count() for run in runs] == [30, 30]
