"""The values that parts of a page show: plain, comparable in tests, without HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

Number = int | float | Decimal | Fraction

GLYPHS = {"ok": "check", "run": "progress", "wait": "clock", "bad": "alert-triangle", "none": "minus"}
"""Every tone has its glyph, so that no state is told by colour alone."""


@dataclass(frozen=True)
class State:
    """Where something stands: a tone (ok, run, wait, bad, none) and the word for it."""

    tone: str
    label: str
    glyph: str = ""

    @property
    def icon(self) -> str:
        return self.glyph or GLYPHS[self.tone]


@dataclass(frozen=True)
class Fact:
    """One line of side facts: a term and its value, perhaps a link."""

    term: str
    value: object
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Link:
    """One link of the chain from the need to the class."""

    label: str
    detail: str = ""
    url: str = ""
    icon: str = "file-text"
    tone: str = "ok"


@dataclass(frozen=True)
class HistoryEntry:
    """Who did what, and when (already in words)."""

    who: str
    what: str
    at: object
    url: str = ""


@dataclass(frozen=True)
class Figure:
    """A key number with its unit, the list it opens and one line of meaning."""

    label: str
    value: Number | str
    unit: str = ""
    meaning: str = ""
    url: str = ""
    share: Number | None = None
    tone: str = ""


@dataclass(frozen=True)
class Tab:
    """One tab of an object."""

    label: str
    url: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True)
class Step:
    """One step of a wizard: done, now, wait (open points) or later."""

    label: str
    state: str = "later"
    url: str = ""


@dataclass(frozen=True)
class Card:
    """Work that waits on the page of today: how much of what, and where it is done."""

    count: int
    title: str
    what: str
    url: str
    icon: str = "inbox"
    tone: str = "run"
    meta: str = ""


@dataclass(frozen=True)
class LongJob:
    """A long job as its page shows it; asked again every second while it runs."""

    id: str
    title: str
    doing: str
    share: float
    state: State
    is_running: bool
    poll_url: str = ""
    cancel_url: str = ""
    done_url: str = ""
    done_label: str = ""

    @property
    def tone(self) -> str:
        return "" if self.state.tone == "run" else self.state.tone


@dataclass(frozen=True)
class Series:
    """A column of a chart's table: drawn as bar or line, or only shown (kind "")."""

    label: str
    kind: str = "bar"
    unit: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart and its table in one value; the picture is drawn from the table.

    `shape` is standing, lying or stacked. A row is its label and one number (or None) for each series.
    """

    id: str
    title: str
    head: str
    series: Sequence[Series]
    rows: Sequence[tuple[str, Sequence[Number | None]]]
    shape: str = "standing"
    totals: Sequence[Number | None] = ()
    total_label: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    """Row label to address, where a row opens the list that it counts."""

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Return (label, class of its sign) for the legend."""
        bars = iter(range(1, 4))
        return [(one.label, "line" if one.kind == "line" else str(next(bars))) for one in self.series if one.kind]

    @property
    def lines(self) -> list[tuple[str, str, Sequence[Number | None]]]:
        """Return the rows with the address that each opens."""
        return [(label, self.links.get(label, ""), numbers) for label, numbers in self.rows]


@dataclass(frozen=True)
class Choice:
    """One chip: a value of the chip filter, how many rows have it, and the address that shows them."""

    label: str
    count: int | None
    url: str
    is_on: bool = False
    icon: str = ""
