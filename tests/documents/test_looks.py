import pytest
from openpyxl import Workbook as Book
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.documents.workbook_files import saved
from tests.documents.xls_files import xls
from vuntrong.documents.workbooks import open_workbook
from vuntrong.kernel.legacy import Encoding

ROWS = [["Hä vµ tªn", "Đơn vị", "Ghi chú"], ["Lª ThÞ An", "bé", "bé"], ["NGUYỄN", "đi học", "Hoàng"]]
FONTS = {(0, 0): ".VnTime", (1, 0): ".VnTimeH", (1, 1): ".VnTime", (2, 1): ".VnArial", (2, 2): "VNI-Times"}
READ = [["Họ và tên", "Đơn vị", "Ghi chú"], ["LÊ THỊ AN", "bộ", "bé"], ["NGUYỄN", "đi học", "Hồng"]]


def styled() -> bytes:
    book = Book()
    page = book.active
    page.title = "Danh sách"
    for row in ROWS:
        page.append(row)
    for (row, column), font in FONTS.items():
        page.cell(row + 1, column + 1).font = Font(name=font)
    page.column_dimensions["B"].hidden = True
    page.row_dimensions[3].hidden = True
    return saved(book)


def binary() -> bytes:
    return xls(ROWS, fonts=FONTS, hidden_columns=[1], hidden_rows=[2])


@pytest.mark.parametrize(("content", "name"), [(styled(), "ds.xlsx"), (binary(), "ds.xls")])
def test_the_font_of_each_cell_decides_how_it_is_read(content, name):
    grid = open_workbook(content, name).grid("Danh sách")

    assert [list(row) for row in grid.rows] == READ
    assert [(one.column, one.encoding, one.count, one.row, one.after) for one in grid.conversions] == [
        (0, Encoding.TCVN3, 2, 1, "Họ và tên"),
        (1, Encoding.TCVN3, 1, 2, "bộ"),
        (2, Encoding.VNI, 1, 3, "Hồng"),
    ]


@pytest.mark.parametrize(("content", "name"), [(styled(), "ds.xlsx"), (binary(), "ds.xls")])
def test_hidden_rows_and_columns_are_known(content, name):
    grid = open_workbook(content, name).grid("Danh sách")

    assert (grid.hidden_columns, grid.hidden_rows) == (frozenset({1}), frozenset({2}))


def test_a_cell_with_several_fonts_is_read_stretch_by_stretch():
    book = Book()
    page = book.active
    page.title = "Danh sách"
    old = TextBlock(InlineFont(rFont=".VnTime"), "bé")
    page["A1"] = CellRichText(
        "Ông ", TextBlock(InlineFont(rFont="Arial"), "bé "), old, TextBlock(InlineFont(b=True), " bé")
    )

    grid = open_workbook(saved(book), "ds.xlsx").grid("Danh sách")

    assert [list(row) for row in grid.rows] == [["Ông bé bộ bé"]]


def test_a_clean_sheet_has_nothing_converted():
    grid = open_workbook(saved(Book(), [["Hà", "Lê", "Đức"], ["café", 1, None]]), "ds.xlsx").grid("Sheet")

    assert (grid.conversions, grid.hidden_columns, grid.hidden_rows) == ((), frozenset(), frozenset())
