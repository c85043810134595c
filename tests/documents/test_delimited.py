import pytest

from tests.documents.workbook_files import xlsx
from vuntrong.documents import delimited
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.workbooks import open_workbook, reopen_workbook

LIST = "Họ và tên;Ngày sinh;Đơn vị\nLê Thị An;01/05/1990;Xã Lê Hóa\n"
CELLS = [["Họ và tên", "Ngày sinh", "Đơn vị"], ["Lê Thị An", "01/05/1990", "Xã Lê Hóa"]]


def read(content: bytes, name: str = "ds.csv"):
    return [list(row) for row in open_workbook(content, name).grid(name).rows]


def refusal(content: bytes, name: str = "ds.csv"):
    with pytest.raises(WorkbookError) as caught:
        open_workbook(content, name)
    return caught.value.code


@pytest.mark.parametrize(
    "content",
    [
        LIST.encode(),
        LIST.encode("utf-8-sig"),
        LIST.encode("utf-16"),
        LIST.encode("utf-16-le"),
        LIST.encode("utf-16-be"),
        LIST.replace(";", ",").encode(),
        LIST.replace(";", "\t").encode("utf-16"),
        LIST.replace(";", "|").replace("\n", "\r\n").encode(),
        b"sep=;\r\n" + LIST.encode(),
        "Hä vµ tªn;Ngµy sinh;§¬n vÞ\nLª ThÞ An;01/05/1990;X· Lª Hãa\n".encode("latin-1"),
        "Hoï vaø teân;Ngaøy sinh;Ñôn vò\nLeâ Thò An;01/05/1990;Xaõ Leâ Hoùa\n".encode("latin-1"),
        b"Ho\xf2 va\xcc t\xean;Nga\xccy sinh;\xd0\xf5n vi\xf2\nL\xea Thi\xf2 An;01/05/1990;Xa\xde L\xea Ho\xeca\n",
        LIST.encode() + b"\n;;\n  ;\n",
        '"Họ và tên";"Ngày sinh";Đơn vị\n"Lê Thị An";"01/05/1990";"Xã Lê Hóa"'.encode(),
    ],
    ids=[
        "utf-8",
        "bom",
        "utf-16",
        "le",
        "be",
        "comma",
        "tab",
        "bar",
        "sep",
        "tcvn3",
        "vni",
        "cp1258",
        "blank",
        "quoted",
    ],
)
def test_letters_and_separator_are_found(content):
    assert read(content) == CELLS


def test_text_that_keeps_its_zeros_by_a_formula_is_read():
    assert read(b'ten,cccd\nAn,"=""001085001234"""\n') == [["ten", "cccd"], ["An", "001085001234"]]


def test_a_list_of_one_column_is_read():
    assert read("Họ và tên\nLê An, Bí thư\n".encode(), "ds.txt") == [["Họ và tên", ""], ["Lê An", " Bí thư"]]


def test_a_kept_file_is_read_again():
    assert [list(row) for row in reopen_workbook(LIST.encode(), "ds.tsv").grid("ds.tsv").rows] == CELLS


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"a;b\n\x00\x01\x02", "not-a-workbook"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not-a-workbook"),
        (b"a," * 600_000, "line-too-long"),
        (b"a,b\n" * 200_001, "too-many-rows"),
        (b"," * 900_000 + (b"\n" + b"," * 900_000) * 6, "too-many-rows"),
        (b'"' + b"a\n" * 200_000, "not-a-workbook"),
        (b"x" * (20 * 2**20 + 1), "too-large"),
    ],
    ids=["nothing", "blanks", "controls", "picture", "line", "rows", "cells", "field", "size"],
)
def test_what_is_no_list_is_refused(content, code):
    assert refusal(content) == code


def test_the_last_row_allowed_is_read(monkeypatch):
    monkeypatch.setattr(delimited, "MAX_ROWS", 2)

    assert len(read(LIST.encode())) == 2


def test_a_workbook_that_is_called_csv_is_still_a_workbook():
    book = open_workbook(xlsx([["Họ tên"]]), "ds.csv")

    assert book.sheets == ("Danh sách",)
