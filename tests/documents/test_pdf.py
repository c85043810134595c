import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

import pytest
from pypdf import PageObject, PdfReader

from tests.documents.specimens import REPORT, decision, results_table
from vuntrong.documents import pdf
from vuntrong.documents.layouts import LAYOUTS, PARTY05, PARTY36, POINTS_PER_MM, STATE30, Layout
from vuntrong.documents.papers import Address, Paper, Run, body, centred
from vuntrong.documents.pdf import FontsMissing, fitted, to_pdf, to_png

EVERY_LAYOUT = pytest.mark.parametrize(
    ("paper", "layout"), [(decision(), STATE30), (REPORT, PARTY36), (REPORT, PARTY05)], ids=list(LAYOUTS)
)


def reader(paper: Paper, layout: Layout) -> PdfReader:
    return PdfReader(BytesIO(to_pdf(paper, layout)))


def texts(paper: Paper, layout: Layout) -> list[str]:
    """Return the text of each page with plain spaces, one line per line."""
    return [page.extract_text().replace("\u00a0", " ") for page in reader(paper, layout).pages]


def flowing(paper: Paper, layout: Layout) -> str:
    return " ".join(" ".join(texts(paper, layout)).split())


@dataclass(frozen=True)
class Word:
    """A piece of text: distance from the left and the upper edge in millimetres, size in points."""

    text: str
    left: float
    top: float
    size: float


def words(page: PageObject) -> Iterator[Word]:
    found: list[Word] = []

    def take(text: str, matrix: list[float], inner: list[float], _font: object, size: float) -> None:
        if text.strip():
            left = inner[4] * matrix[0] + matrix[4]
            bottom = inner[5] * matrix[3] + matrix[5]
            top = float(page.mediabox.height) - bottom
            found.append(Word(text.strip(), left / POINTS_PER_MM, top / POINTS_PER_MM, round(size * abs(inner[0]), 1)))

    page.extract_text(visitor_text=take)
    return iter(found)


def test_the_half_year_report_says_what_its_figures_say():
    text = flowing(REPORT, PARTY36)

    for line in (
        "HUYỆN ỦY TUYÊN HÓA",
        "TRUNG TÂM CHÍNH TRỊ",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 07-BC/TTCT",
        "Tuyên Hóa, ngày 05 tháng 7 năm 2022",
        "BÁO CÁO",
        "-----",
        "đã mở 06 lớp, đạt 30,0% kế hoạch năm, với 327 học viên; bình quân 54,5 học viên một lớp",
        "Tổng cộng 20 6 30,0 327 100,00 54,5",
        "K/T GIÁM ĐỐC PHÓ GIÁM ĐỐC Nguyễn Văn A",
        "- Lãnh đạo Trung tâm, - Lưu Trung tâm.",
    ):
        assert line in text
    assert "CỘNG HÒA" not in text
    assert "./." not in text


def test_the_decision_says_what_the_decree_asks():
    text = flowing(decision(), STATE30)

    for line in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 18/QĐ-TCT",
        "HIỆU TRƯỞNG TRƯỜNG CHÍNH TRỊ TỈNH AN VÂN",
        "QUYẾT ĐỊNH:",
        "chịu trách nhiệm thi hành Quyết định này./.",
        "- Như Điều 3; - Ban Tổ chức Tỉnh ủy (để báo cáo); - Ban Giám hiệu; - Lưu: VT, QLĐT (03b).",
        "(Kèm theo Quyết định số 18/QĐ-TCT ngày 06 tháng 02 năm 2023 của Hiệu trưởng Trường Chính trị tỉnh An Vân)",
        "Danh sách gồm 12 học viên./.",
    ):
        assert line in text
    assert "ĐẢNG CỘNG SẢN" not in text


@EVERY_LAYOUT
def test_rendering_twice_gives_the_same_bytes(paper, layout):
    assert to_pdf(paper, layout) == to_pdf(paper, layout)


@EVERY_LAYOUT
def test_only_the_embedded_faces_of_one_family_are_used(paper, layout):
    fonts = {
        font["/BaseFont"].split("+")[1]: font["/DescendantFonts"][0]["/FontDescriptor"]
        for page in reader(paper, layout).pages
        for font in (reference.get_object() for reference in page["/Resources"]["/Font"].values())
    }

    assert {name.split("-")[0] for name in fonts} == {"Tinos"}
    assert all("/FontFile2" in descriptor or "/FontFile3" in descriptor for descriptor in fonts.values())


@EVERY_LAYOUT
def test_nothing_strange_is_left_in_the_text(paper, layout):
    text = "\n".join(texts(paper, layout))

    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"None|nan|\{\{|[^ ] {2,}[^ ]| ,|\"|'|\ufffd", text)


def test_pages_are_a4_with_the_margins_of_the_profile():
    report = reader(REPORT, PARTY36)
    page = report.pages[0]
    placed = list(words(page))

    assert [round(float(side) / POINTS_PER_MM) for side in page.mediabox[2:]] == [210, 297]
    body_lines = [word for word in placed if word.text.startswith(("Huyện ủy về", "2022, Trung"))]
    assert [round(word.left, 1) for word in body_lines] == [30.0, 30.0]
    assert body_lines[1].top - body_lines[0].top == pytest.approx(18 / POINTS_PER_MM, abs=0.05)
    assert {word.size for word in body_lines} == {14.0}
    assert min(word.top for word in placed) == pytest.approx(24.2, abs=0.5)  # base line of the first line, 15 pt


@pytest.mark.parametrize(("layout", "pitch"), [(PARTY36, 18), (PARTY05, 19)])
def test_lines_keep_the_exact_pitch(layout, pitch):
    lines = [word.top for word in words(reader(REPORT, layout).pages[0]) if word.text.startswith(("mở 06", "lớp. Số"))]

    assert (lines[1] - lines[0]) * POINTS_PER_MM == pytest.approx(pitch, abs=0.1)


def test_an_annex_may_lie_across_and_counts_its_own_pages():
    pages = reader(decision(copies=12), STATE30).pages
    first_lines = [page.extract_text().strip().splitlines()[0].strip() for page in pages]

    assert [round(float(page.mediabox.width) / POINTS_PER_MM) for page in pages] == [210, *[297] * (len(pages) - 1)]
    assert len(pages) > 3
    assert first_lines == ["TỈNH ỦY AN VÂN", "Phụ lục", *map(str, range(2, len(pages)))]


def test_page_numbers_begin_on_the_second_page_ten_millimetres_from_the_edge():
    second = next(words(reader(REPORT, PARTY36).pages[1]))

    assert (second.text, second.size) == ("2", 14.0)
    assert second.top == pytest.approx(14.0, abs=0.7)  # base line; the top of the digit stands at 10 mm


def test_the_header_of_a_table_repeats_on_each_page():
    annex = texts(decision(copies=12), STATE30)[1:]

    assert ["Ngày, tháng, năm sinh" in page for page in annex[:-1]] == [True] * (len(annex) - 1)
    assert annex[-1].count("STT") == (1 if "Hoàng Thị Dung" in annex[-1] else 0)


def test_a_group_title_never_stands_alone_at_the_foot():
    for page in texts(decision(copies=12), STATE30)[1:]:
        last = page.strip().splitlines()[-1]
        assert not re.match(r"I+\. Khối", last)


@pytest.mark.parametrize("count", range(14, 34))
def test_the_signature_carries_the_last_paragraph_with_it(count):
    paragraphs = tuple(body(f"Đoạn thứ {number} của báo cáo.") for number in range(1, count + 1))
    pages = texts(replace(REPORT, blocks=paragraphs), PARTY36)

    signed = next(page for page in pages if "Nguyễn Văn A" in page)
    assert f"Đoạn thứ {count} của báo cáo." in signed
    assert "PHÓ GIÁM ĐỐC" in signed
    assert "- Lưu Trung tâm." in signed


def test_text_is_never_read_as_markup():
    tricks = '#import "x": y *đậm* _nghiêng_ $x$ @ref <nhãn> `mã` = Đề mục \\ / // /* */ - a + b [c] #panic()'
    paper = replace(REPORT, blocks=(body(tricks), centred("- x"), body("1. Tên")))

    text = flowing(paper, PARTY36)

    assert tricks in text
    assert "- x 1. Tên" in text


def test_an_unnumbered_draft_keeps_room_for_number_and_day():
    text = texts(decision(number=None, date=None), STATE30)[0]

    assert re.search(r"Số: +/QĐ-TCT", text)
    assert re.search(r"An Vân, ngày +tháng +năm 2023", text)


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (("Ban Thường vụ Huyện ủy",), "Kính trình: Ban Thường vụ Huyện ủy"),
        (("- Sở Nội vụ;", "- Ban Tổ chức."), "Kính trình: - Sở Nội vụ; - Ban Tổ chức."),
    ],
)
def test_addressees_stand_under_the_title(names, line):
    paper = replace(REPORT, address=Address("Kính trình", names))

    assert line in flowing(paper, PARTY05)


def test_a_letter_carries_its_subject_in_the_head():
    head = replace(decision().head, code="SNV-CCVC", subject="V/v khảo sát nhu cầu\nđào tạo, bồi dưỡng năm 2026")
    text = flowing(replace(decision(), head=head, title=None), STATE30)

    assert "Số: 18/SNV-CCVC" in text
    assert "V/v khảo sát nhu cầu đào tạo, bồi dưỡng năm 2026" in text


def test_a_signature_without_prefix_prints_the_post_alone():
    paper = replace(REPORT, signature=replace(REPORT.signature, prefixes=(), post="Giám đốc"))

    assert "K/T" not in flowing(paper, PARTY36)
    assert "GIÁM ĐỐC Nguyễn Văn A" in flowing(paper, PARTY36)


def test_a_unit_name_of_ninety_letters_breaks_and_stays_in_its_column():
    long = "Trung tâm bồi dưỡng chính trị và phát triển nguồn nhân lực cán bộ cơ sở khu vực miền núi"
    page = reader(replace(REPORT, head=replace(REPORT.head, issuer=long)), PARTY36).pages[0]

    left = [word for word in words(page) if word.top < 50 and word.left < 100]
    assert {word.size for word in left if word.text.isupper() and "HUYỆN" not in word.text} >= {11.5}
    assert min(word.left for word in left) >= 30.0


@pytest.mark.parametrize(
    ("sentences", "count", "size", "pages", "pages_when_fitted"),
    [(1, 10, 14.0, 1, 1), (1, 11, 13.0, 2, 1), (1, 12, 14.0, 2, 2), (3, 6, 13.0, 2, 1), (3, 8, 14.0, 2, 2)],
)
def test_a_state_paper_shrinks_only_to_save_a_page(sentences, count, size, pages, pages_when_fitted):
    sentence = "Nội dung của điều khoản này được viết đủ dài để chiếm nhiều hơn một dòng trên trang giấy khổ A4."
    paper = replace(decision(), blocks=(body(" ".join([sentence] * sentences)),) * count, annexes=())

    layout = fitted(paper, STATE30)

    assert layout.body == size
    assert (len(texts(paper, STATE30)), len(texts(paper, layout))) == (pages, pages_when_fitted)


def test_a_party_paper_never_shrinks():
    blocks = (*[body("Nội dung.")] * 16, body("Hết."))

    assert fitted(replace(REPORT, blocks=blocks), PARTY36) == PARTY36


def test_a_preview_has_one_picture_per_page():
    pictures = to_png(REPORT, PARTY36, dots_per_inch=20)

    assert [picture[:4] for picture in pictures] == [b"\x89PNG"] * 2


def test_a_layout_of_the_other_head_is_refused():
    with pytest.raises(ValueError, match="party36 does not fit a state head"):
        to_pdf(decision(), PARTY36)


@pytest.mark.parametrize(("width", "is_refused"), [(51.0, False), (51.1, True)])
def test_a_table_wider_than_the_text_is_refused(width, is_refused):
    table = results_table()
    columns = (table.columns[0], replace(table.columns[1], width_mm=width), *table.columns[2:])
    paper = replace(REPORT, blocks=(replace(table, columns=columns),))

    if is_refused:
        with pytest.raises(ValueError, match="does not fit"):
            to_pdf(paper, PARTY36)
    else:
        assert to_pdf(paper, PARTY36).startswith(b"%PDF")


def test_missing_fonts_name_the_command_that_brings_them(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    pdf._fonts.cache_clear()

    with pytest.raises(FontsMissing, match=re.escape("python3 dev.py setup")):
        to_pdf(REPORT, PARTY36)


def test_bold_and_italic_runs_use_their_own_faces():
    paragraph = replace(
        body(""), runs=(Run("Đậm", bold=True), Run(" nghiêng", italic=True), Run(" cả hai", True, True))
    )
    resources = reader(replace(REPORT, blocks=(paragraph,)), PARTY36).pages[0]["/Resources"]["/Font"].values()

    faces = {font.get_object()["/BaseFont"].split("+")[1] for font in resources}
    assert faces == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
