"""Vietnamese words and numbers of report papers."""

import datetime as dt
from fractions import Fraction

from vuntrong.kernel.dates import party_date
from vuntrong.kernel.numbers import vn_decimal, vn_integer
from vuntrong.reports.enums import Dimension, Reading, ReportKind, Result
from vuntrong.reports.rules.periods import ReportPeriod

UNKNOWN = "-"
"""A number that nobody stated. Source: papers.md 1.11."""
KINDS = {"training": "Đào tạo", "retraining": "Bồi dưỡng", "updating": "Cập nhật kiến thức"}
MODES = {"full_time": "tập trung", "part_time": "không tập trung", "online": "trực tuyến"}
SIDES = {"party": "Khối Đảng", "government": "Khối chính quyền"}
SEXES = {"male": "Nam", "female": "Nữ", "": "Chưa khai"}
RESULTS = {
    Result.GOOD: "Giỏi trở lên",
    Result.FAIR: "Khá",
    Result.AVERAGE: "Trung bình",
    Result.PASSED: "Đạt, không xếp loại",
    Result.FAILED: "Không đạt",
    Result.WITHDRAWN: "Thôi học",
    Result.PENDING: "Chưa có kết quả",
}
DIMENSIONS = {
    Dimension.PROGRAMME: "Chương trình",
    Dimension.KIND: "Loại hình",
    Dimension.MODE: "Hình thức học",
    Dimension.AUDIENCE: "Đối tượng",
    Dimension.SIDE: "Khối",
    Dimension.OWNER: "Đơn vị mở lớp",
}
READINGS = {Reading.THEN: "Theo đơn vị tại thời điểm báo cáo", Reading.TODAY: "Quy về đơn vị hiện nay"}
NOT_STATED = "Chưa khai"


def label_of(dimension: str, label: str) -> str:
    """Return the words of a line: enumerations in Vietnamese, names as they are."""
    known = {Dimension.KIND: KINDS, Dimension.MODE: MODES, Dimension.SIDE: SIDES}.get(Dimension(dimension), {})
    return known.get(label, label) or NOT_STATED


def period_name(period: ReportPeriod) -> str:
    """Return `6 tháng đầu năm 2022`, `năm 2022`, or both days."""
    if period.kind == ReportKind.HALF_YEAR:
        return f"6 tháng {'đầu' if period.start.month == 1 else 'cuối'} năm {period.start.year}"
    if period.kind == ReportKind.ANNUAL:
        return f"năm {period.start.year}"
    return f"từ ngày {short_day(period.start)} đến ngày {short_day(period.end)}"


def rest_name(period: ReportPeriod) -> str:
    """Return the time that is left for the plan: `6 tháng cuối năm`, or the year after."""
    is_first_half = period.kind == ReportKind.HALF_YEAR and period.start.month == 1
    return "6 tháng cuối năm" if is_first_half else "thời gian tới"


def short_day(day: dt.date) -> str:
    """Return 30/6/2022, as papers write a day in their text."""
    return party_date(day).removeprefix("ngày ")


def in_text(number: int) -> str:
    """Return a count as running text writes it: under 10 with a leading 0. Source: papers.md 3.1."""
    return f"{number:02d}" if 0 < number < 10 else vn_integer(number)


def percent(share: Fraction | None, digits: int = 1) -> str:
    """Return a share of one as a percentage without sign: 30,0."""
    return UNKNOWN if share is None else vn_decimal(share * 100, digits)


def mean(value: Fraction | None) -> str:
    """Return an average with one decimal."""
    return UNKNOWN if value is None else vn_decimal(value, 1)


def count(number: int | None) -> str:
    """Return a count of a table; an unknown one is a dash, never 0."""
    return UNKNOWN if number is None else vn_integer(number)


def lower_first(text: str) -> str:
    """Return the text with a small first letter, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
