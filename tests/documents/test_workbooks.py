import zipfile
from io import BytesIO

import pytest

from tests.documents.workbook_files import ods, ods_row, replace_member, with_sheet_xml, xlsx
from vuntrong.documents import inspection
from vuntrong.documents.inspection import OLE_MARK, WorkbookError, column_letters, column_number
from vuntrong.documents.workbooks import open_workbook


def refusal(content: bytes, name: str = "ds.xlsx") -> tuple[str, dict[str, object]]:
    with pytest.raises(WorkbookError) as caught:
        open_workbook(content, name)
    return caught.value.code, caught.value.values


def archive(**members: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"Ho va ten;Ngay sinh\n",
        b"%PDF-1.7 ",
        archive(note="hello"),
        OLE_MARK + bytes(504),
        xlsx([["x"]])[:900],
        replace_member(xlsx([["x"]]), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"),
        replace_member(xlsx([["x"]]), "xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'),
        replace_member(xlsx([["x"]]), "xl/workbook.xml", b'<?xml version="1.0" encoding="UT0-8"?><workbook/>'),
    ],
    ids=["csv", "pdf", "zip", "ole", "cut", "broken-xml", "doctype", "encoding"],
)
def test_a_file_of_another_kind_is_not_a_workbook(content):
    assert refusal(content) == ("not-a-workbook", {"name": "ds.xlsx"})


def test_a_workbook_with_a_password_is_encrypted():
    content = OLE_MARK + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(96)

    assert refusal(content) == ("encrypted", {"name": "ds.xlsx"})


def test_an_open_document_with_a_password_is_encrypted():
    locked = replace_member(ods(ods_row("x")), "content.xml", bytes(range(256)))
    content = replace_member(locked, "META-INF/manifest.xml", b"<manifest><encryption-data/></manifest>")

    assert refusal(content, "ds.ods") == ("encrypted", {"name": "ds.ods"})


@pytest.mark.parametrize("content", [b"", xlsx([]), xlsx([["", None], [None]])])
def test_a_workbook_without_any_cell_is_empty(content):
    assert refusal(content) == ("empty", {"name": "ds.xlsx"})


def test_a_file_over_the_limit_is_too_large(monkeypatch):
    content = xlsx([["x"]])
    monkeypatch.setattr(inspection, "MAX_BYTES", len(content) - 1)

    assert refusal(content) == ("too-large", {"name": "ds.xlsx", "limit_mb": 0})


def test_a_file_at_the_limit_is_taken(monkeypatch):
    content = xlsx([["x"]])
    monkeypatch.setattr(inspection, "MAX_BYTES", len(content))

    assert open_workbook(content, "ds.xlsx").sheets == ("Danh sách",)


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    content = replace_member(xlsx([["x"]]), "xl/media/zeros.bin", bytes(200 * 2**20))

    assert refusal(content) == ("too-large", {"name": "ds.xlsx", "limit_mb": 200})


def test_a_zip_bomb_that_lies_about_its_size_is_not_a_workbook():
    content = bytearray(replace_member(xlsx([["x"]]), "xl/media/zeros.bin", bytes(1_000_000)))
    size = (1_000_000).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (10).to_bytes(4, "little")

    assert refusal(bytes(content)) == ("not-a-workbook", {"name": "ds.xlsx"})


@pytest.mark.parametrize(
    ("xml", "values"),
    [
        (
            '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
            {"sheet": "Danh sách", "row": 1_048_576, "limit": 200_000},
        ),
        (
            '<sheetData><row r="200000"><c r="Z200000"><v>1</v></c></row></sheetData>',
            {"sheet": "Danh sách", "row": 200_000, "column": "Z", "limit": 200_000},
        ),
        (
            '<sheetData><row r="200001"><c><v>1</v></c></row></sheetData>',
            {"sheet": "Danh sách", "row": 200_001, "limit": 200_000},
        ),
        (
            f'<sheetData><row r="{"9" * 5000}"><c><v>1</v></c></row></sheetData>',
            {"sheet": "Danh sách", "row": 1_000_000_000, "limit": 200_000},
        ),
    ],
    ids=["stray-corner", "area", "implied-cell", "huge-number"],
)
def test_a_cell_far_away_is_refused_before_memory_is_taken(xml, values):
    assert refusal(with_sheet_xml(xml)) == ("too-many-rows", values)


def test_the_last_row_allowed_is_read():
    last = '<row r="200000"><c r="A200000"><v>2</v></c></row>'
    xml = f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{last}</sheetData>'

    grid = open_workbook(with_sheet_xml(xml), "ds.xlsx").grid("Danh sách")

    assert (len(grid.rows), grid.rows[0], grid.rows[-1]) == (200_000, [1.0], [2.0])


def test_a_million_blank_rows_cost_nothing():
    blank = "".join(f'<row r="{number}"><c r="A{number}"/></row>' for number in range(2, 1_048_577))
    xml = f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>{blank}</sheetData>'

    grid = open_workbook(with_sheet_xml(xml), "ds.xlsx").grid("Danh sách")

    assert grid.rows == [[1.0]]


def test_an_open_document_is_read():
    content = ods(ods_row("Họ và tên", "Ngày sinh") + ods_row("Nông Thị Thủy", "1986"))

    grid = open_workbook(content, "ds.ods").grid("Danh sách")

    assert grid.rows == [["Họ và tên", "Ngày sinh"], ["Nông Thị Thủy", "1986"]]


def test_repeated_rows_of_an_open_document_are_counted():
    content = ods(ods_row("x", repeat=1_048_576))

    assert refusal(content, "ds.ods") == ("too-many-rows", {"sheet": "ds.ods", "row": 1_048_576, "limit": 200_000})


def test_blank_repeated_rows_of_an_open_document_are_left_out():
    blank = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'

    grid = open_workbook(ods(ods_row("x") + blank), "ds.ods").grid("Danh sách")

    assert grid.rows == [["x"]]


def test_cells_keep_their_place_when_the_sheet_begins_further_down():
    grid = open_workbook(xlsx([[None], [None, None, "x"]]), "ds.xlsx").grid("Danh sách")

    assert [list(row) for row in grid.rows] == [["", "", ""], ["", "", "x"]]


def test_an_unknown_sheet_is_refused_with_the_names_there_are():
    book = open_workbook(xlsx([["x"]]), "ds.xlsx")

    with pytest.raises(WorkbookError) as caught:
        book.grid("Biểu 02")

    values = {"name": "ds.xlsx", "sheet": "Biểu 02", "sheets": ("Danh sách",)}
    assert (caught.value.code, caught.value.values) == ("no-such-sheet", values)


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns_are_named_as_the_spreadsheet_names_them(number, letters):
    assert (column_letters(number), column_number(letters)) == (letters, number)
