"""Single cells of a workbook as values of the registry: text, dates, numbers of papers, words of catalogues."""

import datetime as dt
import re
from collections.abc import Callable, Mapping

from vuntrong.documents.cells import plain_text
from vuntrong.documents.codes import COUNTRY, read_code
from vuntrong.documents.columns import DateOrder
from vuntrong.documents.days import read_day
from vuntrong.documents.grids import RawValue
from vuntrong.exchange.rules.reading import Answer, Reader, Remark
from vuntrong.kernel.dates import BadDate
from vuntrong.kernel.text import nfc, search_key
from vuntrong.registry.enums import Sex, YearlyGrade

EMPTY = Answer("")
FULL_ID, OLD_ID = 12, 9
"""Digits of a personal ID, and of the old identity card."""
PHONE = re.compile(r"0\d{9,10}")
PHONE_SIGNS = re.compile(r"[\s.\-()']")
TICKS = frozenset({"x", "v", "✓", "✔", "1"})
"""Signs that a clerk puts into a column "Nam" or "Nữ" that holds no dates."""
NOTHING = frozenset({"", "-", "--", "…", "...", "/"})
"""What stands in a cell that says nothing."""
SEXES = {"nam": Sex.MALE, "trai": Sex.MALE, "male": Sex.MALE, "m": Sex.MALE} | {
    "nu": Sex.FEMALE,
    "gai": Sex.FEMALE,
    "female": Sex.FEMALE,
    "f": Sex.FEMALE,
}
TITLES = re.compile(
    r"^(?:(?:đ/c|đ\.c|đồng chí|ông|bà|anh|chị|gs|pgs|ts|ths|cn|ks|bs|ckii|cki|bsckii|bscki)(?:[.\s]+|(?=[A-ZĐ])))+",
    re.IGNORECASE,
)
GRADES = {
    "hoan thanh xuat sac nhiem vu": YearlyGrade.EXCELLENT,
    "hoan thanh xuat sac": YearlyGrade.EXCELLENT,
    "xuat sac": YearlyGrade.EXCELLENT,
    "htxsnv": YearlyGrade.EXCELLENT,
    "htxs": YearlyGrade.EXCELLENT,
    "hoan thanh tot nhiem vu": YearlyGrade.GOOD,
    "hoan thanh tot": YearlyGrade.GOOD,
    "tot": YearlyGrade.GOOD,
    "httnv": YearlyGrade.GOOD,
    "htt": YearlyGrade.GOOD,
    "hoan thanh nhiem vu": YearlyGrade.COMPLETED,
    "hoan thanh": YearlyGrade.COMPLETED,
    "htnv": YearlyGrade.COMPLETED,
    "khong hoan thanh nhiem vu": YearlyGrade.FAILED,
    "khong hoan thanh": YearlyGrade.FAILED,
    "khtnv": YearlyGrade.FAILED,
    "kht": YearlyGrade.FAILED,
}
"""Words and usual abbreviations of the yearly grading, by search key."""


def said(value: RawValue) -> str:
    """Return what a cell says as clean text; signs that say nothing read as empty."""
    text = nfc(value) if isinstance(value, str) else plain_text(value)
    return "" if text in NOTHING else text


def text(limit: int) -> Reader:
    """Return a reader of text of at most `limit` characters; a longer one is an error."""

    def read(value: RawValue) -> Answer:
        found = said(value)
        if len(found) <= limit:
            return Answer(found)
        return Answer("", (Remark("text-too-long", {"length": len(found), "limit": limit}, is_error=True),))

    return read


def name(value: RawValue) -> Answer:
    """Read a name: titles before it are dropped, a name in capitals is written as names are."""
    found = said(value)
    if not found:
        return EMPTY
    found = TITLES.sub("", found).strip(" .,")
    if found.isupper() and len(found) > 3:
        found = " ".join(word[:1] + word[1:].lower() for word in found.split())
    if len(found) > 120:
        return Answer("", (Remark("text-too-long", {"length": len(found), "limit": 120}, is_error=True),))
    if any(sign.isdigit() for sign in found):
        return Answer(found, (Remark("name-odd", {"value": found}),))
    return Answer(found)


def day(order: DateOrder, latest_year: int) -> Reader:
    """Return a reader of dates or what is known of them, as ISO text; `latest_year` tells the century of d-m-yy."""

    def read(value: RawValue) -> Answer:
        if isinstance(value, dt.date) and order is not DateOrder.SWAPPED:
            return Answer(f"{value.year:04d}-{value.month:02d}-{value.day:02d}")
        try:
            found = read_day(value, order=order, latest_year=latest_year)
        except BadDate as error:
            return Answer("", (Remark(error.code, {"value": said(value)}, is_error=True),))
        return Answer(found.iso()) if found else EMPTY

    return read


def ticked_day(order: DateOrder, latest_year: int) -> Reader:
    """Return a reader of a column "Nam" or "Nữ": a date, or a tick, which says the sex only (`x`)."""
    plain = day(order, latest_year)

    def read(value: RawValue) -> Answer:
        if isinstance(value, str) and value.strip().casefold() in TICKS:
            return Answer("x")
        return plain(value) if said(value) else EMPTY

    return read


def sex(value: RawValue) -> Answer:
    """Read Nam or Nữ."""
    found = said(value)
    known = SEXES.get(search_key(found))
    if found and known is None:
        return Answer("", (Remark("sex-unknown", {"value": found}, is_error=True),))
    return Answer(known.value if known else "")


def personal_id(*, zeros: bool) -> Reader:
    """Return a reader of a personal ID, old or new; with `zeros` the zeros that a spreadsheet ate are put back."""

    def read(value: RawValue) -> Answer:
        if value == "":
            return EMPTY
        code = read_code(value, (FULL_ID, OLD_ID))
        if not said(code.text):
            return EMPTY
        if code.text.isdigit() and len(code.text) in {FULL_ID, OLD_ID}:
            return Answer(code.text)
        if not code.offer:
            return Answer("", (Remark("id-odd", {"value": code.text}),))
        if zeros:
            return Answer(code.offer, (Remark("id-zero-restored", {"value": code.offer}),))
        return Answer("", (Remark("id-zero-lost", {"value": code.text, "offer": code.offer}),))

    return read


def phone(*, zeros: bool) -> Reader:
    """Return a reader of a telephone number; an odd one is kept and warned about."""

    def read(value: RawValue) -> Answer:
        if value == "":
            return EMPTY
        plain = COUNTRY.sub("0", PHONE_SIGNS.sub("", plain_text(value)))
        if not plain:
            return EMPTY
        if PHONE.fullmatch(plain):
            return Answer(plain)
        code = read_code(plain, (10,), zeros=1)
        if not code.offer:
            return Answer(plain_text(value)[:20], (Remark("phone-odd", {"value": plain_text(value)}),))
        if zeros:
            return Answer(code.offer, (Remark("phone-zero-restored", {"value": code.offer}),))
        return Answer(plain, (Remark("phone-zero-lost", {"value": plain, "offer": code.offer}),))

    return read


def email(value: RawValue) -> Answer:
    """Read an e-mail address; an odd one is left out and warned about."""
    found = said(value).lower()
    if not found or (len(found) <= 120 and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", found)):
        return Answer(found)
    return Answer("", (Remark("email-odd", {"value": found}),))


def grade(value: RawValue) -> Answer:
    """Read a yearly grading; words that are none are warned about and left out."""
    found = said(value)
    known = GRADES.get(" ".join(re.sub(r"[^\w]+", " ", search_key(found)).split()))
    if found and known is None:
        return Answer("", (Remark("grade-unknown", {"value": found}),))
    return Answer(known.value if known else "")


def listed(match: Callable[[str], object], code: str) -> Reader:
    """Return a reader of a word of a catalogue: `match` gives its key, or nothing for a word that is not there."""

    def read(value: RawValue) -> Answer:
        found = said(value)
        if not found:
            return Answer(None)
        known = match(found)
        return Answer(known) if known is not None else Answer(None, (Remark(code, {"value": found}),))

    return read


def by_key(names: Mapping[str, int]) -> Callable[[str], int | None]:
    """Return a matcher over search keys."""

    def match(found: str) -> int | None:
        return names.get(search_key(found))

    return match
