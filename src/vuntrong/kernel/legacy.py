"""Vietnamese text from before Unicode: 8-bit codes that only their fonts showed as Vietnamese, made readable again.

A spreadsheet of 2003 holds "NguyÔn V¨n An" and the font .VnTime shows it as Nguyễn Văn An. Such text arrives as the
Western characters of its bytes (Latin-1 or Windows-1252). Text that is Unicode Vietnamese already is never changed.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from vuntrong.kernel.syllables import has_even_case, is_slip, is_surely_vietnamese, is_syllable


class Encoding(StrEnum):
    """How a text from before Unicode was written."""

    TCVN3 = "tcvn3"
    VNI = "vni"
    VIQR = "viqr"
    VISCII = "viscii"
    CP1258 = "cp1258"
    MOJIBAKE = "mojibake"
    """UTF-8 that a program took for Windows-1252 and saved so: Nguyá»…n."""


@dataclass(frozen=True)
class FontEncoding:
    """What a font says of the text it shows; `is_upper` for fonts that show small letters as capitals (.VnTimeH)."""

    encoding: Encoding
    is_upper: bool = False


@dataclass(frozen=True)
class Guess:
    """What the letters alone say of a text; `confidence` from 0 to 1."""

    encoding: Encoding | None
    confidence: float


NO_GUESS = Guess(None, 0.0)
SURE = 0.6
"""From this confidence on a text is converted without a font to vouch for it."""
MIXED = 0.8
"""Share of the words with signs that must become Vietnamese syllables."""
SAMPLE_WORDS = 400

# ---- the tables ----
_TCVN3_HIGH = (
    "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹề"
    "ểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
"""Bytes 80 to FF. Source: TCVN 5712:1993; equal to the codec TCVN of the GNU C library."""
_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõ"
    "ỏọụùúũủýợỮ"
)
"""Bytes 80 to FF. Source: RFC 1456."""
_VISCII_LOW = {2: "Ẳ", 5: "Ẵ", 6: "Ẫ", 20: "Ỷ", 25: "Ỹ", 30: "Ỵ"}
_CP1252_HIGH = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_CP1258_LETTERS = {
    ord(letter): chr(byte) for byte in range(0xA0, 0x100) if ord(letter := bytes([byte]).decode("cp1258")) > 0xFF
}
"""A reader that takes an old file for Vietnamese Windows shows these letters in place of the Western ones."""
_TCVN3 = {0x80 + at: letter for at, letter in enumerate(_TCVN3_HIGH)} | {0x2212: "ư"}
"""A soft hyphen (AD) comes out of PDF and of some spreadsheets as a minus sign."""
_NOT_IN_ABC = frozenset(
    "\u00af\u00ba\u00bf\u00c0\u00c1\u00c2\u00c3\u00c4\u00c5\u00cd\u00d9\u00da\u00db\u00e0\u00f0\u00ff"
)
"""Capitals with tones: the standard has codes for them, the fonts .Vn have no such letters."""
_VISCII = {0x80 + at: letter for at, letter in enumerate(_VISCII_HIGH)} | _VISCII_LOW
_VISCII |= {char: _VISCII_HIGH[byte - 0x80] for char, byte in _CP1252_HIGH.items()}


def _vni_table() -> dict[str, str]:
    """Return VNI-Windows: a vowel and a sign after it, or one sign alone; both cases of either. Source: VNI fonts."""
    tones = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
    circumflex = dict(zip("âàáåãä", ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"), strict=True))
    breve = dict(zip("êèéúüë", ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"), strict=True))
    alone = {"ñ": "đ", "ô": "ơ", "ö": "ư", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    table = dict(alone)
    for base, letter in {**dict(zip("aeouy", "aeouy", strict=True)), "ô": "ơ", "ö": "ư"}.items():
        table |= {base + sign: letter + tone for sign, tone in tones.items()}
    for base in "aeo":
        table |= {base + sign: f"{base}\u0302{tone}" for sign, tone in circumflex.items()}
    table |= {"a" + sign: f"a\u0306{tone}" for sign, tone in breve.items()}
    cased: dict[str, str] = {}
    for key, letters in table.items():
        letter = unicodedata.normalize("NFC", letters)
        cased |= {key: letter, key.upper(): letter.upper()}
        if len(key) == 2:  # capital vowel, small sign, and the other way round, as quick typing leaves them
            cased |= {key[0].upper() + key[1]: letter.upper(), key[0] + key[1].upper(): letter}
    return cased


_VNI = _vni_table()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_VIQR_SHAPES = {"(": "\u0306", "^": "\u0302", "+": "\u031b"}
_VIQR_TONES = {"`": "\u0300", "'": "\u0301", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_VIQR_PATTERN = re.compile(r"\\(.)|([dD])[dD]|([aA][(^]?|[eEoO]\^?|[oOuU]\+?|[iIyY])([`'?~.]?)")
_WORD = re.compile(r"[^\W\d_]+")
_SEPARATORS = re.compile("[\\s\u0000-\u0026\u0028-\u0040\u005b-\u0060\u007b-\u007f\u2000-\u2211\u2213-\uffff]+")
"""ASCII signs but for the apostrophe of K'Brông, and the quotes and dashes that Windows adds to any font."""


def _western(text: str) -> str:
    """Return the Western characters of a text that was read as Vietnamese Windows."""
    return text.translate(_CP1258_LETTERS)


def _from_tcvn3(text: str) -> str:
    """Convert; a word in capitals becomes all capitals, for those fonts have few capital letters with tones."""
    plain = unicodedata.normalize("NFC", _western(text).translate(_TCVN3))
    return _WORD.sub(_even_case, plain)


def _even_case(word: re.Match[str]) -> str:
    letters = word[0]
    ascii_letters = [letter for letter in letters if letter.isascii()]
    is_capital = len(ascii_letters) > 1 and all(letter.isupper() for letter in ascii_letters)
    return letters.upper() if is_capital else letters


def _from_vni(text: str) -> str:
    return _VNI_PATTERN.sub(lambda found: _VNI[found[0]], _western(text))


def _from_viqr(text: str) -> str:
    def letter(found: re.Match[str]) -> str:
        escaped, stroke, vowel, tone = found.groups()
        if escaped:
            return str(escaped)
        if stroke:
            return "đ" if stroke == "d" else "Đ"
        return f"{vowel[0]}{_VIQR_SHAPES.get(vowel[1:], '')}{_VIQR_TONES.get(tone, '')}"

    return unicodedata.normalize("NFC", _VIQR_PATTERN.sub(letter, text))


def _from_cp1258(text: str) -> str:
    """Read Western characters as Vietnamese Windows: letters with tones behind them, joined."""
    letters = []
    for char in text:
        byte = _CP1252_HIGH.get(ord(char), ord(char))
        letters.append(bytes([byte]).decode("cp1258", "replace") if byte < 0x100 else char)
    return unicodedata.normalize("NFC", "".join(letters))


def _from_mojibake(text: str) -> str:
    """Undo UTF-8 read as Windows-1252; a text that was not is returned as it is."""
    codes = [_CP1252_HIGH.get(ord(char), ord(char)) for char in text]
    if not codes or max(codes) > 0xFF:
        return text
    try:
        return unicodedata.normalize("NFC", bytes(codes).decode("utf-8"))
    except UnicodeDecodeError:
        return text


_CONVERTERS: dict[Encoding, Callable[[str], str]] = {
    Encoding.TCVN3: _from_tcvn3,
    Encoding.VNI: _from_vni,
    Encoding.VIQR: _from_viqr,
    Encoding.VISCII: lambda text: text.translate(_VISCII),
    Encoding.CP1258: _from_cp1258,
    Encoding.MOJIBAKE: _from_mojibake,
}


# ---- telling ----
@lru_cache(maxsize=512)
def encoding_of_font(name: str) -> FontEncoding | None:
    """Return what a font name says: .VnTime and .VnArial are TCVN3, .VnTimeH its capitals, VNI-Times VNI."""
    lower = name.strip().casefold()
    if lower.startswith(".vn"):
        return FontEncoding(Encoding.TCVN3, is_upper=lower.endswith("h") and len(lower) > 4)
    if lower.startswith("vni-") or lower == "vni":
        return FontEncoding(Encoding.VNI)
    if lower.startswith(("vi ", "viscii")):
        return FontEncoding(Encoding.VISCII)
    return None


def guess_encoding(text: str) -> Guess:
    """Tell TCVN3, VNI and twice-coded UTF-8 from Unicode by the syllables that each reading would make.

    Unicode Vietnamese, plain ASCII and other languages give no encoding. The confidence grows with the number of words
    that are nothing as they stand; where most are Vietnamese both ways (bé, or bộ in TCVN3) nothing is told.
    """
    if text.isascii() or is_surely_vietnamese(text):
        return NO_GUESS
    if is_surely_vietnamese(repaired := _from_mojibake(text)) and repaired != text:
        return Guess(Encoding.MOJIBAKE, 0.99)
    words = [word for word in _SEPARATORS.split(text) if not word.isascii() and (len(word) > 1 or word.isalpha())]
    return _by_syllables(words[:SAMPLE_WORDS])


def _by_syllables(words: list[str]) -> Guess:
    """Weigh the words that are nothing as they stand and a syllable when converted."""
    broken = [word for word in words if not (is_slip(word) and has_even_case(word))]
    if max(map(len, broken), default=0) < 2 or len(broken) * 2 < len(words):
        return NO_GUESS
    shares = {
        encoding: sum(_reads_as(word, encoding) for word in words) / len(words)
        for encoding in (Encoding.TCVN3, Encoding.VNI)
    }
    best = max(shares, key=lambda encoding: shares[encoding])
    if shares[best] < MIXED or len(set(shares.values())) == 1:
        return NO_GUESS
    repaired = sum(_reads_as(word, best) for word in broken)
    return Guess(best, round(shares[best] * (1 - 0.3**repaired), 3))


def _reads_as(word: str, encoding: Encoding) -> bool:
    """Say whether a word becomes a syllable, with capitals only where a word has them."""
    if encoding is Encoding.TCVN3 and _NOT_IN_ABC.intersection(word):
        return False
    read = _CONVERTERS[encoding](word)
    return is_syllable(read) and has_even_case(read)


def to_unicode(text: str, encoding: Encoding | None = None, *, font: str = "") -> str:
    """Return the text in Unicode; what is not surely legacy text comes back as it was.

    `encoding` is what somebody knows; without it the font decides, and without a telling font the letters do. A known
    encoding or font is believed unless the text is Unicode already or makes Vietnamese words only as it stands.
    """
    told = FontEncoding(encoding) if encoding else encoding_of_font(font)
    if told is None:
        guess = guess_encoding(text)
        return _CONVERTERS[guess.encoding](text) if guess.encoding and guess.confidence >= SURE else text
    if told.encoding is Encoding.VIQR:
        return _from_viqr(text)
    if not text.isascii():
        if not _may_be(text, told.encoding):
            return text
        text = _CONVERTERS[told.encoding](text)
    return text.upper() if told.is_upper else text


def _may_be(text: str, encoding: Encoding) -> bool:
    """Say whether a text that is said to be legacy can be: an old font may have stayed when the text was typed anew."""
    words = [word for word in _SEPARATORS.split(text) if not word.isascii()]
    are_syllables = bool(words) and all(is_syllable(word) and has_even_case(word) for word in words)
    if is_surely_vietnamese(text):
        return not are_syllables and guess_encoding(_western(text)).encoding is encoding
    return not are_syllables or all(_reads_as(word, encoding) for word in words)


def text_of_bytes(content: bytes) -> str:
    """Decode bytes of unknown age: UTF-8 and UTF-16 where they are that, Vietnamese Windows where its words tell.

    Else each byte is its Western character, as which text of before Unicode is told and converted.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for codec, sign in (("utf-16-le", content[1:400:2]), ("utf-16-be", content[0:400:2])):
        if len(sign) > 1 and sign.count(0) * 2 > len(sign):
            return content.decode(codec, "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        western = content.decode("latin-1").translate({byte: chr(char) for char, byte in _CP1252_HIGH.items()})
    vietnamese = unicodedata.normalize("NFC", content.decode("cp1258", "replace"))
    return vietnamese if _syllable_share(vietnamese) > max(0.5, _syllable_share(western)) else western


def _syllable_share(text: str) -> float:
    """Return how many of the words with signs are Vietnamese syllables as they stand, 0 to 1."""
    words = [word for word in _SEPARATORS.split(text[:100_000]) if not word.isascii()]
    return sum(is_syllable(word) for word in words) / len(words) if words else 0.0


def convert_lines(text: str, encoding: Encoding | None = None) -> str:
    """Convert a whole text line by line; without an encoding a doubtful line follows what the whole text is."""
    if encoding is None:
        whole = guess_encoding("\n".join(line for line in text.splitlines() if not is_surely_vietnamese(line)))
        encoding = whole.encoding if whole.confidence >= SURE else None
        return "".join(_converted_line(line, encoding) for line in text.splitlines(keepends=True))
    return "".join(to_unicode(line, encoding) for line in text.splitlines(keepends=True))


def _converted_line(line: str, encoding: Encoding | None) -> str:
    guess = guess_encoding(line)
    return to_unicode(line, guess.encoding if guess.confidence >= SURE else encoding)
