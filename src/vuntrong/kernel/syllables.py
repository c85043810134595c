"""Which letters make a Vietnamese syllable: the grammar that tells Vietnamese text from text in a foreign disguise."""

import re
import unicodedata
from functools import lru_cache
from itertools import product

_ONSETS = (
    " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x"
    # names of ethnic minorities: Krông, Plông, Hrê, Brâu, Drăng, Mnông, Ksor, Jrai, Y Wang
    " bh bl br cr dr đr đh f gr hl hm hn hr j kl km kn kp kr ks kt ml mn pl pr rc rl sr tl tp w z"
)
_RIMES = (
    "a ai ao au ay am an ang anh ap at ac ach ak ah ar al ăm ăn ăng ăp ăt ăc ăk ăl âm ân âng âp ât âc âk âu ây ă â"
    " e em en eng ep et ec ek eo eh ê êm ên ênh êp êt êch êu êng êk êh êc i ia im in inh ip it ich ik iu iêm iên iêng"
    " iêp iêt iêc iêu iê ih o oi om on ong op ot oc ok oh or oong ooc oa oai oao oam oan oang oanh oap oat oac oach oay"
    " oăm oăn oăng oăt oăc oe oen oeo oet ô ôi ôm ôn ông ôp ôt ôc ôk ơ ơi ơm ơn ơng ơp ơt ơk ơc ơr ơl ưh"
    " u ui um un ung up ut uc uk ua uôi uôm uôn uông uôt uôc uôk uy uya uyên uyêt uynh uynh uyt uych uyu uyn uê uêch"
    " uênh uân uâng uât uây uơ ư ưi ưu ưm ưn ưng ưt ưc ưk ưa ươi ươm ươn ương ươp ươt ươc ươu ươ"
    " y ym yn yt yêm yên yêng yêt yêu yang"
)
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
_STOPPED = re.compile(r"(?:p|t|c|ch)$")
"""Syllables that end so carry sắc or nặng and no other tone."""
_VOWELS = "aăâeêioôơuưy"
_SHAPED = "ăâêôơư"
_OPEN_PAIRS = frozenset({"oa", "oe", "uy"})
"""Both placements are in use: hòa and hoà."""
_FOREIGN_MARKS = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u0300-\u036f\u1ea0-\u1ef9]")


def _carriers(rime: str) -> tuple[int, ...]:
    """Return the places in a rime where its tone may stand."""
    vowels = [at for at, letter in enumerate(rime) if letter in _VOWELS]
    shaped = [at for at in vowels if rime[at] in _SHAPED]
    if shaped:
        return (shaped[-1],)
    if len(vowels) == 2 and len(rime) == 2:
        return (0, 1) if rime in _OPEN_PAIRS else (0,)
    return (vowels[min(1, len(vowels) - 1)],)


def _toned_rimes() -> frozenset[str]:
    toned = set()
    for rime, tone in product(_RIMES.split(), _TONES):
        if _STOPPED.search(rime) and tone not in {"\u0301", "\u0323"}:
            continue
        for at in _carriers(rime):
            toned.add(unicodedata.normalize("NFC", f"{rime[: at + 1]}{tone}{rime[at + 1 :]}"))
    return frozenset(toned)


_TONED = _toned_rimes()
_STARTS = frozenset(_ONSETS.split()) | {""}


_PLAIN_RIMES = frozenset(_RIMES.split())
_TONE = re.compile("(?<=[aeiouy\u0302\u0306\u031b])[\u0300\u0301\u0303\u0309\u0323]")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Say whether a word in NFC, of either case, can be a Vietnamese syllable, those of minority names included."""
    return _is_made_of(word.lower(), _TONED)


@lru_cache(maxsize=8192)
def is_slip(word: str) -> bool:
    """Say whether a word is a syllable, perhaps with a tone it cannot have or on the wrong vowel: Hòang, maú."""
    bare, tones = _TONE.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones < 2 and _is_made_of(unicodedata.normalize("NFC", bare), _PLAIN_RIMES)


def _is_made_of(lower: str, rimes: frozenset[str]) -> bool:
    return any(lower[:at] in _STARTS and lower[at:] in rimes for at in range(min(3, len(lower)) + 1))


def has_even_case(word: str) -> bool:
    """Say whether only the first letter of a word is a capital, or all are, or none."""
    rest = word[1:]
    return rest == rest.lower() or word == word.upper()


def is_surely_vietnamese(text: str) -> bool:
    """Say whether a text holds a letter that only Unicode Vietnamese has and no 8-bit Western character set."""
    return _FOREIGN_MARKS.search(text) is not None
