"""Biểu 01 and Biểu 02 of the report: every number is computed from the rows shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from vuntrong.documents.papers import Align, HeaderCell, RowKind, TableBlock, TableColumn, TableRow
from vuntrong.kernel.numbers import is_share_moved, vn_decimal, vn_integer
from vuntrong.reports.documents.wording import KINDS, READINGS, UNKNOWN, count, mean, percent, period_name, short_day
from vuntrong.reports.enums import Dimension, Reading, Result
from vuntrong.reports.rules.figures import Figure, turn_shares
from vuntrong.reports.rules.frozen import ReportFigures

MOVED = " Tỷ lệ được điều chỉnh ở số cuối để tổng bằng 100,00."
DETAIL_HEADS = (
    (
        HeaderCell("STT", rows=2),
        HeaderCell("Chương trình", rows=2),
        HeaderCell("Kế hoạch", columns=2),
        HeaderCell("Thực hiện", columns=3),
        HeaderCell("Đạt (%)", columns=2),
        HeaderCell("Nữ", rows=2),
        HeaderCell("DTTS", rows=2),
        HeaderCell("Kết quả (lượt)", columns=4),
        HeaderCell("Số lượt so cùng kỳ (+/-)", rows=2),
    ),
    (
        *map(HeaderCell, ("Lớp", "Học viên", "Lớp", "Người", "Lượt", "Lớp", "Học viên")),
        *map(HeaderCell, ("Giỏi trở lên", "Khá", "Trung bình", "Không đạt")),
    ),
)


def classes_table(report: ReportFigures, reading: str = Reading.THEN) -> TableBlock:
    """Return Biểu 01: plan, classes, learners by programme; what is not opened yet is one line. 165 mm."""
    lines = opened_and_rest(report.lines[Dimension.PROGRAMME])
    shares = turn_shares(lines)
    rows = [
        TableRow((str(at), line.label, *_plan_cells(line), *_learner_cells(line, vn_decimal(part, 2))))
        for at, (line, part) in enumerate(zip(lines, shares, strict=True), 1)
    ]
    whole = _planned_total(report)
    total = ("Tổng cộng", *_plan_cells(whole), *_learner_cells(whole, vn_decimal(sum(shares), 2)))
    heads = "STT|Chương trình|Kế hoạch (lớp)|Thực hiện (lớp)|Đạt kế hoạch (%)|Số học viên|Tỷ lệ học viên (%)"
    return TableBlock(
        columns=_columns((11, 51, 16, 16, 17, 16, 18, 20)),
        header=(tuple(HeaderCell(text) for text in [*heads.split("|"), "Bình quân một lớp"]),),
        rows=(*rows, TableRow(total, RowKind.TOTAL, span=2)),
        caption=f"Biểu số 01. Kết quả mở lớp {period_name(report.period)}",
        remark=_remark(report, reading),
        numbers=tuple(f"({number})" for number in range(1, 9)),
        note=_note(report, lines),
    )


def _remark(report: ReportFigures, reading: str) -> str:
    """Say the cut-off, and the reading where it is not the usual one."""
    folded = f". {READINGS[Reading.TODAY]}" if reading == Reading.TODAY else ""
    return f"Thời điểm chốt số liệu: {short_day(report.period.end)}{folded}"


def opened_and_rest(lines: Sequence[Figure]) -> list[Figure]:
    """Return the programmes with a class, then the planned ones without as one line, so that the plan adds up."""
    rest = [line for line in lines if not line.classes]
    known = [line.planned_classes for line in rest if line.planned_classes is not None]
    label = f"Chương trình chưa mở lớp trong kỳ ({len(rest)})"
    folded = [Figure("", label, 0, 0, 0, sum(known) if known else None)] if rest else []
    return [line for line in lines if line.classes] + folded


def _note(report: ReportFigures, lines: Sequence[Figure]) -> str:
    dash = "Dấu (-) là chưa có số liệu kế hoạch. " if any(one.planned_classes is None for one in lines) else ""
    hosted = " Lớp do đơn vị khác mở không tính vào biểu này." if report.hosted else ""
    moved = MOVED if is_share_moved([line.turns for line in lines]) else ""
    return f"Ghi chú: {dash}Số học viên tính theo lượt ghi danh.{hosted}{moved}"


def _plan_cells(line: Figure) -> tuple[str, str, str]:
    return count(line.planned_classes), vn_integer(line.classes), percent(line.share_of_plan)


def _learner_cells(line: Figure, share: str) -> tuple[str, str, str]:
    return vn_integer(line.turns), share, mean(line.mean_size)


def _planned_total(report: ReportFigures) -> Figure:
    """Without an approved plan its number is unknown, not nothing."""
    return report.total if report.is_planned else replace(report.total, planned_classes=None, planned_learners=None)


def details_table(report: ReportFigures, last_year: Mapping[str, int], reading: str = Reading.THEN) -> TableBlock:
    """Return Biểu 02, landscape: `last_year` holds the turns of the same period a year ago, "" for all. 257 mm."""
    rows: list[TableRow] = []
    number = 0
    for kind, words in KINDS.items():
        lines = [line for line in report.lines[Dimension.PROGRAMME] if line.kind == kind]
        if lines:
            rows.append(TableRow((words,), RowKind.GROUP, span=16))
        for line in lines:
            number += 1
            rows.append(TableRow((str(number), line.label, *_detail_cells(line, last_year.get(line.key)))))
    whole = _detail_cells(_planned_total(report), last_year.get(""))
    return TableBlock(
        columns=_columns((9, 54, 13, 15, 13, 15, 15, 14, 14, 12, 13, 13, 12, 12, 13, 20)),
        header=DETAIL_HEADS,
        rows=(*rows, TableRow(("Tổng cộng", *whole), RowKind.TOTAL, span=2)),
        caption=f"Biểu số 02. Kết quả đào tạo, bồi dưỡng {period_name(report.period)}",
        remark=_remark(report, reading),
        numbers=tuple(f"({at})" for at in range(1, 17)),
        note="Ghi chú: (8) = (5)/(3); (9) = (7)/(4). Một người học nhiều chương trình được tính một lần ở dòng tổng "
        f"cộng, cột (6). Dấu (-) là chưa có số liệu.{_unstated(report.total)}",
    )


def _detail_cells(line: Figure, before: int | None) -> tuple[str, ...]:
    learners = Fraction(line.turns, line.planned_learners) if line.planned_learners else None
    return (
        count(line.planned_classes),
        count(line.planned_learners),
        vn_integer(line.classes),
        vn_integer(line.learners),
        vn_integer(line.turns),
        percent(line.share_of_plan),
        percent(learners),
        vn_integer(line.sexes.get("female", 0)),
        count(line.minority),
        *(vn_integer(line.results.get(one, 0)) for one in (Result.GOOD, Result.FAIR, Result.AVERAGE, Result.FAILED)),
        UNKNOWN if before is None else _signed(line.turns - before),
    )


def _unstated(total: Figure) -> str:
    """Say how many people have no ethnic group in their record, so that nobody takes them for Kinh."""
    unstated = total.origins.get("", 0)
    return f" DTTS: {vn_integer(unstated)} người chưa khai dân tộc, không tính vào cột (11)." if unstated else ""


def _signed(number: int) -> str:
    return f"+{vn_integer(number)}" if number > 0 else vn_integer(number)


def _columns(widths: tuple[int, ...]) -> tuple[TableColumn, ...]:
    """Number in the middle, name left, figures right."""
    sides: list[Align] = ["center", "left", *["right"] * (len(widths) - 2)]  # type: ignore[list-item]
    return tuple(TableColumn(width, side) for width, side in zip(widths, sides, strict=True))
