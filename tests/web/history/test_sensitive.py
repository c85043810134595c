"""Sensitive values in the log: covered for who may not read them, written down for who may."""

import pytest
from django.db import transaction
from django.test import Client

from tests.factories import make_person, make_unit, make_user_with
from vuntrong.kernel import log
from vuntrong.registry.models import SensitiveRead
from vuntrong.web.history.showing import HIDDEN

pytestmark = pytest.mark.django_db


def entry_about(person, by):
    with transaction.atomic():
        return log.record("change_person", person, by=by, before={"religion": "Không"}, after={"religion": "Phật giáo"})


def opened_by(user, entry):
    client = Client()
    client.force_login(user)
    return client.get(f"/history/{entry.pk}/").content.decode()


def test_the_board_reads_the_values_and_the_read_is_written_down():
    unit = make_unit()
    board = make_user_with("organisation_board", unit)
    person = make_person(unit=unit)

    page = opened_by(board, entry_about(person, board))

    assert "Phật giáo" in page
    read = SensitiveRead.objects.get()
    assert (read.person, read.user_id, read.fields) == (person, board.pk, ["registry.Person.religion"])


def test_values_of_somebody_out_of_scope_are_covered():
    board = make_user_with("organisation_board", make_unit())
    person = make_person(unit=make_unit())

    page = opened_by(board, entry_about(person, board))

    assert "Phật giáo" not in page
    assert HIDDEN in page
    assert not SensitiveRead.objects.exists()


def test_other_values_stay_as_they_are():
    unit = make_unit()
    board = make_user_with("organisation_board", unit)
    with transaction.atomic():
        entry = log.record("change_unit", unit, by=board, before={"name": "Cũ"}, after={"name": "Mới"})

    assert "Mới" in opened_by(board, entry)
