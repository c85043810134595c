"""Completed programmes and present studies, as the table and the database read them."""

import datetime as dt

import pytest

from tests.factories import make_class, make_enrolment, make_person, make_programme
from vuntrong.classes.enums import ClassState, EnrolmentState
from vuntrong.programmes.queries.filters import by_answer
from vuntrong.programmes.queries.sweep import sweep
from vuntrong.programmes.rules.conditions import read_conditions
from vuntrong.programmes.rules.frames import ANSWERS
from vuntrong.programmes.rules.verdicts import Answer, RuleSet
from vuntrong.registry.models import Person

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 3, 15)


def answers(*conditions):
    """Return the verdict on each person by a rule of these conditions, which table and database must agree on."""
    rule = RuleSet(1, "thu", "", read_conditions(list(conditions)))
    everybody = Person.objects.all()
    swept = sweep(everybody, {("p", ""): [rule]}, [("p", "")], DAY)
    by_table = {row["id"]: ANSWERS[row["p/"]] for row in swept.verdicts.iter_rows(named=True)}
    by_database = {
        person: answer
        for answer in Answer
        for person in by_answer(everybody, [rule], DAY, answer).values_list("pk", flat=True)
    }
    assert by_table == by_database
    assert by_table == {key: verdict.answer for key, verdict in swept.explained(("p", ""))}
    return by_table


def attended(person, programme, state, closed_on=None, class_state=ClassState.CLOSED):
    run = make_class(
        owner=person.unit, programme=programme, state=class_state, opened_on=dt.date(2026, 1, 5), closed_on=closed_on
    )
    make_enrolment(class_run=run, person=person, state=state)


def test_what_somebody_has_completed_counts():
    programme = make_programme(code="dang-vien-moi")
    done, failed, new = make_person("Lê Thị Mai"), make_person("Lò Văn Páo"), make_person("Hà Thị Liên")
    attended(done, programme, EnrolmentState.COMPLETED, dt.date(2026, 2, 1))
    attended(failed, programme, EnrolmentState.NOT_COMPLETED, dt.date(2026, 2, 1))

    found = answers({"kind": "not-completed", "programmes": ["dang-vien-moi"]})

    assert found == {done.pk: Answer.NOT_ELIGIBLE, failed.pk: Answer.ELIGIBLE, new.pk: Answer.ELIGIBLE}


@pytest.mark.parametrize(
    ("closed_on", "answer"),
    [(dt.date(2026, 3, 15), Answer.ELIGIBLE), (dt.date(2026, 3, 16), Answer.NOT_ELIGIBLE), (None, Answer.ELIGIBLE)],
)
def test_the_interval_since_the_last_course(closed_on, answer):
    person = make_person()
    if closed_on:
        attended(person, make_programme(code="cap-nhat"), EnrolmentState.COMPLETED, closed_on)

    assert answers({"kind": "interval", "programmes": ["cap-nhat"], "months": 12}) == {person.pk: answer}


@pytest.mark.parametrize(
    ("class_state", "state", "answer"),
    [
        (ClassState.RUNNING, EnrolmentState.STUDYING, Answer.NOT_ELIGIBLE),
        (ClassState.RUNNING, EnrolmentState.WITHDRAWN, Answer.ELIGIBLE),
        (ClassState.CLOSED, EnrolmentState.STUDYING, Answer.ELIGIBLE),
    ],
)
def test_nobody_sits_in_two_classes(class_state, state, answer):
    person = make_person()
    closed = dt.date(2026, 2, 1) if class_state == ClassState.CLOSED else None
    attended(person, make_programme(), state, closed, class_state)

    assert answers({"kind": "not-studying"}) == {person.pk: answer}
