"""Names of the units of a class through time."""

import datetime as dt

from vuntrong.classes.rules.through_time import Held, NameRow, NameThen, names_through_time

START, EVE, DAY, TODAY = dt.date(2026, 9, 14), dt.date(2027, 2, 28), dt.date(2027, 3, 1), dt.date(2027, 3, 5)
LONG_AGO = dt.date(2000, 1, 1)


def told(held: list[Held], names: dict[int, list[NameRow]], today: dt.date = TODAY) -> tuple[NameThen, ...]:
    return names_through_time(held, names, start=START, today=today)


def test_a_unit_that_never_changed_has_one_name():
    assert told([Held(1, None, None)], {1: [NameRow("A", LONG_AGO, None)]}) == (("A", None),)


def test_a_renamed_unit_tells_its_old_name_with_its_last_day():
    names = {1: [NameRow("Cũ", LONG_AGO, EVE), NameRow("Mới", DAY, None)]}

    assert told([Held(1, None, None)], names) == (("Mới", None), ("Cũ", EVE))
    assert told([Held(1, None, None)], names, today=EVE) == (("Cũ", None),)


def test_a_successor_follows_the_unit_that_ended():
    names = {1: [NameRow("Cũ", LONG_AGO, EVE)], 2: [NameRow("Mới", DAY, None)]}

    assert told([Held(2, DAY, None), Held(1, None, EVE)], names) == (("Mới", None), ("Cũ", EVE))


def test_names_from_before_the_class_are_left_out():
    names = {1: [NameRow("Xưa", LONG_AGO, dt.date(2026, 9, 13)), NameRow("Nay", START, None)]}

    assert told([Held(1, None, None)], names) == (("Nay", None),)


def test_equal_names_of_two_rows_are_one():
    names = {1: [NameRow("Như cũ", LONG_AGO, EVE)], 2: [NameRow("Như cũ", DAY, None)]}

    assert told([Held(1, None, EVE), Held(2, DAY, None)], names) == (("Như cũ", None),)
