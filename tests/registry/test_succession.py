import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_unit
from vuntrong.registry.enums import EventKind
from vuntrong.registry.models import UnitEvent, UnitEventLink
from vuntrong.registry.queries import fold, predecessors, successors
from vuntrong.registry.rules.succession import Link, Part, divided, fold_of

DAY = dt.date(2025, 7, 1)
LATER = dt.date(2027, 3, 1)
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
A, B, C, D, E = 1, 2, 3, 4, 5


def test_a_merger_a_new_name_and_a_split_fold_into_the_units_at_the_end():
    folded = fold_of(
        [
            Link(A, C, None, DAY, 1),
            Link(B, C, None, DAY, 1),
            Link(C, C, None, DAY, 2),
            Link(C, D, Fraction(3, 4), LATER, 3),
            Link(C, E, Fraction(1, 4), LATER, 3),
        ]
    )

    assert folded.parts(A) == (Part(D, Fraction(3, 4)), Part(E, Fraction(1, 4)))
    assert (folded.heir(B), folded.heir(D)) == (D, D)
    assert folded.figures({A: 9, B: 5, D: 1}) == {D: 7 + 4 + 1, E: 2 + 1}


@pytest.mark.parametrize(
    ("since", "parts"),
    [
        (None, (Part(A, Fraction(3, 5)), Part(B, Fraction(2, 5)))),
        (DAY - dt.timedelta(days=1), (Part(A, Fraction(3, 5)), Part(B, Fraction(2, 5)))),
        (DAY, (Part(A, Fraction(1)),)),
    ],
)
def test_a_unit_that_gave_a_part_away_is_divided_only_for_the_days_before(since, parts):
    folded = fold_of([Link(A, A, Fraction(3, 5), DAY, 1), Link(A, B, Fraction(2, 5), DAY, 1)])

    assert folded.parts(A, since) == parts


def test_two_events_of_one_day_follow_each_other_as_they_were_entered():
    folded = fold_of(
        [
            Link(A, B, HALF, DAY, 1),
            Link(A, C, HALF, DAY, 1),
            Link(C, D, None, DAY, 2),
            Link(C, C, None, DAY, 3),
        ]
    )

    assert folded.parts(A) == (Part(B, HALF), Part(D, HALF))


def test_equal_parts_give_the_odd_one_to_the_earlier():
    assert divided(10, [Part(A, THIRD), Part(B, THIRD), Part(C, THIRD)]) == [4, 3, 3]


@st.composite
def chains(draw):
    """Events in the order of their days; a unit may go whole, in parts, into itself, or come back later."""
    links = []
    for event in range(draw(st.integers(0, 6))):
        day = DAY + dt.timedelta(days=draw(st.integers(0, 5)) + event * 3)
        kind = draw(st.sampled_from(["merge", "split"]))
        if kind == "merge":
            target = draw(st.integers(1, 8))
            sources = draw(st.sets(st.integers(1, 8), min_size=1, max_size=3))
            links += [Link(one, target, None, day, event) for one in sorted(sources)]
        else:
            weights = draw(st.dictionaries(st.integers(1, 8), st.integers(1, 9), min_size=1, max_size=4))
            source = draw(st.integers(1, 8))
            total = sum(weights.values())
            links += [Link(source, one, Fraction(weight, total), day, event) for one, weight in weights.items()]
    return links


@given(chains(), st.dictionaries(st.integers(1, 8), st.integers(0, 500)), st.integers(-2, 25))
def test_folding_keeps_every_total(links, figures, days):
    since = DAY + dt.timedelta(days=days)

    folded = fold_of(links)

    assert sum(folded.figures(figures).values()) == sum(figures.values())
    assert sum(folded.figures(figures, since).values()) == sum(figures.values())
    assert all(sum(part.share for part in folded.parts(unit)) == 1 for unit in figures)


def happened(kind: str, day: dt.date, *links) -> None:
    event = UnitEvent.objects.create(kind=kind, happened_on=day)
    for old, new, share in links:
        UnitEventLink.objects.create(event=event, from_unit=old, to_unit=new, share=share)


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 3])
def test_a_chain_of_any_length_is_read_in_two_queries(length, django_assert_num_queries):
    units = [make_unit() for _ in range(length + 1)]
    for nth in range(length):
        happened(EventKind.MERGE, DAY + dt.timedelta(days=nth), (units[nth], units[nth + 1], None))

    with django_assert_num_queries(2):
        folded = fold([units[0].pk], DAY + dt.timedelta(days=length))

    assert folded.heir(units[0].pk) == units[length].pk
    with django_assert_num_queries(1):
        assert predecessors([units[length].pk], LATER) == {unit.pk for unit in units[:length]}


@pytest.mark.django_db
def test_what_happens_later_or_in_parts_is_told_apart():
    whole, part, left, last = (make_unit() for _ in range(4))
    happened(EventKind.SPLIT, DAY, (whole, part, "0.6000"), (whole, left, "0.4000"))
    happened(EventKind.MERGE, LATER, (part, last, None))

    assert successors([whole.pk], DAY - dt.timedelta(days=1)) == {whole.pk: (Part(whole.pk, Fraction(1)),)}
    assert successors([whole.pk], DAY)[whole.pk] == (Part(part.pk, Fraction(3, 5)), Part(left.pk, Fraction(2, 5)))
    assert successors([whole.pk], LATER)[whole.pk] == (Part(last.pk, Fraction(3, 5)), Part(left.pk, Fraction(2, 5)))
    assert predecessors([last.pk], LATER) == {part.pk}
    assert predecessors([last.pk], LATER, whole=False) == {part.pk, whole.pk}
    assert fold([]).parts(7) == (Part(7, Fraction(1)),)
