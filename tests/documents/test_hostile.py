import time
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from tests.documents.workbook_files import replace_member, with_sheet_xml, xlsx
from tests.documents.xls_files import xls
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.workbooks import open_workbook

LIST = xlsx([["Họ tên"], ["Lê An"]])


def refusal(content: bytes, name: str = "ds.xlsx"):
    with pytest.raises(WorkbookError) as caught:
        open_workbook(content, name)
    return caught.value.code


def many_members() -> bytes:
    stream = BytesIO(LIST)
    with zipfile.ZipFile(stream, "a") as archive:
        for number in range(5_000):
            archive.writestr(f"x/{number}", b"")
    return stream.getvalue()


def entities() -> bytes:
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    xml = f"{head}<worksheet><sheetData>&l9;</sheetData></worksheet>"
    return replace_member(LIST, "xl/worksheets/sheet1.xml", xml.encode())


def empty_rows() -> bytes:
    rows = "".join(f'<row r="{at}" ht="15"/>' for at in range(1, 1_048_577))
    return with_sheet_xml(f"<sheetData>{rows}</sheetData>")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (replace_member(LIST, "xl/media/zeros.bin", bytes(200 * 2**20)), "a.xlsx", "too-large"),
        (many_members(), "a.xlsx", "too-large"),
        (entities(), "a.xlsx", "not-a-workbook"),
        (replace_member(LIST, "xl/vbaProject.bin", b"x"), "a.xlsm", "macros"),
        (replace_member(LIST, "xl/macrosheets/sheet1.xml", b"<a/>"), "a.xlsx", "macros"),
        (xls([["x"]], storages=["_VBA_PROJECT_CUR"]), "a.xls", "macros"),
        (xls([["x"]], is_locked=True), "a.xls", "encrypted"),
        (xls([["x"]], storages=["EncryptedPackage"]), "a.xls", "encrypted"),
        (xls([["x"]])[:700], "a.xls", "not-a-workbook"),
        (empty_rows(), "a.xlsx", "empty"),
        (b"a" * 2**20 + b"\n" + b"," * (18 * 2**20), "a.csv", "line-too-long"),
    ],
    ids=["bomb", "members", "entities", "macro", "macro4", "macro-xls", "locked", "package", "cut", "rows", "line"],
)
def test_a_hostile_file_is_refused_within_seconds_and_bounded_memory(content, name, code):
    tracemalloc.start()
    began = time.process_time()

    found = refusal(content, name)

    seconds, peak = time.process_time() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == code
    assert seconds < 10
    assert peak < 150 * 2**20


def test_values_from_other_files_are_read_as_they_were_kept():
    link = '<sheetData><row r="1"><c r="A1"><f>[1]Sheet1!A1</f><v>7</v></c></row></sheetData>'

    grid = open_workbook(with_sheet_xml(link), "a.xlsx").grid("Danh sách")

    assert [list(row) for row in grid.rows] == [[7.0]]


@pytest.mark.parametrize(
    ("rows", "mark", "row"),
    [
        ([["MẬT"], ["DANH SÁCH"]], "MẬT", 1),
        ([["TỈNH ỦY", None, "(Tối mật)"]], "TỐI MẬT", 1),
        ([["Độ mật: Mật"], ["x"]], "MẬT", 1),
        ([["x"], ["DANH SÁCH CÁN BỘ - TUYỆT MẬT"]], "TUYỆT MẬT", 2),
        ([["x"], ["MËT"]], "MẬT", 2),
    ],
)
def test_a_secret_document_is_refused(rows, mark, row):
    with pytest.raises(WorkbookError) as caught:
        open_workbook(xlsx(rows), "ds.xlsx")

    values = {"name": "ds.xlsx", "mark": mark, "sheet": "Danh sách", "row": row}
    assert (caught.value.code, caught.value.values) == ("secret", values)


@pytest.mark.parametrize(
    ("name", "is_refused"),
    [
        ("Danh sách MẬT.xlsx", True),
        ("DS_MẬT_2026.xlsx", True),
        ("danh sách tối mật.xlsx", True),
        ("Độ mật: tối mật.xlsx", True),
        ("TUYỆT MẬT.xlsx", True),
        ("mật khẩu.xlsx", False),
        ("ds bảo mật.xlsx", False),
    ],
)
def test_a_file_name_may_tell_a_secret(name, is_refused):
    if is_refused:
        assert refusal(LIST, name) == "secret"
    else:
        assert open_workbook(LIST, name).sheets == ("Danh sách",)


def test_a_person_called_mat_is_no_secret():
    rows = [["STT", "Họ đệm", "Tên", "Ngày sinh"], [1, "NGUYỄN THỊ", "MẬT", "1985"], [2, "Lê Mật", "Bảo mật", "1"]]

    assert open_workbook(xlsx(rows), "ds.xlsx").sheets == ("Danh sách",)


@pytest.mark.parametrize("rows", [[["Mật khẩu"], ["x"]], [["Công tác bảo mật"], ["Mật độ dân số"]]])
def test_other_words_with_mat_are_no_secret(rows):
    assert open_workbook(xlsx(rows), "ds.xlsx").sheets == ("Danh sách",)
