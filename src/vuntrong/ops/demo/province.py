"""The invented province Vĩnh Hà: alive on the day of loading, with work waiting for every role."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from vuntrong.ops.demo import (
    messy,
    province_history,
    province_merger,
    province_people,
    province_reports,
    province_surveys,
    province_years,
)
from vuntrong.ops.demo.files import read
from vuntrong.ops.demo.names import People
from vuntrong.ops.demo.plain import Groups, make_groups
from vuntrong.ops.demo.province_years import Season
from vuntrong.ops.demo.shelf import Row, Shelf, slug_of
from vuntrong.registry.actions import NewPerson
from vuntrong.registry.enums import UnitKind
from vuntrong.registry.models import Person, Unit

COMMUNE_POSTS = (
    "Bí thư Đảng ủy",
    "Phó Bí thư Thường trực Đảng ủy",
    "Phó Bí thư Đảng ủy, Chủ tịch UBND",
    "Phó Chủ tịch UBND",
    "Phó Chủ tịch UBND",
    "Chủ tịch HĐND",
    "Phó Chủ tịch HĐND",
)
OFFICE_POSTS = ("Trưởng đơn vị", "Phó trưởng đơn vị", "Phó trưởng đơn vị", "Chánh Văn phòng", "Chuyên viên")
CELL_POSTS = ("Bí thư chi bộ", "Phó bí thư chi bộ", "Chi ủy viên")
SCHOOL_POSTS = ("Hiệu trưởng", "Phó Hiệu trưởng", "Trưởng phòng", "Trưởng khoa", "Giảng viên chính", "Giảng viên")
PROVINCE, COMMUNE_LEADERS = "", "lanh-dao-xa"
HOSTED_FROM = "2025-09-15"
"""The centres of communes follow the two-level local government."""


@dataclass
class Pools:
    """People by place and audience, drawn in turn: a class never gets the same person twice, the next class others."""

    people: dict[tuple[str, str], list[Person]] = field(default_factory=dict)
    _queues: dict[tuple[str, tuple[str, ...]], deque[Person]] = field(default_factory=dict)

    def draw(self, place: str, audiences: Sequence[str], count: int) -> list[Person]:
        """Return the next `count` people; whoever was drawn goes to the end of the queue."""
        key = (place, tuple(audiences))
        if key not in self._queues:
            self._queues[key] = deque(person for audience in audiences for person in self.people[place, audience])
        queue = self._queues[key]
        drawn = [queue[at] for at in range(min(count, len(queue)))]
        queue.rotate(-len(drawn))
        return drawn

    def of_unit(self, unit: Unit, audience: str) -> list[Person]:
        """Return the people of one unit for an audience, wherever they were entered."""
        return [
            person
            for (_place, name), people in self.people.items()
            if name == audience
            for person in people
            if person.unit_id == unit.pk
        ]


def load() -> str:
    """Enter everything, with days counted from today; returns what was entered."""
    article, shelf, people, today = read("vinh_ha"), Shelf(), People("vinh-ha"), timezone.localdate()
    groups = make_groups(shelf, article)
    hosts = {row["key"]: _make_host(shelf, article, row) for row in article["hosts"]}
    before = province_history.write_history(article)
    pools = _make_people(people, article, groups, hosts, before)
    season = Season(article, shelf, people, today)
    season.draw_learners(pools)
    asked = [unit for kind in province_surveys.ASKED_KINDS for unit in groups[kind]]
    snapshot = province_surveys.last_year(season, asked)
    classes, turns = province_years.hold(season, snapshot)
    province_surveys.next_year(season, pools, asked, hosts)
    province_reports.submit_half_year(season)
    province_merger.draft_merger(today)
    messy.store_messy_list()
    count = sum(len(members) for members in pools.people.values())
    return f"{classes} classes of two years with {turns} turns, {count} people, surveys and plans for {today.year + 1}"


def _make_host(shelf: Shelf, article: Row, host: Row) -> list[Unit]:
    """Enter the centre of a commune and the bodies below its committee; returns the bodies."""
    place = f"{host['level']} {host['name']}"
    words = {"parent": host["committee"], "from": HOSTED_FROM}
    centre = {"slug": f"vinh-ha-ttct-{host['key']}", "name": f"Trung tâm Chính trị {place}", "short": f"TTCT {place}"}
    shelf.make_units([{**words, **centre, "kind": UnitKind.COMMUNE_CENTRE, "code": "TTCT", "seat": host["name"]}])
    cells = [f"Chi bộ {'thôn ' if host['level'] == 'xã' else ''}{village}" for village in host["villages"]]
    named = [(UnitKind.PARTY_CELL, name) for name in cells]
    named += [(kind, name) for kind, names in article["host_parts"].items() for name in names]
    return shelf.make_units(
        {**words, **_line_of(kind), "kind": kind, "name": f"{name} {place}", "slug": slug_of(f"Vĩnh Hà {name} {place}")}
        for kind, name in named
    )


def _line_of(kind: str) -> Row:
    """Return the body above on the State line, for the People's Committee of a commune."""
    return {"state_parent": "vinh-ha-ubnd"} if kind == UnitKind.COMMUNE_PEOPLES_COMMITTEE else {}


def _make_people(
    people: People, article: Row, groups: Groups, hosts: dict[str, list[Unit]], before: dict[int, list[int]]
) -> Pools:
    """Enter the people of the province with their records: those who hold posts, and those whom the classes are for."""
    today = timezone.localdate()
    year = today.year
    crowds: dict[tuple[str, str], list[NewPerson]] = {}
    crowds[PROVINCE, COMMUNE_LEADERS] = people.staff(groups["commune_committee"], COMMUNE_POSTS, year=year)
    for row in article["pools"]:
        units = [unit for kind in row["kinds"] for unit in groups[kind]]
        crowds[PROVINCE, row["audience"]] = people.group(units, row["audience"], row["count"], year=year)
    for key, units in hosts.items():
        for row in article["host_pools"]:
            crowds[key, row["audience"]] = people.group(units, row["audience"], row["count"], year=year)
    cells = [unit for units in hosts.values() for unit in units]
    offices = [unit for kind in ("department", "mass_organisation", "direct_committee") for unit in groups[kind]]
    crowds[PROVINCE, "offices"] = people.staff(offices, OFFICE_POSTS, year=year)
    crowds[PROVINCE, "cells"] = people.staff(cells, CELL_POSTS, year=year)
    crowds[PROVINCE, "school"] = people.staff(groups["provincial_school"], SCHOOL_POSTS, year=year)
    return Pools(province_people.write_lives(crowds, before, today))
