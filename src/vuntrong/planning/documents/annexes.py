"""Tables of a plan on paper and in a workbook. Every total is computed from the rows that stand above it."""

from collections.abc import Callable, Sequence

from vuntrong.documents.papers import Annex, Block, HeaderCell, RowKind, TableBlock, TableColumn, TableRow, list_end
from vuntrong.documents.sheets import CellValue, Sheet
from vuntrong.kernel.numbers import vn_integer
from vuntrong.planning.enums import LineState
from vuntrong.planning.rules.plans import LineFacts, LineGroup, Totals, grouped, totals
from vuntrong.programmes.enums import Mode

GROUP_WORDS = {
    LineGroup.TRAINING: "Đào tạo",
    LineGroup.THEORY: "Bồi dưỡng lý luận chính trị",
    LineGroup.SKILLS: "Bồi dưỡng nghiệp vụ",
}
MODE_WORDS = {Mode.FULL_TIME: "Tập trung", Mode.PART_TIME: "Không tập trung", Mode.ONLINE: "Trực tuyến"}
STATE_WORDS = {
    LineState.PLANNED: "Kế hoạch",
    LineState.UNDER_STUDY: "Đang nghiên cứu",
    LineState.LATER_YEAR: "Đề xuất năm sau",
}
ROMAN = ("I", "II", "III", "IV", "V", "VI")
HOSTED_NOTE = "Ghi chú: dấu (-) là chưa xác định. Lớp do Trường Chính trị mở tại trung tâm chỉ tính ở Trường."

Column = tuple[str, float, str, Callable[[LineFacts], str]]


def period_words(line: LineFacts) -> str:
    """Return the month or the quarter: Tháng 3, Quý I."""
    draft = line.draft
    if draft.month:
        return f"Tháng {draft.month}"
    return f"Quý {ROMAN[draft.quarter - 1]}" if draft.quarter else "-"


def _count(number: int | None) -> str:
    return "-" if number is None else vn_integer(number)


def _budget(line: LineFacts) -> str:
    said = _count(line.draft.budget_vnd)
    return f"{said}, {line.draft.funding_source}" if line.draft.funding_source else said


DECISION_COLUMNS: tuple[Column, ...] = (
    ("Tên lớp (chương trình)", 60, "left", lambda line: line.name),
    ("Đối tượng", 55, "left", lambda line: line.draft.audience or "-"),
    ("Số lớp", 14, "right", lambda line: _count(line.draft.class_count)),
    ("Số học viên", 18, "right", lambda line: _count(line.draft.learner_count)),
    ("Thời gian (ngày)", 18, "right", lambda line: _count(line.draft.days)),
    ("Thời điểm", 24, "center", period_words),
    ("Đơn vị chủ trì", 29, "left", lambda line: line.lead or "-"),
    ("Đơn vị phối hợp", 29, "left", lambda line: ", ".join(line.cooperating) or "-"),
)
"""Source: papers.md, P05; the first column, STT of 10 mm, is added for every table."""

PLAN_COLUMNS: tuple[Column, ...] = (
    ("Nội dung, chương trình", 44, "left", lambda line: line.name),
    ("Đối tượng", 33, "left", lambda line: line.draft.audience or "-"),
    ("Số lớp", 12, "right", lambda line: _count(line.draft.class_count)),
    ("Số học viên", 16, "right", lambda line: _count(line.draft.learner_count)),
    ("Thời gian (ngày)", 18, "center", lambda line: _count(line.draft.days)),
    ("Thời điểm", 18, "center", period_words),
    ("Địa điểm", 22, "left", lambda line: line.draft.place or "-"),
    ("Hình thức", 16, "center", lambda line: MODE_WORDS[Mode(line.draft.mode)]),
    ("Chủ trì", 20, "left", lambda line: line.lead or "-"),
    ("Phối hợp", 20, "left", lambda line: ", ".join(line.cooperating) or "-"),
    ("Kinh phí (đồng), nguồn", 29, "right", _budget),
)
"""Source: papers.md, P06; the money column is wider than there, so that a sum of billions stays on one line."""


def by_month(lines: Sequence[LineFacts]) -> list[LineFacts]:
    """Order lines by when they begin; those without a time come last, equals keep the order of the plan."""

    def begins(line: LineFacts) -> int:
        if line.draft.month:
            return line.draft.month
        return line.draft.quarter * 3 - 2 if line.draft.quarter else 13

    return sorted(lines, key=begins)


def lines_table(lines: Sequence[LineFacts], columns: tuple[Column, ...], *, remark: str = "") -> TableBlock:
    """Return the table of an annex: groups with their subtotal, then the total."""
    width = len(columns) + 1
    number = 0
    rows: list[TableRow] = []
    for roman, part in zip(ROMAN, grouped(lines), strict=False):
        rows.append(TableRow((f"{roman}. {GROUP_WORDS[part.group]}",), RowKind.GROUP, span=width))
        for line in by_month(part.lines):
            number += 1
            rows.append(TableRow((str(number), *(say(line) for _head, _width, _align, say in columns))))
        rows.append(_total_row("Cộng", part.totals, columns))
    rows.append(_total_row("Tổng cộng", totals(lines), columns))
    first = 257 - sum(column[1] for column in columns)
    return TableBlock(
        columns=(TableColumn(first, "center"), *(TableColumn(mm, align) for _head, mm, align, _say in columns)),  # type: ignore[arg-type]
        header=((HeaderCell("STT"), *(HeaderCell(column[0]) for column in columns)),),
        rows=tuple(rows),
        remark=remark,
        note=HOSTED_NOTE,
    )


def _total_row(label: str, figures: Totals, columns: tuple[Column, ...]) -> TableRow:
    """Put the totals under their columns; the label covers number, name and audience."""
    shown = {
        "Số lớp": _count(figures.known_classes),
        "Số học viên": _count(figures.known_learners),
        "Kinh phí (đồng), nguồn": _count(figures.budget_vnd or None),
    }
    return TableRow((label, *(shown.get(column[0], "") for column in columns[2:])), RowKind.TOTAL, span=3)


def plan_annexes(
    lines: Sequence[LineFacts], *, year: int, reference: str, columns: tuple[Column, ...], end: str
) -> tuple[Annex, ...]:
    """Return the annex of the planned lines and, where there are any, one of what is studied or proposed for later."""
    planned = [line for line in lines if line.is_planned]
    other = [line for line in lines if not line.is_planned]
    main: tuple[Block, ...] = (lines_table(planned, columns), list_end(closing_line(planned, end)))
    title = f"Kế hoạch mở các lớp đào tạo, bồi dưỡng năm {year}"
    first = Annex(title, reference, main, number="I" if other else "", landscape=True)
    if not other:
        return (first,)
    later = Annex(
        f"Nội dung đang nghiên cứu, đề xuất cho năm sau (không tính vào kế hoạch năm {year})",
        reference,
        (_other_table(other),),
        number="II",
        landscape=True,
    )
    return (first, later)


def closing_line(lines: Sequence[LineFacts], end: str) -> str:
    """Return the line under a list: how many lines, classes and learners it holds."""
    figures = totals(lines)
    learners = f", {vn_integer(figures.learners)} học viên" if figures.learners else ""
    return f"Kế hoạch gồm {figures.lines:02d} nội dung, {figures.classes:02d} lớp{learners}{end}"


def _other_table(lines: Sequence[LineFacts]) -> TableBlock:
    heads: tuple[tuple[str, float, str], ...] = (
        ("STT", 10, "center"),
        ("Nội dung, chương trình", 75, "left"),
        ("Đối tượng", 62, "left"),
        ("Tình trạng", 40, "center"),
        ("Chủ trì", 35, "left"),
        ("Phối hợp", 35, "left"),
    )
    rows = tuple(
        TableRow(
            (
                str(at),
                line.name,
                line.draft.audience or "-",
                f"Đề xuất năm {line.draft.for_year}" if line.draft.for_year else STATE_WORDS[LineState.UNDER_STUDY],
                line.lead or "-",
                ", ".join(line.cooperating) or "-",
            )
        )
        for at, line in enumerate(lines, 1)
    )
    columns = tuple(TableColumn(mm, align) for _head, mm, align in heads)  # type: ignore[arg-type]
    return TableBlock(columns, (tuple(HeaderCell(head) for head, _mm, _align in heads),), rows)


SHEET_HEADER = (
    "STT",
    "Nhóm",
    "Chương trình",
    "Tên lớp",
    "Đối tượng",
    "Tình trạng",
    "Năm đề xuất",
    "Số lớp",
    "Số học viên",
    "Số ngày",
    "Tháng",
    "Quý",
    "Địa điểm",
    "Hình thức",
    "Đơn vị mở",
    "Đơn vị chủ trì",
    "Đơn vị phối hợp",
    "Kinh phí (đồng)",
    "Nguồn kinh phí",
    "Căn cứ",
    "Ghi chú",
)


def plan_sheet(lines: Sequence[LineFacts], *, title_lines: Sequence[str]) -> Sheet:
    """Return the plan as a worksheet: one row for each line, totals of the planned ones."""
    figures = totals(lines)
    total: list[CellValue] = [None] * len(SHEET_HEADER)
    total[2] = "Tổng cộng (kế hoạch)"
    for head, value in (
        ("Số lớp", figures.classes),
        ("Số học viên", figures.learners),
        ("Kinh phí (đồng)", figures.budget_vnd),
    ):
        total[SHEET_HEADER.index(head)] = value
    rows = [_sheet_row(at, line) for at, line in enumerate(lines, 1)]
    return Sheet(title="Kế hoạch", header=SHEET_HEADER, rows=rows, title_lines=title_lines, total=total)


def _sheet_row(at: int, line: LineFacts) -> Sequence[CellValue]:
    draft = line.draft
    return (
        at,
        GROUP_WORDS[line.group],
        line.programme,
        draft.title,
        draft.audience,
        STATE_WORDS[LineState(draft.line_state)],
        draft.for_year,
        draft.class_count,
        draft.learner_count,
        draft.days,
        draft.month,
        draft.quarter,
        draft.place,
        MODE_WORDS[Mode(draft.mode)],
        line.opener,
        line.lead,
        ", ".join(line.cooperating),
        draft.budget_vnd,
        draft.funding_source,
        draft.legal_basis,
        draft.note,
    )
