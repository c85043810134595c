"""Whatever people do in whatever order: never above capacity, never a free seat beside somebody who waits."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.classes.nomination_cases import give_places, make_fit, make_open_class
from tests.factories import make_unit
from vuntrong.classes.actions.enrolment import enrol
from vuntrong.classes.actions.making import ClassContent, edit_class
from vuntrong.classes.actions.nomination import nominate, refuse_nomination, withdraw
from vuntrong.classes.actions.nomination_answers import (
    Grant,
    accept,
    ask_exception,
    enrol_accepted,
    grant_exception,
    refuse_exception,
)
from vuntrong.classes.actions.results import mark_departed
from vuntrong.classes.models import ClassRun, ExceptionRequest, Nomination
from vuntrong.classes.seats import quota_uses, seats_taken
from vuntrong.kernel.errors import DomainError

pytestmark = pytest.mark.django_db
STEPS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 7), st.integers(1, 4)), min_size=4, max_size=25)


class World:
    """A class with places for two units, and eight people of whom two are too young."""

    def __init__(self) -> None:
        self.units = [make_unit(), make_unit()]
        self.run = make_open_class(capacity=2)
        for unit in self.units:
            give_places(self.run, unit, 3)
        self.people = [
            make_fit(f"Lê Văn {at}", self.units[at % 2], born_on="1999-08-14" if at < 2 else "1985-01-01")
            for at in range(8)
        ]

    def act(self, kind: int, at: int, size: int) -> None:
        """Do one thing; what is refused leaves no trace."""
        person = self.people[at]
        mine = self.run.nominations.filter(person=person).order_by("-pk").first()
        asked = ExceptionRequest.objects.filter(nomination=mine).first()
        calls = {
            0: lambda: nominate(class_run=self.run, unit=person.unit, people=[person], by=None),
            1: lambda: nominate(class_run=self.run, unit=person.unit, people=self.people[at % 2 :: 2][:size], by=None),
            2: lambda: accept(class_run=self.run, nominations=[mine.pk], by=None),
            3: lambda: accept(class_run=self.run, nominations=[one.pk for one in self.nominated()[:size]], by=None),
            4: lambda: withdraw(nomination=mine, reason="Ốm", replacement=self.people[(at + size) % 8], by=None),
            5: lambda: refuse_nomination(nomination=mine, reason="Không đúng", by=None),
            6: lambda: ask_exception(nomination=mine, reason="Nữ duy nhất", by=None),
            7: lambda: grant_exception(request=asked, grant=Grant("1-QĐ", dt.date(2026, 1, 5), "Dũng"), by=None),
            8: lambda: refuse_exception(request=asked, reason="Không", by=None),
            9: lambda: self.resize(size),
            10: lambda: self.enrol_or_leave(person, size),
        }
        try:
            with transaction.atomic():
                calls[kind]()
        except DomainError:
            pass
        except AttributeError:
            assert mine is None or asked is None  # nothing to act upon

    def nominated(self) -> list[Nomination]:
        return list(self.run.nominations.filter(state="nominated", answer="eligible"))

    def resize(self, size: int) -> None:
        run = ClassRun.objects.get(pk=self.run.pk)
        content = ClassContent(code=run.code, name=run.name, mode=run.mode, capacity=size)
        edit_class(class_run=run, revision=run.revision, content=content, by=None)

    def enrol_or_leave(self, person, size: int) -> None:
        learner = self.run.enrolments.filter(person=person, state="studying").first()
        if learner:
            day = timezone.localdate()
            mark_departed(class_run=self.run, enrolments=[learner], to="withdrawn", on=day, reason="Ốm", by=None)
        elif size % 2:
            enrol_accepted(class_run=self.run, decision="1-QĐ", by=None)
        else:
            enrol(class_run=self.run, person=person, by=None)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_seats_hold_in_any_order_of_actions(db, steps):
    point = transaction.savepoint()
    world = World()
    for step in steps:
        world.act(*step)

        run = ClassRun.objects.get(pk=world.run.pk)
        waiting = run.nominations.filter(state="waiting").count()
        taken = seats_taken(run)
        assert taken <= run.capacity
        assert not waiting or taken == run.capacity
        assert (
            not run.nominations.filter(state="accepted").exclude(answer="eligible").exclude(exception__state="granted")
        )
        granted = run.nominations.filter(exception__state="granted").count()
        assert all(use.used <= use.quota.places + granted for use in quota_uses(run))
    transaction.savepoint_rollback(point)
