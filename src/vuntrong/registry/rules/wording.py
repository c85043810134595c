"""Whether the words of a new paper name a unit or a kind of body that has ended. Never forbids: history may be told."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vuntrong.kernel.text import nfc

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True)
class Named:
    """A name that a unit or a kind of body bore. `ended_on` is its last day; null while it is in use."""

    name: str
    ended_on: dt.date | None = None
    successor: str = ""
    """What bears the work now, in words; empty when unknown."""


@dataclass(frozen=True)
class Mention:
    """A place of the text that names something ended, as written there."""

    written: str
    named: Named


Lexicon = Mapping[str, Named]
"""Names by `spelling`; a name in use covers the ended ones inside it."""


def spelling(text: str) -> str:
    """Return a text so that case and the place of the tone mark make no difference: Hoà and HÒA are the same."""
    return " ".join(_syllable(word) for word in WORD.findall(nfc(text).lower()))


def _syllable(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(sign for sign in letters if sign in TONES)
    return unicodedata.normalize("NFC", "".join(sign for sign in letters if sign not in TONES)) + tones


def lexicon(names: Iterable[Named]) -> Lexicon:
    """Return the names to look for; one that is in use anywhere is never told as ended, else the latest end counts."""
    known: dict[str, Named] = {}
    for one in names:
        key = spelling(one.name)
        before = known.get(key)
        if before is None or (before.ended_on and (one.ended_on is None or one.ended_on > before.ended_on)):
            known[key] = one
    known.pop("", None)
    return known


def ended_mentions(text: str, known: Lexicon) -> list[Mention]:
    """Return what a text names that has ended, each name once, in the order of the text; the longest name counts."""
    stored = nfc(text)
    places = [(found.start(), found.end(), _syllable(found[0].lower())) for found in WORD.finditer(stored)]
    longest = max((key.count(" ") + 1 for key in known), default=0)
    found: dict[str, Mention] = {}
    at = 0
    while at < len(places):
        length = _longest_at(places, at, longest, known)
        if length:
            named = known[" ".join(word for _start, _end, word in places[at : at + length])]
            if named.ended_on is not None:
                written = stored[places[at][0] : places[at + length - 1][1]]
                found.setdefault(named.name, Mention(written, named))
        at += length or 1
    return list(found.values())


def _longest_at(places: list[tuple[int, int, str]], at: int, longest: int, known: Lexicon) -> int:
    """Return how many words from `at` are the longest known name; 0 for none."""
    for length in range(min(longest, len(places) - at), 0, -1):
        if " ".join(word for _start, _end, word in places[at : at + length]) in known:
            return length
    return 0
