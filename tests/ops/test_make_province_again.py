"""Making a province again: the same for the same seed on every engine, another for another seed, once for a code."""

import datetime as dt
import hashlib

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.ops.province.making import make_province
from vuntrong.ops.province.size import Size
from vuntrong.registry.models import Person, Posting, Qualification, Unit

UNTIL = dt.date(2026, 11, 22)


def digest() -> str:
    """Return a hash of what the province says, without the keys that the engine gave."""
    rows = [
        *Unit.objects.order_by("slug").values_list("slug", "name", "kind", "parent__slug", "is_alive"),
        *Person.objects.order_by("id").values_list(
            "full_name", "born_on", "personal_id", "unit__slug", "political_level"
        ),
        *Posting.objects.order_by("id").values_list("person__full_name", "unit__slug", "valid_from", "valid_to"),
        *Qualification.objects.order_by("id").values_list("level", "institution", "studied_to", "number", "grade"),
        *ClassRun.objects.order_by("id").values_list("owner__slug", "code", "opened_on", "state"),
        *Enrolment.objects.order_by("id").values_list("person__full_name", "unit__slug", "state", "grade"),
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def small(seed: int) -> Size:
    return Size(slug="nho", name="Nhỏ", people=700, years=1, seed=seed, until=UNTIL, classes_a_year=8)


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_province_and_another_seed_another():
    found = []
    for seed in (3, 3, 4):
        with transaction.atomic():
            make_province(small(seed), lambda _line: None)
            found.append(digest())
            transaction.set_rollback(True)

    assert found[0] == found[1]
    assert found[2] != found[0]


SEED_3 = "3b80589a59492ad5"


@pytest.mark.django_db
def test_the_same_province_on_every_engine():
    """A literal digest: SQLite and PostgreSQL, this year's Python and the next, must all agree with it."""
    make_province(small(3), lambda _line: None)

    assert digest()[:16] == SEED_3


@pytest.mark.django_db
def test_a_province_is_made_once(capsys):
    call_command("make_province", "--people", "600", "--years", "1", "--name", "An Lạc", "--until", "2026-06-30")
    people = Person.objects.count()

    with pytest.raises(CommandError, match="there is a province an-lac already"):
        call_command("make_province", "--people", "600", "--years", "1", "--name", "An Lạc")

    out = capsys.readouterr().out
    assert people == Person.objects.count() == 600
    assert "600 of 600 people" in out
    assert out.splitlines()[-1].startswith("An Lạc: ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "says"),
    [(("--people", "499"), "at least 500 people"), (("--years", "41"), "--years lies from 0 to 40")],
)
def test_sizes_out_of_range_are_refused(words, says):
    with pytest.raises(CommandError, match=says):
        call_command("make_province", *words)

    assert Unit.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("region", ["delta", "centre", "highlands", "south"])
def test_each_region_has_names_of_its_own(region):
    size = Size(slug="vung", name="Vùng", people=500, years=0, seed=1, until=UNTIL, region=region)

    make_province(size, lambda _line: None)

    assert Person.objects.filter(full_name__startswith="Nguyễn").count() > 50
    assert Person.objects.filter(full_name__contains="  ").count() == 0
