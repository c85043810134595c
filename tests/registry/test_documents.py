import datetime as dt

import pytest

from tests.factories import make_unit
from vuntrong.documents.papers import SignatureBlock
from vuntrong.registry.documents import cited, keep_line, paper_head, paper_layout, paper_signature, paper_style

pytestmark = pytest.mark.django_db
DAY = dt.date(2022, 1, 10)


def province():
    return make_unit("Tỉnh ủy Quảng Bình", kind="provincial_committee", code="TU", seat="Đồng Hới")


@pytest.mark.parametrize(
    ("name", "kind", "parent", "style", "lines"),
    [
        ("Huyện ủy Tuyên Hóa", "district_committee", "Tỉnh ủy Quảng Bình", "party",
         ("Đảng bộ tỉnh Quảng Bình", "Huyện ủy Tuyên Hóa")),
        ("Đảng ủy xã Lê Hóa", "commune_committee", "Huyện ủy Tuyên Hóa", "party",
         ("Đảng bộ huyện Tuyên Hóa", "Đảng ủy xã Lê Hóa")),
        ("Trung tâm Chính trị huyện Tuyên Hóa", "district_centre", "Huyện ủy Tuyên Hóa", "party",
         ("Huyện ủy Tuyên Hóa", "Trung tâm Chính trị")),
        ("Ban Tổ chức Tỉnh ủy Quảng Bình", "organisation_board", "Tỉnh ủy Quảng Bình", "party",
         ("Tỉnh ủy Quảng Bình", "Ban Tổ chức")),
        ("Trường Chính trị tỉnh Hậu Giang", "provincial_school", "Tỉnh ủy Hậu Giang", "state",
         ("Tỉnh ủy Hậu Giang", "Trường Chính trị tỉnh")),
        ("Trường Chính trị Tô Hiệu", "provincial_school", "Thành ủy Hải Phòng", "state",
         ("Thành ủy Hải Phòng", "Trường Chính trị Tô Hiệu")),
        ("Sở Nội vụ tỉnh Bến Tre", "home_affairs", "Ủy ban nhân dân tỉnh Bến Tre", "state",
         ("UBND tỉnh Bến Tre", "Sở Nội vụ")),
        ("Ủy ban nhân dân tỉnh Bến Tre", "peoples_committee", "Bến Tre", "state",
         ("", "Ủy ban nhân dân\ntỉnh Bến Tre")),
        ("Ủy ban nhân dân xã Lê Hóa", "commune_peoples_committee", "Đảng ủy xã Lê Hóa", "state",
         ("", "Ủy ban nhân dân\nxã Lê Hóa")),
        ("Tỉnh ủy Quảng Bình", "provincial_committee", "Quảng Bình", "party", ("", "Tỉnh ủy Quảng Bình")),
    ],
)  # fmt: skip
def test_the_head_follows_the_kind_of_unit(name, kind, parent, style, lines):
    unit = make_unit(name, kind=kind, parent=make_unit(parent, kind="other"), code="X")

    head = paper_head(unit, kind="QĐ", day=DAY, number=7)

    assert (paper_style(unit), head.style, (head.parent, head.issuer)) == (style, style, lines)
    assert head.reference == ("07/QĐ-X" if style == "state" else "07-QĐ/X")


def test_the_head_takes_the_names_of_the_day():
    unit = make_unit("Huyện ủy Tuyên Hóa", kind="district_committee", parent=province(), code="HU", seat="Đồng Lê")
    unit.versions.update(valid_to=dt.date(2024, 12, 31))
    unit.versions.create(
        valid_from=dt.date(2025, 1, 1), name="Huyện ủy Mới", short_name="Mới", kind=unit.kind, code="HUM", seat="Mới"
    )

    old, new = (paper_head(unit, kind="QĐ", day=day) for day in (DAY, dt.date(2025, 2, 1)))

    assert (old.issuer, old.code, old.place_line) == (
        "Huyện ủy Tuyên Hóa",
        "QĐ/HU",
        "Đồng Lê, ngày 10 tháng 01 năm 2022",
    )
    assert (new.issuer, new.code, new.parent) == ("Huyện ủy Mới", "QĐ/HUM", "")


def test_a_draft_leaves_room_for_number_and_day():
    unit = make_unit("Huyện ủy Tuyên Hóa", kind="district_committee")

    head = paper_head(unit, kind="QĐ", day=DAY, is_dated=False)

    assert (head.date, head.year, head.number, head.place) == (None, 2022, None, "Tuyên Hóa")


@pytest.mark.parametrize(
    ("day", "key"), [(dt.date(2026, 5, 26), "party36"), (dt.date(2026, 5, 27), "party05"), (DAY, "party36")]
)
def test_the_layout_is_that_of_the_day(day, key):
    assert paper_layout(make_unit(kind="district_centre"), day).name == key


@pytest.mark.parametrize(
    ("kind", "post", "block"),
    [
        ("district_committee", "", (("T/M Ban Thường vụ",), "Bí thư")),
        ("district_committee", "Phó Bí thư", (("T/M Ban Thường vụ",), "Phó Bí thư")),
        ("district_centre", "", ((), "Giám đốc")),
        ("district_centre", "Phó Giám đốc", (("K/T Giám đốc",), "Phó Giám đốc")),
        ("provincial_school", "Phó Hiệu trưởng", (("KT. Hiệu trưởng",), "Phó Hiệu trưởng")),
        ("peoples_committee", "Chủ tịch", (("TM. Ủy ban nhân dân",), "Chủ tịch")),
        ("peoples_committee", "Phó Chủ tịch", (("TM. Ủy ban nhân dân", "KT. Chủ tịch"), "Phó Chủ tịch")),
    ],
)
def test_who_signs_for_a_unit(kind, post, block):
    assert paper_signature(make_unit(kind=kind), name="Nguyễn Văn An", post=post) == SignatureBlock(
        *block, "Nguyễn Văn An"
    )


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("provincial_school", "Lưu: VT"),
        ("district_centre", "Lưu Trung tâm"),
        ("district_committee", "Lưu Văn phòng Đơn vị A"),
        ("organisation_board", "Lưu Đơn vị A"),
    ],
)
def test_who_keeps_the_paper(kind, line):
    assert keep_line(make_unit("Đơn vị A", kind=kind)) == line


def test_other_papers_are_cited_in_the_style_of_the_citing_one():
    said = [cited("Quyết định", "718-QĐ/HU", DAY, "Huyện ủy", style=style) for style in ("party", "state")]

    assert said == [
        "Quyết định số 718-QĐ/HU, ngày 10/01/2022 của Huyện ủy",
        "Quyết định số 718-QĐ/HU ngày 10 tháng 01 năm 2022 của Huyện ủy",
    ]
