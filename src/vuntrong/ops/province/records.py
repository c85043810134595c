"""A person with all her dated rows, as plain values of the tables: with the gaps and slips that registries have."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from vuntrong.kernel.bulk import Plain
from vuntrong.kernel.text import search_key, sort_key
from vuntrong.ops.province import qualifications
from vuntrong.ops.province.bodies import TWO_LEVELS, Layout
from vuntrong.ops.province.files import read
from vuntrong.ops.province.people import Draft
from vuntrong.ops.province.tables import Tables
from vuntrong.registry.enums import AwardKind, Degree, LecturerKind, PartyStatus, Sex, YearlyGrade
from vuntrong.registry.models import (
    Award,
    FormerName,
    LecturerProfile,
    PartyMembership,
    Person,
    PlannedPost,
    Posting,
    YearlyGrading,
)

AREAS = ("003", "005", "007", "009")
"""Numbers that the State never gave to a province: no real personal ID begins so."""
PHONE = "050"
"""No operator has this prefix."""
GRADES = (YearlyGrade.EXCELLENT, *[YearlyGrade.GOOD] * 7, YearlyGrade.COMPLETED, YearlyGrade.COMPLETED)
RANKS = {"giang-vien-cao-cap": "Giảng viên cao cấp", "giang-vien-chinh": "Giảng viên chính"}


@dataclass(frozen=True)
class Site:
    """A workplace as rows need it."""

    now: int
    before: Sequence[int]
    changed: str
    """First day on which nobody works in `before` any more, ISO."""
    since: str
    """First day of the unit of today, ISO."""
    area: str
    """Where it lies, for addresses."""
    cell: str


@dataclass(frozen=True)
class Setting:
    """The province in which people live."""

    slug: str
    name: str
    until: dt.date
    school: tuple[int, str]
    """Key and name of the provincial school."""


def sites_of(layout: Layout, ids: Mapping[str, int]) -> list[Site]:
    """Return the workplaces of a layout whose units have keys by now."""
    units = {unit.slug: unit for unit in layout.units}
    found = []
    for one in layout.workplaces:
        unit = units[one.now]
        words, first = unit.versions[-1], unit.versions[0].valid_from
        before = [ids[slug] for slug in one.before]
        changed = _changed(units[one.before[0]].versions[-1].valid_to if one.before else None)
        area, cell = f"{words.seat}, {layout.size.name}", f"Chi bộ {words.short_name}"[:120]
        found.append(Site(ids[one.now], before, changed, first.isoformat(), area, cell))
    return found


def setting_of(layout: Layout, ids: Mapping[str, int]) -> Setting:
    """Return the setting of a layout."""
    size = layout.size
    return Setting(size.slug, size.name, size.until, (ids[layout.slug("truong")], f"Trường Chính trị tỉnh {size.name}"))


class Recorder:
    """Turns drafts into rows; the dice decide what is missing."""

    def __init__(self, sites: Sequence[Site], setting: Setting, posts: Mapping[str, int], dice: random.Random) -> None:
        self.sites, self.posts, self.dice, self.roll = sites, posts, dice, dice.random
        self.setting, self.until, self.school = setting, setting.until, setting.school
        self.groups = read("careers")["groups"]
        self.data = read("records")

    def note(self, key: int, draft: Draft, tables: Tables) -> None:
        """Add all rows of one person."""
        rows, site = tables.rows, self.sites[draft.place]
        post = self.posts.get(draft.post_code)
        rows[Person].append(self._person(key, draft, site, post))
        rows[Posting] += self._postings(key, draft, site, post)
        if draft.party:
            rows[PartyMembership].append(self._membership(key, draft, site))
        qualifications.note(self, key, draft, rows)
        rows[YearlyGrading] += self._gradings(key, draft)
        self._note_rest(key, draft, site, rows)

    def _person(self, key: int, draft: Draft, site: Site, post: int | None) -> Sequence[Plain]:
        name, roll = draft.name, self.roll
        full = name.full
        married = self.setting.name
        return (
            key,
            full,
            name.family_words,
            name.given_words,
            Sex.FEMALE.value if draft.female else Sex.MALE.value,
            self._born(draft),
            site.now,
            draft.post,
            post,
            self._personal_id(draft),
            f"0{crc32(full.encode()) % 10**8:08d}" if roll() < 0.15 else "",
            "",
            draft.ethnicity or None,
            draft.religion,
            site.area if roll() < 0.5 else "",
            (site.area if roll() < 0.8 else married) if roll() < 0.72 else "",
            site.area if roll() < 0.6 else "",
            self._phone(),
            f"cb{draft.number}@{self.setting.slug}.example" if roll() < 0.3 else "",
            self._schooling(draft),
            "",
            draft.degree,
            draft.level,
            self._party_status(draft),
            f"{draft.left}-{1 + int(roll() * 6):02d}" if draft.left else None,
            search_key(full),
            sort_key(full),
        )

    def _born(self, draft: Draft) -> str:
        if draft.born:
            return draft.born
        share = self.roll()
        if share < 0.85:
            return f"{draft.year}-{draft.month:02d}-{draft.day:02d}"
        return f"{draft.year}" if share < 0.97 else f"{draft.year}-{draft.month:02d}"

    def _personal_id(self, draft: Draft) -> str:
        """Return an ID of the right form for sex and year; some are missing, lost a zero, or contradict the sex."""
        share = self.roll()
        if share > 0.84:
            return ""
        seed = crc32(f"{draft.name.full}{draft.year}{draft.month}{draft.day}".encode())
        century = (2 if draft.year >= 2000 else 0) + (draft.female != (share < 0.008))
        number = f"{AREAS[seed % 4]}{century}{draft.year % 100:02d}{seed // 4 % 10**6:06d}"
        return number[1:] if share > 0.825 else number

    def _phone(self) -> str:
        share = self.roll()
        if share > 0.63:
            return ""
        number = f"{PHONE}{int(share * 1e9) % 10**7:07d}"
        return number[1:] if share < 0.02 else number

    @staticmethod
    def _schooling(draft: Draft) -> str:
        if not draft.degree:
            return ""
        return "9/12" if draft.degree == Degree.LOWER_SECONDARY else "12/12" if draft.year > 1962 else "10/10"

    def _party_status(self, draft: Draft) -> str:
        if draft.party:
            return PartyStatus.PROBATIONARY if self._full_on(draft) is None else PartyStatus.FULL
        return "" if self.roll() < 0.1 else PartyStatus.NONE

    def _postings(self, key: int, draft: Draft, site: Site, post: int | None) -> list[Sequence[Plain]]:
        """Return the jobs: somebody who was there before the changes of 2025 worked in a predecessor until then."""
        begin = f"{draft.start}-{1 + int(self.roll() * 12):02d}-01"
        begin = min(begin, self.until.isoformat())
        first = None if self.roll() < 0.1 else begin
        changed = site.changed
        end = f"{draft.left}-12-31" if draft.left and draft.left < self.until.year else None
        if end and first and end < first:
            first = None
        before = self.unit_before(draft)
        if before is None and first:
            begin = first = max(first, site.since)
        if before in (None, site.now) or begin >= changed:
            return [(key, site.now, post, draft.post, 1, "", first, end)]
        last = (dt.date.fromisoformat(changed) - dt.timedelta(days=1)).isoformat()
        if end and end < changed:
            return [(key, before, post, draft.post, 1, "", first, end)]
        return [
            (key, before, post, draft.post, 1, "", first, last),
            (key, site.now, post, draft.post, 1, "", changed, end),
        ]

    def unit_before(self, draft: Draft) -> int | None:
        """Return the unit where she worked before 01/07/2025: always the same answer; None where hers is new."""
        before = self.sites[draft.place].before
        return before[(draft.year + draft.month + draft.day) % len(before)] if before else None

    def _membership(self, key: int, draft: Draft, site: Site) -> Sequence[Plain]:
        admitted = _admitted(draft)
        known = self.roll()
        probationary = None if known < 0.04 else admitted if known < 0.85 else admitted[:7]
        card = f"{crc32(draft.name.full.encode()) % 10**8:08d}" if self.roll() < 0.55 else ""
        full = self._full_on(draft)
        return key, probationary, full if known < 0.85 or full is None else full[:7], card, site.cell

    def _full_on(self, draft: Draft) -> str | None:
        """Return the day of full membership, a year after admission; None while on probation."""
        admitted = _admitted(draft)
        day = f"{draft.party + 1}{admitted[4:]}"
        return day if day <= self.until.isoformat() else None

    def _gradings(self, key: int, draft: Draft) -> list[Sequence[Plain]]:
        """Return the gradings of the last years; some were never handed in."""
        if self.groups[draft.group]["audience"] in {"youth", "cells"} and not draft.party:
            return []
        last = min(draft.left or self.until.year, self.until.year - 1)
        first = max(draft.career + 1, last - 2)
        return [
            (key, year, GRADES[int(self.roll() * 10)].value if self.roll() > 0.003 else YearlyGrade.FAILED.value)
            for year in range(first, last + 1)
            if self.roll() < 0.85
        ]

    def _note_rest(self, key: int, draft: Draft, site: Site, rows: Mapping[Any, list[Sequence[Plain]]]) -> None:
        """Add rewards, discipline, planning, lecturing and former names, which few people have."""
        roll, year = self.roll, max(draft.career, self.until.year - int(self.roll() * 8) - 1)
        if roll() < 0.16:
            title = self.dice.choice(self.data["rewards"])
            rows[Award].append(
                (key, AwardKind.REWARD.value, title, f"{100 + draft.number % 900}/QĐ-UBND", f"{year}", None)
            )
        if roll() < 0.006:
            words = (
                AwardKind.DISCIPLINE.value,
                self.dice.choice(self.data["disciplines"]),
                f"{1 + draft.number % 300}-QĐ/ĐU",
            )
            rows[Award].append((key, *words, f"{year}-05-12", f"{year + 1}-05-12"))
        planned = self.data["planned"].get(draft.group)
        if planned and draft.party and not draft.left and self.until.year - draft.year < 52 and roll() < 0.34:
            text, code = self.dice.choice(planned)
            post = self.posts.get(code)
            decision = f"{200 + draft.number % 700}-QĐ/TU" if roll() < 0.8 else ""
            rows[PlannedPost].append((key, post, text, site.now, "2025-2030", decision, "2024-12"))
        kind = self.groups[draft.group].get("lecturer")
        if kind and self.until.year - draft.year >= 25:
            rows[LecturerProfile].append(self._lecturer(key, draft, site, kind))
        elif self.groups[draft.group]["audience"] == "leaders" and roll() < 0.008:
            rows[LecturerProfile].append(self._lecturer(key, draft, site, LecturerKind.GUEST.value))
        if roll() < 0.004:
            old = f"{draft.name.full.split()[0]} {self.dice.choice(('Thị', 'Văn'))} {draft.name.full.split()[-1]}"
            rows[FormerName].append((key, old, search_key(old), "Tên khai sinh trước khi đính chính"))

    def _lecturer(self, key: int, draft: Draft, site: Site, kind: str) -> Sequence[Plain]:
        data, guest = self.data, kind == LecturerKind.GUEST
        rank = "" if guest else RANKS.get(draft.post_code, "Giảng viên")
        subjects = ", ".join(self.dice.sample(data["subjects"], 2))
        faculty = self.dice.choice(data["faculties"]) if site.now == self.school[0] else ""
        since = f"{max(draft.start, draft.year + 24)}-09-01"
        return key, self.school[0] if guest else site.now, kind, rank, faculty, subjects, since


def _changed(last: dt.date | None) -> str:
    return (last + dt.timedelta(days=1)).isoformat() if last else TWO_LEVELS.isoformat()


def _admitted(draft: Draft) -> str:
    """Return the day of admission to the Party: fixed for the person, no leap day."""
    return f"{draft.party}-{1 + (draft.month + 4) % 12:02d}-{1 + (draft.day + 9) % 28:02d}"
