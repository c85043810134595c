"""P26: the report of results with its two tables. Source: papers.md, P26; every number is computed."""

from collections.abc import Mapping
from dataclasses import dataclass

from vuntrong.documents.layouts import Layout
from vuntrong.documents.papers import Annex, Block, Paper, Title, body, heading
from vuntrong.kernel.numbers import vn_integer
from vuntrong.registry.documents import cited, keep_line, paper_head, paper_layout, paper_signature, paper_style
from vuntrong.registry.models import Unit
from vuntrong.registry.queries import body_above
from vuntrong.reports.documents.tables import classes_table, details_table
from vuntrong.reports.documents.wording import (
    MODES,
    RESULTS,
    in_text,
    lower_first,
    mean,
    percent,
    period_name,
    rest_name,
    short_day,
)
from vuntrong.reports.enums import Reading, Result
from vuntrong.reports.rules.figures import HostedClass
from vuntrong.reports.rules.frozen import ReportFigures


@dataclass(frozen=True)
class PrintedReport:
    """The paper with the measures of its day."""

    paper: Paper
    layout: Layout


def report_paper(
    unit: Unit, report: ReportFigures, last_year: Mapping[str, int], *, reading: str = Reading.THEN
) -> PrintedReport:
    """Return the report of `unit` ready for number, date and signature; names and layout as on its last day.

    `last_year`: turns of the same period a year ago by programme, "" for all. At most 4 queries.
    """
    day = report.period.end
    head = paper_head(unit, kind="BC", day=day, is_dated=False)
    is_party = head.style == "party"
    name = period_name(report.period)
    about = "đào tạo, bồi dưỡng lý luận chính trị và chuyên môn, nghiệp vụ"
    title = Title("Báo cáo", f"{'kết quả' if is_party else 'Kết quả'} {about}\n{name}")
    reference = f"Kèm theo Báo cáo số {head.reference} của {report.unit_name}"
    tables = (details_table(report, last_year, reading),)
    annex = Annex(f"Biểu kết quả đào tạo, bồi dưỡng {name}", reference, tables, landscape=True)
    paper = Paper(
        head=head,
        title=title,
        blocks=_blocks(unit, report, reading, mark="-" if is_party else "."),
        signature=paper_signature(unit, name=""),
        recipients=_recipients(unit, report),
        keep=keep_line(unit),
        annexes=(annex,),
    )
    return PrintedReport(paper, paper_layout(unit, day))


def _blocks(unit: Unit, report: ReportFigures, reading: str, *, mark: str) -> tuple[Block, ...]:
    end = "." if mark == "-" else "./."
    parts: list[Block] = [
        body(_opening(unit, report)),
        heading(f"I{mark} KẾT QUẢ THỰC HIỆN"),
        heading("1. Thực hiện kế hoạch mở lớp"),
        body(_plan_sentence(report)),
        classes_table(report, reading),
    ]
    sections = [("Kết quả học tập", _results_sentence(report)), ("Lớp phối hợp", _hosted_sentence(report))]
    for number, (title, text) in enumerate(((title, text) for title, text in sections if text), 2):
        parts += [heading(f"{number}. {title}"), body(text)]
    parts += [heading(f"II{mark} PHƯƠNG HƯỚNG {rest_name(report.period).upper()}"), body(_next_sentence(report))]
    parts.append(body(f"{report.unit_name} báo cáo {_addressee(unit, report)} xem xét, chỉ đạo{end}"))
    return tuple(parts)


def _opening(unit: Unit, report: ReportFigures) -> str:
    style = paper_style(unit)
    named = [
        f"{cited('Quyết định', one.number, one.issued_on, one.issuer, style=style)} {one.subject}".strip()
        for one in report.papers
    ]
    basis = f"Thực hiện {'; '.join(named)}, " if named else ""
    return f"{basis}{report.unit_name} báo cáo kết quả {period_name(report.period)} như sau:"


def _plan_sentence(report: ReportFigures) -> str:
    whole = report.total
    done = f"đã mở {in_text(whole.classes)} lớp"
    learners = f"{in_text(whole.learners)} học viên ({in_text(whole.turns)} lượt)"
    if whole.learners == whole.turns:
        learners = f"{in_text(whole.learners)} học viên"
    size = f"; bình quân {mean(whole.mean_size)} học viên một lớp" if whole.classes else ""
    until = f"Đến ngày {short_day(report.period.end)}, đơn vị {done}"
    if not report.is_planned or whole.share_of_plan is None:
        return f"{until}, với {learners}{size}. Kết quả theo từng chương trình như sau:"
    left = f"Số lớp còn phải thực hiện trong {rest_name(report.period)} là {in_text(classes_left(report))} lớp. "
    return (
        f"Kế hoạch năm {report.period.end.year} được giao là {in_text(whole.planned_classes or 0)} lớp. {until}, đạt "
        f"{percent(whole.share_of_plan)}% kế hoạch năm, với {learners}{size}. {left}"
        "Kết quả theo từng chương trình như sau:"
    )


def classes_left(report: ReportFigures) -> int:
    """Return how many planned classes are not opened yet; classes outside the plan do not fill it."""
    return max(0, (report.total.planned_classes or 0) - (report.total.classes - report.unplanned))


def _results_sentence(report: ReportFigures) -> str:
    said = [
        f"{lower_first(RESULTS[Result(key)])} {vn_integer(number)} lượt"
        for key, number in report.total.results.items()
        if number and key != Result.PENDING
    ]
    if not said:
        return ""
    waiting = report.total.results.get(Result.PENDING, 0)
    rest = f" Còn {in_text(waiting)} lượt chưa có kết quả." if waiting else ""
    return f"Trong {in_text(report.total.turns)} lượt học: {', '.join(said)}.{rest}"


def _hosted_sentence(report: ReportFigures) -> str:
    return " ".join(map(_hosted, report.hosted))


def _hosted(one: HostedClass) -> str:
    cohort = f" khóa {one.cohort}" if one.cohort else ""
    modules = f"; đến nay lớp đã hoàn thành {in_text(one.modules_finished)} học phần" if one.modules_finished else ""
    named = f"lớp {lower_first(one.programme)}{cohort}, hệ {MODES[one.mode]}"
    return f"Đơn vị phối hợp với {one.owner} tổ chức {named}{modules}."


def _next_sentence(report: ReportFigures) -> str:
    left = classes_left(report)
    by = f" theo Quyết định {report.papers[0].number}" if len(report.papers) == 1 else " theo kế hoạch được duyệt"
    wanted = [f"Tiếp tục mở {in_text(left)} lớp{by if report.is_planned else ''}"] if left else []
    wanted += [f"phối hợp quản lý lớp {lower_first(one.programme)}" for one in report.hosted[:3]]
    wanted.append(
        f"tổng hợp nhu cầu đào tạo, bồi dưỡng năm {report.period.end.year + 1} của các đơn vị để trình phê duyệt"
    )
    text = "; ".join(wanted)
    return f"{text[:1].upper()}{text[1:]}."


def _addressee(unit: Unit, report: ReportFigures) -> str:
    if report.papers:
        return report.papers[0].issuer
    above = body_above(unit)
    return above.name if above else "cấp có thẩm quyền"


def _recipients(unit: Unit, report: ReportFigures) -> tuple[str, ...]:
    issuers = dict.fromkeys(paper.issuer for paper in report.papers)
    above = body_above(unit)
    named = [above.name] if above and not issuers else []
    return (*issuers, *named, "Lãnh đạo đơn vị")
