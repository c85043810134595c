"""The paper and the workbook: their words and numbers, read back from the finished files."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.factories import make_programme
from tests.reports.builders import FIRST_HALF, approve, held, make_centre, make_tuyen_hoa, period
from vuntrong.documents.docx import to_docx
from vuntrong.documents.pdf import to_pdf
from vuntrong.documents.sheets import to_xlsx
from vuntrong.reports.documents.paper import report_paper
from vuntrong.reports.documents.tables import classes_table, details_table
from vuntrong.reports.documents.wording import in_text, period_name
from vuntrong.reports.documents.workbook import report_workbook
from vuntrong.reports.queries.figures import figures_now, turns_last_year
from vuntrong.reports.queries.rows import report_rows
from vuntrong.reports.queries.scopes import scope_of
from vuntrong.reports.rules.folding import UnitLine
from vuntrong.reports.rules.periods import ReportPeriod, half_year, whole_year

pytestmark = pytest.mark.django_db


def printed(centre, of: ReportPeriod = FIRST_HALF):
    return report_paper(centre.unit, figures_now(centre.unit, of), turns_last_year(centre.unit, of))


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_paper_of_tuyen_hoa_says_what_the_specimen_says():
    made = printed(make_tuyen_hoa())

    text = one_line(
        "\n".join(page.extract_text() for page in PdfReader(BytesIO(to_pdf(made.paper, made.layout))).pages)
    )

    for words in (
        "HUYỆN ỦY TUYÊN HÓA",
        "TRUNG TÂM CHÍNH TRỊ",
        "-BC/TTCT",
        "Tuyên Hóa, ngày tháng năm 2022",
        "Thực hiện Quyết định số 718-QĐ/HU, ngày 10/01/2022 của Ban Thường vụ Huyện ủy Tuyên Hóa về việc giao chỉ tiêu",
        "Kế hoạch năm 2022 được giao là 20 lớp. Đến ngày 30/6/2022, đơn vị đã mở 06 lớp, đạt 30,0% kế hoạch năm, với "
        "327 học viên; bình quân 54,5 học viên một lớp. Số lớp còn phải thực hiện trong 6 tháng cuối năm là 14 lớp.",
        "Biểu số 01. Kết quả mở lớp 6 tháng đầu năm 2022",
        "Thời điểm chốt số liệu: 30/6/2022",
        "Đơn vị phối hợp với Trường Chính trị tỉnh tổ chức lớp trung cấp lý luận chính trị khóa XII, hệ không tập "
        "trung; đến nay lớp đã hoàn thành 05 học phần.",
        "Tiếp tục mở 14 lớp theo Quyết định 718-QĐ/HU",
        "GIÁM ĐỐC",
        "Biểu số 02. Kết quả đào tạo, bồi dưỡng 6 tháng đầu năm 2022",
    ):
        assert words in text


def test_pdf_and_docx_print_the_same_paper():
    made = printed(make_tuyen_hoa())

    document = Document(BytesIO(to_docx(made.paper, made.layout)))

    words = one_line(" ".join(paragraph.text for paragraph in document.paragraphs))
    assert "đã mở 06 lớp, đạt 30,0% kế hoạch năm, với 327 học viên" in words


def test_table_1_adds_up_to_a_hundred():
    report = figures_now(make_tuyen_hoa().unit, FIRST_HALF)

    table = classes_table(report)

    assert [row.cells[-6:] for row in table.rows] == [
        ("3", "2", "66,7", "94", "28,75", "47,0"),
        ("3", "1", "33,3", "54", "16,51", "54,0"),
        ("1", "1", "100,0", "45", "13,76", "45,0"),
        ("2", "2", "100,0", "134", "40,98", "67,0"),
        ("11", "0", "0,0", "0", "0,00", "-"),
        ("20", "6", "30,0", "327", "100,00", "54,5"),
    ]


def test_a_plan_that_is_silent_prints_a_dash_and_never_0():
    centre = make_centre()
    programme = make_programme()
    approve(centre.unit, [(programme, None, None), (make_programme(), 4, None)])
    held(centre.unit, programme=programme, people=centre.crowd(3))
    report = figures_now(centre.unit, FIRST_HALF)

    cells = classes_table(report).rows[0].cells

    assert cells[2:5] == ("-", "1", "-")
    assert details_table(report, {}).rows[1].cells[2:4] == ("-", "-")
    assert "Dấu (-) là chưa có số liệu kế hoạch." in classes_table(report).note


def test_without_an_approved_plan_nothing_is_said_of_a_share():
    centre = make_centre()
    held(centre.unit, people=centre.crowd(2))

    made = printed(centre)

    texts = [block.text for block in made.paper.blocks if hasattr(block, "text")]
    assert any(text.startswith("Đến ngày 30/6/2022, đơn vị đã mở 01 lớp, với 02 học viên") for text in texts)
    assert not any("%" in text for text in texts)


def test_an_empty_report_prints():
    made = printed(make_centre())

    assert to_pdf(made.paper, made.layout).startswith(b"%PDF-")


def test_a_school_writes_with_the_head_of_the_state():
    centre = make_centre(kind="provincial_school")

    made = printed(centre)

    assert (made.paper.head.style, made.layout.name, made.paper.head.code) == ("state", "state30", "BC-TTCT")
    assert [block.text for block in made.paper.blocks if hasattr(block, "text")][-1].endswith("./.")


def test_the_same_days_of_last_year_are_compared():
    centre = make_centre()
    programme = make_programme()
    held(centre.unit, "2021-03-01", people=centre.crowd(5), programme=programme)
    held(centre.unit, "2022-03-01", people=centre.crowd(3), programme=programme)
    report = figures_now(centre.unit, FIRST_HALF)

    rows = details_table(report, turns_last_year(centre.unit, FIRST_HALF)).rows

    assert [row.cells[-1] for row in rows[1:]] == ["-2", "-2"]


def test_leap_day_has_a_day_in_the_year_before():
    centre = make_centre()

    assert turns_last_year(centre.unit, period("2024-02-29", "2024-03-01")) == {}


@pytest.mark.parametrize(
    ("of", "name"),
    [
        (half_year(2022, 1), "6 tháng đầu năm 2022"),
        (half_year(2022, 2), "6 tháng cuối năm 2022"),
        (whole_year(2022), "năm 2022"),
        (period("2022-03-01", "2022-06-15"), "từ ngày 01/3/2022 đến ngày 15/6/2022"),
    ],
)
def test_periods_have_their_name(of, name):
    assert period_name(of) == name


@pytest.mark.parametrize(("number", "words"), [(0, "0"), (6, "06"), (9, "09"), (10, "10"), (1056, "1.056")])
def test_counts_below_ten_take_a_zero_in_text(number, words):
    assert in_text(number) == words


def test_the_workbook_has_figures_classes_and_every_turn():
    centre = make_tuyen_hoa()
    rows = report_rows(scope_of(centre.unit, FIRST_HALF))

    report = figures_now(centre.unit, FIRST_HALF)
    book = load_workbook(BytesIO(to_xlsx(report_workbook(report, rows, senders=[UnitLine("1", "Xã A", 327, 327)]))))

    assert book.sheetnames == [
        "Chương trình",
        "Loại hình",
        "Hình thức học",
        "Đối tượng",
        "Khối",
        "Đơn vị mở lớp",
        "Đơn vị cử",
        "Các lớp",
        "Lớp phối hợp (không cộng)",
        "Danh sách",
    ]
    programmes = [[cell.value for cell in row] for row in book["Chương trình"].iter_rows(min_row=5)]
    assert [row[3] for row in programmes][-1] == 6
    assert [row[6] for row in programmes if isinstance(row[0], int)] == [94, 54, 45, 134, 0]
    assert book["Danh sách"].max_row == 6 + 327
