"""The Party and State bodies of the province before and after 2025, with the events between."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vuntrong.ops.province.files import read
from vuntrong.ops.province.size import Size
from vuntrong.registry.actions.unit_sets import DatedWords, NewEvent, NewLink, NewUnit
from vuntrong.registry.enums import EventKind, UnitKind

Row = Mapping[str, Any]
FIRST_DAY = dt.date(2004, 1, 1)
TWO_LEVELS = dt.date(2025, 7, 1)
"""The day of the two-level local government: districts end, communes merge."""
SINCE_MERGER = "Nghị quyết sắp xếp đơn vị hành chính năm 2025 (giả định)"
BY_PROVINCE = "Quyết định của Ban Thường vụ Tỉnh ủy (giả định)"
NOBODY = -1


@dataclass(frozen=True)
class Workplace:
    """Where people work, by slug: today, and where those of them worked who were there before 01/07/2025."""

    kind: str
    """A key of careers.json."""
    now: str
    before: Sequence[str]
    commune: int = NOBODY
    """Number of the commune; below zero for the bodies of the province."""


@dataclass(frozen=True)
class Owner:
    """A body that holds classes, from a day to a day, for the communes it serves."""

    slug: str
    name: str
    kind: str
    """school, home_affairs or centre."""
    approver: str
    approver_text: str
    communes: Sequence[int]
    """Empty for the whole province."""
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass
class Layout:
    """Everything about the units that is to be written, and what people and classes need to know of them."""

    size: Size
    units: list[NewUnit] = field(default_factory=list)
    events: list[NewEvent] = field(default_factory=list)
    workplaces: list[Workplace] = field(default_factory=list)
    owners: list[Owner] = field(default_factory=list)

    @property
    def top(self) -> str:
        """Slug of the provincial committee; the other slugs begin with it."""
        return self.size.slug

    @property
    def territory(self) -> str:
        """Slug of the province itself."""
        return f"tinh-{self.size.slug}"

    def slug(self, *parts: object) -> str:
        """Return a slug below that of the province."""
        return "-".join([self.size.slug, *map(str, parts)])

    def add(
        self, slug: str, name: str, kind: str, *, since: dt.date = FIRST_DAY, until: dt.date | None = None, **words: str
    ) -> str:
        """Note a unit with one dated row; returns its slug."""
        short = words.pop("short_name", name)[:80]
        words.setdefault("seat", self.size.name)
        row = DatedWords(valid_from=since, valid_to=until, name=name, short_name=short, kind=kind, **words)
        self.units.append(NewUnit(slug, [row]))
        return slug

    def happen(self, kind: str, on: dt.date, links: Sequence[tuple[str, str]], paper: str = SINCE_MERGER) -> None:
        """Note an event; an empty slug stands for nothing."""
        self.events.append(NewEvent(kind, on, [NewLink(old, new) for old, new in links], paper))


def lay_out_province(layout: Layout) -> None:
    """Note the bodies of the province: committee, boards, school, People's Committee, departments and the rest."""
    name, top = layout.size.name, layout.top
    layout.add(layout.territory, f"Tỉnh {name}", UnitKind.PROVINCE, short_name=name)
    layout.add(top, f"Tỉnh ủy {name}", UnitKind.PROVINCIAL_COMMITTEE, parent=layout.territory, code="TU")
    ubnd, title = layout.slug("ubnd"), f"Ủy ban nhân dân tỉnh {name}"
    words: Row = {"parent": top, "state_parent": layout.territory, "code": "UBND"}
    layout.add(ubnd, title, UnitKind.PEOPLES_COMMITTEE, short_name=f"UBND tỉnh {name}", **words)
    layout.workplaces += [Workplace("provincial_committee", top, [top]), Workplace("ubnd", ubnd, [ubnd])]
    bodies = read("bodies")
    for row in bodies["boards"]:
        _body(layout, row, "board", row["kind"], top)
    for row in bodies["departments"]:
        _body(layout, row, "department", row.get("kind", UnitKind.DEPARTMENT), ubnd)
    for kind, rows in ((UnitKind.DIRECT_COMMITTEE, bodies["direct"]), (UnitKind.MASS_ORGANISATION, bodies["mass"])):
        for row in rows:
            _body(layout, row, kind, kind, top)
    _old_direct(layout, bodies["old_direct"])
    _school(layout)


def _old_direct(layout: Layout, rows: Sequence[Sequence[str]]) -> None:
    """Note the committees of the agencies' and enterprises' blocks, dissolved when the new direct committees came."""
    last = dt.date(2025, 1, 31)
    for slug, name in rows:
        words: Row = {"parent": layout.top, "code": "ĐUK"}
        text = name.format(name=layout.size.name)
        made = layout.add(layout.slug(slug), text, UnitKind.DIRECT_COMMITTEE, until=last, **words)
        layout.happen(EventKind.DISSOLVE, last + dt.timedelta(days=1), [(made, "")], BY_PROVINCE)


def _school(layout: Layout) -> None:
    top, name = layout.top, layout.size.name
    slug, title = layout.slug("truong"), f"Trường Chính trị tỉnh {name}"
    layout.add(slug, title, UnitKind.PROVINCIAL_SCHOOL, parent=top, code="TCT")
    layout.workplaces.append(Workplace("provincial_school", slug, [slug]))
    layout.owners.append(Owner(slug, title, "school", top, "Ban Thường vụ Tỉnh ủy", ()))


def _body(layout: Layout, row: Row, place: str, kind: str, parent: str) -> None:
    """Note a body of the province; one of 2025 has predecessors that merged, or bore another name."""
    slug, name = layout.slug(row["slug"]), row["name"].format(name=layout.size.name)
    words: Row = {"parent": parent, "code": row.get("code", "ĐU")}
    since = dt.date.fromisoformat(row["since"]) if "since" in row else FIRST_DAY
    before = [slug]
    if "rename" in row:
        _renamed(layout, slug, [row["rename"].format(name=layout.size.name), name], kind, since, words)
    else:
        layout.add(slug, name, kind, since=since, **words)
        if "from" in row:
            before = _merged(layout, slug, row["from"], since, words)
        elif since != FIRST_DAY:
            before = [layout.slug(row["before"])]
            layout.happen(EventKind.CREATE, since, [("", slug)], BY_PROVINCE)
    layout.workplaces.append(Workplace(place, slug, before))
    if kind == UnitKind.HOME_AFFAIRS:
        approver = f"Ủy ban nhân dân tỉnh {layout.size.name}"
        old = before[0]
        ends = since - dt.timedelta(days=1)
        layout.owners.append(Owner(old, name, "home_affairs", parent, approver, (), until=ends))
        layout.owners.append(Owner(slug, name, "home_affairs", parent, approver, (), since=since))


def _renamed(layout: Layout, slug: str, names: Sequence[str], kind: str, since: dt.date, words: Row) -> None:
    seat, last = layout.size.name, since - dt.timedelta(days=1)
    old = DatedWords(FIRST_DAY, names[0], names[0][:80], kind, valid_to=last, seat=seat, **words)
    new = DatedWords(since, names[1], names[1][:80], kind, seat=seat, **words)
    layout.units.append(NewUnit(slug, [old, new]))
    layout.happen(EventKind.RENAME, since, [(slug, slug)], BY_PROVINCE)


def _merged(layout: Layout, slug: str, rows: Sequence[Sequence[str]], since: dt.date, words: Row) -> list[str]:
    """Note the predecessors of a body, with the merger; returns their slugs."""
    last = since - dt.timedelta(days=1)
    old = [
        layout.add(layout.slug(part), name.format(name=layout.size.name), kind, until=last, **words)
        for part, name, kind in rows
    ]
    layout.happen(EventKind.MERGE, since, [(one, slug) for one in old], BY_PROVINCE)
    return old


def served(layout: Layout) -> Iterator[tuple[Owner, frozenset[int] | None]]:
    """Yield the owners with the communes they serve, None for the whole province."""
    for owner in layout.owners:
        yield owner, frozenset(owner.communes) or None
