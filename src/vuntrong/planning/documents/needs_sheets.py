"""Consolidated needs and silent units as sheets. Layout: papers, P03, without the columns of verdicts."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import timezone

from vuntrong.documents.sheets import CellValue, Sheet
from vuntrong.planning.models import NeedsSurvey
from vuntrong.planning.queries.surveys import AnswerRow, Habit, NeedCell
from vuntrong.programmes.models import Programme

HEADER = ("STT", "Chương trình / cơ quan, đơn vị đăng ký", "Đăng ký (người)", "Nữ", "Đề nghị mở (lớp)", "Ghi chú")
NOTES = (
    "Một người đăng ký nhiều chương trình được tính ở từng chương trình.",
    "Số nữ tính trong số người đã có tên.",
)
LATE = "Nộp muộn"


def consolidated_needs(
    survey: NeedsSurvey,
    *,
    cells: Sequence[NeedCell],
    programmes: Sequence[Programme],
    unit_names: Mapping[int, str],
    cut_off: dt.datetime,
    answered: int,
    asked: int,
) -> Sheet:
    """Return the consolidated needs at a moment: programmes, their units below in the order of the mapping."""
    by_programme: dict[int, list[NeedCell]] = {}
    order = {unit_id: at for at, unit_id in enumerate(unit_names)}
    for cell in sorted(cells, key=lambda cell: order.get(cell.unit_id, len(order))):
        if cell.total:
            by_programme.setdefault(cell.programme_id, []).append(cell)
    asked_for = [programme for programme in programmes if programme.pk in by_programme]
    rows: list[tuple[CellValue, ...]] = []
    for at, programme in enumerate(asked_for, 1):
        own = by_programme[programme.pk]
        rows.append((roman(at), programme.name, _sum(own), _women(own), None, ""))
        rows += [
            (line, unit_names.get(cell.unit_id, ""), cell.total, cell.women, None, LATE if cell.is_late else "")
            for line, cell in enumerate(own, 1)
        ]
    local = timezone.localtime(cut_off)
    moment = f"(Số liệu chốt đến {local:%H giờ %M, ngày %d/%m/%Y}; {answered}/{asked} cơ quan, đơn vị đã đăng ký)"
    return Sheet(
        title="Tổng hợp nhu cầu",
        header=HEADER,
        rows=rows,
        title_lines=[f"BIỂU TỔNG HỢP NHU CẦU ĐÀO TẠO, BỒI DƯỠNG NĂM {survey.year}", moment, *NOTES],
        total=("", "Tổng cộng", _sum(cells), _women(cells), None, ""),
        widths=(6, 60, 12, 8, 12, 24),
    )


def silent_units(survey: NeedsSurvey, rows: Sequence[AnswerRow], habits: Mapping[int, Habit]) -> Sheet:
    """Return the units that have not answered, with their reminders and their habit of earlier years."""
    return Sheet(
        title="Đơn vị chưa trả lời",
        header=("STT", "Đơn vị", "Tình trạng", "Nhắc lần cuối", "Số lần nhắc", "Các năm trước"),
        rows=[
            (
                at,
                row.unit.name,
                "Có bản nháp, chưa gửi" if row.standing == "draft" else "Chưa trả lời",
                timezone.localtime(row.recipient.reminded_at) if row.recipient.reminded_at else None,
                row.recipient.reminder_count,
                _habit(habits.get(row.unit.pk, Habit())),
            )
            for at, row in enumerate(rows, 1)
        ],
        title_lines=[f"DANH SÁCH ĐƠN VỊ CHƯA TRẢ LỜI KHẢO SÁT NHU CẦU NĂM {survey.year}", survey.title],
        widths=(6, 50, 24, 18, 12, 34),
    )


def silent_names(names: Sequence[str]) -> Sheet:
    """Return the units that were silent in a snapshot: their names as they were then."""
    return Sheet(title="Đơn vị chưa trả lời", header=("STT", "Đơn vị"), rows=list(enumerate(names, 1)), widths=(6, 60))


def roman(number: int) -> str:
    """Return a Roman number from 1 on."""
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _habit(habit: Habit) -> str:
    return f"Muộn {habit.late}, không trả lời {habit.silent} trong {habit.asked} đợt" if habit.asked else ""


def _sum(cells: Sequence[NeedCell]) -> int:
    return sum(cell.total for cell in cells)


def _women(cells: Sequence[NeedCell]) -> int:
    return sum(cell.women for cell in cells)
