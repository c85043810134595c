"""Two clerks at once about nominations. Real threads on real transactions, on whatever engine the suite runs."""

import datetime as dt

import pytest

from tests.classes.nomination_cases import give_places, make_fit, make_open_class
from tests.classes.test_races import at_once
from tests.factories import make_unit
from vuntrong.classes.actions.enrolment import enrol
from vuntrong.classes.actions.nomination import move_nomination, nominate, withdraw
from vuntrong.classes.actions.nomination_answers import (
    Grant,
    accept,
    ask_exception,
    grant_exception,
    refuse_exception,
)
from vuntrong.classes.models import Nomination
from vuntrong.classes.seats import seats_taken
from vuntrong.kernel.log import first_broken

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unit():
    return make_unit("Đảng ủy xã An Phú")


@pytest.fixture
def run(unit):
    found = make_open_class(capacity=3)
    give_places(found, unit, 8)
    return found


def rows_of(run, unit, count):
    people = [make_fit(f"Lê Văn {number}", unit) for number in range(count)]
    return nominate(class_run=run, unit=unit, people=people, by=None)


def counted(run):
    return {state: run.nominations.filter(state=state).count() for state in ("accepted", "waiting", "withdrawn")}


def test_eight_are_accepted_at_once_and_three_get_a_seat(run, unit):
    rows = rows_of(run, unit, 8)

    answers = at_once(*[lambda key=row.pk: accept(class_run=run, nominations=[key], by=None) for row in rows])

    assert answers == ["done"] * 8
    assert counted(run) == {"accepted": 3, "waiting": 5, "withdrawn": 0}
    assert first_broken() is None


def test_seats_that_become_free_at_once_all_go_to_who_waits(run, unit):
    rows = rows_of(run, unit, 8)
    accept(class_run=run, nominations=[row.pk for row in rows], by=None)

    answers = at_once(*[lambda row=row: withdraw(nomination=row, reason="Ốm", by=None) for row in rows[:3]])

    assert answers == ["done"] * 3
    assert counted(run) == {"accepted": 3, "waiting": 2, "withdrawn": 3}
    accepted = Nomination.objects.filter(state="accepted").in_order()
    assert list(accepted.values_list("pk", flat=True)) == [row.pk for row in rows[3:6]]


def test_the_last_place_of_a_quota_is_used_once(unit):
    run = make_open_class()
    give_places(run, unit, 1)
    people = [make_fit(f"Lê Văn {number}", unit) for number in range(4)]

    answers = at_once(
        *[lambda person=person: nominate(class_run=run, unit=unit, people=[person], by=None) for person in people]
    )

    assert answers == ["done"] + ["quota-full"] * 3


def test_the_last_seat_goes_to_a_nominee_or_to_somebody_enrolled_by_name(unit):
    run = make_open_class(capacity=1)
    give_places(run, unit, 1)
    row, other = rows_of(run, unit, 1)[0], make_fit("Trần Ánh", unit)

    answers = at_once(
        lambda: accept(class_run=run, nominations=[row.pk], by=None),
        lambda: enrol(class_run=run, person=other, by=None),
    )

    assert answers in (["class-full", "done"], ["done", "done"])
    assert seats_taken(run) == 1


def test_an_exception_is_decided_once(run, unit):
    row = nominate(class_run=run, unit=unit, people=[make_fit("Hà Liên", unit, born_on="1999-08-14")], by=None)[0]
    request = ask_exception(nomination=row, reason="Nữ duy nhất", by=None)
    grant = Grant("1-QĐ", dt.date(2026, 1, 5), "Dũng")

    answers = at_once(
        lambda: grant_exception(request=request, grant=grant, by=None),
        lambda: refuse_exception(request=request, reason="Không", by=None),
    )

    assert answers == ["IllegalTransition", "done"]


def test_two_moves_crossing_each_other_do_not_block(run, unit):
    later = make_open_class(code="K15", capacity=3, opened_on=dt.date(2027, 9, 1))
    give_places(later, unit, 8)
    rows = rows_of(run, unit, 2)

    answers = at_once(
        *[lambda row=row: move_nomination(nomination=row, to=later, reason="Chờ", by=None) for row in rows],
        lambda: accept(class_run=later, nominations=[], by=None),
    )

    assert answers == ["done", "done", "nobody-chosen"]
