"""The workbook of one unit's answer: written with its own rows, read back cell by cell. Layout: papers, P02."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone

from vuntrong.documents.births import (
    BIRTH_COLUMNS,
    BORN,
    BORN_FEMALE,
    BORN_MALE,
    NAME_PARTS,
    SEX,
    Birth,
    BirthReader,
)
from vuntrong.documents.cells import Cell, CellError
from vuntrong.documents.columns import Column, ColumnKind, SheetMapping
from vuntrong.documents.grids import Grid
from vuntrong.documents.rows import Row
from vuntrong.documents.sheets import CellValue, Sheet, to_xlsx
from vuntrong.documents.tables import Table, find_in_book, find_table
from vuntrong.documents.workbooks import Workbook
from vuntrong.kernel.errors import Violation
from vuntrong.kernel.names import without_title
from vuntrong.kernel.text import nfc, search_key
from vuntrong.planning.models import NeedsSurvey, TrainingNeed
from vuntrong.planning.queries.answer_contents import AnswerContent, NamedNeed
from vuntrong.planning.rules.surveys import LARGEST_NUMBER, match_programme
from vuntrong.programmes.models import Programme
from vuntrong.registry.actions import NewPerson
from vuntrong.registry.enums import Sex
from vuntrong.registry.models import Unit

PEOPLE_SHEET, NUMBERS_SHEET, GUIDE_SHEET = "Nhu cầu", "Số lượng", "Hướng dẫn"
PEOPLE_HEADER = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Chương trình đề nghị", "Ghi chú")
NUMBERS_HEADER = ("STT", "Chương trình", "Số người")
GROUP_NUMBER = re.compile(r"^(?:[IVXLC]+|\d+)[.)\s]+")
"""I. or 1) before the programme that heads a group of rows."""
UNIT_LINE = "Đơn vị đăng ký:"
SEXES = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}
PEOPLE_COLUMNS = (
    Column("name", ("Họ và tên", "Họ tên", "Họ, tên", "Tên"), kind=ColumnKind.NAME, parts=NAME_PARTS),
    *BIRTH_COLUMNS,
    Column("post", ("Chức vụ", "Chức vụ, đơn vị", "Chức vụ, đơn vị công tác", "Chức danh"), required=False),
    Column("programme", ("Chương trình đề nghị", "Chương trình", "Chương trình đăng ký", "Tên chương trình")),
    Column("note", ("Ghi chú",), required=False),
)
NUMBERS_COLUMNS = (
    Column("programme", ("Chương trình", "Tên chương trình", "Chương trình đề nghị")),
    Column("number", ("Số người", "Số lượng", "Số người đăng ký")),
)
GUIDE = (
    "Mỗi dòng của trang “Nhu cầu” là một người đề nghị học một chương trình.",
    "Người học nhiều chương trình thì ghi nhiều dòng.",
    "Ngày sinh ghi dạng 05/11/1990; chỉ biết năm thì ghi 1990.",
    "Giới tính ghi Nam hoặc Nữ. Tên chương trình chép đúng như danh sách dưới đây.",
    "Trang “Số lượng”: tổng số người cần học của đơn vị, gồm cả người đã có tên ở trang “Nhu cầu”.",
    "Số người của một chương trình là số lớn hơn giữa số người có tên và số đã ghi, không cộng hai số.",
    "Đơn vị không có nhu cầu thì trả lời ngay trên trang, không gửi tệp.",
)


def answer_workbook(
    survey: NeedsSurvey, unit: Unit, needs: Sequence[TrainingNeed], programmes: Sequence[Programme]
) -> bytes:
    """Return the unit's own workbook, filled with what it has answered or with its people of last year."""
    title = f"BIỂU ĐĂNG KÝ NHU CẦU ĐÀO TẠO, BỒI DƯỠNG NĂM {survey.year}"
    letter = ""
    if survey.letter_number:
        on = f" ngày {survey.letter_on:%d/%m/%Y}" if survey.letter_on else ""
        letter = f"(Kèm theo Công văn số {survey.letter_number}{on} của {survey.owner.name})"
    lines = [title, *([letter] if letter else []), f"{UNIT_LINE} {unit.name}"]
    numbers = {need.programme_id: need.headcount for need in needs if need.person_id is None}
    people = Sheet(
        title=PEOPLE_SHEET,
        header=PEOPLE_HEADER,
        rows=_people_rows(needs),
        title_lines=lines,
        widths=(6, 28, 13, 10, 30, 44, 24),
    )
    counts = Sheet(
        title=NUMBERS_SHEET,
        header=NUMBERS_HEADER,
        rows=[(at, one.name, numbers.get(one.pk)) for at, one in enumerate(programmes, 1)],
        title_lines=[f"SỐ NGƯỜI CẦN HỌC NĂM {survey.year}", f"{UNIT_LINE} {unit.name}"],
        widths=(6, 60, 12),
    )
    guide = Sheet(
        title=GUIDE_SHEET,
        header=("Chương trình của đợt khảo sát",),
        rows=[(one.name,) for one in programmes],
        title_lines=[*GUIDE, f"Hạn trả lời xem tại trang khảo sát “{survey.title}”."],
        widths=(70,),
    )
    return to_xlsx([people, counts, guide])


def _people_rows(needs: Iterable[TrainingNeed]) -> list[tuple[CellValue, ...]]:
    named = [(need, need.person) for need in needs if need.person]
    return [
        (
            at,
            person.full_name,
            person.born_on,
            SEXES.get(Sex(person.sex), "") if person.sex else "",
            person.post_text,
            need.programme.name,
            need.note,
        )
        for at, (need, person) in enumerate(named, 1)
    ]


@dataclass(frozen=True)
class ReadRow:
    """One row of the people's sheet: what stands there, the need it makes, and the problem of each column."""

    sheet: str
    number: int
    texts: Mapping[str, str]
    need: NamedNeed | None
    problems: Mapping[str, Violation]


@dataclass(frozen=True)
class Reading:
    """A whole workbook. It may be written only when `problems` is empty."""

    rows: tuple[ReadRow, ...]
    numbers: Mapping[int, int]
    problems: tuple[Violation, ...] = ()
    """All of them, those of rows included, each with sheet, row and column."""
    table: Table | None = None
    """The table of people as it was found."""
    restored: int = 0
    """Dates whose lost leading zero was put back, because a person said so."""

    @property
    def content(self) -> AnswerContent:
        return AnswerContent(numbers=self.numbers, named=[row.need for row in self.rows if row.need])


@dataclass
class _Reader:
    """Reads cells and keeps the problems."""

    programmes: Mapping[int, str]
    unit: Unit
    offered: dict[str, int]
    births: BirthReader
    problems: list[Violation] = field(default_factory=list)

    def person(self, row: Row) -> ReadRow:
        """Read one row of people."""
        found: dict[str, Violation] = {}
        name = without_title(row.cell("name").text()).name
        if not name:
            self._keep(found, "name", row.cell("name"), "name-missing")
        programme_id = self._programme(row, found)
        birth = self._birth(row, found)
        new = NewPerson(
            full_name=name,
            sex=birth.sex,
            born_on=birth.born_on,
            unit_id=self.unit.pk,
            post_text=row.cell("post").text(),
        )
        note = row.cell("note").text()
        self._measure(row, {"name": (name, 120), "post": (new.post_text, 200), "note": (note, 300)}, found)
        need = None if found or programme_id is None else NamedNeed(programme_id, new=new, note=note)
        texts = {column.key: row.cell(column.key).text() for column in PEOPLE_COLUMNS}
        texts["born_on"] = texts[BORN] or texts[BORN_MALE] or texts[BORN_FEMALE]
        return ReadRow(row.sheet, row.number, texts, need, found)

    def number(self, row: Row) -> tuple[int, int] | None:
        """Read one row of numbers; an empty number says nothing."""
        found: dict[str, Violation] = {}
        cell = row.cell("number")
        if cell.is_empty():
            return None
        programme_id = self._programme(row, found)
        try:
            count = cell.whole() or 0
        except CellError as error:
            self._keep(found, "number", cell, error.code)
            return None
        if not 0 <= count <= LARGEST_NUMBER:
            self._keep(found, "number", cell, "number-out-of-range", number=count, limit=LARGEST_NUMBER)
        return None if found or programme_id is None else (programme_id, count)

    def _programme(self, row: Row, found: dict[str, Violation]) -> int | None:
        cell = row.cell("programme")
        text = cell.text() or GROUP_NUMBER.sub("", row.group)
        if not text:
            self._keep(found, "programme", cell, "programme-missing")
            return None
        match = match_programme(text, self.offered)
        if match.violation:
            near = self.programmes.get(match.violation.values["suggestion"] or 0, "")
            code = "programme-unknown-near" if near else "programme-unknown"
            self._keep(found, "programme", cell, code, suggestion=near)
        return match.programme_id

    def _birth(self, row: Row, found: dict[str, Violation]) -> Birth:
        birth = self.births.read(row)
        for trouble in birth.troubles:
            cell = row.cell(trouble.key)
            key = trouble.key if trouble.key == SEX else "born_on"
            self._keep(found, key, cell, trouble.code, **({"offer": trouble.offer} if trouble.offer else {}))
        return birth

    def _measure(self, row: Row, texts: Mapping[str, tuple[str, int]], found: dict[str, Violation]) -> None:
        for key, (text, limit) in texts.items():
            if len(text) > limit:
                self._keep(found, key, row.cell(key), "text-too-long", limit=limit)

    def _keep(self, found: dict[str, Violation], key: str, cell: Cell, code: str, **values: object) -> None:
        found[key] = at_cell(code, cell, **values)
        self.problems.append(found[key])


def at_cell(code: str, cell: Cell, **values: object) -> Violation:
    """Return a problem with its place in the words that a clerk sees."""
    place = cell.place
    where = {"sheet": place.sheet, "row": place.row, "column": place.header or place.column, "value": cell.text()}
    return Violation(code, "", {**where, "letter": place.column, **values})


def read_answer(
    book: Workbook,
    unit: Unit,
    programmes: Sequence[Programme],
    mapping: SheetMapping | None = None,
    *,
    zeros: bool = False,
) -> Reading:
    """Read a workbook that a unit sent; the mapping is that of the people's sheet.

    With `zeros` leading zeros that a spreadsheet ate are put back. Raises WorkbookError when there is no table to read.
    """
    table = people_table(book, mapping)
    births = BirthReader(table, timezone.localdate().year, zeros=zeros)
    reader = _Reader({one.pk: one.name for one in programmes}, unit, _keys(programmes), births)
    reader.problems.extend(_other_unit(book.grid(table.sheet), unit))
    reader.problems.extend(_undecided(table))
    rows = tuple(reader.person(row) for row in table.rows)
    reader.problems.extend(_repeated(rows))
    numbers = _numbers(book, reader)
    if not rows and not any(numbers.values()) and not reader.problems:
        reader.problems.append(Violation("workbook-without-needs", "", {"sheet": table.sheet}))
    return Reading(rows, numbers, tuple(reader.problems), table, births.restored)


def _keys(programmes: Sequence[Programme]) -> dict[str, int]:
    """Return the ids by the keys of names, short names and codes; full names win over the others."""
    keys: dict[str, int] = {}
    for words in ("code", "short_name", "name"):
        keys |= {search_key(getattr(one, words)): one.pk for one in programmes}
    return keys


def people_table(book: Workbook, mapping: SheetMapping | None = None) -> Table:
    """Return the table of people: on the sheet of the mapping, else on its own, else on the first that holds one.

    Raises WorkbookError.
    """
    mapping = mapping or SheetMapping()
    if not mapping.sheet and PEOPLE_SHEET in book.sheets:
        mapping = replace(mapping, sheet=PEOPLE_SHEET)
    return find_in_book(book, PEOPLE_COLUMNS, mapping, may_be_empty=True)


def numbers_table(book: Workbook) -> Table | None:
    """Return the table of numbers where the workbook has their sheet. Raises WorkbookError."""
    return find_table(book.grid(NUMBERS_SHEET), NUMBERS_COLUMNS) if NUMBERS_SHEET in book.sheets else None


def _undecided(table: Table) -> list[Violation]:
    """Return a problem for each column of dates of which a person has to say the order."""
    doubts = [(table.columns[key].header, doubt.count) for key, doubt in table.doubts.items()]
    return [Violation("dates-undecided", "", {"field": field, "count": count}) for field, count in doubts]


def _numbers(book: Workbook, reader: _Reader) -> dict[int, int]:
    table = numbers_table(book)
    numbers: dict[int, int] = {}
    for row in table.rows if table else ():
        read = reader.number(row)
        if read and read[0] in numbers:
            reader.problems.append(at_cell("programme-twice", row.cell("programme")))
        elif read:
            numbers[read[0]] = read[1]
    return numbers


def _other_unit(grid: Grid, unit: Unit) -> list[Violation]:
    """Return a problem when the title lines name another unit: somebody sent the neighbour's workbook."""
    for row in grid.rows[:8]:
        for value in row:
            if isinstance(value, str) and nfc(value).startswith(UNIT_LINE):
                named = nfc(value)[len(UNIT_LINE) :].strip()
                is_own = search_key(named) in {"", search_key(unit.name), search_key(unit.short_name)}
                return [] if is_own else [Violation("workbook-of-other-unit", "", {"named": named, "unit": unit.name})]
    return []


def _repeated(rows: Sequence[ReadRow]) -> list[Violation]:
    """Return a problem for each row that names the same person for the same programme as a row above."""
    first: dict[tuple[object, ...], int] = {}
    found = []
    for row in rows:
        if row.need is None or row.need.new is None:
            continue
        new = row.need.new
        key = (search_key(new.full_name), new.born_on and new.born_on.iso(), row.need.programme_id)
        if key in first:
            values = {"sheet": row.sheet, "row": row.number, "column": "Họ và tên", "value": new.full_name}
            found.append(Violation("row-twice", "", {**values, "first": first[key]}))
        else:
            first[key] = row.number
    return found
