"""Lists of events as workbooks: the template to fill, and the rows that come back."""

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation

from vuntrong.documents.cells import plain_text
from vuntrong.documents.sheets import Sheet
from vuntrong.documents.tables import Column, FoundColumn, find_table
from vuntrong.documents.workbooks import Workbook
from vuntrong.kernel.text import search_key
from vuntrong.registry.enums import EventKind, UnitKind
from vuntrong.registry.rules.event_rows import EventRow

HEADERS = {
    "kind": ("Biến động", "Hình thức", "Hình thức sắp xếp", "Loại biến động"),
    "old": ("Đơn vị cũ", "Đơn vị trước sắp xếp", "Đơn vị trước khi sắp xếp"),
    "new": ("Đơn vị mới", "Đơn vị sau sắp xếp", "Đơn vị sau khi sắp xếp", "Tên mới"),
    "short_name": ("Tên ngắn", "Tên viết tắt"),
    "unit_kind": ("Loại đơn vị", "Loại hình"),
    "parent": ("Cấp trên về Đảng", "Đơn vị cấp trên", "Cấp trên"),
    "state_parent": ("Cấp trên về chính quyền",),
    "code": ("Ký hiệu văn bản", "Mã hiệu văn bản"),
    "seat": ("Địa danh", "Trụ sở"),
    "area_code": ("Mã đơn vị hành chính", "Mã ĐVHC"),
    "share": ("Tỷ lệ (%)", "Tỷ lệ"),
    "rest": ("Nhận phần còn lại",),
    "note": ("Ghi chú",),
}
"""How a workbook heads each column of `EventRow`; the first is what the template writes."""
REQUIRED = frozenset({"kind", "old", "new"})
COLUMNS = tuple(Column(key, aliases, required=key in REQUIRED) for key, aliases in HEADERS.items())
EXAMPLES = (
    EventRow("Sáp nhập", "xã Tân Lộc; xã Phú Mỹ", "xã Tân Phú", "Tân Phú", area_code="05860"),
    EventRow("Chia tách", "xã Bình An", "xã Bình Đông", share="60", rest="x"),
    EventRow("Chia tách", "xã Bình An", "xã Bình Tây", share="40"),
    EventRow("Đổi tên", "Trung tâm Chính trị xã Tân Lộc", "Trung tâm Chính trị xã Tân Phú"),
    EventRow("Giải thể", "Ban Dân vận", "Ban Tuyên giáo và Dân vận"),
)
WIDTHS = (18, 40, 34, 18, 22, 28, 28, 14, 16, 14, 10, 14, 28)


@dataclass(frozen=True)
class EventSheet:
    """The rows of one sheet with the numbers that the spreadsheet shows, and where each column stands."""

    rows: tuple[tuple[int, EventRow], ...]
    columns: dict[str, FoundColumn]

    def cell(self, row: int, column: str) -> str:
        """Return the name of a cell, C7; of a column that the sheet lacks only the row."""
        found = self.columns.get(column)
        return f"{found.letter if found else ''}{row}"


def read_event_sheet(book: Workbook, sheet: str) -> EventSheet:
    """Read the list of events of a sheet. Raises WorkbookError for one without such a table."""
    table = find_table(book.grid(sheet), COLUMNS)
    rows = tuple((row.number, EventRow(**{key: plain_text(row.value(key)) for key in HEADERS})) for row in table.rows)
    return EventSheet(rows, dict(table.columns))


def event_template(unit_names: Iterable[tuple[str, str]]) -> list[Sheet]:
    """Return the workbook to fill: an empty list, an example, and the units (code, name) as the system writes them."""
    with translation.override("vi"):
        words = [(str(kind.label), "") for kind in EventKind] + [("", str(kind.label)) for kind in UnitKind]
    return [
        _list_sheet("Biến động", ()),
        _list_sheet("Ví dụ", EXAMPLES),
        Sheet(title="Đơn vị", header=("Mã", "Tên"), rows=unit_names, widths=(34, 60)),
        Sheet(title="Từ dùng", header=("Biến động", "Loại đơn vị"), rows=words, widths=(30, 44)),
    ]


def _list_sheet(title: str, rows: Iterable[EventRow]) -> Sheet:
    header = [aliases[0] for aliases in HEADERS.values()]
    cells = [dataclasses.astuple(row) for row in rows]
    return Sheet(title=title, header=header, rows=cells, widths=WIDTHS, number_formats=["@"] * len(header))


def event_words() -> dict[str, str]:
    """Return the kinds of events by the search key of their Vietnamese words and by their codes."""
    return _words(EventKind.choices)


def unit_kind_words() -> dict[str, str]:
    """Return the kinds of units in the same way."""
    return _words(UnitKind.choices)


def _words(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    with translation.override("vi"):
        found = {search_key(str(label)): code for code, label in choices}
    return found | {search_key(code): code for code, _label in choices}
