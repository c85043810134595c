"""An official paper as a value: head, title, blocks, signature, recipients, annexes. One value drives PDF and DOCX.

Everything shown is finished text: figures, dates and names are written by the caller. Upper case of heads and
signatures, marks at line ends and the style of each head are the business of the layout.
"""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from vuntrong.kernel.dates import long_date

NBSP = "\u00a0"
NUMBER_GAP = NBSP * 7
"""Room for the number that the registry writes by hand. Source: Decree 30/2020/NĐ-CP, Annex I."""
DAY_GAP = NBSP * 5
BOUND = re.compile(r"\b(Điều|khoản|khóa|[Ss]ố|Biểu số|Phụ lục) (?=[0-9IVX])|(?<=\d) (?=(?:lớp|học viên|đồng|tiết)\b)")
"""A number stays on one line with the word it belongs to."""


class Role(StrEnum):
    """What a paragraph is; the layout decides how that looks."""

    BODY = "body"
    GROUND = "ground"
    HEADING = "heading"
    ARTICLE = "article"
    CENTRED = "centred"
    LIST_END = "list-end"


class RowKind(StrEnum):
    """What a row of a table is. The first cell of a group row spans the table."""

    ITEM = "item"
    GROUP = "group"
    TOTAL = "total"


Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Run:
    """Text in one weight and slope."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. A heading stays with what follows it."""

    runs: tuple[Run, ...]
    role: Role = Role.BODY

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def body(text: str) -> Paragraph:
    """Return a plain paragraph."""
    return Paragraph((Run(text),))


def ground(text: str) -> Paragraph:
    """Return one of the grounds, with its mark at the end; the dash of Party papers comes from the layout."""
    return Paragraph((Run(text),), Role.GROUND)


def heading(text: str) -> Paragraph:
    """Return a heading such as `I- KẾT QUẢ THỰC HIỆN` or `1. Thực hiện kế hoạch mở lớp`."""
    return Paragraph((Run(text, bold=True),), Role.HEADING)


def centred(text: str) -> Paragraph:
    """Return a bold centred line such as `QUYẾT ĐỊNH:`."""
    return Paragraph((Run(text, bold=True),), Role.CENTRED)


def list_end(text: str) -> Paragraph:
    """Return the line that closes a list: how many it holds."""
    return Paragraph((Run(text),), Role.LIST_END)


def article(number: int, text: str) -> Paragraph:
    """Return an article whose number is bold and whose text follows on the same line."""
    return Paragraph((Run(f"Điều {number}.", bold=True), Run(f" {text}")), Role.ARTICLE)


@dataclass(frozen=True)
class TableColumn:
    """Width in millimetres and alignment of one column."""

    width_mm: float
    align: Align


@dataclass(frozen=True)
class HeaderCell:
    """A header text over some columns and down some header rows."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class TableRow:
    """Cells from left to right; the first one covers `span` columns (a group row: all of them)."""

    cells: tuple[str, ...]
    kind: RowKind = RowKind.ITEM
    span: int = 1


@dataclass(frozen=True)
class TableBlock:
    """A table. Raises ValueError when header spans or rows do not fill its columns exactly."""

    columns: tuple[TableColumn, ...]
    header: tuple[tuple[HeaderCell, ...], ...]
    rows: tuple[TableRow, ...]
    caption: str = ""
    remark: str = ""
    """Unit of measure or cut-off day, above the table at the right."""
    numbers: tuple[str, ...] = ()
    """The row of column numbers under the header: (1), (2), (5) = (4)/(3)."""
    note: str = ""

    def __post_init__(self) -> None:
        width = len(self.columns)
        if {row.span + len(row.cells) - 1 for row in self.rows} - {width}:
            raise ValueError("a row does not fill the columns")
        if self.numbers and len(self.numbers) != width:
            raise ValueError("the column numbers do not fill the columns")
        header_places(self)

    @property
    def width_mm(self) -> float:
        return sum(column.width_mm for column in self.columns)


def header_places(table: TableBlock) -> list[tuple[int, int, HeaderCell]]:
    """Return (row, column, cell) of each header cell. Raises ValueError when the cells overlap or leave a hole."""
    taken: set[tuple[int, int]] = set()
    places: list[tuple[int, int, HeaderCell]] = []
    for row, cells in enumerate(table.header):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            covered = {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            if covered & taken:
                raise ValueError(f"the header cell {cell.text!r} overlaps another")
            taken |= covered
            places.append((row, column, cell))
    if taken != {(row, column) for row in range(len(table.header)) for column in range(len(table.columns))}:
        raise ValueError("the header does not fill the columns")
    return places


Block = Paragraph | TableBlock


@dataclass(frozen=True)
class Head:
    """Who writes, under whom, with which number, where and when. Both styles never stand on one paper."""

    style: Literal["party", "state"]
    parent: str
    """Empty where the issuer stands under nobody."""
    issuer: str
    code: str
    """Type and unit as the head writes them: `QĐ-TCT` (state), `BC/TTCT` (party)."""
    place: str
    number: int | None = None
    """None until the registry gives one."""
    date: dt.date | None = None
    year: int | None = None
    """Printed while there is no date."""
    subject: str = ""
    """Letters only: `V/v khảo sát nhu cầu` (state), `về việc khảo sát nhu cầu` (party)."""
    pattern: str = ""
    """The number of a unit that writes it otherwise than its style: `{n}-QĐ/HVCTQG` under a State head."""
    digits: int = 2

    @property
    def reference(self) -> str:
        """The number as other papers cite it: 18/QĐ-TCT, 07-BC/TTCT; a gap before the code until it is given."""
        number = NUMBER_GAP if self.number is None else f"{self.number:0{self.digits}d}"
        if self.pattern:
            return self.pattern.replace("{n}", number)
        return f"{number}{'/' if self.style == 'state' else '-'}{self.code}"

    @property
    def number_line(self) -> str:
        """`Số: 18/QĐ-TCT` in the State style, `Số 07-BC/TTCT` in the Party style."""
        return f"{'Số:' if self.style == 'state' else 'Số'} {self.reference}"

    @property
    def place_line(self) -> str:
        """Place and date of signing; gaps for day and month until there is one."""
        if self.date is not None:
            return f"{self.place}, {long_date(self.date)}"
        year = DAY_GAP if self.year is None else f" {self.year}"
        return f"{self.place}, ngày{DAY_GAP}tháng{DAY_GAP}năm{year}"


@dataclass(frozen=True)
class Title:
    """Type, summary and the authority line of a decision. A line break cuts the summary at a phrase border."""

    type: str
    summary: str
    authority: str = ""


@dataclass(frozen=True)
class Address:
    """`Kính gửi` or `Kính trình` and to whom."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class SignatureBlock:
    """Lines before the post (`K/T GIÁM ĐỐC`, `KT. HIỆU TRƯỞNG`), the post of the signer, the signer's name."""

    prefixes: tuple[str, ...]
    post: str
    name: str


@dataclass(frozen=True)
class Annex:
    """A part with its own first page and page count. `number` is Roman, empty when there is only one annex."""

    title: str
    reference: str
    """`Kèm theo Quyết định số ...`, without the brackets."""
    blocks: tuple[Block, ...]
    number: str = ""
    landscape: bool = False

    @property
    def label(self) -> str:
        return f"Phụ lục {self.number}".strip()


@dataclass(frozen=True)
class Paper:
    """A whole paper. The end mark `./.` or full stop is part of the last paragraph: the caller knows where it ends."""

    head: Head
    title: Title | None
    """None for a letter, whose subject stands in the head."""
    blocks: tuple[Block, ...]
    signature: SignatureBlock
    recipients: tuple[str, ...]
    """Without dash and end mark."""
    keep: str
    """The last of the recipients: `Lưu: VT, QLĐT (03b)`, `Lưu Trung tâm`."""
    address: Address | None = None
    annexes: tuple[Annex, ...] = ()


def bind(text: str) -> str:
    """Return text whose numbers cannot part from their words at a line end."""
    return BOUND.sub(lambda found: found[0][:-1] + NBSP, text)
