"""Lists of learners as spreadsheets: what comes in, the template to fill, and the list that goes out."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.classes.rules.learner_rows import LearnerRow, RowProblem
from vuntrong.documents.cells import CellError, plain_text
from vuntrong.documents.sheets import Sheet
from vuntrong.documents.tables import Column, FoundColumn, Row, Table, find_table
from vuntrong.documents.workbooks import RawValue, Workbook
from vuntrong.kernel.text import search_key
from vuntrong.registry.enums import Sex

BORN = ("Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Ngày sinh", "Năm sinh", "Sinh ngày", "Sinh năm")
COLUMNS = (
    Column("name", ("Họ và tên", "Họ tên", "Họ, tên", "Họ và tên học viên", "Họ tên học viên", "Tên học viên")),
    Column("born_male", (*(f"{born} / Nam" for born in BORN), "Nam"), required=False),
    Column("born_female", (*(f"{born} / Nữ" for born in BORN), "Nữ"), required=False),
    Column("born", BORN, required=False),
    Column("sex", ("Giới tính", "GT", "Phái", "Nam/Nữ", "Nam, nữ"), required=False),
    Column(
        "unit",
        ("Đơn vị", "Đơn vị công tác", "Đơn vị cử", "Đơn vị cử đi học", "Cơ quan, đơn vị", "Cơ quan", "Nơi công tác"),
        required=False,
    ),
    Column("post", ("Chức vụ", "Chức danh", "Chức vụ, chức danh", "Chức vụ công tác"), required=False),
    Column("note", ("Ghi chú",), required=False),
)
SEXES = {"nam": Sex.MALE, "trai": Sex.MALE, "male": Sex.MALE, "m": Sex.MALE} | {
    "nu": Sex.FEMALE,
    "gai": Sex.FEMALE,
    "female": Sex.FEMALE,
    "f": Sex.FEMALE,
}
TICKS = frozenset({"x", "v", "✓", "✔", "1"})
"""Signs that a clerk puts into a column "Nam" or "Nữ" that holds no dates."""
GROUP_NUMBER = re.compile(r"^(?:[IVXLC]+|[A-ZĐ]|\d{1,3})[.)\-]*\s+")
TEXT_LIMITS = {"name": 120, "unit": 200, "post": 200, "note": 300}


@dataclass(frozen=True)
class LearnerTable:
    """The learners of one sheet, and where each column stands."""

    sheet: str
    header_row: int
    columns: dict[str, FoundColumn]
    unknown: tuple[FoundColumn, ...]
    titles: tuple[tuple[int, str], ...]
    """Rows that were taken for titles of groups, (number, text): a person must be able to see a wrong guess."""
    rows: tuple[LearnerRow, ...]


def read_learners(book: Workbook, sheet: str) -> LearnerTable:
    """Read the learners of a sheet; troubles of a cell stay with its row.

    A row without a unit takes the group title above it. Raises WorkbookError for a sheet without such a table.
    """
    table = find_table(book.grid(sheet), COLUMNS)
    reader = _Reader(table)
    return LearnerTable(
        sheet=sheet,
        header_row=table.header_row,
        columns=dict(table.columns),
        unknown=table.unknown,
        titles=tuple((one.number, one.text) for one in table.skipped if one.kind == "group"),
        rows=tuple(reader.read(row) for row in table.rows),
    )


class _Reader:
    """Reads rows of one table; equal texts of units and posts are cleaned once."""

    def __init__(self, table: Table) -> None:
        self.at = {key: column.index for key, column in table.columns.items()}
        self.clean: dict[str, str] = {}

    def read(self, row: Row) -> LearnerRow:
        problems: list[RowProblem] = []
        born_on, sex = self._birth(row, problems)
        stated = self._sex(row, problems)
        if sex and stated and sex != stated:
            problems.append(RowProblem("sex-contradicts", "sex", {"value": self._text(row, "sex")}))
        texts = {key: self._text(row, key) for key in TEXT_LIMITS}
        for key, limit in TEXT_LIMITS.items():
            if len(texts[key]) > limit:
                problems.append(RowProblem("text-too-long", key, {"length": len(texts[key]), "limit": limit}))
        return LearnerRow(
            number=row.number,
            name=texts["name"],
            born_on=born_on,
            sex=sex or stated,
            unit=texts["unit"] or _group_unit(row.group),
            post=texts["post"],
            note=texts["note"],
            problems=tuple(problems),
        )

    def _value(self, row: Row, key: str) -> RawValue:
        index = self.at.get(key)
        return "" if index is None or index >= len(row.values) else row.values[index]

    def _text(self, row: Row, key: str) -> str:
        value = self._value(row, key)
        if not isinstance(value, str):
            return plain_text(value)
        if value not in self.clean:
            self.clean[value] = plain_text(value)
        return self.clean[value]

    def _birth(self, row: Row, problems: list[RowProblem]) -> tuple[str, str]:
        """Return the birth date as ISO and the sex that its column tells."""
        found: list[tuple[str, str]] = []
        for key, sex in (("born_male", Sex.MALE), ("born_female", Sex.FEMALE), ("born", "")):
            value = self._value(row, key)
            if isinstance(value, str) and sex and value.strip().casefold() in TICKS:
                found.append(("", sex))
            elif not isinstance(value, str) or value.strip():
                found.append((self._day(row, key, value, problems), sex))
        days = [day for day, _ in found if day]
        sexes = [sex for _, sex in found if sex]
        if len(days) > 1 or len(sexes) > 1:
            problems.append(RowProblem("birth-twice", "born_male" if "born_male" in self.at else "born"))
        return (days or [""])[0], (sexes or [""])[0]

    def _day(self, row: Row, key: str, value: RawValue, problems: list[RowProblem]) -> str:
        if isinstance(value, dt.date):
            return f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
        try:
            found = row.cell(key).date()
        except CellError as error:
            problems.append(RowProblem(error.code, key, error.values))
            return ""
        return found.iso() if found else ""

    def _sex(self, row: Row, problems: list[RowProblem]) -> str:
        text = self._text(row, "sex")
        if not text:
            return ""
        sex = SEXES.get(search_key(text))
        if sex is None:
            problems.append(RowProblem("sex-unknown", "sex", {"value": text}))
        return sex or ""


def _group_unit(group: str) -> str:
    """Return the unit that a group title names, without the number before it: "I. Đảng ủy xã Lê Hóa"."""
    return GROUP_NUMBER.sub("", group)


TEMPLATE_HEADER = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị", "Chức vụ", "Ghi chú")


def learner_template(class_run: ClassRun, units: Iterable[str]) -> list[Sheet]:
    """Return the workbook to fill: an empty list and, beside it, the names of the units as the system writes them."""
    rows = [(number, "", None, "", "", "", "") for number in range(1, 61)]
    learners = Sheet(
        title="Danh sách",
        header=TEMPLATE_HEADER,
        rows=rows,
        title_lines=("DANH SÁCH HỌC VIÊN", f"{class_run.code} · {class_run.name}"),
        widths=(6, 28, 14, 10, 36, 30, 24),
        number_formats=(None, "@", "@", "@", "@", "@", "@"),
    )
    return [learners, Sheet(title="Tên đơn vị", header=("Đơn vị",), rows=[(name,) for name in units], widths=(60,))]


LIST_HEADER = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Đơn vị",
    "Chức vụ",
    "Ngày vào lớp",
    "Tình trạng",
    "Kết quả",
    "Ghi chú",
)


def learner_list(class_run: ClassRun, enrolments: Sequence[Enrolment]) -> Sheet:
    """Return the list of learners in the order given; the words of states follow the language of the reader."""
    rows = [
        (
            number,
            one.person.full_name,
            one.person.born_on,
            str(one.person.get_sex_display()),
            one.unit.name,
            one.post_text,
            one.enrolled_on,
            str(one.get_state_display()),
            str(one.get_grade_display()) if one.grade else "",
            one.note,
        )
        for number, one in enumerate(enrolments, start=1)
    ]
    lines = ("DANH SÁCH HỌC VIÊN", f"{class_run.code} · {class_run.name}")
    return Sheet(title="Danh sách", header=LIST_HEADER, rows=rows, title_lines=lines)
