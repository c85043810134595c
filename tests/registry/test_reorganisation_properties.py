"""Any list of events that is allowed, undone, leaves every table as it was; folding keeps every total."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_person, make_unit, make_user_with
from tests.registry.reorganisation_cases import (
    all_rows,
    change,
    commune,
    confirmed,
    dissolve,
    hold,
    merge,
    province,
    secretary,
    split,
)
from vuntrong.registry.actions.reorganise import undo_reorganisation
from vuntrong.registry.models import Person, Unit
from vuntrong.registry.queries import fold

NUMBER = 6


def house() -> tuple[Unit, list[Unit]]:
    top, units = province(*(f"Xã {n}" for n in range(NUMBER)))
    for nth, unit in enumerate(units):
        make_person("Lê Văn An", unit=unit, post_text="Cán bộ")
        make_user_with("unit_clerk", unit)
        make_unit(f"Văn phòng {nth}", parent=unit, kind="commune_board")
    hold(units[0], secretary(), "Bí thư")
    return top, units


@st.composite
def lists(draw):
    """Kinds and units of up to four events, each unit in one of them."""
    order = draw(st.permutations(range(NUMBER)))
    found, at = [], 0
    while at < NUMBER - 1 and len(found) < 4:
        kind = draw(st.sampled_from(["merge", "absorb", "split", "part", "rename", "retype", "dissolve"]))
        size = draw(st.integers(2, 3)) if kind in {"merge", "absorb"} else 2
        found.append((kind, order[at : at + size]))
        at += size
    return found, draw(st.integers(-20, 20)), draw(st.integers(1, 9))


def events_of(kinds, top: Unit, units: list[Unit], tenth: int):
    share = {"b": f"0.{tenth}", "rest": f"0.{10 - tenth}"}
    for nth, (kind, numbers) in enumerate(kinds):
        some = [units[n] for n in numbers]
        said = commune(f"Xã mới {nth}", parent=top.slug)
        if kind == "merge":
            yield merge(some, f"m-{nth}", said)
        elif kind == "absorb":
            yield merge(some, some[0].slug)
        elif kind == "split":
            parts = {f"s-{nth}": share["b"], f"t-{nth}": share["rest"]}
            yield split(some[0], parts, dict.fromkeys(parts, said), rest=f"s-{nth}")
        elif kind == "part":
            yield split(some[0], {some[0].slug: share["b"], f"p-{nth}": share["rest"]}, {f"p-{nth}": said})
        elif kind == "rename":
            yield change("rename", some[0], name=f"Tên mới {nth}")
        elif kind == "retype":
            yield change("retype", some[0], kind="direct_committee")
        else:
            yield dissolve(some[0], rest=some[-1].slug)


@pytest.mark.django_db
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists())
def test_events_then_undo_is_as_if_nothing_had_been(db, given_list):
    kinds, days, tenth = given_list
    day = timezone.localdate() + dt.timedelta(days=days)
    with transaction.atomic():
        top, units = house()
        before, ids = all_rows(), [unit.pk for unit in units]
        done = confirmed(top, *events_of(kinds, top, units, tenth), on=day)

        figures = fold(ids, day).figures(dict.fromkeys(ids, 7))
        living = set(Unit.objects.filter(ended_on=None).values_list("pk", flat=True))
        assert sum(figures.values()) == 7 * NUMBER
        assert set(figures) <= living
        assert Person.objects.count() == NUMBER + 1

        undo_reorganisation(reorganisation=done, by=None)
        assert all_rows() == before
        transaction.set_rollback(True)
