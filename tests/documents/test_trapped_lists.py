"""Any mix of traps, written down and read again, gives the same people."""

import datetime as dt

from hypothesis import given, settings

from tests.documents.trapped_lists import Trapped, cells_of, fonts_of, rows_of, trapped_lists, trapped_xlsx
from tests.documents.xls_files import xls
from vuntrong.documents.births import BIRTH_COLUMNS, NAME_PARTS, BirthReader
from vuntrong.documents.columns import Column, ColumnKind
from vuntrong.documents.tables import find_table
from vuntrong.documents.workbooks import open_workbook
from vuntrong.kernel.names import without_title

COLUMNS = (
    Column("name", ("Họ và tên", "Họ tên"), kind=ColumnKind.NAME, parts=NAME_PARTS),
    *BIRTH_COLUMNS,
    Column("unit", ("Đơn vị", "Đơn vị công tác"), required=False, dash_repeats=True),
)


def read(content: bytes, name: str) -> list[tuple[str, str, str, str]]:
    table = find_table(open_workbook(content, name).grid("Danh sách"), COLUMNS)
    births = BirthReader(table, 2026)
    found = []
    for row in table.rows:
        birth = births.read(row)
        assert birth.troubles == ()
        unit = row.cell("unit").text() or row.group
        found.append((without_title(row.cell("name").text()).name, str(birth.born_on), birth.sex, unit))
    return found


def meant(trapped: Trapped) -> list[tuple[str, str, str, str]]:
    return [(one.name, one.born, one.sex, one.unit) for one in trapped.people]


@settings(max_examples=60)
@given(trapped_lists())
def test_any_mix_of_traps_is_read_from_a_workbook_as_it_was_meant(trapped):
    assert read(trapped_xlsx(trapped), "ds.xlsx") == meant(trapped)


@settings(max_examples=60)
@given(trapped_lists())
def test_any_mix_of_traps_is_read_from_a_binary_workbook_as_it_was_meant(trapped):
    rows = rows_of(trapped)
    cells = [[_serial(value) for value in row] for row in cells_of(rows)]

    assert read(xls(cells, fonts=fonts_of(rows)), "ds.xls") == meant(trapped)


def _serial(value):
    return (value - dt.date(1899, 12, 30)).days if isinstance(value, dt.date) else value
