"""The training block for the national database of officials: one row for each paper and each class, as JSON and XLSX.

Group 5 of Decree 27/2026/NĐ-CP. Its field codes and its interface were not found: names are our own, told in
docs/training-block.md. The superset fits forms 2C and HS02-VC/BNV. Source: institutions.md 7.2.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

from vuntrong.documents.sheets import Sheet

FORMAT, VERSION = "vuntrong-training-block", 1


@dataclass(frozen=True)
class TrainingRow:
    """One qualification or one finished class of one person; every value is text, dates are ISO or their known part."""

    personal_id: str
    profile_code: str
    full_name: str
    born_on: str
    sex: str
    unit: str
    unit_code: str
    kind: str
    level: str
    field: str
    institution: str
    institution_code: str
    studied_from: str
    studied_to: str
    mode: str
    paper: str
    number: str
    register_number: str
    issued_on: str
    grade: str
    sending_decision: str
    funding: str
    verified_by: str
    verified_on: str
    verified_from: str
    source: str

    @property
    def has_key(self) -> bool:
        """Whether the national database can tell whose row it is."""
        return bool(self.personal_id or self.profile_code)


NAMES = tuple(field.name for field in fields(TrainingRow))
HEADER = {
    "personal_id": "Số định danh cá nhân",
    "profile_code": "Số hiệu hồ sơ",
    "full_name": "Họ và tên",
    "born_on": "Ngày sinh",
    "sex": "Giới tính",
    "unit": "Đơn vị",
    "unit_code": "Mã đơn vị",
    "kind": "Loại",
    "level": "Trình độ",
    "field": "Chuyên ngành, tên khóa",
    "institution": "Cơ sở đào tạo",
    "institution_code": "Mã cơ sở",
    "studied_from": "Từ",
    "studied_to": "Đến",
    "mode": "Hình thức",
    "paper": "Văn bằng, chứng chỉ",
    "number": "Số hiệu",
    "register_number": "Số vào sổ",
    "issued_on": "Ngày cấp",
    "grade": "Xếp loại",
    "sending_decision": "Quyết định cử đi học",
    "funding": "Nguồn kinh phí",
    "verified_by": "Người xác minh",
    "verified_on": "Ngày xác minh",
    "verified_from": "Căn cứ xác minh",
    "source": "Nguồn",
}
"""Column headers in the order of the fields."""
KEYED, KEYLESS = "Khối đào tạo, bồi dưỡng", "Thiếu khóa"


def to_sheets(rows: Iterable[TrainingRow], *, title: str) -> list[Sheet]:
    """Return the rows with a key, and apart from them those without; `rows` is read once, while it is written."""
    missing: list[TrainingRow] = []
    keyed = _values(_with_key(rows, missing))
    header = tuple(HEADER.values())
    note = "Chưa có số định danh và số hiệu hồ sơ; bổ sung rồi kết xuất lại"
    return [
        Sheet(title=KEYED, header=header, rows=keyed, title_lines=(title,)),
        Sheet(title=KEYLESS, header=header, rows=_values(missing), title_lines=(title, note)),
    ]


def _with_key(rows: Iterable[TrainingRow], missing: list[TrainingRow]) -> Iterator[TrainingRow]:
    """Yield the rows with a key and put the others into `missing`."""
    for row in rows:
        if row.has_key:
            yield row
        else:
            missing.append(row)


def _values(rows: Iterable[TrainingRow]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        yield tuple(getattr(row, name) for name in NAMES)


def from_values(values: Iterable[str]) -> TrainingRow:
    """Return the row that a line of the sheet holds."""
    return TrainingRow(*values)


def to_json(rows: Iterable[TrainingRow], *, scope: str, period: tuple[str, str], made_on: str) -> Iterator[str]:
    """Yield the document piece by piece, rows with a key first; `period` is ISO, empty for an open end."""
    head = {"format": FORMAT, "version": VERSION, "made_on": made_on, "scope": scope}
    head["from"], head["to"] = period
    missing: list[TrainingRow] = []
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    yield from _listed(_with_key(rows, missing))
    yield '], "without_key": ['
    yield from _listed(missing)
    yield "]}\n"


def _listed(rows: Iterable[TrainingRow]) -> Iterator[str]:
    mark = "\n"
    for row in rows:
        yield mark + json.dumps(asdict(row), ensure_ascii=False)
        mark = ",\n"


def from_json(text: str) -> list[TrainingRow]:
    """Read a document of ours back, rows with a key first. Raises ValueError for another format or version."""
    document: dict[str, Any] = json.loads(text)
    if (document.get("format"), document.get("version")) != (FORMAT, VERSION):
        raise ValueError(f"not {FORMAT} {VERSION}")
    return [TrainingRow(**row) for row in [*document["rows"], *document["without_key"]]]
