"""Two imports at once. Real threads on real transactions, on whatever engine the suite runs."""

import pytest

from tests.classes.test_races import at_once
from tests.exchange.builders import HEADER, bring_in, home_unit, keep_workbook, reading_of
from vuntrong.exchange.actions.imports import keep_check, start_import, write_import
from vuntrong.exchange.actions.people import Wish, check_people
from vuntrong.kernel.log import first_broken
from vuntrong.registry.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [HEADER, *[[n, f"Lê Văn {n}", "1990", "Nam"] for n in range(200)]]


def test_two_imports_of_the_same_file_enter_nobody_twice():
    home = home_unit()

    answers = at_once(*[lambda: bring_in(ROWS, home)] * 2)

    assert answers == ["done", "done"]
    assert Person.objects.count() == 200
    assert first_broken() is None


def test_one_import_is_written_once():
    home = home_unit()
    wish = Wish(home)
    run = start_import(file=keep_workbook(ROWS), unit=home, mapping={}, by=None)
    reading = reading_of(ROWS, wish)
    keep_check(run=run, check=check_people(reading, wish))

    def write() -> None:
        write_import(run=run, reading=reading, wish=wish, by=None, tell=lambda *_: None)

    answers = at_once(write, write)

    assert answers == ["IllegalTransition", "done"]
    assert Person.objects.count() == 200
