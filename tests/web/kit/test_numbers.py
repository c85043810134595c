"""Numbers as people read them, in both languages."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from vuntrong.web.kit import numbers


@pytest.mark.parametrize(
    ("value", "digits", "vietnamese", "english"),
    [
        (0, None, "0", "0"),
        (999, None, "999", "999"),
        (1000, None, "1.000", "1,000"),
        (55001, None, "55.001", "55,001"),
        (-593, None, "−593", "−593"),
        (Decimal("4812.50"), None, "4.812,50", "4,812.50"),
        (Decimal("4812.00"), None, "4.812", "4,812"),
        (54.5, 1, "54,5", "54.5"),
        (Fraction(327, 6), 1, "54,5", "54.5"),
        (Decimal("0.05"), 1, "0,1", "0.1"),
        (None, None, "–", "–"),
    ],
)
def test_number_has_the_separators_of_the_language(value, digits, vietnamese, english):
    with translation.override("vi"):
        in_vietnamese = numbers.number(value, digits)
    with translation.override("en"):
        in_english = numbers.number(value, digits)

    assert (in_vietnamese, in_english) == (vietnamese, english)


@pytest.mark.parametrize(
    ("share", "digits", "shown"),
    [
        (Fraction(6, 20), None, "30\u202f%"),
        (Fraction(40, 48), None, "83,3\u202f%"),
        (1, 1, "100,0\u202f%"),
        (0, None, "0\u202f%"),
        (0.29999999999, None, "30\u202f%"),
        (None, None, "–"),
    ],
)
def test_percent_of_a_share_of_one(share, digits, shown):
    with translation.override("vi"):
        assert numbers.percent(share, digits) == shown


@pytest.mark.parametrize(
    ("dong", "shown"),
    [
        (999_999, "999.999 đồng"),
        (1_000_000, "1 million đồng"),
        (4_812_500_000, "4.812,5 million đồng"),
        (None, "–"),
    ],
)
def test_money_changes_to_millions_at_a_million(dong, shown):
    with translation.override("vi"):
        words = numbers.money(dong)

    assert words.replace("triệu", "million") == shown
