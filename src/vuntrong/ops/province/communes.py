"""Districts until 30/06/2025, the communes merged from theirs, and everything below both."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from vuntrong.ops.demo.shelf import slug_of
from vuntrong.ops.province.bodies import BY_PROVINCE, SINCE_MERGER, TWO_LEVELS, Layout, Owner, Workplace
from vuntrong.ops.province.files import read
from vuntrong.registry.actions.unit_sets import DatedWords, NewEvent, NewLink, NewUnit
from vuntrong.registry.enums import EventKind, UnitKind

LAST_DAY = TWO_LEVELS - dt.timedelta(days=1)
COMMUNES_PER_CENTRE = 6.5
PREDECESSORS = (2, 2, 3, 3, 3, 4)
Words = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A commune or district as it is named."""

    slug: str
    level: str
    """xã, phường, huyện, thành phố."""
    name: str

    @property
    def text(self) -> str:
        return f"{self.level} {self.name}"

    @property
    def title(self) -> str:
        """The name at the beginning of a line."""
        return self.text[:1].upper() + self.text[1:]

    @property
    def area(self) -> str:
        """Slug of the territory, below the province's."""
        return f"{'phuong' if self.level == 'phường' else 'xa'}-{self.slug}"


@dataclass(frozen=True)
class District:
    """A district with the numbers of the communes that lie where it was."""

    place: Place
    communes: list[int]

    @property
    def committee(self) -> str:
        return f"{'Thành ủy' if self.place.level == 'thành phố' else 'Huyện ủy'} {self.place.name}"


def lay_out_communes(layout: Layout, dice: random.Random) -> None:
    """Note districts, communes before and after, their bodies and cells, and the centres."""
    count = layout.size.communes
    names = _names(dice, count)
    districts = [
        District(Place(f"h{at + 1}", "thành phố" if at == 0 else "huyện", name), [])
        for at, name in enumerate(read("places")["districts"][: layout.size.districts])
    ]
    for district in districts:
        _district(layout, district)
    for number in range(count):
        district = districts[number * len(districts) // count]
        district.communes.append(number)
        _commune(layout, number, district, [names.pop() for _at in range(dice.choice(PREDECESSORS))], dice)
    for district in districts:
        _centres(layout, district)


def _names(dice: random.Random, communes: int) -> list[tuple[str, str]]:
    """Return more names than there will be communes, each with its slug, none twice."""
    data = read("places")
    first = [(one, slug_of(one)) for one in data["first"]]
    second = [(one, slug_of(one)) for one in data["second"]]
    made = [(f"{a} {b}", f"{x}-{y}") for a, x in first for b, y in second if a != b]
    unique = list({slug: (name, slug) for name, slug in made}.values())
    dice.shuffle(unique)
    if len(unique) < max(PREDECESSORS) * communes:  # a large province needs a second round of names
        unique += [(f"{name} {number}", f"{slug}-{number}") for number in ("1", "2") for name, slug in unique]
    return unique[::-1]


def _district(layout: Layout, district: District) -> None:
    """Note a district with its committee, boards, offices and centre, and that they ended."""
    place, data = district.place, read("bodies")
    words: Words = {"until": LAST_DAY, "seat": place.name}
    area = layout.add(
        layout.slug("huyen", place.slug), place.title, UnitKind.DISTRICT, parent=layout.territory, **words
    )
    committee = layout.add(
        layout.slug("hu", place.slug), district.committee, UnitKind.DISTRICT_COMMITTEE, parent=layout.top, code="HU",
        **words,
    )  # fmt: skip
    ubnd = layout.add(
        layout.slug("ubnd", place.slug), f"Ủy ban nhân dân {place.text}", UnitKind.PEOPLES_COMMITTEE,
        parent=committee, state_parent=layout.slug("ubnd"), code="UBND", **words,
    )  # fmt: skip
    gone = [area, committee, ubnd]
    for slug, name in data["district_boards"]:
        kind = {"ban-to-chuc": UnitKind.ORGANISATION_BOARD, "ban-tuyen-giao": UnitKind.PROPAGANDA_BOARD}
        text = name.format(committee=district.committee)
        board = layout.slug(slug, place.slug)
        gone.append(layout.add(board, text, kind.get(slug, UnitKind.OTHER), parent=committee, **words))
    for slug, name in data["district_offices"]:
        office = layout.slug(slug, place.slug)
        gone.append(layout.add(office, name.format(place=place.text), UnitKind.DEPARTMENT, parent=ubnd, **words))
    for one in gone:
        layout.happen(EventKind.DISSOLVE, TWO_LEVELS, [(one, "")])


def _commune(
    layout: Layout, number: int, district: District, names: Sequence[tuple[str, str]], dice: random.Random
) -> None:
    """Note a commune merged from several, with the bodies and cells of today."""
    level = "phường" if district.place.level == "thành phố" else "xã"
    name, slug = names[0]
    place = Place(slug, level, name)
    old = [_old_commune(layout, district, Place(f"{one}-cu", "xã", text)) for text, one in names]
    area = layout.slug(place.area)
    words: Words = {"since": TWO_LEVELS, "seat": name}
    kind = UnitKind.WARD if level == "phường" else UnitKind.COMMUNE
    layout.add(area, place.title, kind, parent=layout.territory, **words)
    committee = layout.add(
        layout.slug("dang-uy", place.area), f"Đảng ủy {place.text}", UnitKind.COMMUNE_COMMITTEE, parent=layout.top,
        code="ĐU", **words,
    )  # fmt: skip
    ubnd = layout.add(
        layout.slug("ubnd", place.area), f"Ủy ban nhân dân {place.text}", UnitKind.COMMUNE_PEOPLES_COMMITTEE,
        parent=committee, state_parent=layout.slug("ubnd"), code="UBND", **words,
    )  # fmt: skip
    for at, new in enumerate((area, committee, ubnd)):
        layout.happen(EventKind.MERGE, TWO_LEVELS, [(one[at], new) for one in old])
    before = {"committee": [one[1] for one in old], "ubnd": [one[2] for one in old]}
    _parts(layout, number, district, place, {"committee": committee, "ubnd": ubnd, "before": before["committee"]})
    layout.workplaces.append(Workplace("commune_committee", committee, before["committee"], number))
    layout.workplaces.append(Workplace("commune_ubnd", ubnd, before["ubnd"], number))
    _cells(layout, number, place, committee, before["committee"], dice)


def _old_commune(layout: Layout, district: District, place: Place) -> tuple[str, str, str]:
    """Note a commune until 30/06/2025; returns the slugs of territory, Party committee and People's Committee."""
    words: Words = {"until": LAST_DAY, "seat": place.name}
    parents = {"area": layout.slug("huyen", district.place.slug), "committee": layout.slug("hu", district.place.slug)}
    state = layout.slug("ubnd", district.place.slug)
    area = layout.add(layout.slug(place.area), place.title, UnitKind.COMMUNE, parent=parents["area"], **words)
    committee = layout.add(
        layout.slug("dang-uy", place.area), f"Đảng ủy {place.text}", UnitKind.COMMUNE_COMMITTEE,
        parent=parents["committee"], code="ĐU", **words,
    )  # fmt: skip
    ubnd = layout.add(
        layout.slug("ubnd", place.area), f"Ủy ban nhân dân {place.text}", UnitKind.COMMUNE_PEOPLES_COMMITTEE,
        parent=committee, state_parent=state, code="UBND", **words,
    )  # fmt: skip
    return area, committee, ubnd


def _parts(layout: Layout, number: int, district: District, place: Place, above: Mapping[str, Any]) -> None:
    """Note the boards, offices and the Front of a commune: new in 2025, their people come from older bodies."""
    data = read("bodies")
    words: Words = {"since": TWO_LEVELS, "seat": place.name}
    rows = [(*row, "commune_board", UnitKind.COMMUNE_BOARD, above["committee"]) for row in data["commune_boards"]]
    rows += [(*row, "commune_office", UnitKind.COMMUNE_BOARD, above["ubnd"]) for row in data["commune_offices"]]
    front = ["mat-tran", "Ủy ban Mặt trận Tổ quốc Việt Nam {place}"]
    rows.append((*front, "commune_mass", UnitKind.MASS_ORGANISATION, above["committee"]))
    came_from = {
        "commune_mass": above["before"],
        "commune_board": [layout.slug(slug, district.place.slug) for slug, _name in data["district_boards"]],
        "commune_office": [layout.slug(slug, district.place.slug) for slug, _name in data["district_offices"]],
    }
    made = []
    for slug, name, kind, unit_kind, parent in rows:
        text = name.format(committee=f"Đảng ủy {place.text}", place=place.text)
        made.append(layout.add(layout.slug(slug, place.area), text, unit_kind, parent=parent, **words))
        layout.workplaces.append(Workplace(kind, made[-1], came_from[kind], number))
    layout.happen(EventKind.CREATE, TWO_LEVELS, [("", one) for one in made], BY_PROVINCE)


def _cells(layout: Layout, number: int, place: Place, committee: str, old: Sequence[str], dice: random.Random) -> None:
    """Note the cells: they went on below the new committee."""
    villages = dice.sample(read("places")["villages"], 4)
    named = {f"v{at}": village for at, village in enumerate(villages)} | {"place": place.text}
    made = []
    for at, (slug, name, kind) in enumerate(read("bodies")["cells"]):
        cell, text, since = layout.slug("chi-bo", slug, place.area), name.format(**named), dt.date(2010, 1, 1)
        words: Words = {"short_name": text[:80], "kind": UnitKind.PARTY_CELL, "seat": place.name, "code": "CB"}
        rows = [
            DatedWords(since, text, valid_to=LAST_DAY, parent=old[at % len(old)], **words),
            DatedWords(TWO_LEVELS, text, parent=committee, **words),
        ]
        layout.units.append(NewUnit(cell, rows))
        layout.workplaces.append(Workplace(kind, cell, [cell], number))
        made.append(cell)
    layout.happen(EventKind.REPARENT, TWO_LEVELS, [(cell, cell) for cell in made])


def _centres(layout: Layout, district: District) -> None:
    """Note the district's centre and the centres of communes that it was split into, each serving several communes."""
    place = district.place
    hu, old_name = layout.slug("hu", place.slug), f"Trung tâm Chính trị {place.text}"
    words: Words = {"parent": hu, "until": LAST_DAY, "seat": place.name, "code": "TTCT"}
    old = layout.add(layout.slug("ttct", place.slug), old_name, UnitKind.DISTRICT_CENTRE, **words)
    approver = f"Ban Thường vụ {district.committee}"
    layout.owners.append(Owner(old, old_name, "centre", hu, approver, tuple(district.communes), until=LAST_DAY))
    count = max(1, round(len(district.communes) / COMMUNES_PER_CENTRE))
    groups = [district.communes[at::count] for at in range(count)]
    links = []
    for at, communes in enumerate(groups):
        new = _centre(layout, communes, old)
        links.append(NewLink(old, new, _share(at, [len(group) for group in groups])))
    kind = EventKind.SPLIT if count > 1 else EventKind.MERGE
    layout.events.append(NewEvent(kind, TWO_LEVELS, links, SINCE_MERGER))


def _share(at: int, sizes: Sequence[int]) -> Decimal | None:
    """Return the part that one of several successors took over; the parts add up to 1, None for a single one."""
    if len(sizes) == 1:
        return None
    shares = [(Decimal(size) / sum(sizes)).quantize(Decimal("0.0001")) for size in sizes]
    return shares[at] if at else 1 - sum(shares[1:], Decimal(0))


def _centre(layout: Layout, communes: Sequence[int], old: str) -> str:
    """Note the centre of the first of the communes it serves; returns its slug."""
    committees = {one.commune: one.now for one in layout.workplaces if one.kind == "commune_committee"}
    host = committees[communes[0]]
    unit = next(one for one in reversed(layout.units) if one.slug == host)
    place = unit.versions[0].name.removeprefix("Đảng ủy ")
    slug = host.replace("-dang-uy-", "-ttct-", 1)
    name = f"Trung tâm Chính trị {place}"
    words: Words = {"parent": host, "since": TWO_LEVELS, "seat": unit.versions[0].seat, "code": "TTCT"}
    layout.add(slug, name, UnitKind.COMMUNE_CENTRE, **words)
    layout.workplaces.append(Workplace("commune_centre", slug, [old], communes[0]))
    approver = f"Ban Thường vụ Đảng ủy {place}"
    layout.owners.append(Owner(slug, name, "centre", host, approver, tuple(communes), since=TWO_LEVELS))
    return slug
