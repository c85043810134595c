"""Lists of learners on papers. Columns and widths: papers.md, P08 and P10."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vuntrong.classes.papers.content import LearnerLine, PaperContent
from vuntrong.documents.papers import Align, HeaderCell, TableBlock, TableColumn, TableRow


@dataclass(frozen=True)
class Column:
    """One column of a list; columns that follow each other under one `above` share a header cell."""

    head: str
    width_mm: float
    align: Align
    say: Callable[[LearnerLine], str]
    above: str = ""


BIRTH = "Ngày, tháng, năm sinh"
NUMBER = Column("STT", 11, "center", lambda line: str(line.row))
NAME = Column("Họ và tên", 40, "left", lambda line: line.name)
MALE = Column("Nam", 22, "center", lambda line: line.born_male, BIRTH)
FEMALE = Column("Nữ", 22, "center", lambda line: line.born_female, BIRTH)

CALL_UP_COLUMNS = (
    Column("STT", 10, "center", lambda line: str(line.row)),
    Column("Họ và tên", 45, "left", lambda line: line.name),
    Column("Năm sinh", 20, "center", lambda line: line.born[-4:]),
    Column("Chức vụ, đơn vị công tác", 65, "left", lambda line: line.post_unit),
    Column("Ghi chú", 25, "left", lambda line: line.note),
)
RECOGNITION_COLUMNS = (
    NUMBER,
    NAME,
    MALE,
    FEMALE,
    Column("Dân tộc", 15, "center", lambda line: line.ethnicity),
    Column("Chức vụ,\nđơn vị công tác", 46, "left", lambda line: line.post_unit),
    Column("Ngày vào Đảng", 23, "center", lambda line: line.party_on),
    Column("Trình độ,\nchuyên ngành", 34, "left", lambda line: line.degree),
    Column("Quyết định cử\nđi học", 30, "center", lambda line: line.sending_decision),
    Column("Ghi chú", 14, "left", lambda line: line.note),
)
PUBLIC_COLUMNS = (
    NUMBER,
    Column("Họ và tên", 60, "left", lambda line: line.name),
    MALE,
    FEMALE,
    Column("Chức vụ, đơn vị công tác", 112, "left", lambda line: line.post_unit),
    Column("Ghi chú", 30, "left", lambda line: line.note),
)
"""Without ethnicity, Party date and decision: a paper that goes to many units."""


def learner_table(lines: Sequence[LearnerLine], columns: Sequence[Column], *, width_mm: float = 165) -> TableBlock:
    """Return the list of learners. Raises ValueError when the columns do not fill the width."""
    if sum(column.width_mm for column in columns) != width_mm:
        raise ValueError(f"the columns do not fill {width_mm} mm")
    return TableBlock(
        columns=tuple(TableColumn(column.width_mm, column.align) for column in columns),
        header=_header(columns),
        rows=tuple(TableRow(tuple(column.say(line) for column in columns)) for line in lines),
    )


def _header(columns: Sequence[Column]) -> tuple[tuple[HeaderCell, ...], ...]:
    if not any(column.above for column in columns):
        return (tuple(HeaderCell(column.head) for column in columns),)
    first: list[HeaderCell] = []
    for at, column in enumerate(columns):
        if not column.above:
            first.append(HeaderCell(column.head, rows=2))
        elif at == 0 or columns[at - 1].above != column.above:
            first.append(HeaderCell(column.above, columns=sum(one.above == column.above for one in columns)))
    return (tuple(first), tuple(HeaderCell(column.head) for column in columns if column.above))


def recognition_closing(said: PaperContent, end: str) -> str:
    """Return the line under the list: how many it holds; a public list tells nothing of ethnic groups."""
    minority = "" if said.is_public else f"; dân tộc thiểu số: {said.minority_count:02d}"
    return f"Danh sách gồm {said.learner_count:02d} học viên (nữ: {said.women_count:02d}{minority}){end}"
