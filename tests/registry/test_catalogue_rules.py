import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuntrong.registry import reference
from vuntrong.registry.enums import Degree, ManagingLevel, QualificationKind
from vuntrong.registry.rules import (
    PostIndex,
    highest,
    match_ethnicity,
    match_level,
    match_post,
    match_religion,
    post_key,
    word_index,
    word_key,
)
from vuntrong.regulations.enums import Confidence


def words(table):
    return [(row["code"], row["name"], row["aliases"]) for row in reference.rows_of(table)]


ETHNICITIES = word_index(words("Ethnicity"))
RELIGIONS = word_index(words("Religion"))
CODES = [row["code"] for row in reference.rows_of("Post")]
POSTS = PostIndex((at, code, name, aliases) for at, (code, name, aliases) in enumerate(words("Post")))


def post(text, kind=""):
    found = match_post(text, POSTS, kind)
    return None if found is None else CODES[found]


def test_the_lists_are_whole():
    assert [row["code"] for row in reference.rows_of("Ethnicity")] == list(range(1, 56))
    assert [row["code"] for row in reference.rows_of("Religion")] == list(range(17))
    assert {row["confidence"] for row in reference.rows_of("Ethnicity")[44:54]} == {Confidence.SEEN}
    assert {row["managing_level"] for row in reference.rows_of("Post")} == set(ManagingLevel)
    assert len(CODES) == len(set(CODES))


@pytest.mark.parametrize("index", [ETHNICITIES, RELIGIONS])
def test_no_word_means_two_things(index):
    assert {word: codes for word, codes in index.items() if len(codes) > 1} == {}


def test_a_post_is_told_by_its_words_or_by_its_words_and_the_kind_of_unit():
    for key, found in POSTS.known.items():
        endings = {CODES[one].rsplit("-", 1)[-1] for one in found}
        assert len(found) == 1 or (len(endings) == len(found) and endings <= {"so", "huyen", "xa"}), key


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kinh", 1), ("kinh", 1), ("dân tộc Kinh", 1), ("DT Kinh", 1), ("Người Kinh", 1), ("H'Mông", 8), ("HMông", 8),
        ("Mông", 8), ("Khơ me", 5), ("Khơ-me", 5), ("Khmer", 5), ("Tày", 2), ("Thái", 3), ("Ê Đê", 12), ("Cao Lan", 15),
        ("Dân tộc Nùng", 7), ("Vân Kiều", 23), ("Pa Cô", 31), ("", None), ("Kinh, Tày", None), ("Klingon", None),
        ("Rơ-măm", 54), ("nước ngoài", 55), ("Người nước ngoài", 55),
    ],
)  # fmt: skip
def test_ethnic_groups_are_known_by_their_writings(text, code):
    assert match_ethnicity(text, ETHNICITIES) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Không", 0), ("không", 0), ("k", 0), ("0", 0), ("Lương", 0), ("Phật giáo", 1), ("đạo Phật", 1), ("Phật", 1),
        ("Thiên Chúa", 2), ("Công giáo", 2), ("Tin lành", 3), ("Hòa Hảo", 5), ("Tôn giáo: Cao Đài", 4), ("", None),
        (" ", None), ("-", None), ("khác", None),
    ],
)  # fmt: skip
def test_no_religion_differs_from_nothing_said(text, code):
    assert match_religion(text, RELIGIONS) == code


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("Bí thư Đảng ủy", "commune_committee", "bi-thu-dang-uy-xa"),
        ("BT Đảng ủy", "commune_committee", "bi-thu-dang-uy-xa"),
        ("Bí thư Đảng uỷ xã Tân Lộc", "", "bi-thu-dang-uy-xa"),
        ("Bí thư Đảng ủy phường 3", "", "bi-thu-dang-uy-xa"),
        ("Bí thư Đảng ủy Tân Lộc", "commune_committee", "bi-thu-dang-uy-xa"),
        ("Bí thư Đảng ủy Tân Lộc", "", None),
        ("Bí thư Đảng ủy Sở Nội vụ", "department", None),
        ("PCT UBND xã", "", "pho-chu-tich-ubnd-xa"),
        ("Phó Chủ tịch Ủy ban nhân dân xã", "", "pho-chu-tich-ubnd-xa"),
        ("Chủ tịch UBND phường", "", "chu-tich-ubnd-xa"),
        ("Phó Bí thư Đảng ủy, Chủ tịch UBND xã", "commune_committee", "pho-bi-thu-dang-uy-xa"),
        ("Phó Bí thư Đảng ủy kiêm Chủ tịch HĐND", "commune_committee", "pho-bi-thu-dang-uy-xa"),
        ("Trưởng phòng", "department", "truong-phong-so"),
        ("Trưởng phòng", "home_affairs", "truong-phong-so"),
        ("Trưởng phòng", "district", "truong-phong-huyen"),
        ("Trưởng phòng", "commune", "truong-phong-xa"),
        ("Trưởng phòng", "", None),
        ("Trưởng phòng Tổ chức - Hành chính", "provincial_school", "truong-phong-so"),
        ("Phó phòng", "commune_people's", None),
        ("Phó phòng", "commune_peoples_committee", "pho-truong-phong-xa"),
        ("Giám đốc Sở Nội vụ", "home_affairs", "giam-doc-so"),
        ("Giám đốc TTCT", "", "giam-doc-trung-tam-chinh-tri"),
        ("Bí thư chi bộ thôn 3", "", "bi-thu-chi-bo"),
        ("Chi ủy viên", "", "chi-uy-vien"),
        ("Tỉnh ủy viên, Giám đốc Sở Tài chính", "department", "tinh-uy-vien"),
        ("Giảng viên chính", "", "giang-vien-chinh"),
        ("Giảng viên khoa Xây dựng Đảng", "", "giang-vien"),
        ("bi-thu-dang-uy-xa", "", "bi-thu-dang-uy-xa"),
        ("Chuyên viên", "", "chuyen-vien"),
        ("Người gác đền", "", None),
        ("", "", None),
    ],
)
def test_posts_are_known_by_their_writings(text, kind, code):
    assert post(text, kind) == code


@given(st.text(max_size=60))
def test_any_text_has_a_key_and_an_answer(text):
    assert word_key(text).isalnum() or word_key(text) == ""
    assert post_key(text) == " ".join(post_key(text).split())
    assert post(text) is None or post(text) in CODES


PROFESSIONAL, POLITICAL = QualificationKind.PROFESSIONAL, QualificationKind.POLITICAL


@pytest.mark.parametrize(
    ("kind", "text", "level"),
    [
        (PROFESSIONAL, "Đại học", "university"), (PROFESSIONAL, "ĐH", "university"),
        (PROFESSIONAL, "Đại học Luật", "university"), (PROFESSIONAL, "Cử nhân kinh tế", "university"),
        (PROFESSIONAL, "Kỹ sư", "university"), (PROFESSIONAL, "Bác sỹ", "university"),
        (PROFESSIONAL, "Thạc sĩ", "master"), (PROFESSIONAL, "ThS.", "master"), (PROFESSIONAL, "Ths QLKT", "master"),
        (PROFESSIONAL, "Đại học, Thạc sỹ Luật", "master"), (PROFESSIONAL, "Sau đại học", "master"),
        (PROFESSIONAL, "Tiến sĩ", "doctor"), (PROFESSIONAL, "TS", "doctor"), (PROFESSIONAL, "Cao đẳng", "college"),
        (PROFESSIONAL, "CĐ", "college"), (PROFESSIONAL, "Trung cấp", "vocational"), (PROFESSIONAL, "TC", "vocational"),
        (PROFESSIONAL, "12/12", "upper-secondary"), (PROFESSIONAL, "10/10", "upper-secondary"),
        (PROFESSIONAL, "11/12", "lower-secondary"), (PROFESSIONAL, "9/12", "lower-secondary"),
        (PROFESSIONAL, "8/12", "none"), (PROFESSIONAL, "THPT", "upper-secondary"), (PROFESSIONAL, "không", "none"),
        (PROFESSIONAL, "", None), (PROFESSIONAL, "Luật", None), (PROFESSIONAL, "university", "university"),
        (POLITICAL, "Trung cấp LLCT-HC", "trung-cap"), (POLITICAL, "Trung cấp", "trung-cap"),
        (POLITICAL, "TC", "trung-cap"), (POLITICAL, "TCLLCT", "trung-cap"), (POLITICAL, "Cao cấp LLCT-HC", "cao-cap"),
        (POLITICAL, "Cao cấp", "cao-cap"), (POLITICAL, "CC", "cao-cap"), (POLITICAL, "cao-cap", "cao-cap"),
        (POLITICAL, "Cử nhân", "cu-nhan"), (POLITICAL, "Cử nhân chính trị", "cu-nhan"), (POLITICAL, "Sơ cấp", "so-cap"),
        (POLITICAL, "SC", "so-cap"), (POLITICAL, "Chưa qua đào tạo", "none"), (POLITICAL, "Chưa", "none"),
        (POLITICAL, "0", "none"), (POLITICAL, "-", "none"), (POLITICAL, "", None),
        (POLITICAL, "Đang học cao cấp", None),
        (POLITICAL, "Đại học", "cu-nhan"), (POLITICAL, "xx", None),
        (QualificationKind.STATE_MANAGEMENT, "CVC", "chuyen-vien-chinh"),
        (QualificationKind.STATE_MANAGEMENT, "Chuyên viên", "chuyen-vien"),
        (QualificationKind.STATE_MANAGEMENT, "Ngạch chuyên viên cao cấp", "chuyen-vien-cao-cap"),
        (QualificationKind.DEFENCE, "Đối tượng 3", "doi-tuong-3"), (QualificationKind.DEFENCE, "ĐT4", "doi-tuong-4"),
        (QualificationKind.DEFENCE, "2", "doi-tuong-2"), (QualificationKind.DEFENCE, "5", None),
        (QualificationKind.LANGUAGE, "Tiếng Anh B1", None),
    ],
)  # fmt: skip
def test_levels_are_known_by_their_old_and_new_names(kind, text, level):
    assert match_level(kind, text) == level


def test_the_highest_level_counts():
    assert highest(PROFESSIONAL, ["college", "master", "university"]) == Degree.MASTER
    assert highest(PROFESSIONAL, ["none"]) == "none"
    assert highest(PROFESSIONAL, ["unheard of", ""]) == ""
    assert highest(POLITICAL, []) == ""
