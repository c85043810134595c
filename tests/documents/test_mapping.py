import json

import pytest

from tests.documents.workbook_files import xlsx
from vuntrong.documents.columns import Column, ColumnKind, DateOrder, FoundColumn, SheetMapping
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.tables import Skipped, Table, TableOffer, find_table
from vuntrong.documents.workbooks import open_workbook

PARTS = (("Họ đệm", "Họ và tên đệm", "Họ và đệm"), ("Tên",))
NAME = Column("name", ("Họ và tên", "Họ tên"), kind=ColumnKind.NAME, parts=PARTS)
BORN = Column("born", ("Ngày sinh",), required=False, kind=ColumnKind.DATE)
UNIT = Column("unit", ("Đơn vị", "Đơn vị công tác"), required=False, dash_repeats=True)
POST = Column("post", ("Chức vụ",), required=False)
ALL = (NAME, BORN, UNIT, POST)


def table_of(rows, mapping: SheetMapping | None = None, merges=()) -> Table:
    return find_table(open_workbook(xlsx(rows, merges=merges), "ds.xlsx").grid("Danh sách"), ALL, mapping)


def texts(table: Table, *keys: str) -> list[tuple[str, ...]]:
    return [tuple(row.cell(key).text() for key in keys) for row in table.rows]


def refusal(rows, mapping: SheetMapping) -> tuple[str, dict[str, object]]:
    with pytest.raises(WorkbookError) as caught:
        table_of(rows, mapping)
    return caught.value.code, caught.value.values


LIST = [["Người", "Sinh", "Nơi làm"], ["Lê An", "1985", "Xã A"]]


@pytest.mark.parametrize(
    "columns", [{"A": "name", "B": "born", "C": "unit"}, {"Người": "name", "sinh": "born", "NOI  LAM": "unit"}]
)
def test_a_mapping_by_letter_or_header_reads_what_no_alias_names(columns):
    table = table_of(LIST, SheetMapping(columns, header_row=1))

    assert texts(table, "name", "born", "unit") == [("Lê An", "1985", "Xã A")]


def test_mapped_headers_help_to_find_the_header():
    table = table_of([["DANH SÁCH"], [], *LIST], SheetMapping({"Người": "name", "Sinh": "born"}))

    assert (table.header_row, texts(table, "name")) == (3, [("Lê An",)])


def test_a_mapping_overrides_a_guess_and_may_leave_a_column_out():
    rows = [["Họ và tên", "Ngày sinh", "Đơn vị", "Đơn vị mới", "Chức vụ"], ["Lê An", "1985", "Cũ", "Mới", "x"]]

    table = table_of(rows, SheetMapping({"D": "unit", "Chức vụ": ""}))

    assert texts(table, "name", "unit", "post") == [("Lê An", "Mới", "")]
    assert [column.header for column in table.unknown] == ["Đơn vị", "Chức vụ"]


def test_a_mapping_settles_a_header_that_stands_twice():
    rows = [["Họ và tên", "Ngày sinh", "Ngày sinh"], ["Lê An", "1985", "1986"]]

    assert texts(table_of(rows, SheetMapping({"C": "born"})), "born") == [("1986",)]


def test_two_mapped_columns_make_one_name():
    rows = [["Họ", "Chữ lót", "Gọi"], ["Lê", "Thị", "An"], ["Vi", "", "Cù"]]

    table = table_of(rows, SheetMapping({"A": "name", "B": "name", "C": "name"}, header_row=1))

    assert texts(table, "name") == [("Lê Thị An",), ("Vi Cù",)]


@pytest.mark.parametrize(
    ("mapping", "code", "values"),
    [
        (SheetMapping({"Z": "name"}), "mapping-column-unknown", {"sheet": "Danh sách", "header": "Z"}),
        (SheetMapping({"Không có": "name"}, header_row=1), "mapping-column-unknown",
         {"sheet": "Danh sách", "header": "Không có"}),
        (SheetMapping({"A": "age"}), "mapping-key-unknown",
         {"header": "A", "key": "age", "keys": ["born", "name", "post", "unit"]}),
        (SheetMapping({"A": "unit", "B": "unit"}), "mapping-key-twice", {"header": "B", "key": "unit"}),
        (SheetMapping({"A": "name"}, header_row=9), "no-header",
         {"sheet": "Danh sách", "expected": ["Họ và tên", "Ngày sinh", "Đơn vị", "Chức vụ"]}),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_is_refused(mapping, code, values):
    assert refusal([["Họ và tên", "b", "c"], ["Lê An", "", "x"]], mapping) == (code, values)


@pytest.mark.parametrize(
    ("plain", "part"),
    [
        ([], "{}"),
        ({"colums": {}}, "colums"),
        ({"columns": []}, "columns"),
        ({"columns": {"A": 1}}, "columns"),
        ({"header_row": -1}, "header_row"),
        ({"header_row": True}, "header_row"),
        ({"sheet": 3}, "sheet"),
        ({"date_orders": {"born": "dmy"}}, "date_orders"),
    ],
)
def test_a_broken_mapping_file_names_the_part(plain, part):
    with pytest.raises(WorkbookError) as caught:
        SheetMapping.from_json(json.dumps(plain))

    assert (caught.value.code, caught.value.values) == ("mapping-broken", {"part": part})


def test_what_is_no_json_is_broken():
    with pytest.raises(WorkbookError) as caught:
        SheetMapping.from_json("{")

    assert caught.value.values == {"part": "JSON"}


def test_a_mapping_is_kept_and_reads_the_next_file_alike():
    rows = [["Họ và tên", "Ngày sinh", "Đơn vị"], ["Lê An", "1985", "Xã A"]]
    table = table_of(rows, SheetMapping(date_orders={"born": DateOrder.SWAPPED}))

    kept = SheetMapping.from_plain(json.loads(json.dumps(table.mapping().as_plain())))
    moved = [["Đơn vị", "Họ và tên", "Ngày sinh"], ["Xã B", "Vi Cù", "1986"]]

    assert kept == table.mapping()
    assert kept.date_orders == {"born": DateOrder.SWAPPED}
    assert texts(table_of(moved, kept), "name", "born", "unit") == [("Vi Cù", "1986", "Xã B")]


@pytest.mark.parametrize(
    ("header", "merges"),
    [
        (["Họ và tên", None, "Ngày sinh"], ["A1:B1"]),
        (["Họ và tên", None, "Ngày sinh"], []),
        (["Họ và tên đệm", "Tên", "Ngày sinh"], []),
        (["Họ đệm", "Tên", "Ngày sinh"], []),
    ],
)
def test_a_name_in_two_columns_is_read_as_one(header, merges):
    table = table_of([header, ["Lê Thị", "An", "1985"], ["Vi", "Cù", "1986"]], merges=merges)

    assert texts(table, "name", "born") == [("Lê Thị An", "1985"), ("Vi Cù", "1986")]


def test_a_blank_column_beside_a_name_is_left_alone():
    rows = [["Họ và tên", None, "Ngày sinh"], ["Lê An", None, "1985"], ["Vi Cù", "đã nghỉ việc rồi", "1986"]]

    assert texts(table_of(rows), "name") == [("Lê An",), ("Vi Cù",)]


def test_a_header_that_nearly_fits_is_a_guess():
    rows = [["Họ và tên cán bộ", "Ngày sinh", "Chức vvụ", "Đơn vị công tác hiện nay", "Quê"], list("abcde")]

    table = table_of(rows)

    assert {key: (column.letter, column.is_guess) for key, column in table.columns.items()} == {
        "born": ("B", False), "name": ("A", True), "post": ("C", True), "unit": ("D", True),
    }  # fmt: skip


def test_ditto_marks_are_read_as_the_cell_above_and_told():
    rows = [
        ["Họ và tên", "Ngày sinh", "Đơn vị", "Chức vụ"],
        ["Lê An", "1985", "nt", "Bí thư"],
        ["Vi Cù", "1986", "Xã A", "-"],
        ["Lý Nam", "nt", "-nt-", '"'],
        ["Hồ Ba", "1988", "-", "nt"],
    ]

    table = table_of(rows)

    assert texts(table, "born", "unit", "post") == [
        ("1985", "nt", "Bí thư"), ("1986", "Xã A", "-"), ("1986", "Xã A", "-"), ("1988", "Xã A", "-"),
    ]  # fmt: skip
    assert {one.key: (one.count, one.first_row) for one in table.repeated} == {
        "born": (1, 4), "unit": (2, 4), "post": (2, 4),
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Danh sách gồm 50 học viên./.",
        "Ấn định danh sách này có 50 người.",
        "Tổng số: 50 đồng chí",
        "(Danh sách này gồm 2 người)",
        "Danh sách trên gồm 02 đồng chí",
    ],
)
def test_a_summary_line_is_no_group(line):
    table = table_of([["Họ và tên", "Ngày sinh"], ["Lê An", "1985"], [line]])

    assert table.skipped == (Skipped(3, "total", line),)


def test_a_header_repeated_further_down_is_stepped_over():
    rows = [
        ["Họ và tên", "Ngày sinh", "Đơn vị"],
        ["Lê An", "1985", "Xã A"],
        ["Người lập biểu"],
        ["II", "Xã B"],
        ["Họ và tên", "Ngày sinh", "Đơn vị"],
        ["Vi Cù", "1986", "Xã B"],
    ]

    table = table_of(rows)

    assert texts(table, "name", "unit") == [("Lê An", "Xã A"), ("Vi Cù", "Xã B")]
    assert [(row.number, row.kind) for row in table.skipped] == [(3, "below-table"), (4, "below-table"), (5, "header")]
    assert table.others == ()


TWO_TABLES = [
    ["Họ và tên", "Ngày sinh", "Đơn vị"],
    ["Lê An", "1985", "Xã A"],
    ["DANH SÁCH DỰ BỊ"],
    ["STT", "Họ và tên", "Ngày sinh"],
    [1, "Vi Cù", "1986"],
    [2, "Lý Nam", "1987"],
]


def test_a_second_table_is_offered_and_read_by_its_row():
    table = table_of(TWO_TABLES)
    second = table_of(TWO_TABLES, SheetMapping(header_row=table.others[0].header_row))

    assert texts(table, "name") == [("Lê An",)]
    assert table.others == (TableOffer(4, ("STT", "Họ và tên", "Ngày sinh"), 2),)
    assert texts(second, "name") == [("Vi Cù",), ("Lý Nam",)]


def test_a_doubtful_date_column_is_told_and_settled_by_a_mapping():
    rows = [["Họ và tên", "Ngày sinh"], *([f"Lê An {at}", f"04/{12 + at}/1985"] for at in range(3))]

    doubted = table_of(rows)
    settled = table_of(rows, SheetMapping(date_orders={"born": DateOrder.MONTH_FIRST}))

    assert {key: doubt.code for key, doubt in doubted.doubts.items()} == {"born": "month-first"}
    assert settled.doubts == {}
    assert settled.rows[1].cell("born").date(order=settled.date_order("born")).display() == "13/04/1985"


def test_legacy_text_is_converted_and_told_before_headers_are_read():
    rows = [["Hä vµ tªn", "Ngµy sinh", "§¬n vÞ"], ["NguyÔn V¨n An", "1985", "TØnh ñy"], ["Lê Hà", "1986", "bé"]]

    table = table_of(rows)

    assert texts(table, "name", "unit") == [("Nguyễn Văn An", "Tỉnh ủy"), ("Lê Hà", "bé")]
    assert [
        (one.column, one.encoding.value, one.count, one.row, one.before, one.after) for one in table.conversions
    ] == [
        (0, "tcvn3", 2, 1, "Hä vµ tªn", "Họ và tên"),
        (1, "tcvn3", 1, 1, "Ngµy sinh", "Ngày sinh"),
        (2, "tcvn3", 2, 1, "§¬n vÞ", "Đơn vị"),
    ]


def test_a_doubtful_cell_follows_a_column_of_sure_ones():
    rows = [["Họ và tên", "Đơn vị"], ["Lê Hà", "§¶ng ñy"], ["Vi Ba", "TØnh ñy"], ["Vi Tư", "bé"], ["Vi Lục", "c«ng an"]]

    table = table_of(rows)

    assert texts(table, "unit") == [("Đảng ủy",), ("Tỉnh ủy",), ("bộ",), ("công an",)]
    assert texts(table, "name")[0] == ("Lê Hà",)


def test_a_found_column_is_plain():
    assert FoundColumn(0, "A", "x") == FoundColumn(0, "A", "x", (), is_guess=False)
