"""Lists of learners as spreadsheets: what comes in, the template to fill, and the list that goes out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.classes.rules.learner_rows import LearnerRow, RowProblem
from vuntrong.documents.births import BIRTH_COLUMNS, NAME_PARTS, BirthReader, BirthTrouble
from vuntrong.documents.cells import plain_text
from vuntrong.documents.columns import Column, ColumnKind, FoundColumn, SheetMapping
from vuntrong.documents.days import DayDoubt
from vuntrong.documents.rows import Row
from vuntrong.documents.sheets import Sheet
from vuntrong.documents.tables import Table, find_in_book
from vuntrong.documents.workbooks import Workbook
from vuntrong.kernel.names import without_title

NAMES = ("Họ và tên", "Họ tên", "Họ, tên", "Họ và tên học viên", "Họ tên học viên", "Tên học viên")
UNITS = ("Đơn vị", "Đơn vị công tác", "Đơn vị cử", "Đơn vị cử đi học", "Cơ quan, đơn vị", "Cơ quan", "Nơi công tác")
COLUMNS = (
    Column("name", NAMES, kind=ColumnKind.NAME, parts=NAME_PARTS),
    *BIRTH_COLUMNS,
    Column("unit", UNITS, required=False, dash_repeats=True),
    Column("post", ("Chức vụ", "Chức danh", "Chức vụ, chức danh", "Chức vụ công tác"), required=False),
    Column("note", ("Ghi chú",), required=False),
)
GROUP_NUMBER = re.compile(r"^(?:[IVXLC]+|[A-ZĐ]|\d{1,3})[.)\-]*\s+")
TEXT_LIMITS = {"name": 120, "unit": 200, "post": 200, "note": 300}


@dataclass(frozen=True)
class LearnerTable:
    """The learners of one sheet, and where each column stands."""

    table: Table
    """As it was found: guessed columns, text of before Unicode, doubtful dates, what was not read."""
    rows: tuple[LearnerRow, ...]
    restored: int = 0
    """Dates whose lost leading zero was put back, because a person said so."""

    @property
    def sheet(self) -> str:
        return self.table.sheet

    @property
    def columns(self) -> Mapping[str, FoundColumn]:
        return self.table.columns

    @property
    def doubts(self) -> Mapping[str, DayDoubt]:
        """Date columns of which a person has to say how they were written."""
        return self.table.doubts


def read_learners(book: Workbook, mapping: SheetMapping | None = None, *, zeros: bool = False) -> LearnerTable:
    """Read the learners of the sheet that the mapping names, else of the first that holds some.

    Troubles of a cell stay with its row. A row without a unit takes the group title above it. With `zeros` leading
    zeros that a spreadsheet ate are put back. Raises WorkbookError, also for a sheet without people.
    """
    table = find_in_book(book, COLUMNS, mapping)
    reader = _Reader(table, zeros=zeros)
    rows = tuple(reader.read(row) for row in table.rows)
    return LearnerTable(table, rows, reader.births.restored)


class _Reader:
    """Reads rows of one table; equal texts of units and posts are cleaned once."""

    def __init__(self, table: Table, *, zeros: bool) -> None:
        self.births = BirthReader(table, timezone.localdate().year, zeros=zeros)
        self.clean: dict[str, str] = {}

    def read(self, row: Row) -> LearnerRow:
        birth = self.births.read(row)
        problems = [RowProblem(one.code, one.key, _said(one)) for one in birth.troubles]
        texts = {key: self._text(row, key) for key in TEXT_LIMITS}
        for key, limit in TEXT_LIMITS.items():
            if len(texts[key]) > limit:
                problems.append(RowProblem("text-too-long", key, {"length": len(texts[key]), "limit": limit}))
        return LearnerRow(
            number=row.number,
            name=without_title(texts["name"]).name,
            born_on=birth.born_on.iso() if birth.born_on else "",
            sex=birth.sex,
            unit=texts["unit"] or _group_unit(row.group),
            post=texts["post"],
            note=texts["note"],
            problems=tuple(problems),
        )

    def _text(self, row: Row, key: str) -> str:
        value = row.value(key)
        if not isinstance(value, str):
            return plain_text(value)
        if value not in self.clean:
            self.clean[value] = plain_text(value)
        return self.clean[value]


def _said(trouble: BirthTrouble) -> dict[str, str]:
    """Return what the sentence of a trouble names."""
    if trouble.code == "birth-twice":
        return {}
    return {"value": trouble.text, **({"offer": trouble.offer} if trouble.offer else {})}


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
