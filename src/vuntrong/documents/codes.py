"""Numbers that are names: identity and telephone numbers, whose zeros spreadsheets eat and whose dots clerks add."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vuntrong.documents.cells import plain_text
from vuntrong.documents.grids import RawValue

LOST_ZERO = "leading-zero-lost"
SIGNS = re.compile(r"[\s.\-']+")
COUNTRY = re.compile(r"^(?:\+|00)84(?:\(0\))?(?=\d{9,10}$)")
"""+84 912 345 678 for 0912 345 678."""


@dataclass(frozen=True)
class Code:
    """A number as it stands, without spaces and dots, and what it would be with the zeros it seems to have lost.

    `offer` is empty when nothing is missing; nobody but a person may take it.
    """

    text: str
    offer: str = ""


def read_code(value: RawValue, lengths: Sequence[int], *, zeros: int = 3) -> Code:
    """Read a number that must have one of `lengths` digits; at most `zeros` may be lost.

    A telephone number is `read_code(value, (10,), zeros=1)`, an identity number `read_code(value, (12, 9))`. Text that
    is no number comes back as it stands: whether it may be is the caller's rule.
    """
    text = plain_text(value)
    bare = COUNTRY.sub("0", SIGNS.sub("", text))
    if not (bare.isascii() and bare.isdigit()):
        return Code(text)
    if len(bare) in lengths or bare.startswith("0"):
        return Code(bare)
    short = [length for length in lengths if 0 < length - len(bare) <= zeros]
    return Code(bare, bare.zfill(min(short)) if short else "")
