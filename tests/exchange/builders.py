"""Lists of people as tests write them."""

from typing import Any

from tests.documents.workbook_files import xlsx
from tests.factories import make_unit
from vuntrong.documents.actions import store_file
from vuntrong.documents.columns import SheetMapping
from vuntrong.documents.models import StoredFile
from vuntrong.documents.workbooks import open_workbook
from vuntrong.exchange.actions.people import Check, Wish, check_people, import_people, read_people
from vuntrong.registry.models import Unit

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD", "Đơn vị", "Chức vụ"]


def home_unit() -> Unit:
    return make_unit("Tỉnh ủy Thử", kind="provincial_committee")


def keep_workbook(rows: list[list[Any]]) -> StoredFile:
    return store_file(content=xlsx(rows), name="danh-sach.xlsx", content_type="", by=None)


def reading_of(rows: list[list[Any]], wish: Wish, **mapping: Any) -> Any:
    return read_people(open_workbook(xlsx(rows), "danh-sach.xlsx"), SheetMapping.from_plain(mapping), wish)


def check(rows: list[list[Any]], home: Unit, **said: Any) -> Check:
    wish = Wish(home, **said)
    return check_people(reading_of(rows, wish), wish)


def bring_in(rows: list[list[Any]], home: Unit, **said: Any) -> Check:
    """Import the rows."""
    wish = Wish(home, **said)
    return import_people(reading=reading_of(rows, wish), wish=wish, run=None, source="danh-sach.xlsx", by=None)


def codes(found: Check) -> list[tuple[int, str, str]]:
    """Return (row, field, code) of everything that was remarked on."""
    return sorted((one.row, one.column, one.remark.code) for one in found.problems)
