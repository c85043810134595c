"""Two clerks merge at once. Real threads on real transactions, on whatever engine the suite runs."""

import pytest

from tests.classes.test_races import at_once
from tests.factories import make_person, make_unit
from vuntrong.kernel.log import first_broken
from vuntrong.registry.actions.merging import merge_people, undo_merge
from vuntrong.registry.models import Person, PersonMerge

pytestmark = pytest.mark.django_db(transaction=True)


def merging(kept: Person, gone: Person):
    return lambda: merge_people(kept=kept, gone=gone, from_gone=(), revisions=(0, 0), by=None)


def people(count: int) -> list[Person]:
    unit = make_unit()
    return [make_person(unit=unit) for _ in range(count)]


def test_two_clerks_merge_the_same_pair():
    one, other = people(2)

    answers = at_once(merging(one, other), merging(one, other))

    assert answers == ["StaleState", "done"]
    assert PersonMerge.objects.count() == 1
    assert first_broken() is None


def test_two_clerks_merge_a_pair_each_her_own_way():
    one, other = people(2)

    answers = at_once(merging(one, other), merging(other, one))

    assert answers == ["StaleState", "done"]
    assert Person.objects.filter(merged_into=None).count() == 1


def test_a_chain_merged_at_once_never_closes_into_a_ring():
    one, two, three = people(3)

    answers = at_once(merging(one, two), merging(two, three), merging(three, one))

    assert answers == ["StaleState", "StaleState", "done"]
    assert Person.objects.filter(merged_into=None).count() == 2


def test_two_clerks_undo_the_same_merge():
    one, other = people(2)
    done = merging(one, other)()

    answers = at_once(*[lambda: undo_merge(merge=done, by=None)] * 2)

    assert answers == ["done", "merge-already-undone"]
    assert Person.objects.filter(merged_into=None).count() == 2
