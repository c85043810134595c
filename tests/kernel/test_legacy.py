import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import required
from tests.kernel.legacy_writers import SYLLABLES, as_tcvn3, as_vni, misplaced
from vuntrong.kernel.legacy import (
    _CONVERTERS,
    SURE,
    Encoding,
    FontEncoding,
    convert_lines,
    encoding_of_font,
    guess_encoding,
    text_of_bytes,
    to_unicode,
)

REAL = "bé lao ®éng - th−¬ng binh"
"""As a regulation stands on a public page."""


@pytest.mark.parametrize(
    ("text", "meant", "encoding"),
    [
        (REAL, "bộ lao động - thương binh", Encoding.TCVN3),
        ("NguyÔn V¨n An", "Nguyễn Văn An", Encoding.TCVN3),
        ("NGUYÔN V¡N AN", "NGUYỄN VĂN AN", Encoding.TCVN3),
        ("§¶ng ñy x· §¾k L¾k", "Đảng ủy xã Đắk Lắk", Encoding.TCVN3),
        ("Th\u00ad¬ng", "Thương", Encoding.TCVN3),
        ("Nguyeãn Vaên An", "Nguyễn Văn An", Encoding.VNI),
        ("ÑAÛNG UÛY XAÕ", "ĐẢNG ỦY XÃ", Encoding.VNI),
        ("Nguyá»…n VÄƒn An", "Nguyễn Văn An", Encoding.MOJIBAKE),
    ],
)
def test_the_letters_alone_tell_the_encoding(text, meant, encoding):
    guess = guess_encoding(text)

    assert (guess.encoding, guess.confidence >= SURE, to_unicode(text)) == (encoding, True, meant)


@pytest.mark.parametrize(
    "text",
    [
        "", "An", "Nguyễn Văn An", "Lê Hà", "Hoà An", "bé", "Hòang Tòan", "maú", "Krông Ana", "Plông",
        "café", "résumé", "São Tomé", "El Niño", "Noël Müller", "25 °C, 10 m² ± ½", "© 2025 ®", "· họp", "« an »",
        "ä", "µ", "Dân số: 5.000 ¥", "Gia\u0300 A", "‘quoted’ – “an”",
    ],
)  # fmt: skip
def test_what_is_not_surely_legacy_is_left_alone(text):
    assert to_unicode(text) == text


@pytest.mark.parametrize(
    ("font", "text", "meant"),
    [
        (".VnTime", "bé", "bộ"),
        (".VnTimeH", "nguyÔn v¨n an", "NGUYỄN VĂN AN"),
        (".VnTimeH", "An", "AN"),
        (".VnArial Narrow", "Hµ Néi", "Hà Nội"),
        ("VNI-Times", "Hoàng", "Hồng"),
        ("VNI-Times", "An", "An"),
        ("Arial", "bé", "bé"),
        (".VnTime", "Hà", "Hà"),
        (".VnTime", "Nguyễn", "Nguyễn"),
        (".VnTimeH", "Nguyễn", "Nguyễn"),
        (".VnTime", "đi ăn", "đi ăn"),
        ("VNI-Times", "Trần", "Trần"),
        (".VnTime", "®i häc", "đi học"),
    ],
)  # fmt: skip
def test_a_font_decides_where_the_letters_may_be_either(font, text, meant):
    assert to_unicode(text, font=font) == meant


def test_text_that_was_taken_for_vietnamese_windows_is_read_through_its_font():
    taken = "®ång chÝ TrÇn ThÞ Lý".encode("cp1252").decode("cp1258")

    assert taken != "®ång chÝ TrÇn ThÞ Lý"
    assert to_unicode(taken, font=".VnTime") == "đồng chí Trần Thị Lý"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (".VnTime", FontEncoding(Encoding.TCVN3)),
        (".VnTimeH", FontEncoding(Encoding.TCVN3, is_upper=True)),
        (".vnarialh", FontEncoding(Encoding.TCVN3, is_upper=True)),
        ("VNI-Helve", FontEncoding(Encoding.VNI)),
        ("VISCII-Times", FontEncoding(Encoding.VISCII)),
        ("Times New Roman", None),
        ("Vni", FontEncoding(Encoding.VNI)),
        ("", None),
    ],
)
def test_a_font_name_tells_the_encoding(name, expected):
    assert encoding_of_font(name) == expected


@pytest.mark.parametrize(
    ("text", "encoding", "meant"),
    [
        ("Vie^.t Nam ddo^.c la^.p, tu+. do\\.", Encoding.VIQR, "Việt Nam độc lập, tự do."),
        ("DDo^`ng (no'i) a(n", Encoding.VIQR, "Đồng (nói) ăn"),
        ("NguyêÞn Vãn", Encoding.CP1258, "Nguyễn Văn"),
        ("Vi®t Nam \u0092", Encoding.VISCII, "Việt Nam Ỗ"),
        ("Vi®t Nam ’", Encoding.VISCII, "Việt Nam Ỗ"),
    ],
)
def test_other_old_codes_are_read_when_named(text, encoding, meant):
    assert to_unicode(text, encoding) == meant


@pytest.fixture(scope="module")
def iconv():
    program = shutil.which("iconv")
    known = program and "TCVN" in subprocess.run([program, "-l"], capture_output=True, text=True, check=True).stdout
    if not program or not known:
        required("iconv with the codecs TCVN and VISCII")

    def decode(content: bytes, codec: str) -> str:
        command = [program, "-f", codec, "-t", "UTF-8"]
        return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()

    return decode


@pytest.mark.parametrize(
    ("encoding", "codec", "first"), [(Encoding.TCVN3, "TCVN", 0xA0), (Encoding.VISCII, "VISCII", 0x80)]
)
def test_every_byte_reads_as_the_c_library_reads_it(iconv, encoding, codec, first):
    """Bytes 80 to 9F of TCVN are left out: in the fonts .Vn they are the quotes of Windows."""
    content = b"".join(bytes([byte]) + b" x " for byte in range(first, 0x100))

    ours = _CONVERTERS[encoding]("".join(f"{chr(byte)} x " for byte in range(first, 0x100)))

    assert unicodedata.normalize("NFC", iconv(content, codec)) == ours


@given(st.lists(st.integers(0x20, 0xFF).filter(lambda byte: byte not in range(0x7F, 0xA0)), max_size=40).map(bytes))
def test_any_run_of_bytes_reads_as_the_c_library_reads_it(iconv, content):
    """But for the case of words in capitals, which the fonts had no letters for."""
    ours = _CONVERTERS[Encoding.TCVN3](content.decode("latin-1"))

    assert f"{ours} ".lower() == unicodedata.normalize("NFC", iconv(content + b" ", "TCVN")).lower()


sentences = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6).map(" ".join)
cased = st.one_of(sentences, sentences.map(str.title), sentences.map(str.upper))


@given(cased, st.sampled_from(["", ".VnTime", "VNI-Times"]))
def test_unicode_vietnamese_is_never_touched(text, font):
    letters_decide = font and not guess_could_be_either(text)

    assert not letters_decide or to_unicode(text, font=font) == text
    assert to_unicode(text) == text


def guess_could_be_either(text: str) -> bool:
    """Only Western letters, so that the font must decide."""
    return all(ord(letter) < 0x100 for letter in text)


@given(cased, st.data())
def test_unicode_with_a_slip_of_the_tone_is_never_touched(text, data):
    slipped = data.draw(misplaced(text))

    assert to_unicode(slipped) == slipped


@given(st.text())
def test_any_text_can_be_asked_about(text):
    for encoding in (None, *Encoding):
        assert isinstance(to_unicode(text, encoding), str)


@given(sentences)
def test_tcvn3_comes_back_through_its_font(text):
    assert to_unicode(as_tcvn3(text), font=".VnTime") == text
    assert to_unicode(as_tcvn3(text), font=".VnTimeH") == text.upper()


@given(cased)
def test_vni_comes_back_through_its_font(text):
    assert to_unicode(as_vni(text), font="VNI-Times") == text


@given(st.lists(st.sampled_from(SYLLABLES), min_size=8, max_size=12).map(" ".join))
def test_a_long_text_is_told_by_its_letters_and_never_wrongly(text):
    assert to_unicode(as_tcvn3(text)) in {text, as_tcvn3(text)}
    assert to_unicode(as_vni(text)) in {text, as_vni(text)}


def test_most_lines_are_told_by_their_letters():
    lines = [
        " ".join(SYLLABLES[at % len(SYLLABLES)] for at in range(start, start + 40, 5)) for start in range(0, 4000, 7)
    ]

    told = [to_unicode(as_tcvn3(line)) == line for line in lines] + [to_unicode(as_vni(line)) == line for line in lines]

    assert sum(told) / len(told) > 0.95


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Nguyễn".encode(), "Nguyễn"),
        ("\ufeffNguyễn".encode(), "Nguyễn"),
        ("Nguyễn".encode("utf-16"), "Nguyễn"),
        (b"Nguy\xd4n \x93x\x94 \x81", "NguyÔn “x” \x81"),
    ],
)
def test_bytes_of_unknown_age_become_text(content, text):
    assert text_of_bytes(content) == text


def test_a_doubtful_line_follows_the_whole_text():
    assert convert_lines(f"{REAL}\nbé\nHà Nội\n") == "bộ lao động - thương binh\nbộ\nHà Nội\n"


def test_a_named_encoding_is_used_for_every_line():
    assert convert_lines("bé\nbÐ", Encoding.TCVN3) == "bộ\nbé"
