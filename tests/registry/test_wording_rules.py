"""The check of words: what counts as naming something that ended."""

import datetime as dt

import pytest

from vuntrong.registry.rules.wording import Named, ended_mentions, lexicon, spelling

EVE = dt.date(2027, 2, 28)
KNOWN = lexicon(
    [
        Named("xã Phú Mỹ", EVE, "xã Tân Phú"),
        Named("xã Phú Mỹ Hưng"),
        Named("Huyện ủy", dt.date(2025, 6, 30), "Đảng ủy xã"),
        Named("Huyện ủy Tuyên Hóa", dt.date(2025, 6, 30), "Đảng ủy xã Tuyên Hóa"),
        Named("xã Tân Phong", EVE),
        Named("xã Tân Phong"),
    ]
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Mở lớp tại xã Phú Mỹ.", ["xã Phú Mỹ"]),
        ("MỞ LỚP TẠI XÃ PHÚ MỸ", ["XÃ PHÚ MỸ"]),
        ("của Huyện uỷ Tuyên Hoá giao", ["Huyện uỷ Tuyên Hoá"]),
        ("của Huyện ủy giao", ["Huyện ủy"]),
        ("tại xã Phú Mỹ Hưng", []),
        ("tại xã Phú", []),
        ("tại xã Phù Mỹ", []),
        ("xã Tân Phong", []),
        ("xã Phú Mỹ và xã Phú Mỹ", ["xã Phú Mỹ"]),
        ("xã Phú\nMỹ; Huyện ủy", ["xã Phú Mỹ", "Huyện ủy"]),
        ("", []),
    ],
)
def test_the_longest_name_counts_and_a_name_in_use_covers_an_ended_one(text, written):
    assert [one.written for one in ended_mentions(text, KNOWN)] == written


@pytest.mark.parametrize(("one", "other"), [("Hoà", "hòa"), ("thuỷ", "Thủy"), ("Uỷ ban", "ủy  ban")])
def test_the_place_of_the_tone_makes_no_difference(one, other):
    assert spelling(one) == spelling(other)


def test_of_two_ends_the_later_counts():
    [found] = ended_mentions("xã A", lexicon([Named("xã A", EVE), Named("xã A", dt.date(2020, 1, 1))]))

    assert found.named.ended_on == EVE


def test_nothing_known_finds_nothing():
    assert ended_mentions("xã Phú Mỹ", lexicon([])) == []
