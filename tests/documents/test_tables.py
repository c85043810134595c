import pytest

from tests.documents.workbook_files import ods, ods_row, xlsx
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.tables import Column, Skipped, Table, find_table
from vuntrong.documents.workbooks import open_workbook

NAME = Column("name", ("Họ và tên", "Họ tên"))
BORN = Column("born", ("Ngày sinh", "Năm sinh"))
POST = Column("post", ("Chức vụ, đơn vị", "Đơn vị"), required=False)
BORN_MALE = Column("born_male", ("Ngày, tháng, năm sinh / Nam", "Năm sinh nam"))
BORN_FEMALE = Column("born_female", ("Ngày, tháng, năm sinh / Nữ", "Năm sinh nữ"))
SEX = Column("sex", ("Giới tính", "Nam"), required=False)


def table_of(content: bytes, *columns: Column, name: str = "ds.xlsx") -> Table:
    return find_table(open_workbook(content, name).grid("Danh sách"), columns)


def texts(table: Table, *keys: str) -> list[tuple[object, ...]]:
    return [(row.number, *(row.cell(key).text() for key in keys)) for row in table.rows]


def refusal(content: bytes, *columns: Column) -> tuple[str, dict[str, object]]:
    with pytest.raises(WorkbookError) as caught:
        table_of(content, *columns)
    return caught.value.code, caught.value.values


def test_the_header_is_found_under_three_lines_of_titles():
    rows = [
        ["HUYỆN ỦY SÔNG HÀN"],
        ["DANH SÁCH ĐĂNG KÝ NHU CẦU"],
        ["(Kèm theo Công văn số 12-CV/TTCT)"],
        [],
        ["STT", "HỌ VÀ TÊN", "Ngay  sinh", "Ghi chú"],
        [1, "Vi Văn Cường", "21/10/1986", None],
    ]

    table = table_of(xlsx(rows, merges=["A1:D1", "A2:D2", "A3:D3"]), NAME, BORN, POST)

    assert table.header_row == 5
    assert texts(table, "name", "born", "post") == [(6, "Vi Văn Cường", "21/10/1986", "")]
    assert [(column.letter, column.header) for column in table.unknown] == [("A", "STT"), ("D", "Ghi chú")]


TWO_LEVELS = [
    ["DANH SÁCH HỌC VIÊN"],
    ["STT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Đơn vị"],
    [None, None, "Nam", "Nữ", None],
    ["(1)", "(2)", "(3)", "(4)", "(5)"],
    [1, "Lê Văn An", "12/03/1985", None, "UBND xã Bình Lạc"],
    [2, "Hoàng Thị Dung", None, "08/03/1988", "Hội Phụ nữ xã Nà Lại"],
]


def test_a_merged_header_of_two_levels_is_read():
    content = xlsx(TWO_LEVELS, merges=["A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"])

    table = table_of(content, SEX, NAME, BORN_MALE, BORN_FEMALE, POST)

    assert table.columns["born_female"].header == "Ngày, tháng, năm sinh / Nữ"
    assert texts(table, "name", "born_male", "born_female", "sex") == [
        (5, "Lê Văn An", "12/03/1985", "", ""),
        (6, "Hoàng Thị Dung", "", "08/03/1988", ""),
    ]
    assert table.skipped == (Skipped(4, "numbering", "(1) (2) (3) (4) (5)"),)


def test_a_header_of_two_levels_is_read_where_the_file_tells_of_no_merges():
    table = table_of(xlsx(TWO_LEVELS), NAME, BORN_MALE, BORN_FEMALE)

    assert texts(table, "born_male", "born_female") == [(5, "12/03/1985", ""), (6, "", "08/03/1988")]


def test_a_row_of_people_is_not_taken_for_a_second_header_level():
    rows = [
        ["Họ và tên", "Ngày sinh", "Giới tính", None],
        ["Lê Văn An", "1985", "Nam", "x"],
        ["Vũ Đức Vinh", "1986", "Nam", ""],
    ]

    table = table_of(xlsx(rows), NAME, BORN, SEX)

    assert texts(table, "name", "sex") == [(2, "Lê Văn An", "Nam"), (3, "Vũ Đức Vinh", "Nam")]


def test_vertical_merges_hold_the_header_together_when_no_column_asks_for_the_second_level():
    content = xlsx(TWO_LEVELS, merges=["A2:A3", "B2:B3", "C2:D2", "E2:E3"])

    table = table_of(content, NAME, POST)

    assert texts(table, "name") == [(5, "Lê Văn An"), (6, "Hoàng Thị Dung")]


def test_totals_groups_blank_rows_and_signatures_are_not_data():
    rows = [
        ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        ["I", "Khối Đảng", None, None],
        [1, "Tống Công Danh", "1985", "Ban Tổ chức"],
        [None, " ", None, None],
        [None, "Cộng:", 1, None],
        ["Khối đoàn thể", None, None, None],
        [2, "Bàn Văn Khánh", "1987", "Hội Nông dân"],
        ["TỔNG CỘNG", None, 2, None],
        ["Người lập biểu", None, None, "GIÁM ĐỐC"],
        ["Nguyễn Thị A", None, None, "Nguyễn Văn B"],
    ]

    table = table_of(xlsx(rows), NAME, BORN, POST)

    assert [(row.number, row.group, row.cell("name").text()) for row in table.rows] == [
        (3, "I Khối Đảng", "Tống Công Danh"),
        (7, "Khối đoàn thể", "Bàn Văn Khánh"),
    ]
    assert [(row.number, row.kind) for row in table.skipped] == [
        (2, "group"),
        (5, "total"),
        (6, "group"),
        (8, "total"),
        (9, "below-table"),
        (10, "below-table"),
    ]


def test_a_list_of_one_column_has_no_group_rows():
    table = table_of(xlsx([["Họ và tên"], ["Vi Văn Cường"], ["Lê Văn An"]]), NAME)

    assert texts(table, "name") == [(2, "Vi Văn Cường"), (3, "Lê Văn An")]


def test_a_cell_tells_sheet_row_column_and_header():
    table = table_of(xlsx([[None, "Họ và tên", "Ngày sinh (*)"], [1, "Lê Văn An", "1985"]]), NAME, BORN)

    place = table.rows[0].cell("born").place

    assert (place.sheet, place.row, place.column, place.header) == ("Danh sách", 2, "C", "Ngày sinh (*)")


def test_missing_columns_are_named_all_at_once():
    content = xlsx([["Họ và tên", "Ghi chú"], ["Lê Văn An", "x"]])

    values = {"sheet": "Danh sách", "row": 1, "missing": ["Ngày sinh"], "found": ["Họ và tên", "Ghi chú"]}
    assert refusal(content, NAME, BORN, POST) == ("columns-missing", values)


def test_a_sheet_without_a_header_is_refused():
    content = xlsx([["Lê Văn An", "1985"]])

    assert refusal(content, NAME, BORN) == ("no-header", {"sheet": "Danh sách", "expected": ["Họ và tên", "Ngày sinh"]})


def test_a_header_that_stands_twice_is_refused():
    content = xlsx([["Họ và tên", "Ngày sinh", "Ngày sinh"], ["Lê Văn An", "1985", "1986"]])

    values = {"sheet": "Danh sách", "row": 1, "header": "Ngày sinh", "columns": ["B", "C"]}
    assert refusal(content, NAME, BORN) == ("column-twice", values)


@pytest.mark.parametrize(("lines", "found"), [(17, True), (18, False)])
def test_the_header_is_looked_for_in_the_first_eighteen_rows(lines, found):
    content = xlsx([["Tiêu đề"]] * lines + [["Họ và tên", "Ngày sinh"], ["Lê Văn An", "1985"]])

    if found:
        assert texts(table_of(content, NAME, BORN), "name") == [(lines + 2, "Lê Văn An")]
    else:
        assert refusal(content, NAME, BORN)[0] == "no-header"


def test_a_table_of_an_open_document_is_read():
    content = ods(ods_row("Họ và tên", "Ngày sinh") + ods_row("Lê Văn An", "1985"))

    assert texts(table_of(content, NAME, BORN, name="ds.ods"), "name", "born") == [(2, "Lê Văn An", "1985")]
