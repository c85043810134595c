"""Titles that lists put before a name: Đ/c, Ông, ThS."""

import re
from dataclasses import dataclass

from vuntrong.kernel.text import nfc

_FORMS_OF_ADDRESS = r"đ\s*/\s*c|đ/?chí|đồng chí|đc|ông|bà|anh|chị|mr|mrs|ms"
_DEGREES = r"gs|pgs|ts|ths|th\s*\.\s*s|cn|ks|bs|bsck[i1]+|ds|ts\s*khoa học|tskh|cvc|cvcc|cv|luật sư|ls"
_RANKS = r"đại tá|thượng tá|trung tá|thiếu tá|đại uý|đại úy|thượng uý|thượng úy|trung uý|trung úy|thiếu uý|thiếu úy"
_DOTTED = re.compile(rf"(?:{_DEGREES}|{_FORMS_OF_ADDRESS})\s*[.:]\s*", re.IGNORECASE)
"""With a point or a colon every one of them is a title: TS. Lê An."""
_SPOKEN = re.compile(rf"(?:đ\s*/\s*c|đ/?chí|đồng chí|đ/c|(?:ông|bà)(?=\s+\S+\s+\S)|{_RANKS})\s+", re.IGNORECASE)
"""Without a point only what cannot be a family name; after Ông and Bà there must be two words more."""


@dataclass(frozen=True)
class TitledName:
    """A name and what stood before it; `title` is empty for nearly every name."""

    title: str
    name: str


def without_title(text: str) -> TitledName:
    """Cut the titles before a name: "Đ/c ThS. Lê Thị An" is Lê Thị An. A lone title stays as it is."""
    given = nfc(text)
    at = 0
    while found := _DOTTED.match(given, at) or _SPOKEN.match(given, at):
        at = found.end()
    rest = given[at:].strip()
    return TitledName(given[:at].strip(), rest) if at and rest else TitledName("", given)
