"""Vietnamese as the programs of before Unicode wrote it: the other direction, for tests."""

import unicodedata

from hypothesis import strategies as st

from vuntrong.kernel import legacy
from vuntrong.kernel.syllables import _TONED

TONES = "\u0300\u0301\u0303\u0309\u0323"
ONSETS = ("", "b", "ch", "đ", "kh", "l", "ng", "ph", "th", "tr", "v")
SYLLABLES = sorted({f"{onset}{rime}" for rime in _TONED for onset in ONSETS if len(rime) > 1})
_TCVN3 = {
    letter: chr(0x80 + at)
    for at, letter in enumerate(legacy._TCVN3_HIGH)
    if at > 0x20 and not unicodedata.combining(letter) and chr(0x80 + at) not in legacy._NOT_IN_ABC
}
_VNI = {letter: code for code, letter in legacy._VNI.items() if code in {code.lower(), code.upper()}}


def as_tcvn3(text: str) -> str:
    """Return the Western characters under which a font .Vn shows the text; capitals with tones have none."""
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def as_vni(text: str) -> str:
    """Return the Western characters under which a font VNI- shows the text."""
    return "".join(_VNI.get(letter, letter) for letter in text)


def misplaced(text: str) -> st.SearchStrategy[str]:
    """Return texts in which one tone has slipped to another vowel."""
    letters = unicodedata.normalize("NFD", text)
    tones = [at for at, letter in enumerate(letters) if letter in TONES]
    vowels = [at for at, letter in enumerate(letters) if letter.lower() in "aeiouy"]
    if not tones:
        return st.just(text)

    def slip(places: tuple[int, int]) -> str:
        tone, vowel = places
        bare = letters[:tone] + "\0" + letters[tone + 1 :]
        return unicodedata.normalize("NFC", (bare[: vowel + 1] + letters[tone] + bare[vowel + 1 :]).replace("\0", ""))

    return st.tuples(st.sampled_from(tones), st.sampled_from(vowels)).map(slip)
