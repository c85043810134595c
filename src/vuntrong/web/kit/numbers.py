"""Numbers as people read them on a page: 1.234,5 in Vietnamese, 1,234.5 in English."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from vuntrong.web.kit.values import Number

THIN = "\u202f"
"""A thin gap that does not break: 83,3 %."""
MINUS = "−"
MILLION = 1_000_000


def _exact(value: Number) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(str(value))


def number(value: Number | None, digits: int | None = None) -> str:
    """Return the number with separators; `digits` decimals, or as many as it has. None gives a dash."""
    if value is None:
        return "–"
    exact = _exact(value)
    if digits is not None:
        exact = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1))
    shown = number_format(abs(exact), decimal_pos=digits, use_l10n=True, force_grouping=True)
    return f"{MINUS}{shown}" if exact < 0 else shown


def percent(share: Number | None, digits: int | None = None) -> str:
    """Return a share of one as percent: 0.3 is "30 %", 0.8333 "83,3 %"; at most one decimal unless `digits` says so."""
    if share is None:
        return "–"
    value = _exact(share) * 100
    if digits is None:
        value = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{number(value, digits)}{THIN}%"


def money(dong: Number | None) -> str:
    """Return a sum of đồng: from a million on in millions with at most one decimal, below it in đồng."""
    if dong is None:
        return "–"
    exact = _exact(dong)
    if abs(exact) < MILLION:
        return _("%(amount)s đồng") % {"amount": number(exact, 0)}
    millions = (exact / MILLION).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return _("%(amount)s million đồng") % {"amount": number(millions)}
