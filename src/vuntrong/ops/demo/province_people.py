"""Vĩnh Hà: what its people have behind them, made up around the names and posts that the demonstration settles."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence

from vuntrong.kernel import log
from vuntrong.kernel.bulk import reserve_ids
from vuntrong.kernel.text import split_name
from vuntrong.ops.province.names import KINH, Name, Namer
from vuntrong.ops.province.people import Draft, Maker, Who
from vuntrong.ops.province.records import Recorder, Setting, Site
from vuntrong.ops.province.tables import Tables
from vuntrong.registry.actions import NewPerson
from vuntrong.registry.enums import PoliticalLevel, Sex
from vuntrong.registry.models import Person, Post, Unit
from vuntrong.registry.rules import PostIndex, match_post

GROUPS = {
    "lanh-dao-xa": "commune_leader",
    "lanh-dao": "manager",
    "cao-cap-llct": "manager",
    "cap-nhat": "manager",
    "trung-cap-llct": "commune_official",
    "cong-chuc": "official",
    "doan-the": "part_time",
    "dang-vien-moi": "masses",
    "nhan-thuc-ve-dang": "masses",
    "nghiep-vu-bi-thu-chi-bo": "cell",
    "cells": "cell",
    "offices": "manager",
    "school": "lecturer",
}
"""The group of careers.json that stands for an audience of the demonstration."""
PLAIN_POSTS = {
    "Chuyên viên": "official",
    "Hiệu trưởng": "rector",
    "Phó Hiệu trưởng": "rector",
    "Trưởng phòng": "manager",
}
"""Posts that say more than the audience, for people of offices and of the school."""
FAMILIES = {"Lò": 3, "Vi": 3, "Quách": 6, "Lương": 2, "Hà": 2, "Đinh": 6}
"""Numbers of the ethnic groups whose families these mostly are."""
BEFORE_CLASS = {"trung-cap-llct": PoliticalLevel.ELEMENTARY, "cao-cap-llct": PoliticalLevel.INTERMEDIATE}
"""The level that people have who wait for the next one."""


def write_lives(
    crowds: Mapping[tuple[str, str], Sequence[NewPerson]], before: Mapping[int, Sequence[int]], today: dt.date
) -> dict[tuple[str, str], list[Person]]:
    """Enter the people with their records in the order given; `before` leads from a unit to its predecessors.

    About 15 queries; one row in the log.
    """
    new = [(audience, one) for (_place, audience), crowd in crowds.items() for one in crowd]
    dice = random.Random("vinh-ha-lives")  # noqa: S311 - a repeatable demonstration, not a secret
    school = Unit.objects.get(slug="vinh-ha-truong")
    index, codes = _posts()
    units = _sites({one.unit_id for _audience, one in new}, before)
    sites, at = list(units.values()), {unit_id: number for number, unit_id in enumerate(units)}
    recorder = Recorder(sites, Setting("vinh-ha", "Vĩnh Hà", today, (school.pk, school.name)), codes, dice)
    maker, kinds = Maker(dice, Namer("north", dice), today.year), dict(Unit.objects.values_list("pk", "kind"))
    by_id = {post_id: code for code, post_id in codes.items()}
    keys, tables, made = reserve_ids(Person, len(new)), Tables(), []
    for number, (key, (audience, one)) in enumerate(zip(keys, new, strict=True), start=1):
        post = by_id.get(match_post(one.post_text, index, kinds[one.unit_id]) or 0, "")
        words = (one.post_text, post, _group(audience, one.post_text))
        draft = _adapted(maker.life(number, (at[one.unit_id], 0), words, _who(one)), audience, today)
        recorder.note(key, draft, tables)
        made.append(Person(pk=key, full_name=one.full_name, unit_id=one.unit_id, post_text=one.post_text))
    tables.write()
    log.record("create_people", None, by=None, label="Vĩnh Hà", after={"count": len(new)}, reason="Vĩnh Hà")
    people = iter(made)
    return {key: [next(people) for _one in crowd] for key, crowd in crowds.items()}


def _posts() -> tuple[PostIndex, dict[str, int]]:
    rows = list(Post.objects.values_list("id", "code", "name", "aliases"))
    return PostIndex(rows), {code: post_id for post_id, code, _name, _aliases in rows}


def _sites(unit_ids: set[int], before: Mapping[int, Sequence[int]]) -> dict[int, Site]:
    """Return where people work, by unit. 2 queries."""
    found = {}
    for unit in Unit.objects.filter(pk__in=unit_ids).prefetch_related("versions").order_by("pk"):
        words = list(unit.versions.all())
        first = words[0].valid_from.isoformat()
        area, cell = f"{words[-1].seat or 'Vĩnh Hà'}, Vĩnh Hà", f"Chi bộ {unit.short_name}"[:120]
        found[unit.pk] = Site(unit.pk, before.get(unit.pk, ()), first, first, area, cell)
    return found


def _group(audience: str, post_text: str) -> str:
    by_post = PLAIN_POSTS.get(post_text) if audience in {"offices", "school"} else None
    return by_post or GROUPS[audience]


def _who(new: NewPerson) -> Who:
    """Return the settled facts; of a birth date known in part the rest is left to the dice's middle."""
    born, parts = new.born_on, split_name(new.full_name)
    year, month, day = (born.year, born.month or 6, born.day or 15) if born else (1980, 6, 15)
    name = Name(new.full_name, 1 if parts.family else 0, 1)
    ethnicity = FAMILIES.get(parts.family, KINH)
    return Who(name, new.sex == Sex.FEMALE, year, month, day, ethnicity, born.iso() if born else "")


def _adapted(draft: Draft, audience: str, today: dt.date) -> Draft:
    """Let the person be what her audience is: a new Party member, one of the masses, one who waits for a level."""
    draft.left = 0
    if audience == "dang-vien-moi":
        draft.party = today.year - 1
    elif audience == "nhan-thuc-ve-dang":
        draft.party = 0
    elif audience in BEFORE_CLASS and draft.level:
        draft.level = BEFORE_CLASS[audience]
        draft.level_year = min(today.year - 1, max(draft.year + 29, draft.career + 3))
    return draft
