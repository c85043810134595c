"""Vietnamese text: one stored form, one form to search by, one form to sort by, and the parts of a name."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_LOOKALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
"""Letters of other languages that some keyboards give for Đ."""
_LOOKALIKE = re.compile("[ÐƉðɖ]")
_PLAIN_SIGNS = str.maketrans("‘’ʼ′`´“”«»″‐‑‒–—−", "''''''\"\"\"\"\"------")
_BASE_LETTERS = str.maketrans({"đ": "d", "`": "'"}) | {
    ord(letter): unicodedata.normalize("NFD", letter)[0]
    for letter in map(chr, range(0xC0, 0x1EFA))
    if letter.islower() and unicodedata.normalize("NFD", letter)[0] in "aeiouy"
}
"""Vietnamese letters and their neighbours without marks: the usual text needs nothing slower."""
_I_FOR_Y = re.compile(r"\b(qu|[hklmst])y")


def nfc(text: str) -> str:
    """Return one line of text as it is stored: NFC, single spaces, trimmed, nothing invisible, Đ for its look-alikes.

    Every kind of space and line break becomes one space. Control, zero-width and direction marks are removed, for two
    names that look equal must be equal.
    """
    if _is_stored(text):
        return text
    spaced = " ".join(text.split())
    visible = "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cf", "Cs"})
    return unicodedata.normalize("NFC", " ".join(visible.split())).translate(_LOOKALIKES)


def _is_stored(text: str) -> bool:
    """Say quickly whether the text is in the stored form already, as most texts are; a wrong no only costs time."""
    return (
        text.isprintable()
        and "  " not in text
        and unicodedata.is_normalized("NFC", text)
        and not (text[:1] == " " or text[-1:] == " ")
        and _LOOKALIKE.search(text) is None
    )


@lru_cache(maxsize=8192)
def search_key(text: str) -> str:
    """Return the form that search, import and duplicate checks compare: lower case, no marks, đ as d, plain signs.

    Tone placement (hòa, hoà) plays no part because the marks are gone. Where both spellings are in use for one sound
    (lý/lí, tỷ/tỉ, ký/kí, mỹ/mĩ, sỹ/sĩ, hy/hi, quý/quí), y is read as i: that is y right after a first h, k, l, m, s, t
    or qu. What follows does not matter, so that a half-typed word ("quy") still finds the whole one ("quyết"). Other
    y stay (y tế, Vy and Vi, thúy and thúi): there the letter makes another word. The price is that a search for the
    name My also finds Mi, as a search without marks finds Mị anyway.
    Never longer than nfc(text).
    """
    lower = nfc(text).lower()
    quick = lower.translate(_BASE_LETTERS)
    if quick.isascii():
        return _I_FOR_Y.sub(r"\1i", quick)
    letters = unicodedata.normalize("NFD", lower)
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    plain = plain.translate(_PLAIN_SIGNS).replace("đ", "d").replace("ƀ", "b")
    return _I_FOR_Y.sub(r"\1i", nfc(plain))


@dataclass(frozen=True)
class NameParts:
    """A name cut as Vietnamese lists need it; `family` and `middle` may be empty, `given` only for an empty name."""

    family: str
    middle: str
    given: str


def split_name(full_name: str, family_words: int = 1, given_words: int = 1) -> NameParts:
    """Cut a name: family name first, given name last, each of so many words, the middle name between.

    A given name is never empty, so that a lone word is one; the family name takes what is left, at most its words.
    """
    words = nfc(full_name).split()
    given_at = max(0, len(words) - max(1, given_words))
    family_to = min(family_words, given_at)
    family, middle, given = words[:family_to], words[family_to:given_at], words[given_at:]
    return NameParts(" ".join(family), " ".join(middle), " ".join(given))


# ---- sorting ----
# A key holds only 0-9 and a-z, whose order every collation of SQLite and PostgreSQL agrees on. Levels end with "0", the
# lowest sign, so that a shorter word comes first. Primary codes: "1" a space, "2.." signs and digits, "3".."z" letters.
_SIGNS = " _-–—,;:!?.·'‘’\"“”«»()[]{}§@*/\\&#%•`^°+±×<=>|~−$₫€"
"""In the order of ICU."""
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_MARKS = "\u0300\u0309\u0303\u0301\u0323\u0306\u0302\u030c\u030a\u0308\u030b\u0307\u0327\u0328\u0304"
"""Tones first (huyền, hỏi, ngã, sắc, nặng), then the marks of other languages, in the order of ICU for Vietnamese."""
_SHAPED = {unicodedata.normalize("NFD", letter): letter for letter in "ăâêôơư"}


def _primary_codes() -> dict[str, str]:
    codes = {sign: f"2{_BASE36[at // 36]}{_BASE36[at % 36]}" for at, sign in enumerate(_SIGNS)}
    codes |= {digit: "2" + _BASE36[26 + int(digit)] for digit in "0123456789"}
    codes |= {letter: _BASE36[3 + at] for at, letter in enumerate(_ALPHABET)}
    return codes | {" ": "1", "z": "z1"}


_PRIMARY = _primary_codes()
_FIRST_MARK = {mark: _BASE36[2 + at] for at, mark in enumerate(_MARKS)}
_LATER_MARK = {mark: _BASE36[20 + at] for at, mark in enumerate(_MARKS)}


def _fitting(key: str, text: str) -> str:
    """Cut a key to its column, three signs for each of the text; only capitals and foreign letters suffer."""
    return key[: max(60, 3 * len(text))]


def _base36(number: int) -> str:
    """Return four signs, enough for any code point."""
    return "".join(_BASE36[number // 36**place % 36] for place in (3, 2, 1, 0))


def _primary(letter: str) -> str:
    """Return the code of a letter or sign; unknown signs go after the known ones, unknown letters after z."""
    known = _PRIMARY.get(letter)
    if known is not None:
        return known
    return ("z2" if letter.isalpha() else "2p") + _base36(ord(letter))


def _take_shape(base: str, marks: list[str]) -> str:
    """Return ă for a + breve and so on, taking the mark away, unless another mark of its place stands before it."""
    places: set[int] = set()
    for at, mark in enumerate(marks):
        place = unicodedata.combining(mark)
        if base + mark in _SHAPED and place not in places:
            del marks[at]
            return _SHAPED[base + mark]
        places.add(place)
    return base


def _secondary(marks: list[str]) -> str:
    """Return the weight of the marks on one letter: "1" for none; a second mark outweighs whatever letter follows."""
    if not marks:
        return "1"
    first, *later = marks
    weights = [_FIRST_MARK.get(first) or "i" + _base36(ord(first))]
    weights += [_LATER_MARK.get(mark) or "z" + _base36(ord(mark)) for mark in later]
    return "".join(weights)


@lru_cache(maxsize=4096)
def _levels(text: str) -> tuple[str, str, str]:
    """Return letters, marks and case of a text, each a string to compare after the one before it is equal."""
    groups: list[tuple[str, list[str]]] = []
    for char in unicodedata.normalize("NFD", nfc(text).replace("ƀ", "b\u0335").replace("Ƀ", "B\u0335")):
        if groups and unicodedata.combining(char):
            groups[-1][1].append(char)
        else:
            groups.append((char, []))
    letters = "".join(_primary(_take_shape(char.lower(), marks)) for char, marks in groups)
    case = "".join("1" if char == char.lower() else "2" for char, _ in groups)
    return letters, "".join(_secondary(marks) for _, marks in groups).rstrip("1"), case


def text_sort_key(text: str) -> str:
    """Return a string whose plain order is the order of ICU for Vietnamese; figures count digit by digit.

    Only 0-9 and a-z; at most 3 x the length of the text, or 60 signs.
    """
    plain = nfc(text)
    letters, marks, case = _levels(plain)
    return _fitting(f"{letters}0{marks}0{case.rstrip('1')}", plain)


def sort_key(full_name: str, family_words: int = 1, given_words: int = 1) -> str:
    """Return a string whose plain order is that of Vietnamese lists of people: given name, family name, middle name.

    Within each the alphabet comes first and tones second; capitals decide last, over the whole name, so that NGUYỄN
    VĂN AN stands beside Nguyễn Văn An. Only 0-9 and a-z; at most 3 x the length of the name, or 60 signs.
    """
    name = split_name(full_name, family_words, given_words)
    parts = [_levels(part) for part in (name.given, name.family, name.middle)]
    order = "".join(f"{letters}0{marks}0" for letters, marks, _ in parts)
    case = "".join(case for _, _, case in parts).rstrip("1")
    return _fitting(order + case, nfc(full_name))
