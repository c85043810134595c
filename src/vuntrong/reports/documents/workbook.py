"""The report as a workbook: the figures, the breakdowns, the classes, and every turn that they count."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vuntrong.documents.sheets import CellValue, Sheet
from vuntrong.reports.documents.wording import (
    DIMENSIONS,
    KINDS,
    MODES,
    NOT_STATED,
    READINGS,
    RESULTS,
    SEXES,
    SIDES,
    label_of,
    period_name,
    short_day,
)
from vuntrong.reports.enums import Dimension, Reading, Result
from vuntrong.reports.rules.figures import Figure
from vuntrong.reports.rules.folding import UnitLine
from vuntrong.reports.rules.frozen import CountedClass, ReportFigures

APPORTIONED = "Có phần của đơn vị đã chia tách, phân theo tỷ lệ"
FIGURE_HEADS = (
    *("Kế hoạch (lớp)", "Số lớp", "Đạt kế hoạch (%)", "Số người", "Số lượt", "Bình quân một lớp"),
    *("Nam", "Nữ", "Chưa khai giới tính", "DTTS", "Chưa khai dân tộc"),
    *(RESULTS[result] for result in Result),
)


def report_workbook(
    report: ReportFigures,
    rows: Iterable[Mapping[str, Any]],
    *,
    senders: Sequence[UnitLine],
    reading: str = Reading.THEN,
) -> list[Sheet]:
    """Return the sheets; `rows` are those of `queries.rows` and are read once."""
    what = f"Báo cáo kết quả đào tạo, bồi dưỡng {period_name(report.period)}"
    titles = (report.unit_name, what, f"{_cut_off(report)}. {READINGS[Reading(reading)]}.")
    return [
        _figures(report, Dimension.PROGRAMME, "Chương trình", titles),
        *(_figures(report, key, name, titles) for key, name in DIMENSIONS.items() if key != Dimension.PROGRAMME),
        _senders(report, senders, titles),
        _classes("Các lớp", report.classes, titles),
        *([_classes("Lớp chuyển tiếp", report.carried, titles)] if report.carried else []),
        *([_hosted(report, titles)] if report.hosted else []),
        _turns(report, rows, titles),
    ]


def _cut_off(report: ReportFigures) -> str:
    return f"Thời điểm chốt số liệu: {short_day(report.period.end)}"


def _figures(report: ReportFigures, dimension: str, name: str, titles: tuple[str, ...]) -> Sheet:
    lines = report.lines[dimension]
    words = DIMENSIONS[Dimension(dimension)]
    return Sheet(
        title=name,
        title_lines=titles,
        header=("STT", words, *FIGURE_HEADS),
        rows=[(at, label_of(dimension, line.label), *_cells(line)) for at, line in enumerate(lines, 1)],
        total=("", "Tổng cộng", *_cells(report.total)),
    )


def _cells(line: Figure) -> tuple[CellValue, ...]:
    return (
        line.planned_classes,
        line.classes,
        _rounded(line.share_of_plan, 100),
        line.learners,
        line.turns,
        _rounded(line.mean_size, 1),
        *(line.sexes.get(sex, 0) if line.sexes else None for sex in ("male", "female", "")),
        line.minority,
        line.origins.get("") if line.origins else None,
        *(line.results.get(result, 0) if line.results else None for result in Result.values),
    )


def _senders(report: ReportFigures, senders: Sequence[UnitLine], titles: tuple[str, ...]) -> Sheet:
    return Sheet(
        title="Đơn vị cử",
        title_lines=titles,
        header=("STT", "Đơn vị cử", "Số người", "Số lượt", "Ghi chú"),
        rows=[
            (at, line.label, line.learners, line.turns, APPORTIONED if line.is_apportioned else "")
            for at, line in enumerate(senders, 1)
        ],
        total=("", "Tổng cộng", report.total.learners, report.total.turns, ""),
    )


def _rounded(value: Fraction | None, times: int) -> Decimal | None:
    return None if value is None else round(Decimal(value.numerator * times) / value.denominator, 1)


def _classes(name: str, classes: tuple[CountedClass, ...], titles: tuple[str, ...]) -> Sheet:
    heads = ("STT", "Mã lớp", "Tên lớp", "Chương trình", "Loại hình", "Hình thức học", "Đối tượng", "Khối")
    return Sheet(
        title=name,
        title_lines=titles,
        header=(*heads, "Đơn vị mở lớp", "Ngày khai giảng", "Trong kế hoạch", "Số lượt"),
        rows=[
            (
                at,
                one.facts.code,
                one.facts.name,
                one.facts.programme,
                KINDS[one.facts.kind],
                MODES[one.facts.mode],
                one.facts.audience or NOT_STATED,
                SIDES[one.facts.side],
                one.facts.owner,
                one.facts.opened_on,
                "Ngoài kế hoạch" if one.facts.position is None else "Có",
                one.turns,
            )
            for at, one in enumerate(classes, 1)
        ],
        total=("", "Tổng cộng", *([""] * 9), sum(one.turns for one in classes)),
    )


def _hosted(report: ReportFigures, titles: tuple[str, ...]) -> Sheet:
    return Sheet(
        title="Lớp phối hợp (không cộng)",
        title_lines=titles,
        header=(
            "STT",
            "Chương trình",
            "Khóa",
            "Hình thức học",
            "Đơn vị mở lớp",
            "Học phần đã xong",
            "Tổng số học phần",
        ),
        rows=[
            (at, one.programme, one.cohort, MODES[one.mode], one.owner, one.modules_finished, one.modules_total or None)
            for at, one in enumerate(report.hosted, 1)
        ],
    )


def _turns(report: ReportFigures, rows: Iterable[Mapping[str, Any]], titles: tuple[str, ...]) -> Sheet:
    return turns_sheet("Danh sách", rows, (*titles, f"{report.total.turns} lượt, {report.total.learners} người"))


def turns_sheet(name: str, rows: Iterable[Mapping[str, Any]], titles: tuple[str, ...]) -> Sheet:
    """Return the list of turns with a number in front."""
    heads = ("STT", "Họ và tên", "Giới tính", "Đơn vị cử", "Mã lớp", "Tên lớp", "Chương trình", "Kết quả")
    return Sheet(
        title=name,
        title_lines=titles,
        header=heads,
        rows=(
            (
                at,
                row["person_name"],
                SEXES[row["sex"]],
                row["unit_name"],
                row["class_code"],
                row["class_name"],
                row["programme_name"],
                RESULTS[Result(row["result"])],
            )
            for at, row in enumerate(rows, 1)
        ),
    )
