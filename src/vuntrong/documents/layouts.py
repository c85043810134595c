"""Measures of official papers. Which layout was valid on which day is decided by the caller: a dated row names it.

Sources: `state30` Decree 30/2020/NĐ-CP, Annex I; `party36` Guide 36-HD/VPTW (2018 to 26/5/2026); `party05` Guide
05-HD/VPTW (from 27/5/2026), whose sizes are seen in secondary sources only.
"""

from dataclasses import dataclass, replace
from typing import Literal, Self

from vuntrong.documents.papers import Head, Paper, Paragraph, Role, Run, TableBlock

MANY_COLUMNS = 10
"""A table with more columns is set one point smaller."""
BODY_STEPS_PT = ((14.0, 18.0), (13.5, 17.5), (13.0, 17.0))
"""Body size and line pitch, in the order in which a State paper may shrink to save a last page of a few lines."""


@dataclass(frozen=True)
class Layout:
    """Sizes in points unless the name says millimetres."""

    name: str
    style: Literal["party", "state"]
    head_share: tuple[int, int]
    """Width of the left and right half of the head, in per cent."""
    nation: float
    """The right head line: name of the State, or of the Party."""
    issuer: float
    number: float
    place: float
    subject_italic: bool
    type: float
    summary: float
    body: float
    pitch: float
    """From one base line to the next, exactly."""
    indent_mm: float
    sign: float
    recipients_label: float
    recipients: float
    recipients_mark: str
    page_number: float
    motto: float = 13.0
    gap: float = 6.0
    """Between paragraphs."""
    table: float = 12.0
    margins_mm: tuple[float, float, float, float] = (20.0, 15.0, 20.0, 30.0)
    """Top, right, bottom, left."""
    landscape_margins_mm: tuple[float, float, float, float] = (30.0, 20.0, 15.0, 20.0)
    """Our own choice: the binding edge lies on top after turning."""

    def text_width_mm(self, *, landscape: bool) -> float:
        """Return 165 for a portrait page and 257 for a landscape one."""
        _, right, _, left = self.landscape_margins_mm if landscape else self.margins_mm
        return (297.0 if landscape else 210.0) - right - left

    def smaller(self) -> Self | None:
        """Return the next step of the fit ladder, or None at its end. Party papers stay as they are."""
        steps = [step for step in BODY_STEPS_PT if step[0] < self.body]
        if self.style == "party" or not steps:
            return None
        size, pitch = steps[0]
        return replace(self, body=size, pitch=pitch, summary=size, sign=size)


STATE30 = Layout(
    name="state30",
    style="state",
    head_share=(40, 60),
    nation=12.0,
    issuer=12.0,
    number=13.0,
    place=13.0,
    subject_italic=False,
    type=14.0,
    summary=14.0,
    body=14.0,
    pitch=18.0,
    indent_mm=12.7,
    sign=14.0,
    recipients_label=12.0,
    recipients=11.0,
    recipients_mark=";",
    page_number=13.0,
)
"""Source: Decree 30/2020/NĐ-CP, Annex I, part I; where it gives a range, the value that fits a page best."""

PARTY36 = Layout(
    name="party36",
    style="party",
    head_share=(44, 56),
    nation=15.0,
    issuer=14.0,
    number=14.0,
    place=14.0,
    subject_italic=True,
    type=16.0,
    summary=14.0,
    body=14.0,
    pitch=18.0,
    indent_mm=10.0,
    sign=14.0,
    recipients_label=14.0,
    recipients=12.0,
    recipients_mark=",",
    page_number=14.0,
)
"""Source: Guide 36-HD/VPTW of 03/4/2018."""

PARTY05 = replace(PARTY36, name="party05", nation=14.0, type=14.0, pitch=19.0, recipients_mark=";")
"""Source: Guide 05-HD/VPTW of 2026, by way of secondary sources: unverified."""

LAYOUTS = {layout.name: layout for layout in (STATE30, PARTY36, PARTY05)}


def recipient_lines(paper: Paper, layout: Layout) -> list[str]:
    """Return the recipients with dash and end mark; the keep line is last and ends with a full stop."""
    return [f"- {name}{layout.recipients_mark}" for name in paper.recipients] + [f"- {paper.keep}."]


def table_size(table: TableBlock, layout: Layout) -> float:
    """Return the type size of a table in points."""
    return layout.table - 1 if len(table.columns) > MANY_COLUMNS else layout.table


def check_width(table: TableBlock, layout: Layout, *, landscape: bool) -> None:
    """Raise ValueError when a table is wider than the text of its page."""
    room = layout.text_width_mm(landscape=landscape)
    if table.width_mm > room + 0.01:
        raise ValueError(f"a table of {table.width_mm} mm does not fit into {room} mm")


def printed(paragraph: Paragraph, layout: Layout) -> Paragraph:
    """Return a paragraph with what the layout adds: italics (State grounds, list ends) or a dash (Party grounds)."""
    if paragraph.role is Role.GROUND and layout.style == "party":
        return replace(paragraph, runs=(Run("- "), *paragraph.runs))
    if paragraph.role in {Role.GROUND, Role.LIST_END}:
        return replace(paragraph, runs=tuple(replace(run, italic=True) for run in paragraph.runs))
    return paragraph


# ---- widths, where the engine cannot measure ----
CAPITALS_EM = 0.625
"""Mean width of bold Vietnamese capitals in Times New Roman, in sizes; measured on heads of papers (0.61 to 0.64)."""
BOLD_EM = 0.443
"""The same for bold running text."""
MOTTO_EM = 12.22
PARTY_TITLE_EM = 13.74
"""Measured widths of the two fixed lines, bold."""
POINTS_PER_MM = 72 / 25.4


def issuer_size(head: Head, layout: Layout) -> float:
    """Return the size at which parent and issuer fit their column: both shrink together, to 11.5 at least."""
    room = (layout.text_width_mm(landscape=False) - 2) * layout.head_share[0] / 100 * POINTS_PER_MM
    longest = max(len(line) for line in f"{head.parent}\n{head.issuer}".split("\n"))
    sizes = [size for size in (layout.issuer, 13.0, 12.0, 11.5) if size <= layout.issuer]
    return next((size for size in sizes if longest * CAPITALS_EM * size <= room), 11.5)


def issuer_rule_mm(head: Head, layout: Layout) -> float:
    """Return the length of the rule under a State issuer: 40 % of its longest line."""
    longest = max(len(line) for line in head.issuer.split("\n"))
    return 0.4 * longest * CAPITALS_EM * issuer_size(head, layout) / POINTS_PER_MM


def summary_rule_mm(summary: str, layout: Layout) -> float:
    """Return the length of the rule under a State title: 35 % of the longest line, which ends at 140 mm."""
    longest = max(len(line) for line in summary.split("\n"))
    return 0.35 * min(longest * BOLD_EM * layout.summary / POINTS_PER_MM, 140.0)
