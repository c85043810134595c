"""What looks wrong in the numbers and addresses of a person. These checks warn; nobody is kept out by them.

Source of the digits: Nghị định 137/2015/NĐ-CP and Thông tư 07/2016/TT-BCA, as quoted in public guides.
"""

import re
from dataclasses import dataclass

from vuntrong.kernel.errors import Violation
from vuntrong.kernel.text import nfc
from vuntrong.registry.enums import Sex

ID_DIGITS, OLD_ID_DIGITS = 12, 9
LAST_AREA = 96
"""Codes of the place where a birth was registered run from 001 to 096 and stay when provinces merge."""
FIRST_CENTURY = 1900
"""The fourth digit counts half-centuries of sex: 0 a man and 1 a woman of 1900-1999, 2 and 3 of 2000-2099."""

_SPACES = re.compile(r"[\s.\-_']+")
_PHONE_SIGNS = re.compile(r"[\s.\-()]+")
_PHONE = re.compile(r"0[235789]\d{8,9}")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(\.[^@\s,;<>.]+)+")


@dataclass(frozen=True)
class Checked:
    """A value without its spaces and dots, what it may have been meant to be, and what is odd about it."""

    value: str
    repair: str = ""
    """A likely correction, to be offered and never taken silently."""
    warnings: tuple[Violation, ...] = ()


def id_of(text: str) -> tuple[str, str]:
    """Return (number of twelve digits, number of nine): which kind of identity number a text is; the other is empty."""
    plain = _SPACES.sub("", nfc(text))
    return ("", plain) if len(plain) == OLD_ID_DIGITS and plain.isdigit() else (plain, "")


def check_personal_id(text: str, *, sex: str = "", born_year: int | None = None) -> Checked:
    """Check a personal identity number of twelve digits against itself, the sex and the year of birth, where known."""
    plain = _SPACES.sub("", nfc(text))
    if not plain:
        return Checked("")
    if not (plain.isascii() and plain.isdigit()):
        return Checked(plain, warnings=(Violation("id-not-digits"),))
    if len(plain) == ID_DIGITS - 1 and plain[0] != "0":
        return Checked(plain, "0" + plain, (Violation("id-lost-zero", "", {"repair": "0" + plain}),))
    if len(plain) != ID_DIGITS:
        return Checked(plain, warnings=(Violation("id-length", "", {"count": len(plain)}),))
    return Checked(plain, warnings=tuple(_odd_digits(plain, sex, born_year)))


def _odd_digits(plain: str, sex: str, born_year: int | None) -> list[Violation]:
    found = []
    century, sign = divmod(int(plain[3]), 2)
    year = FIRST_CENTURY + 100 * century + int(plain[4:6])
    if not 1 <= int(plain[:3]) <= LAST_AREA:
        found.append(Violation("id-area", "", {"area": plain[:3]}))
    if sex and (Sex.FEMALE if sign else Sex.MALE) != sex:
        found.append(Violation("id-sex"))
    if born_year is not None and year != born_year:
        found.append(Violation("id-year", "", {"year": year}))
    return found


def check_old_id(text: str) -> Checked:
    """Check a number of an old identity card: nine digits."""
    plain = _SPACES.sub("", nfc(text))
    if not plain:
        return Checked("")
    if not (plain.isascii() and plain.isdigit()):
        return Checked(plain, warnings=(Violation("id-not-digits"),))
    if len(plain) == OLD_ID_DIGITS - 1:
        return Checked(plain, "0" + plain, (Violation("id-lost-zero", "", {"repair": "0" + plain}),))
    if len(plain) != OLD_ID_DIGITS:
        return Checked(plain, warnings=(Violation("old-id-length", "", {"count": len(plain)}),))
    return Checked(plain)


def check_phone(text: str) -> Checked:
    """Check a telephone number of this country: ten digits, eleven with a provincial code, from 0; +84 is read as 0."""
    plain = _PHONE_SIGNS.sub("", nfc(text))
    if not plain:
        return Checked("")
    if plain.startswith("+84"):
        plain = "0" + plain[3:].removeprefix("0")
    if _PHONE.fullmatch(plain):
        return Checked(plain)
    if plain.isdigit() and _PHONE.fullmatch("0" + plain) and len(plain) == 9:
        return Checked(plain, "0" + plain, (Violation("phone-lost-zero", "", {"repair": "0" + plain}),))
    return Checked(plain, warnings=(Violation("phone-form"),))


def check_email(text: str) -> Checked:
    """Check the form of an e-mail address."""
    plain = nfc(text)
    if not plain or _EMAIL.fullmatch(plain):
        return Checked(plain)
    return Checked(plain, warnings=(Violation("email-form"),))
