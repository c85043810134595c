import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from tests.documents.specimens import REPORT, decision, learners_table, results_table
from vuntrong.documents.docx import to_docx
from vuntrong.documents.layouts import LAYOUTS, PARTY05, PARTY36, STATE30, Layout
from vuntrong.documents.papers import Address, Paper, body, heading

EVERY_LAYOUT = pytest.mark.parametrize(
    ("paper", "layout"), [(decision(), STATE30), (REPORT, PARTY36), (REPORT, PARTY05)], ids=list(LAYOUTS)
)
PARAGRAPH = "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs spacing ind jc rPr sectPr"
TABLE = "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook"
CELL = "tcW gridSpan vMerge tcBorders shd vAlign"
SECTION = "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid"
SCHEMA_ORDER = {"pPr": PARAGRAPH, "tblPr": TABLE, "tcPr": CELL, "sectPr": SECTION}
"""Word calls a file damaged when these children stand in another order. Source: ECMA-376, part 1, annex A."""


def opened(paper: Paper, layout: Layout) -> Document:
    return docx.Document(BytesIO(to_docx(paper, layout)))


def lines(document: Document) -> list[str]:
    """Return every paragraph in reading order, of tables too."""
    return [Paragraph(p, document).text.replace("\u00a0", " ") for p in document.element.body.iter(qn("w:p"))]


def find(document: Document, start: str) -> Paragraph:
    return next(
        found
        for p in document.element.body.iter(qn("w:p"))
        if (found := Paragraph(p, document)).text.replace("\u00a0", " ").startswith(start)
    )


def test_one_value_gives_the_same_words_as_the_pdf():
    text = " ".join(line for line in lines(opened(REPORT, PARTY36)) if line)

    for part in (
        "HUYỆN ỦY TUYÊN HÓA TRUNG TÂM CHÍNH TRỊ * Số 07-BC/TTCT ĐẢNG CỘNG SẢN VIỆT NAM",
        "Tuyên Hóa, ngày 05 tháng 7 năm 2022 BÁO CÁO kết quả đào tạo",
        "năm 2022 -----",
        "đạt 30,0% kế hoạch năm, với 327 học viên",
        "Tổng cộng 20 6 30,0 327 100,00 54,5",
        "- Lãnh đạo Trung tâm, - Lưu Trung tâm. K/T GIÁM ĐỐC PHÓ GIÁM ĐỐC Nguyễn Văn A",
    ):
        assert part in " ".join(text.split())


@EVERY_LAYOUT
def test_writing_twice_gives_the_same_bytes(paper, layout):
    assert to_docx(paper, layout) == to_docx(paper, layout)


@EVERY_LAYOUT
def test_children_stand_in_the_order_of_the_schema(paper, layout):
    root = opened(paper, layout).element

    for name, order in SCHEMA_ORDER.items():
        for found in root.iter(qn(f"w:{name}")):
            places = [order.split().index(child.tag.rpartition("}")[2]) for child in found]
            assert places == sorted(places)


def test_page_and_margins_are_exact():
    section = opened(REPORT, PARTY36).sections[0]

    measures = (section.page_width, section.page_height, section.top_margin, section.right_margin)
    assert [round(measure.mm, 1) for measure in measures] == [210.0, 297.0, 20.0, 15.0]
    assert [round(measure.mm, 1) for measure in (section.bottom_margin, section.left_margin)] == [20.0, 30.0]
    assert round(section.header_distance.mm, 1) == 10.0


def test_an_annex_is_a_landscape_section_that_counts_from_one():
    first, annex = opened(decision(), STATE30).sections

    assert (annex.orientation, round(annex.page_width.mm), round(annex.page_height.mm)) == (
        WD_ORIENT.LANDSCAPE,
        297,
        210,
    )
    assert [round(m.mm) for m in (annex.top_margin, annex.right_margin, annex.bottom_margin, annex.left_margin)] == [
        30,
        20,
        15,
        20,
    ]
    assert annex._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert first._sectPr.find(qn("w:pgNumType")) is None


def test_each_of_two_annexes_counts_from_one():
    annex = decision().annexes[0]
    paper = replace(
        decision(), annexes=(replace(annex, number="I"), replace(annex, number="II", landscape=False, blocks=()))
    )

    sections = opened(paper, STATE30).sections

    starts = [[mark.get(qn("w:start")) for mark in s._sectPr.findall(qn("w:pgNumType"))] for s in sections]
    assert starts == [[], ["1"], ["1"]]
    assert [round(section.page_width.mm) for section in sections] == [210, 297, 210]


def test_the_first_page_of_each_section_shows_no_number():
    for section in opened(decision(), STATE30).sections:
        assert section.different_first_page_header_footer
        assert section.first_page_header.is_linked_to_previous
        assert "PAGE" in section.header._element.xml


def test_the_font_is_times_new_roman_and_the_language_vietnamese():
    style = opened(REPORT, PARTY36).styles["Normal"]
    fonts = style.element.rPr.rFonts

    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert style.element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    assert style.font.size == Pt(14)


@pytest.mark.parametrize(
    ("paper", "layout", "pitch", "indent"),
    [
        (decision(), STATE30, 18, 12.7),
        (REPORT, PARTY36, 18, 10),
        (REPORT, PARTY05, 19, 10),
    ],
    ids=list(LAYOUTS),
)
def test_body_lines_keep_the_exact_pitch(paper, layout, pitch, indent):
    start = "Điều 2." if layout is STATE30 else "Kế hoạch năm"
    shape = find(opened(paper, layout), start).paragraph_format

    assert (shape.line_spacing, shape.space_before, shape.space_after) == (Pt(pitch), Pt(6), Pt(0))
    assert round(shape.first_line_indent.mm, 1) == indent
    assert shape.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY


def test_headings_and_the_closing_paragraph_stay_with_what_follows():
    document = opened(REPORT, PARTY36)

    starts = ("II- PHƯƠNG HƯỚNG", "Tiếp tục mở", "Trung tâm Chính trị huyện báo cáo")
    assert [find(document, start).paragraph_format.keep_with_next for start in starts] == [True, False, True]


def test_every_row_is_whole_and_header_rows_repeat():
    table = opened(decision(), STATE30).tables[-1]

    rows = [row._tr.trPr for row in table.rows]
    assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True, True, *[False] * (len(rows) - 2)]


def test_the_column_number_row_repeats_with_the_header():
    table = opened(REPORT, PARTY36).tables[1]

    headers = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert headers == [True, True, False, False, False, False, False]
    assert [cell.text for cell in table.rows[1].cells] == [f"({number})" for number in range(1, 9)]


def test_a_header_of_two_levels_is_merged():
    table = opened(decision(), STATE30).tables[-1]

    first, second = ([cell.text for cell in row.cells] for row in table.rows[:2])
    assert first[1:5] == ["Họ và tên", "Ngày, tháng, năm sinh", "Ngày, tháng, năm sinh", "Dân\ntộc"]
    assert second[1:5] == ["Họ và tên", "Nam", "Nữ", "Dân\ntộc"]


def test_group_rows_and_the_row_before_the_last_hold_on_to_the_next():
    table = opened(decision(copies=1), STATE30).tables[-1]

    keeps = [bool(list(row._tr.iter(qn("w:keepNext")))) for row in table.rows]
    assert keeps == [False, False, True, False, False, True, False]


@EVERY_LAYOUT
def test_column_widths_add_up(paper, layout):
    for table in opened(paper, layout).tables:
        columns = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        total = int(table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w")))
        assert abs(sum(columns) - total) <= len(columns)


def test_head_and_signature_stand_in_tables_without_borders():
    head, _, end = opened(REPORT, PARTY36).tables

    assert [table._tbl.tblPr.find(qn("w:tblBorders")) for table in (head, end)] == [None, None]
    assert end.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_rules_are_borders_of_narrowed_paragraphs():
    rules = [p for p in opened(decision(), STATE30).element.body.iter(qn("w:p")) if list(p.iter(qn("w:pBdr")))]

    lengths = []
    for rule, width in zip(rules, (66, 99, 165, 257), strict=True):
        indent = rule.pPr.ind
        lengths.append(round(width - Length(indent.left + indent.right).mm))
    assert lengths == [22, 56, 46, 45]


def test_party_marks_differ_from_state_marks():
    state, party = opened(decision(), STATE30), opened(REPORT, PARTY36)

    assert [bool(find(document, "Nơi nhận:").runs[0].underline) for document in (state, party)] == [False, True]
    assert [find(document, "Nơi nhận:").runs[0].bold for document in (state, party)] == [True, None]
    assert find(state, "PHÓ HIỆU TRƯỞNG").runs[0].bold
    assert not find(party, "PHÓ GIÁM ĐỐC").runs[0].bold


def test_properties_carry_the_date_of_the_paper_and_no_clock():
    content = to_docx(REPORT, PARTY36)

    core = docx.Document(BytesIO(content)).core_properties
    assert (core.created.isoformat()[:10], core.author, core.language) == ("2022-07-05", "Trung tâm Chính trị", "vi-VN")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_text_is_escaped():
    paper = replace(REPORT, blocks=(body("a < b & <w:p> ]]>"), heading("{{ x }}")))

    assert "a < b & <w:p> ]]>" in lines(opened(paper, PARTY36))


@pytest.mark.parametrize(
    ("names", "expected"),
    [(("Ban Thường vụ",), ["Kính trình: Ban Thường vụ"]), (("- A;", "- B."), ["Kính trình:", "- A;", "- B."])],
)
def test_addressees_stand_under_the_title(names, expected):
    found = lines(opened(replace(REPORT, address=Address("Kính trình", names)), PARTY05))

    at = found.index(expected[0])
    assert found[at : at + len(expected)] == expected


def test_a_layout_of_the_other_head_is_refused():
    with pytest.raises(ValueError, match="state30 does not fit a party head"):
        to_docx(REPORT, STATE30)


def test_a_table_wider_than_the_text_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        to_docx(replace(decision(), blocks=(learners_table(1),)), STATE30)


def test_a_table_without_note_is_followed_by_a_small_paragraph():
    document = opened(replace(REPORT, blocks=(replace(results_table(), note=""), body("x"))), PARTY36)

    after = Paragraph(document.tables[1]._tbl.getnext(), document)
    assert (after.text, after.paragraph_format.line_spacing) == ("", Pt(2))


def test_a_letter_carries_its_subject_in_the_head():
    paper = replace(REPORT, head=replace(REPORT.head, subject="khảo sát nhu cầu"), title=None)
    document = opened(paper, PARTY36)

    assert find(document, "khảo sát nhu cầu").runs[0].italic
    assert "-----" not in lines(document)
    assert document.tables[0].cell(0, 0).width == pytest.approx(Mm(72.6), abs=Mm(0.1))
