"""Numbers as Vietnamese papers write them: figures with dot and comma, words, shares of one hundred."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from vuntrong.kernel.text import nfc

Exact = int | Decimal | Fraction
"""A number without rounding of its own; floats are left out on purpose."""

_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))


def _units_after_tens(tens: int, units: int, four: str) -> str:
    """Return how the last digit is said after `tens` (at least 1): lăm, mốt, tư."""
    if units == 0:
        return ""
    if units == 5:
        return " lăm"
    if tens > 1 and units == 1:
        return " mốt"
    if tens > 1 and units == 4:
        return f" {four}"
    return f" {_UNITS[units]}"


def _group_words(group: int, *, full: bool, four: str, gap: str) -> str:
    """Return the words of 1 to 999; `full` says the hundreds even when they are none."""
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    said = f"{_UNITS[hundreds]} trăm" if hundreds or full else ""
    if rest == 0:
        return said
    if tens == 0:
        return f"{said} {gap} {_UNITS[units]}" if said else _UNITS[units]
    ten = "mười" if tens == 1 else f"{_UNITS[tens]} mươi"
    return f"{said} {ten}".strip() + _units_after_tens(tens, units, four)


def number_words(
    number: int, *, four: Literal["tư", "bốn"] = "tư", gap: Literal["linh", "lẻ"] = "linh", full: bool = False
) -> str:
    """Return a whole number in words: 12 is "mười hai", 105 "một trăm linh năm", 24 "hai mươi tư".

    `four` is said after mươi, `gap` for absent tens; `full` says absent hundreds too, as after a group of thousands.
    Raises ValueError below 0.
    """
    if number < 0:
        raise ValueError(f"no words for a number below 0: {number}")
    if number == 0:
        return _UNITS[0]
    words = []
    for size, scale in _SCALES:
        count, number = divmod(number, size)
        if count:
            words.append(f"{number_words(count, four=four, gap=gap, full=full)} {scale}")
            full = True
    if number:
        words.append(_group_words(number, full=full, four=four, gap=gap))
    return " ".join(words)


def money_words(dong: int, *, four: Literal["tư", "bốn"] = "tư", gap: Literal["linh", "lẻ"] = "linh") -> str:
    """Return a sum in đồng as papers repeat it: "Mười hai triệu năm trăm nghìn đồng". Raises ValueError below 0."""
    words = number_words(dong, four=four, gap=gap)
    return nfc(f"{words[0].upper()}{words[1:]} đồng")


def _half_up(value: Exact, digits: int) -> int:
    """Return `value` in units of its last shown digit, halves away from zero, as offices round."""
    scaled = abs(Fraction(value)) * 10**digits
    rounded = int(scaled + Fraction(1, 2))
    return -rounded if value < 0 else rounded


def vn_integer(number: int) -> str:
    """Return 1056 as 1.056."""
    return f"{number:,}".replace(",", ".")


def vn_decimal(value: Exact, digits: int) -> str:
    """Return a number with exactly `digits` decimals, rounded half up: 54,5 or 1.056,50."""
    rounded = _half_up(value, digits)
    whole, decimals = divmod(abs(rounded), 10**digits)
    sign = "-" if rounded < 0 else ""
    return f"{sign}{vn_integer(whole)}" + (f",{decimals:0{digits}d}" if digits else "")


def shares_to_hundred(values: Sequence[Exact], digits: int = 2) -> list[Decimal]:
    """Return the percentages of `values`, each with `digits` decimals, that sum to exactly 100 by largest remainder.

    Of equal remainders the earlier value gets the digit. When all values are 0 all shares are 0.
    Raises ValueError when a value is below 0.
    """
    exact = [Fraction(value) for value in values]
    if any(value < 0 for value in exact):
        raise ValueError("shares of a negative value have no meaning")
    total = sum(exact)
    if total == 0:
        return [Decimal(0).scaleb(-digits) for _ in exact]
    quotas = [value * 100 * 10**digits / total for value in exact]
    units = [int(quota) for quota in quotas]
    missing = 100 * 10**digits - sum(units)
    by_remainder = sorted(range(len(quotas)), key=lambda at: units[at] - quotas[at])
    for at in by_remainder[:missing]:
        units[at] += 1
    return [Decimal(unit).scaleb(-digits) for unit in units]


def is_share_moved(values: Sequence[Exact], digits: int = 2) -> bool:
    """Return whether a digit differs from plain rounding, which the note under the table must then say."""
    total = sum(Fraction(value) for value in values)
    if total == 0:
        return False
    plain = [Decimal(_half_up(Fraction(value) * 100 / total, digits)).scaleb(-digits) for value in values]
    return plain != shares_to_hundred(values, digits)
