"""Values that the page of a report shows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from vuntrong.kernel.numbers import shares_to_hundred
from vuntrong.reports.enums import Dimension, Reading, Result
from vuntrong.reports.models import ReportSubmission
from vuntrong.reports.rules.checks import Check
from vuntrong.reports.rules.figures import Figure as Line
from vuntrong.reports.rules.figures import turn_shares
from vuntrong.reports.rules.folding import BESIDE, UnitLine
from vuntrong.reports.rules.frozen import ReportFigures
from vuntrong.reports.rules.submissions import ReportStanding
from vuntrong.web.kit import numbers
from vuntrong.web.kit.values import Chart, Link, Series, State, Tab
from vuntrong.web.reports.access import Named
from vuntrong.web.reports.sentences import (
    CHECKS,
    day,
    line_label,
    moment,
    period_words,
    sex_label,
    standing_state,
)

SENDERS = 60
"""So many sending units stand on the page."""
SQUARES = 40
"""A plan of at most so many classes is drawn as squares, a larger one as a bar."""


@dataclass(frozen=True)
class Row:
    """One line of a table; every number opens what it counts."""

    label: str
    line: Line
    share: Decimal | None
    """Percent of all turns."""
    width: float
    """Share of one of the longest line, for its bar."""
    classes_url: str
    people_url: str
    turns_url: str
    is_apportioned: bool = False
    """Whether a divided unit stands in it by its share."""


@dataclass(frozen=True)
class Table:
    """Figures by one dimension."""

    title: str
    head: str
    rows: tuple[Row, ...]
    is_wide: bool
    """Names of audiences and owners are long."""


@dataclass(frozen=True)
class SenderRow:
    """One sending unit; both numbers open the rows."""

    line: UnitLine
    share: Decimal
    """Percent of all turns."""
    width: float
    people_url: str
    turns_url: str


@dataclass(frozen=True)
class SenderTable:
    """The units that sent people, the greatest first; what does not fit is in the workbook."""

    rows: tuple[SenderRow, ...]
    more: int
    turns: int

    @property
    def has_shares(self) -> bool:
        """Whether a divided unit stands in some line by its share."""
        return any(row.line.is_apportioned for row in self.rows)


@dataclass(frozen=True)
class CheckLine:
    """One line of the self-check."""

    holds: bool
    sum: str
    text: str


def header_facts(report: ReportFigures) -> str:
    """Return the line under the title: unit, days, decisions."""
    facts = [report.unit_name, f"{day(report.period.start)} – {day(report.period.end)}"]
    facts += [
        _("by Decision %(number)s of %(day)s, %(issuer)s")
        % {"number": paper.number, "day": day(paper.issued_on), "issuer": paper.issuer}
        for paper in report.papers
    ]
    return " · ".join(facts)


def header_state(named: Named, checks: Iterable[Check], standing: ReportStanding) -> State:
    """Return the badge: what a version is, else whether figures and lists agree, else where the report stands."""
    if named.version:
        return State("none", _("Version %(number)s, frozen") % {"number": named.version.number}, glyph="lock")
    if not all(check.holds for check in checks):
        return State("bad", _("Figures and lists differ"))
    if standing in {ReportStanding.SUBMITTED, ReportStanding.CHANGED}:
        return standing_state(standing)
    return State("ok", _("Agrees with the lists"))


def version_tabs(named: Named, versions: Sequence[ReportSubmission]) -> list[Tab]:
    """Return one tab for today and one for each version."""
    if not versions:
        return []
    now = Named(named.unit, named.period, None)
    chosen = named.version.number if named.version else None
    tabs = [Tab(_("Today"), now.url(), is_current=chosen is None)]
    for one in versions:
        label = _("Version %(number)s, %(day)s") % {"number": one.number, "day": day(one.submitted_at.date())}
        tabs.append(Tab(label, Named(named.unit, named.period, one).url(), is_current=one.number == chosen))
    return tabs


def programme_rows(named: Named, report: ReportFigures) -> tuple[Row, ...]:
    """Return the programmes that had a class."""
    return _rows(named, Dimension.PROGRAMME, [line for line in report.lines[Dimension.PROGRAMME] if line.classes])


def waiting_lines(report: ReportFigures) -> list[Line]:
    """Return the planned programmes without a class in the period."""
    return [line for line in report.lines[Dimension.PROGRAMME] if not line.classes]


def breakdowns(named: Named, report: ReportFigures) -> list[Table]:
    """Return the other tables; owners only where there are several."""
    titles = {
        Dimension.KIND: _("By kind of programme"),
        Dimension.MODE: _("By mode of study"),
        Dimension.SIDE: _("By owner side"),
        Dimension.AUDIENCE: _("By audience"),
        Dimension.OWNER: _("By owner of the class"),
    }
    return [
        Table(
            title,
            str(Dimension(dimension).label),
            _rows(named, dimension, report.lines[dimension]),
            is_wide=dimension in {Dimension.AUDIENCE, Dimension.OWNER},
        )
        for dimension, title in titles.items()
        if len(report.lines[dimension]) > (dimension == Dimension.OWNER)
    ]


def _rows(named: Named, dimension: str, lines: Sequence[Line]) -> tuple[Row, ...]:
    shares = turn_shares(lines)
    most = max((line.turns for line in lines), default=0)
    return tuple(
        Row(
            label=line_label(dimension, line.label),
            line=line,
            share=share / 100,
            width=line.turns / most if most else 0,
            classes_url=named.url("classes", by=dimension, key=line.key),
            people_url=named.url("people", by=dimension, key=line.key),
            turns_url=named.url("rows", by=dimension, key=line.key),
            is_apportioned=dimension == Dimension.OWNER and BESIDE in line.key,
        )
        for line, share in zip(lines, shares, strict=True)
    )


def sender_table(named: Named, lines: Sequence[UnitLine]) -> SenderTable:
    """Return the sending units."""
    shares = shares_to_hundred([line.turns for line in lines])
    most = max((line.turns for line in lines), default=0)
    rows = tuple(
        SenderRow(
            line,
            share / 100,
            line.turns / most if most else 0,
            people_url=named.url("people", sender=line.key),
            turns_url=named.url("rows", sender=line.key),
        )
        for line, share in zip(lines[:SENDERS], shares, strict=False)
    )
    return SenderTable(rows, max(0, len(lines) - SENDERS), sum(line.turns for line in lines))


def reading_tabs(named: Named) -> list[Tab]:
    """Return the switch between the two readings; none for a version, which stays in the words of its day."""
    if named.version:
        return []
    return [
        Tab(str(Reading(one).label), named.read_as(one).url(), is_current=one == named.reading)
        for one in Reading.values
    ]


def result_rows(named: Named, report: ReportFigures) -> list[tuple[str, int, str]]:
    """Return (result, turns, address) of the results that occur."""
    found = [(Result(key), count) for key, count in report.total.results.items() if count]
    return [(str(result.label), count, named.url("rows", result=result.value)) for result, count in found]


def sex_rows(named: Named, report: ReportFigures) -> list[tuple[str, int, str]]:
    """Return (sex, people, address); what is not stated only where it occurs."""
    return [
        (sex_label(sex), count, named.url("people", sex=sex or "none"))
        for sex, count in report.total.sexes.items()
        if sex or count
    ]


def squares(report: ReportFigures) -> list[bool]:
    """Return one mark for each planned class, true for those opened; empty for a large plan or none."""
    planned = report.total.planned_classes or 0
    opened = report.total.classes - report.unplanned
    return [number < opened for number in range(planned)] if planned <= SQUARES else []


def check_lines(checks: Iterable[Check]) -> list[CheckLine]:
    """Return the self-check in words: 94 + 54 + 45 + 134 = 327."""
    return [CheckLine(check.holds, _check_sum(check), str(CHECKS[check.code])) for check in checks]


def _check_sum(check: Check) -> str:
    sign = "=" if check.holds else "≠"
    expected = numbers.number(check.expected)
    if not check.parts or len(check.parts) > 6:
        return f"{numbers.number(check.found)} {sign} {expected}"
    return f"{' + '.join(numbers.number(part) for part in check.parts)} {sign} {expected}"


def plan_chain(report: ReportFigures) -> list[Link]:
    """Return the way from the approved plan to this report."""
    links = [
        Link(
            _("%(number)s, %(count)s classes") % {"number": paper.number, "count": numbers.number(paper.classes)},
            f"{paper.issuer}, {day(paper.issued_on)}",
            reverse("plans:plan", args=[paper.plan_id]),
            "gavel",
        )
        for paper in report.papers
    ]
    if not report.is_planned:
        missing = _("The share of the plan shows once one is approved")
        links.append(Link(_("No approved plan yet"), missing, "", "gavel", "none"))
    total = report.total
    done = _("%(classes)s classes, %(turns)s turns") % {
        "classes": numbers.number(total.classes),
        "turns": numbers.number(total.turns),
    }
    return [*links, Link(period_words(report.period), done, "", "chart-bar", "run")]


def month_chart(report: ReportFigures) -> Chart | None:
    """Return the turns by month of opening; None within one month."""
    months = _months(report)
    if len(months) < 2:
        return None
    turns, classes = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
    for one in report.classes:
        month = (one.facts.opened_on.year, one.facts.opened_on.month)
        turns[month] += one.turns
        classes[month] += 1
    return Chart(
        id="months",
        title=_("Turns by month of opening"),
        head=_("Month"),
        series=(Series(_("Turns")), Series(_("Number of classes"), kind="")),
        rows=[(f"{month:02d}/{year}", (turns[year, month], classes[year, month])) for year, month in months],
        totals=(report.total.turns, report.total.classes),
    )


def _months(report: ReportFigures) -> list[tuple[int, int]]:
    """Return (year, month) of the period, at most two years of them."""
    first, last = report.period.start, report.period.end
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    ordinals = range(first.year * 12 + first.month - 1, first.year * 12 + first.month - 1 + min(count, 24))
    return [(ordinal // 12, ordinal % 12 + 1) for ordinal in ordinals]


def version_notes(versions: Iterable[ReportSubmission]) -> list[tuple[ReportSubmission, str]]:
    """Return each version with when and by whom."""
    return [(one, f"{moment(one.submitted_at)}, {one.submitted_by_name}") for one in versions]
