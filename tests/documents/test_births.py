import datetime as dt

import pytest

from tests.documents.workbook_files import xlsx
from vuntrong.documents.births import BIRTH_COLUMNS, BirthReader
from vuntrong.documents.columns import Column, DateOrder, SheetMapping
from vuntrong.documents.tables import find_table
from vuntrong.documents.workbooks import open_workbook

COLUMNS = (Column("name", ("Họ và tên",)), *BIRTH_COLUMNS)


def births(header, *rows, mapping=None):
    grid = open_workbook(xlsx([["Họ và tên", *header], *(["Lê An", *row] for row in rows)]), "ds.xlsx").grid(
        "Danh sách"
    )
    table = find_table(grid, COLUMNS, mapping)
    reader = BirthReader(table, 2026)
    read = [reader.read(row) for row in table.rows]
    return [
        (str(one.born_on or ""), one.sex, [(trouble.code, trouble.key, trouble.text) for trouble in one.troubles])
        for one in read
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["12/3/85", None, None], ("12/03/1985", "male", [])),
        ([None, 1988, None], ("1988", "female", [])),
        ([None, 31108, None], ("02/03/1985", "female", [])),
        (["x", None, dt.date(1990, 5, 1)], ("01/05/1990", "male", [])),
        ([1, None, "1990"], ("1990", "male", [])),
        ([None, None, "sinh năm 1972"], ("1972", "", [])),
        (["1985", "1986", None], ("1985", "male", [("birth-twice", "born_male", "1985")])),
        ([None, "31/2/1985", None], ("", "female", [("date-day-out-of-range", "born_female", "31/2/1985")])),
    ],
)
def test_the_filled_one_of_two_columns_tells_date_and_sex(row, expected):
    assert births(["Nam", "Nữ", "Ngày sinh"], row) == [expected]


@pytest.mark.parametrize(
    ("sex", "expected"),
    [
        ("Nữ", ("1985", "female", [])),
        ("nam", ("1985", "male", [])),
        ("?", ("1985", "", [("sex-unknown", "sex", "?")])),
        (None, ("1985", "", [])),
    ],
)
def test_a_stated_sex_is_read(sex, expected):
    assert births(["Năm sinh", "Giới tính"], ["1985", sex]) == [expected]


def test_a_stated_sex_that_contradicts_the_column_is_told():
    found = births(["Nam", "Nữ", "Giới tính"], [None, "1985", "Nam"])

    assert found == [("1985", "female", [("sex-contradicts", "sex", "Nam")])]


def test_an_order_that_was_decided_is_used():
    mapping = SheetMapping(date_orders={"born": DateOrder.MONTH_FIRST})

    assert births(["Ngày sinh"], ["12/31/1985"], mapping=mapping) == [("31/12/1985", "", [])]
