import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_person, make_unit
from vuntrong.kernel.bulk import insert_rows, reserve_ids
from vuntrong.registry.models import Person, Posting

pytestmark = pytest.mark.django_db


def insert(ids, unit, **changes) -> None:
    same = {"sex": "female", "unit": unit.pk, "post_text": "", "sort_key": "k", "revision": 0} | changes
    columns = ("id", "full_name", "search_key", "born_on")
    insert_rows(Person, columns, [(key, "Lê\tThị \\N 'An'", "le", "1990-05") for key in ids], same=same)


def test_rows_arrive_as_they_are_with_keys_that_nobody_else_gets():
    unit, before = make_unit(), make_person()

    ids = reserve_ids(Person, 3)
    insert(ids, unit)
    after = make_person("Lê Sau")

    assert len({before.pk, *ids, after.pk}) == 5
    found = list(Person.objects.filter(pk__in=ids).values_list("full_name", "sex", "unit_id", "born_on"))
    assert [(name, sex, unit_id, str(born)) for name, sex, unit_id, born in found] == [
        ("Lê\tThị \\N 'An'", "female", unit.pk, "05/1990")
    ] * 3


def test_values_of_every_row_may_be_dates_and_nothing():
    person = make_person()

    insert_rows(
        Posting,
        ("person", "valid_to"),
        [(person.pk, None), (person.pk, "2027-01-31")],
        same={"unit": person.unit_id, "post_text": "Bí thư", "valid_from": dt.date(2026, 1, 1)},
    )

    assert list(person.postings.filter(post_text="Bí thư").order_by("pk").values_list("valid_from", "valid_to")) == [
        (dt.date(2026, 1, 1), None),
        (dt.date(2026, 1, 1), dt.date(2027, 1, 31)),
    ]


def test_constraints_hold_and_nothing_is_half_written():
    unit = make_unit()
    [key] = reserve_ids(Person, 1)

    with pytest.raises(IntegrityError), transaction.atomic():
        insert([key, key], unit)

    assert not Person.objects.filter(pk=key).exists()
