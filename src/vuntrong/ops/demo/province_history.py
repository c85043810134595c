"""Vĩnh Hà before the two-level local government: districts, their centres, and the communes that merged."""

import datetime as dt
from collections.abc import Iterator, Sequence

from vuntrong.ops.demo.shelf import Row, slug_of
from vuntrong.registry.actions.unit_sets import DatedWords, NewEvent, NewLink, NewUnit, insert_events, insert_units
from vuntrong.registry.enums import EventKind, UnitKind
from vuntrong.registry.models import Unit

FIRST_DAY, LAST_DAY, MERGED_ON = dt.date(2000, 1, 1), dt.date(2025, 6, 30), dt.date(2025, 7, 1)
PAPER = "Nghị quyết sắp xếp đơn vị hành chính cấp xã của tỉnh Vĩnh Hà năm 2025 (giả định)"
CENTRES_PAPER = "Quyết định thành lập trung tâm chính trị cấp xã (giả định)"
TERRITORY, COMMITTEE = "tinh-vinh-ha", "vinh-ha"


def write_history(article: Row) -> dict[int, list[int]]:
    """Enter what was before 01/07/2025 with the events; returns the old Party committees of each of today's.

    `article` has "history": its districts with the communes of today, and for each of these the second old commune.
    7 queries.
    """
    known = dict(Unit.objects.values_list("slug", "id"))
    districts = article["history"]["districts"]
    units = [unit for row in districts for unit in _district(row)]
    events = [event for row in districts for event in _district_events(row)]
    before: dict[str, list[str]] = {}
    for row in districts:
        for level, name, second in row["communes"]:
            units += [_today(level, name), *_old(row, name), *_old(row, second)]
            events += _merged(level, name, second)
            before[_committee(level, name)] = [_old_slug("dang-uy", one) for one in (name, second)]
    ids = insert_units(units, known)
    insert_events(events, ids)
    return {ids[slug]: [ids[one] for one in old] for slug, old in before.items()}


def _committee(level: str, name: str) -> str:
    return f"vinh-ha-dang-uy-{slug_of(f'{level} {name}')}"


def _old_slug(what: str, name: str) -> str:
    return f"vinh-ha-{what}-xa-{slug_of(name)}-cu"


def _today(level: str, name: str) -> NewUnit:
    kind = UnitKind.WARD if level == "phường" else UnitKind.COMMUNE
    title = f"{level.capitalize()} {name}"
    words = DatedWords(MERGED_ON, title, title, kind, parent=TERRITORY, seat=name)
    return NewUnit(f"vinh-ha-{slug_of(f'{level} {name}')}", [words])


def _old(district: Row, name: str) -> Iterator[NewUnit]:
    """Yield an old commune and its Party committee."""
    rows = (
        (f"vinh-ha-xa-{slug_of(name)}-cu", f"Xã {name}", UnitKind.COMMUNE, f"vinh-ha-huyen-{district['key']}"),
        (_old_slug("dang-uy", name), f"Đảng ủy xã {name}", UnitKind.COMMUNE_COMMITTEE, f"vinh-ha-hu-{district['key']}"),
    )
    for slug, title, kind, parent in rows:
        code = "ĐU" if kind == UnitKind.COMMUNE_COMMITTEE else ""
        yield NewUnit(slug, [DatedWords(FIRST_DAY, title, title, kind, LAST_DAY, parent, code=code, seat=name)])


def _district(row: Row) -> Iterator[NewUnit]:
    """Yield a district, its Party committee and its centre."""
    key, name = row["key"], row["name"]
    committee, centre = f"{row['committee']} {name}", f"Trung tâm Chính trị {row['level']} {name}"
    title = f"{row['level'][:1].upper()}{row['level'][1:]} {name}"
    rows = (
        (f"vinh-ha-huyen-{key}", title, UnitKind.DISTRICT, TERRITORY, ""),
        (f"vinh-ha-hu-{key}", committee, UnitKind.DISTRICT_COMMITTEE, COMMITTEE, "HU"),
        (f"vinh-ha-ttct-huyen-{key}", centre, UnitKind.DISTRICT_CENTRE, f"vinh-ha-hu-{key}", "TTCT"),
    )
    for slug, text, kind, parent, code in rows:
        yield NewUnit(slug, [DatedWords(FIRST_DAY, text, text[:80], kind, LAST_DAY, parent, code=code, seat=name)])


def _district_events(row: Row) -> Iterator[NewEvent]:
    """Yield the end of a district; a centre of a commune took over from the district's."""
    for what in ("huyen", "hu"):
        yield NewEvent(EventKind.DISSOLVE, MERGED_ON, [NewLink(f"vinh-ha-{what}-{row['key']}")], PAPER)
    link = NewLink(f"vinh-ha-ttct-huyen-{row['key']}", f"vinh-ha-ttct-{row['host']}")
    yield NewEvent(EventKind.MERGE, dt.date(2025, 9, 15), [link], CENTRES_PAPER, note="Kế thừa trung tâm cấp huyện")


def _merged(level: str, name: str, second: str) -> Sequence[NewEvent]:
    """Return the mergers of two old communes and of their committees."""
    today = f"vinh-ha-{slug_of(f'{level} {name}')}"
    areas = [NewLink(f"vinh-ha-xa-{slug_of(one)}-cu", today) for one in (name, second)]
    committees = [NewLink(_old_slug("dang-uy", one), _committee(level, name)) for one in (name, second)]
    return [NewEvent(EventKind.MERGE, MERGED_ON, links, PAPER) for links in (areas, committees)]
