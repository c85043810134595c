"""Units of then as units of today: whole, by shares, through a chain; the sum never moves."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from vuntrong.registry.rules.succession import Link, fold_of
from vuntrong.reports.rules.figures import Figure
from vuntrong.reports.rules.folding import Sent, UnitLine, covered_ids, divided_owners, folded_lines, then_lines

DAY = dt.date(2027, 3, 1)
LATER = dt.date(2028, 1, 1)
NAMES = {key: f"xã {key}" for key in range(1, 9)}
MERGE = [Link(1, 3, None, DAY, 1), Link(2, 3, None, DAY, 1)]
SPLIT = [Link(1, 4, Fraction("0.6"), DAY, 1), Link(1, 5, Fraction("0.4"), DAY, 1)]


def sent(unit_id: int, *people: str, since: dt.date | None = dt.date(2026, 9, 14)) -> Sent:
    return Sent(unit_id, since, people)


def told(lines: tuple[UnitLine, ...]) -> list[tuple[str, int, int, bool]]:
    return [(line.key, line.learners, line.turns, line.is_apportioned) for line in lines]


def test_as_it_was_then_every_unit_has_its_line():
    lines = then_lines([sent(1, "a", "b", "a"), sent(2, "c")], NAMES)

    assert told(lines) == [("1", 2, 3, False), ("2", 1, 1, False)]


def test_merged_units_are_one_and_their_people_count_once():
    lines = folded_lines([sent(1, "a", "b"), sent(2, "b", "c")], fold_of(MERGE), NAMES)

    assert told(lines) == [("1,2", 3, 4, False)]
    assert lines[0].label == "xã 3"


def test_a_split_divides_by_largest_remainder_and_says_so():
    lines = folded_lines([sent(1, "a", "b", "c", "d", "e", "f", "g")], fold_of(SPLIT), NAMES)

    assert told(lines) == [("1", 4, 4, True), ("1", 3, 3, True)]


def test_days_of_a_split_unit_are_divided_together():
    days = [sent(1, person, since=dt.date(2026, 9, day)) for day, person in enumerate("abcde", start=1)]

    assert [line.turns for line in folded_lines(days, fold_of(SPLIT), NAMES)] == [3, 2]


def test_a_chain_of_two_ends_at_the_last_unit():
    chain = [*MERGE, Link(3, 6, None, LATER, 2)]

    assert told(folded_lines([sent(1, "a"), sent(3, "b")], fold_of(chain), NAMES)) == [("1,3", 2, 2, False)]


def test_what_was_sent_after_the_event_stays_with_the_unit_that_went_on():
    kept = [Link(1, 1, Fraction("0.6"), DAY, 1), Link(1, 5, Fraction("0.4"), DAY, 1)]

    lines = folded_lines([sent(1, "a", since=DAY)], fold_of(kept), NAMES)

    assert told(lines) == [("1", 1, 1, False)]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 40)), max_size=6), st.integers(1, 99))
def test_the_whole_keeps_its_turns(rows, percent):
    share = Fraction(percent, 100)
    links = [Link(1, 4, share, DAY, 1), Link(1, 5, 1 - share, DAY, 1), Link(2, 4, None, DAY, 2)]
    known = [sent(unit, *(f"{at}-{one}" for one in range(count))) for at, (unit, count) in enumerate(rows)]

    folded = folded_lines(known, fold_of(links), NAMES)

    assert sum(line.turns for line in folded) == sum(len(one.people) for one in known)


def owner(key: int, classes: int, learners: int, turns: int) -> Figure:
    return Figure(str(key), f"xã {key}", classes, learners, turns, sexes={"male": 1}, results={"good": 1})


def test_the_classes_of_a_divided_owner_are_divided_and_its_key_goes_along():
    lines = divided_owners([owner(1, 5, 100, 120), owner(4, 2, 30, 30)], fold_of(SPLIT), NAMES)

    assert [(one.key, one.classes, one.learners, one.turns) for one in lines] == [
        ("4,1", 5, 90, 102),
        ("5,1", 2, 40, 48),
    ]
    assert lines[0].sexes == {}


def test_an_owner_that_was_not_divided_keeps_its_line():
    line = owner(4, 2, 30, 30)

    assert divided_owners([line], fold_of(SPLIT), NAMES) == (line,)


def test_a_unit_covers_what_went_whole_into_it_and_not_what_went_elsewhere():
    links = [*MERGE, Link(7, 8, None, DAY, 3)]

    covered = covered_ids({3, 7}, frozenset({3}), {1, 2}, fold_of(links), is_alive=True)

    assert covered == {1, 2, 3}


def test_what_ended_without_successor_stays_and_an_ended_unit_keeps_what_it_had():
    assert covered_ids({1, 9}, frozenset({1}), set(), fold_of([]), is_alive=True) == {1, 9}
    assert covered_ids({1, 2}, frozenset({1}), set(), fold_of(MERGE), is_alive=False) == {1, 2}


def test_a_divided_unit_from_outside_is_not_taken_in_part():
    assert covered_ids({4}, frozenset({4}), {1}, fold_of(SPLIT), is_alive=True) == {4}
    assert covered_ids({4}, frozenset({4, 5}), {1}, fold_of(SPLIT), is_alive=True) == {1, 4, 5}


def test_shares_of_a_database_are_exact():
    assert Fraction(Decimal("0.3333")) + Fraction(Decimal("0.6667")) == 1
