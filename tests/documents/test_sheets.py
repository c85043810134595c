import datetime as dt
import tracemalloc
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from vuntrong.documents.sheets import CellValue, Sheet, clean_title, to_xlsx
from vuntrong.documents.workbooks import open_workbook
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.legacy import to_unicode

LEARNERS = Sheet(
    title="Học viên",
    header=("STT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Điểm"),
    rows=[
        (1, "Lê Văn An", PartialDate(1985), dt.date(2012, 1, 6), Decimal("8.25")),
        (2, "Nông Thị Thủy", PartialDate(1986, 12), dt.date(2012, 12, 1), None),
    ],
    title_lines=("DANH SÁCH HỌC VIÊN", "Lớp K43.B06"),
    total=("", "Tổng cộng", "", "", 2),
)


def page_of(content: bytes):
    return load_workbook(BytesIO(content)).active


def test_rows_come_back_as_they_were_written():
    grid = open_workbook(to_xlsx([LEARNERS]), "ds.xlsx").grid("Học viên")

    assert [list(row) for row in grid.rows] == [
        ["DANH SÁCH HỌC VIÊN", "", "", "", ""],
        ["Lớp K43.B06", "", "", "", ""],
        ["", "", "", "", ""],
        ["STT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Điểm"],
        [1.0, "Lê Văn An", "1985", dt.date(2012, 1, 6), 8.25],
        [2.0, "Nông Thị Thủy", "12/1986", dt.date(2012, 12, 1), ""],
        ["", "Tổng cộng", "", "", 2.0],
    ]


def test_the_header_stays_and_the_filter_leaves_the_total_alone():
    page = page_of(to_xlsx([LEARNERS]))

    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("A5", "A4:E6", "$4:$4")


def test_numbers_and_dates_carry_their_format():
    page = page_of(to_xlsx([LEARNERS]))

    assert [page[cell].number_format for cell in ("A5", "B5", "D5", "E5")] == ["#,##0", "@", "dd/mm/yyyy", "#,##0.00"]


def test_a_column_may_set_its_own_width_and_format():
    sheet = Sheet("Tỷ lệ", ("Đạt (%)", "Ghi chú"), [(30, "x")], widths=(25,), number_formats=("0.0",))

    page = page_of(to_xlsx([sheet]))

    assert page["A2"].number_format == "0.0"
    assert round(page.column_dimensions["A"].width) == 26  # Excel adds the margin of a cell


@pytest.mark.parametrize("text", ["=1+1", "+84123", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "\r=1", "{=1}"])
def test_text_is_never_a_formula(text):
    page = page_of(to_xlsx([Sheet("x", (text,), [(text,)], title_lines=(text,), total=(text,))]))

    cells = [page["A1"], page["A3"], page["A4"], page["A5"]]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [page[name].quotePrefix for name in ("A4", "A5")] == [text[0] != "{"] * 2


def test_text_that_looks_like_a_link_or_a_number_stays_text():
    content = to_xlsx([Sheet("x", ("a", "b"), [("https://example.org", "001085001234")])])

    assert open_workbook(content, "x.xlsx").grid("x").rows[1] == ["https://example.org", "001085001234"]
    assert page_of(content)["A2"].hyperlink is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (10**15 - 1, float(10**15 - 1)),
        (10**15, "1000000000000000"),
        (dt.date(1900, 3, 1), dt.date(1900, 3, 1)),
        (dt.date(1900, 2, 28), "28/02/1900"),
        (dt.datetime(2026, 1, 2, 7, 30, tzinfo=dt.UTC), dt.datetime.fromisoformat("2026-01-02T07:30")),
    ],
)
def test_what_excel_would_change_is_written_as_text(value, shown):
    content = to_xlsx([Sheet("x", ("a",), [(value,)])])

    assert open_workbook(content, "x.xlsx").grid("x").rows[1] == [shown]


@pytest.mark.parametrize(
    ("title", "taken", "clean"),
    [
        ("Kế hoạch 2022", (), "Kế hoạch 2022"),
        ("Lớp K43/B06: [mới]?*", (), "Lớp K43 B06 mới"),
        ("'Học viên'", (), "Học viên"),
        ("a" * 40, (), "a" * 31),
        ("a" * 40, ("a" * 31,), "a" * 27 + " (2)"),
        ("Học viên", ("học viên", "học viên (2)"), "Học viên (3)"),
        ("  ", ("x",), "2"),
        ("History", (), "History 1"),
    ],
)
def test_titles_are_cleaned(title, taken, clean):
    assert clean_title(title, taken) == clean


def test_two_sheets_of_one_title_are_told_apart():
    content = to_xlsx([Sheet("Biểu", ("a",), [(1,)]), Sheet("Biểu", ("a",), [(2,)])])

    assert open_workbook(content, "x.xlsx").sheets == ("Biểu", "Biểu (2)")


@pytest.mark.parametrize(
    ("sheets", "error"),
    [
        ([], ValueError),
        ([Sheet("x", ("a",), [(1, 2)])], ValueError),
        ([Sheet("x", ("a",), [("x" * 32_768,)])], ValueError),
        ([Sheet("x", ("a",), [(True,)])], TypeError),
    ],
)
def test_what_cannot_be_shown_is_refused(sheets, error):
    with pytest.raises(error):
        to_xlsx(sheets)


def test_equal_sheets_give_equal_bytes():
    assert to_xlsx([LEARNERS]) == to_xlsx([LEARNERS])


def test_rows_are_streamed_and_never_held_together():
    rows = ((number, f"Học viên {number}", dt.date(1985, 1, 1)) for number in range(20_000))

    tracemalloc.start()
    content = to_xlsx([Sheet("x", ("STT", "Họ và tên", "Ngày sinh"), rows)])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 8 * 2**20
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.read("xl/worksheets/sheet1.xml").count(b"<row ") == 20_001


plain_texts = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=40).filter(
    lambda text: text == text.strip() == to_unicode(text).strip()
)
"""Letters that look like text of before Unicode would be converted, as they should."""
values = st.one_of(
    plain_texts,
    st.integers(-(10**14), 10**14),
    st.decimals(-10_000, 10_000, places=2),
    st.dates(dt.date(1900, 3, 1), dt.date(2199, 12, 31)),
    st.none(),
)


@settings(max_examples=50)
@given(st.lists(st.tuples(values, values, values), min_size=1, max_size=20))
def test_whatever_is_written_is_read_again(rows):
    content = to_xlsx([Sheet("x", ("a", "b", "c"), rows)])

    read = open_workbook(content, "x.xlsx").grid("x").rows
    padded = [*read[1:], *[["", "", ""]] * (len(rows) + 1 - len(read))]

    assert padded == [[expected(value) for value in row] for row in rows]


def expected(value: CellValue) -> object:
    if value is None:
        return ""
    return float(value) if isinstance(value, int | Decimal) else value
