"""The training table of one person in the manner of form 2C: institution, field, from and to, form, diploma.

Source: institutions.md 7.2 (columns of form 2C-TCTW-98 as a public template has them).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation

from vuntrong.documents.layouts import Layout
from vuntrong.documents.papers import HeaderCell, Paper, RowKind, TableBlock, TableColumn, TableRow, Title, body
from vuntrong.exchange.training_block import TrainingRow
from vuntrong.exchange.training_rows import training_rows
from vuntrong.kernel.dates import PartialDate, Precision
from vuntrong.kernel.numbers import vn_integer
from vuntrong.registry.documents import keep_line, paper_head, paper_layout, paper_signature, paper_style
from vuntrong.registry.enums import QualificationKind, StudyMode
from vuntrong.registry.labels import level_name
from vuntrong.registry.models import Person, Unit

WIDTHS = (46.0, 37.0, 25.0, 24.0, 33.0)
HEADER = ("Tên trường, cơ sở", "Chuyên ngành, tên khóa", "Từ - đến", "Hình thức", "Văn bằng, chứng chỉ, trình độ")

BORN = {Precision.DAY: "ngày", Precision.MONTH: "tháng", Precision.YEAR: "năm"}


@dataclass(frozen=True)
class PrintedTable:
    """The paper with the measures of its day."""

    paper: Paper
    layout: Layout


def training_table(person: Person, unit: Unit, day: dt.date) -> PrintedTable:
    """Return the table of a person, issued by `unit`; names and layout as on the day. At most 6 queries."""
    with translation.override("vi"):
        rows = list(training_rows(Person.objects.filter(pk=person.pk)))
        blocks = (body(_opening(person)), _table(rows), body(_closing(rows, "." if _is_party(unit) else "./.")))
    paper = Paper(
        head=paper_head(unit, kind="BK", day=day, is_dated=False),
        title=Title("Bảng kê", "quá trình đào tạo, bồi dưỡng"),
        blocks=blocks,
        signature=paper_signature(unit, name=""),
        recipients=("Hồ sơ cán bộ",),
        keep=keep_line(unit),
    )
    return PrintedTable(paper, paper_layout(unit, day))


def _is_party(unit: Unit) -> bool:
    return paper_style(unit) == "party"


def _opening(person: Person) -> str:
    facts = [f"Họ và tên: {person.full_name}"]
    facts += [f"sinh {BORN[person.born_on.precision]} {person.born_on}"] if person.born_on else []
    facts += [f"số định danh cá nhân: {person.personal_id}"] if person.personal_id else []
    facts += [f"chức vụ: {person.post_text}"] if person.post_text else []
    return f"{'; '.join([*facts, f'đơn vị: {person.unit.name}'])}."


def _closing(rows: Sequence[TrainingRow], end: str) -> str:
    proven = sum(bool(row.verified_by) for row in rows)
    return f"Bảng kê có {vn_integer(len(rows))} mục, trong đó {vn_integer(proven)} mục đã đối chiếu văn bằng{end}"


def _table(rows: Sequence[TrainingRow]) -> TableBlock:
    lines: list[TableRow] = []
    for kind in QualificationKind:
        own = sorted((row for row in rows if row.kind == kind), key=lambda row: row.studied_from or row.issued_on)
        if own:
            lines.append(TableRow((str(kind.label),), RowKind.GROUP, span=len(WIDTHS)))
            lines += [TableRow((row.institution, row.field, _days(row), _mode(row), _diploma(row))) for row in own]
    columns = tuple(TableColumn(width, "left") for width in WIDTHS)
    return TableBlock(columns, (tuple(HeaderCell(text) for text in HEADER),), tuple(lines))


def _days(row: TrainingRow) -> str:
    days = [_month(text) for text in (row.studied_from, row.studied_to) if text]
    return " - ".join(dict.fromkeys(days)) or (_month(row.issued_on) if row.issued_on else "")


def _month(iso: str) -> str:
    """Return 09/2013 of any date of that month: the form asks for month and year."""
    date = PartialDate.parse(iso)
    return PartialDate(date.year, date.month).display()


def _mode(row: TrainingRow) -> str:
    return str(StudyMode(row.mode).label) if row.mode else ""


def _diploma(row: TrainingRow) -> str:
    number = f"số {row.number}" if row.number else ""
    return ", ".join(part for part in (row.paper, level_name(row.level), number) if part)
