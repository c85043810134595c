from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuntrong.kernel.numbers import (
    is_share_moved,
    money_words,
    number_words,
    shares_to_hundred,
    vn_decimal,
    vn_integer,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (4, "bốn"),
        (5, "năm"),
        (9, "chín"),
        (10, "mười"),
        (11, "mười một"),
        (12, "mười hai"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (99, "chín mươi chín"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (121, "một trăm hai mươi mốt"),
        (327, "ba trăm hai mươi bảy"),
        (999, "chín trăm chín mươi chín"),
        (1000, "một nghìn"),
        (1001, "một nghìn không trăm linh một"),
        (1010, "một nghìn không trăm mười"),
        (1056, "một nghìn không trăm năm mươi sáu"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (10_000, "mười nghìn"),
        (21_000, "hai mươi mốt nghìn"),
        (55_001, "năm mươi lăm nghìn không trăm linh một"),
        (1_000_000, "một triệu"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (2_050_000, "hai triệu không trăm năm mươi nghìn"),
        (999_999_999, "chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín"),
        (1_000_000_000, "một tỷ"),
        (1_000_000_001, "một tỷ không trăm linh một"),
        (12_500_000_000, "mười hai tỷ năm trăm triệu"),
        (3_000_000_000_000, "ba nghìn tỷ"),
        (3_005_000_000_000, "ba nghìn không trăm linh năm tỷ"),
    ],
)
def test_number_words(number, words):
    assert number_words(number) == words


def test_number_words_follow_the_settings_of_the_unit():
    assert number_words(1_104, gap="lẻ") == "một nghìn một trăm lẻ bốn"
    assert number_words(24_124, four="bốn") == "hai mươi bốn nghìn một trăm hai mươi bốn"


def test_number_words_refuse_a_number_below_zero():
    with pytest.raises(ValueError, match="below 0: -1"):
        number_words(-1)


@given(st.integers(0, 10**13))
def test_number_words_are_clean(number):
    words = number_words(number)

    assert words == " ".join(words.split())


@given(st.integers(0, 10**13), st.integers(0, 10**13))
def test_number_words_tell_numbers_apart(one, other):
    assert (number_words(one) == number_words(other)) == (one == other)


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "Không đồng"),
        (500, "Năm trăm đồng"),
        (12_500_000, "Mười hai triệu năm trăm nghìn đồng"),
        (1_000_000_000, "Một tỷ đồng"),
    ],
)
def test_money_words(dong, words):
    assert money_words(dong) == words


@pytest.mark.parametrize(
    ("number", "figures"),
    [(0, "0"), (999, "999"), (1000, "1.000"), (1056, "1.056"), (12_500_000, "12.500.000"), (-1056, "-1.056")],
)
def test_vn_integer(number, figures):
    assert vn_integer(number) == figures


@pytest.mark.parametrize(
    ("value", "digits", "figures"),
    [
        (Decimal("54.5"), 1, "54,5"),
        (30, 1, "30,0"),
        (Fraction(1, 3), 2, "0,33"),
        (Decimal("0.05"), 1, "0,1"),
        (Decimal("0.049"), 1, "0,0"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("1056.5"), 2, "1.056,50"),
        (Decimal("999.995"), 2, "1.000,00"),
        (Decimal("-54.55"), 1, "-54,6"),
        (Decimal("-0.04"), 1, "0,0"),
    ],
)
def test_vn_decimal(value, digits, figures):
    assert vn_decimal(value, digits) == figures


@pytest.mark.parametrize(
    ("values", "digits", "shares"),
    [
        ([], 2, []),
        ([0, 0], 2, ["0.00", "0.00"]),
        ([7], 2, ["100.00"]),
        ([1, 1, 1], 2, ["33.34", "33.33", "33.33"]),
        ([94, 54, 45, 134], 2, ["28.75", "16.51", "13.76", "40.98"]),
        ([1, 0, 2], 1, ["33.3", "0.0", "66.7"]),
        ([1, 1, 1], 0, ["34", "33", "33"]),
        ([Fraction(1, 2), Decimal("0.5")], 1, ["50.0", "50.0"]),
    ],
)
def test_shares_to_hundred(values, digits, shares):
    assert [str(share) for share in shares_to_hundred(values, digits)] == shares


def test_shares_refuse_a_value_below_zero():
    with pytest.raises(ValueError, match="negative"):
        shares_to_hundred([3, -1])


@given(st.lists(st.integers(0, 60_000), min_size=1).filter(any), st.integers(0, 4))
def test_shares_sum_to_exactly_hundred_and_stay_next_to_the_truth(values, digits):
    shares = shares_to_hundred(values, digits)

    assert sum(shares) == 100
    step = Fraction(1, 10**digits)
    for value, share in zip(values, shares, strict=True):
        assert abs(Fraction(share) - Fraction(100 * value, sum(values))) < step


@pytest.mark.parametrize(
    ("values", "moved"), [([], False), ([0], False), ([1, 1], False), ([1, 1, 1], True), ([94, 54, 45, 134], False)]
)
def test_note_is_due_only_when_a_digit_was_moved(values, moved):
    assert is_share_moved(values) is moved
