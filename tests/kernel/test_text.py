import random
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vuntrong.kernel import text
from vuntrong.kernel.text import NameParts, nfc, search_key, sort_key, split_name, text_sort_key

TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
syllables = st.builds(
    lambda first, vowel, tone, last: unicodedata.normalize("NFC", first + vowel + tone + last),
    st.sampled_from(["", "b", "đ", "h", "k", "l", "m", "ngh", "qu", "s", "t", "th", "v", "x"]),
    st.sampled_from(list("aăâeêioôơuưy")),
    st.sampled_from(TONES),
    st.sampled_from(["", "c", "ch", "i", "m", "n", "ng", "y"]),
)
phrases = st.lists(syllables, max_size=5).map(" ".join)


def shuffled(lines: list[str]) -> list[str]:
    return random.Random(1).sample(lines, len(lines))


@pytest.mark.parametrize(
    ("given_text", "stored"),
    [
        ("", ""),
        ("  Nguyễn\u00a0Văn \u3000 An\r\n", "Nguyễn Văn An"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("\ufeffTrần\u200b Thị\u200e Bé\u00ad", "Trần Thị Bé"),
        ("a \u200b b", "a b"),
        ("Lê\x00 An\x07", "Lê An"),
        ("Ðỗ Ɖức ðạt", "Đỗ Đức đạt"),
        ("hoà", "hoà"),
    ],
)
def test_nfc_stores_one_visible_form(given_text, stored):
    assert nfc(given_text) == stored


@given(st.text())
def test_nfc_is_stable(text):
    once = nfc(text)

    assert nfc(once) == once


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", ""),
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("TRƯỜNG CHÍNH TRỊ", "truong chinh tri"),
        ("H’Hen Niê – “Buôn Ƀlê”", 'h\'hen nie - "buon ble"'),
        ("lí luận", "li luan"),
        ("lý luận", "li luan"),
        ("tỷ lệ", "ti le"),
        ("kỷ luật", "ki luat"),
        ("sỹ quan", "si quan"),
        ("Quý", "qui"),
        ("quyết định", "quiet dinh"),
        ("y tế", "y te"),
        ("Vy", "vy"),
        ("thy", "thy"),
        ("thúy", "thuy"),
        ("Nguyễn", "nguyen"),
        ("tây", "tay"),
        ("kháy", "khay"),
    ],
)
def test_search_key(text, key):
    assert search_key(text) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("khóa", "khoá"), ("ủy", "uỷ"), ("thủy", "thuỷ"), ("xóa", "xoá"), ("hủy", "huỷ"), ("tỉ", "tỷ")],
)
def test_search_key_does_not_see_spelling_variants(one, other):
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(("one", "other"), [("Vy", "Vi"), ("thúy", "thúi"), ("tay", "tai"), ("may", "mai")])
def test_search_key_keeps_other_words_apart(one, other):
    assert search_key(one) != search_key(other)


@given(phrases)
def test_search_key_is_idempotent_and_blind_to_form_and_case(text):
    key = search_key(text)

    assert search_key(key) == key
    assert search_key(unicodedata.normalize("NFD", text)) == key
    assert search_key(unicodedata.normalize("NFC", text)) == key
    assert search_key(text.upper()) == key
    assert search_key(text.title()) == key


@given(phrases, st.data())
def test_search_key_of_a_half_typed_text_finds_the_whole(text, data):
    whole = search_key(text)
    typed = text[: data.draw(st.integers(0, len(text)))]

    assert whole.startswith(search_key(typed))


@given(st.text())
def test_search_key_of_any_text_is_idempotent_and_fits(text):
    key = search_key(text)

    assert search_key(key) == key
    assert len(key) <= len(nfc(text))


@given(st.sampled_from(["oa", "oe", "uy"]), st.sampled_from(TONES), st.sampled_from(["h", "kh", "t", "th", "x"]))
def test_search_key_does_not_see_tone_placement(pair, tone, first):
    on_first = first + pair[0] + tone + pair[1]
    on_last = first + pair + tone

    assert search_key(on_first) == search_key(on_last)


@pytest.mark.parametrize(
    ("full_name", "parts"),
    [
        ("", NameParts("", "", "")),
        ("Hương", NameParts("", "", "Hương")),
        ("Lê An", NameParts("Lê", "", "An")),
        ("Nguyễn Văn An", NameParts("Nguyễn", "Văn", "An")),
        (" Tôn  Nữ Thị\u00a0Ninh ", NameParts("Tôn", "Nữ Thị", "Ninh")),
    ],
)
def test_split_name(full_name, parts):
    assert split_name(full_name) == parts


def test_sort_key_orders_people_as_vietnamese_lists_do():
    expected = [
        "Nguyễn Văn An",
        "NGUYỄN VĂN AN",
        "Trần An",
        "Trần Bình An",
        "Lê Văn Ân",
        "Lê Thị Dung",
        "Lê Thị Đào",
        "Lê Hoa",
        "Lê Hòa",
        "Lê Hỏa",
        "Lê Hõa",
        "Lê Hóa",
        "Lê Họa",
        "Bùi Yến",
        "Dương Yến",
        "Đỗ Yến",
        "Vũ Yến",
    ]

    assert sorted(shuffled(expected), key=sort_key) == expected


def test_text_sort_key_orders_units():
    expected = [
        "",
        "10 xã",
        "2 xã",
        "Ban Dân vận",
        "Bản Lầu",
        "Bàn Tân",
        "Ban Tổ chức",
        "Bàn Tổ chức",
        "Đảng ủy xã An",
        "Đảng ủy xã Ân",
        "Xã Bình Lạc",
    ]

    assert sorted(shuffled(expected), key=text_sort_key) == expected


@given(st.text(max_size=120))
def test_keys_hold_only_safe_signs_and_fit_their_columns(text):
    of_text, of_name = text_sort_key(text), sort_key(text)

    assert set(of_text + of_name) <= set("0123456789abcdefghijklmnopqrstuvwxyz")
    assert max(len(of_text), len(of_name)) <= max(60, 3 * len(nfc(text)))


def test_keys_of_the_longest_names_keep_letters_and_marks():
    longest = "Ấ" * 120

    assert len(sort_key(longest)) == 360
    assert sort_key(longest[:-1] + "Ầ") < sort_key(longest) < sort_key(longest[:-1] + "Ậ")


@given(st.text(max_size=20))
def test_keys_do_not_see_the_form_of_unicode(text):
    assert text_sort_key(unicodedata.normalize("NFD", text)) == text_sort_key(unicodedata.normalize("NFC", text))


def slow_nfc(value: str) -> str:
    """What `nfc` says in its docstring, letter by letter, without its short way."""
    spaced = " ".join(value.split())
    visible = "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cf", "Cs"})
    return unicodedata.normalize("NFC", " ".join(visible.split())).translate(text._LOOKALIKES)


def slow_search_key(value: str) -> str:
    """What `search_key` says in its docstring, letter by letter, without its short way."""
    lower = slow_nfc(value).lower()
    plain = "".join(char for char in unicodedata.normalize("NFD", lower) if not unicodedata.combining(char))
    plain = plain.translate(text._PLAIN_SIGNS).replace("đ", "d").replace("ƀ", "b")
    return text._I_FOR_Y.sub(r"\1i", unicodedata.normalize("NFC", plain))


@given(st.text(alphabet=st.one_of(st.sampled_from("aăâbđeêioôơuưyàáảãạấềỗữỵ `'\"-ĐÝQh"), st.characters()), max_size=12))
@example("Lê Thị Mỹ `Lý` qúy")
@example("İ ð ǰ ŉ")
def test_the_short_ways_lead_to_the_same_place(value):
    assert nfc(value) == slow_nfc(value)
    assert search_key(value) == slow_search_key(value)
