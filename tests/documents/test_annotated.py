import datetime as dt
import time
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.documents.workbook_files import ods, ods_row, saved, xlsx
from tests.documents.xls_files import xls
from vuntrong.documents import annotated
from vuntrong.documents.annotated import ERROR_COLOUR, WARNING_COLOUR, Remark, RemarkWords, annotate
from vuntrong.documents.sheets import Sheet, to_xlsx
from vuntrong.documents.workbooks import open_workbook

WORDS = RemarkWords("Nhận xét", ("Trang", "Dòng", "Cột", "Loại", "Nội dung"), "Lỗi", "Cảnh báo")
SHEET = "Danh sách"
ROWS = [["Họ và tên", "Ngày sinh", "CCCD"], ["Lê An", "31/2/1985", "=1+1"], ["Vi Cù", "1985", "0123"]]
REMARKS = [
    Remark(SHEET, 2, "B", is_error=True, sentence="Ngày không có thật."),
    Remark(SHEET, 2, "B", is_error=False, sentence="=Xem lại."),
    Remark(SHEET, 3, "C", is_error=False, sentence="Thiếu số 0."),
    Remark(SHEET, 4, "", is_error=True, sentence="Thiếu tên."),
]


def reread(content: bytes):
    return openpyxl.load_workbook(BytesIO(content))


def colour(cell) -> str:
    return cell.fill.fgColor.rgb[-6:] if cell.fill.fill_type == "solid" else ""


def files() -> list[tuple[bytes, str, str]]:
    rows = [["'" + value if value.startswith("=") else value for value in row] for row in ROWS]
    csv = "\n".join(";".join(row) for row in ROWS).encode()
    return [
        (xlsx(rows), "ds.xlsx", SHEET),
        (xls(ROWS), "ds.xls", SHEET),
        (ods("".join(ods_row(*row) for row in ROWS)), "ds.ods", SHEET),
        (csv, SHEET + ".csv", SHEET + ".csv"),
    ]


@pytest.mark.parametrize(("content", "name", "sheet"), files(), ids=["xlsx", "xls", "ods", "csv"])
def test_cells_are_coloured_and_commented_and_all_remarks_listed(content, name, sheet):
    remarks = [Remark(sheet, one.row, one.column, one.is_error, one.sentence) for one in REMARKS]

    book = reread(annotate(content, name, remarks, WORDS))

    page, listed = book[sheet], book["Nhận xét"]
    assert [colour(page[place]) for place in ("A2", "B2", "C3", "A4")] == [
        "",
        ERROR_COLOUR,
        WARNING_COLOUR,
        ERROR_COLOUR,
    ]
    assert page["B2"].comment.text == "Ngày không có thật.\n=Xem lại."
    assert (page["B2"].value, page["A1"].value) == ("31/2/1985", "Họ và tên")
    assert [tuple(cell.value or None for cell in row) for row in listed.iter_rows()] == [
        WORDS.header,
        (sheet, 2, "B", "Lỗi", "Ngày không có thật."),
        (sheet, 2, "B", "Cảnh báo", "=Xem lại."),
        (sheet, 3, "C", "Cảnh báo", "Thiếu số 0."),
        (sheet, 4, None, "Lỗi", "Thiếu tên."),
    ]


@pytest.mark.parametrize(("content", "name", "sheet"), files(), ids=["xlsx", "xls", "ods", "csv"])
def test_nothing_written_is_a_formula(content, name, sheet):
    remarks = [Remark(sheet, 2, "A", is_error=True, sentence="=cmd|'/c calc'!A0")]

    book = reread(annotate(content, name, remarks, WORDS))

    assert [cell.coordinate for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"] == []


def test_the_look_of_a_small_workbook_is_kept():
    book = openpyxl.Workbook()
    page = book.active
    page.title = SHEET
    page["A1"], page["A2"], page["B2"] = "Họ và tên", "Lê An", "=1+1"
    page["A1"].font = Font(bold=True, color="FF0000")
    page["A2"].comment = Comment("Ghi chú cũ", "x")
    page.column_dimensions["A"].width = 33
    page.merge_cells("A3:C4")

    remarks = [Remark(SHEET, 2, "A", True, "Sai."), Remark(SHEET, 4, "B", True, "Sai ô gộp.")]
    kept = reread(annotate(saved(book), "ds.xlsx", remarks, WORDS))[SHEET]

    assert (kept["A1"].font.bold, kept.column_dimensions["A"].width) == (True, 33)
    assert kept["A2"].comment.text == "Ghi chú cũ\nSai."
    assert (colour(kept["A3"]), kept["A3"].comment.text) == (ERROR_COLOUR, "Sai ô gộp.")
    assert kept["B2"].data_type != "f"


def test_old_text_comes_back_readable_and_values_keep_their_kind():
    content = xls([["Hä vµ tªn", 12.5], ["NguyÔn V¨n An", 7.0]])

    page = reread(annotate(content, "ds.xls", [], WORDS))[SHEET]

    assert [[cell.value for cell in row] for row in page.iter_rows()] == [["Họ và tên", 12.5], ["Nguyễn Văn An", 7]]


def test_a_sheet_of_the_name_of_the_remarks_is_no_obstacle():
    content = xlsx([["x"]], sheet="Nhận xét")

    assert reread(annotate(content, "ds.xlsx", [], WORDS)).sheetnames == ["Nhận xét", "Nhận xét (2)"]


def test_the_annotated_workbook_is_read_as_the_original():
    rows = [["Họ và tên", "Sinh"], ["Lê An", dt.date(1985, 3, 2)], ["Vi Cù", 1986]]
    content = xlsx(rows)
    again = annotate(content, "ds.xlsx", [Remark(SHEET, 2, "A", True, "Sai.")], WORDS)

    assert open_workbook(again, "x.xlsx").grid(SHEET).rows == open_workbook(content, "x.xlsx").grid(SHEET).rows


def test_a_large_list_is_written_anew_in_bounded_time(monkeypatch):
    rows = [(number, f"Học viên {number}", "31/2/1985", "x") for number in range(20_000)]
    content = to_xlsx([Sheet(SHEET, ("STT", "Họ và tên", "Ngày sinh", "Ghi chú"), rows)])
    remarks = [Remark(SHEET, number, "C", True, "Ngày không có thật.") for number in range(2, 20_002)]
    monkeypatch.setattr(annotated, "LARGEST_KEPT", 10_000)

    began = time.process_time()
    back = annotate(content, "ds.xlsx", remarks, WORDS)

    assert time.process_time() - began < 20
    page = reread(back)[SHEET]
    assert (colour(page["C20001"]), page["C2"].comment.text) == (ERROR_COLOUR, "Ngày không có thật.")
    assert page["C20001"].comment is None
