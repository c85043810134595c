"""Hải Phòng, first half of 2022: the units always, the 502 classes and more than 55,000 turns on request."""

import datetime as dt
import random
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.ops.demo.files import read
from vuntrong.ops.demo.names import People
from vuntrong.ops.demo.plans import write_plan
from vuntrong.ops.demo.runs import Opening, enrol_all, write_class
from vuntrong.ops.demo.shelf import Row, Shelf, slug_of
from vuntrong.planning.models import PlanLine, TrainingPlan
from vuntrong.registry.actions import NewPerson, create_people
from vuntrong.registry.enums import UnitKind
from vuntrong.registry.models import Person, Unit

TURNS = 55_318
"""More than 55,000, as the article says; the exact figure is ours."""
PEOPLE_PER_TURN = 0.72
"""How many people a district has for each turn in its classes: the rest are people who come again."""
LAST_DAY = dt.date(2022, 6, 30)
SMALL, LARGE = 70, 160
"""Learners of a short class, before the figures are made to add up."""
BATCH = 4000
AUDIENCES = ("cap-nhat", "nghiep-vu-bi-thu-chi-bo", "dang-vien-moi", "nhan-thuc-ve-dang", "cong-chuc", "lanh-dao")


@dataclass
class Draft:
    """A class to be: its row, its plan line, and the district whose people come (empty: the city's departments)."""

    row: Row
    line: PlanLine
    district: str
    size: int
    """Number of learners; of a short class still to be settled."""


def load_units() -> str:
    """Enter the units and the school's plan; returns what was entered."""
    article, shelf = read("hai_phong"), Shelf()
    units = shelf.make_units([*article["units"], *_departments(article)])
    units += [unit for row in article["districts"] for unit in shelf.make_units(_district(article, row))]
    write_plan(shelf, article["plans"][0])
    return f"{len(units)} units, 1 plan"


def load_classes() -> str:
    """Enter the classes of the half-year with their learners; returns what was entered."""
    article, shelf, people = read("hai_phong"), Shelf(), People("hai-phong-2022")
    drafts = [*_school_drafts(article), *_centre_drafts(shelf, article)]
    _settle_sizes(people.dice, drafts)
    pools = _pools(people, article, drafts)
    runs = [write_class(shelf, _dated(people.dice, draft), Opening(draft.line)) for draft in drafts]
    Enrolment.objects.bulk_create(_enrolments(people.dice, runs, drafts, pools), batch_size=BATCH)
    return f"{len(runs)} classes, {TURNS} turns, {sum(len(pool) for pool in pools.values())} people"


def _slug(name: str) -> str:
    return slug_of(f"Hải Phòng {name}")


def _departments(article: Row) -> list[Row]:
    words = {"kind": UnitKind.DEPARTMENT, "parent": "hai-phong-ubnd", "from": "2003-01-01"}
    return [{**words, "slug": _slug(name), "name": f"{name} thành phố Hải Phòng"} for name in article["departments"]]


def _district(article: Row, row: Sequence[str]) -> list[Row]:
    """Return the units of a district: committee, centre and the bodies whose people are sent."""
    level, name, _classes = row
    committee, until = _slug(f"{level} ủy {name}"), {"from": "2003-01-01", "to": "2025-06-30"}
    words = {**until, "parent": committee}
    return [
        {**until, "slug": committee, "name": f"{level.capitalize()} ủy {name}", "kind": UnitKind.DISTRICT_COMMITTEE,
         "parent": "hai-phong"},
        {**words, "slug": _centre(level, name), "name": f"Trung tâm Chính trị {level} {name}",
         "short": f"TTCT {level} {name}", "kind": UnitKind.DISTRICT_CENTRE, "code": "TTCT"},
        *({**words, "slug": _slug(f"{part} {level} {name}"), "name": f"{part} {level} {name}", "kind": UnitKind.OTHER}
          for part in article["district_parts"]),
    ]  # fmt: skip


def _centre(level: str, name: str) -> str:
    return _slug(f"TTCT {level} {name}")


def _school_drafts(article: Row) -> Iterator[Draft]:
    lines = {line.position: line for line in _lines(TrainingPlan.objects.get(owner__slug="hai-phong-truong-to-hieu"))}
    for row in article["school_runs"]:
        yield from _drafts(row, lines[row["line"]], "", row["count"])


def _centre_drafts(shelf: Shelf, article: Row) -> Iterator[Draft]:
    """Plan twice the half-year's classes for each district and yield the classes of the half-year."""
    rows = article["centre_lines"]
    for level, name, total in article["districts"]:
        counts = [total * row["share"] // 10 for row in rows]
        counts[0] += total - sum(counts)
        plan = write_plan(shelf, _centre_plan(rows, counts, level, name))
        for row, count, line in zip(rows, counts, _lines(plan), strict=True):
            yield from _drafts(row, line, name, count)


def _lines(plan: TrainingPlan) -> Sequence[PlanLine]:
    return list(plan.lines.select_related("plan__owner", "programme"))


def _centre_plan(rows: Sequence[Row], counts: Sequence[int], level: str, name: str) -> Row:
    centre, committee = _centre(level, name), _slug(f"{level} ủy {name}")
    approver = f"Ban Thường vụ {level.capitalize()} ủy {name}"
    decision = {"number": f"{200 + len(name)}-QĐ/{level[0].upper()}U", "on": "2022-01-05", "issuer": committee}
    subject = "về việc phê duyệt kế hoạch mở lớp năm 2022 (giả định)"
    return {
        "owner": centre,
        "approver": committee,
        "approver_text": approver,
        "year": 2022,
        "side": "party",
        "title": f"Kế hoạch mở lớp năm 2022 của Trung tâm Chính trị {level} {name}",
        "defaults": {"opener": centre, "lead": centre, "place": f"Trung tâm Chính trị {level} {name}"},
        "lines": [
            {**row, "classes": 2 * count, "learners": 2 * count * 115} for row, count in zip(rows, counts, strict=True)
        ],
        "submission": {
            "on": "2021-12-20",
            "by": f"Trung tâm Chính trị {level} {name}",
            "decided_by": approver,
            "decision": {**decision, "issuer_text": approver, "subject": subject},
        },
    }


def _drafts(row: Row, line: PlanLine, district: str, count: int) -> Iterator[Draft]:
    for number in range(1, count + 1):
        words = {"code": f"{row['code']} {number:02d}", "name": f"{row['name']} số {number}", "days": row["days"]}
        yield Draft({**words, "roles": row.get("roles", [])}, line, district, row.get("size", 0))


def _settle_sizes(dice: random.Random, drafts: Sequence[Draft]) -> None:
    """Give the short classes sizes that add up to the turns."""
    short = [draft for draft in drafts if not draft.size]
    for draft in short:
        draft.size = dice.randint(SMALL, LARGE)
    missing = TURNS - sum(draft.size for draft in drafts)
    for at, draft in enumerate(short):
        draft.size += missing // len(short) + (at < missing % len(short))


def _pools(people: People, article: Row, drafts: Sequence[Draft]) -> dict[str, list[Person]]:
    """Enter the people of each district, and those of the city's departments under the empty name."""
    places = {name: _bodies(f"{level} {name}") for level, name, _classes in article["districts"]}
    turns = dict.fromkeys(places, 0)
    for draft in drafts:
        turns[draft.district] = turns.get(draft.district, 0) + draft.size
    places[""] = list(Unit.objects.filter(kind=UnitKind.DEPARTMENT, parent__slug="hai-phong-ubnd"))
    new = {name: _crowd(people, units, int(turns[name] * PEOPLE_PER_TURN)) for name, units in places.items()}
    made = iter(create_people(new=[one for crowd in new.values() for one in crowd], by=None, reason="Hải Phòng 2022"))
    return {name: [next(made) for _one in crowd] for name, crowd in new.items()}


def _bodies(district: str) -> list[Unit]:
    return list(Unit.objects.filter(kind=UnitKind.OTHER, name__endswith=district, slug__startswith="hai-phong-"))


def _crowd(people: People, units: Sequence[Unit], count: int) -> list[NewPerson]:
    crowd = [one for kind in AUDIENCES for one in people.group(units, kind, count // len(AUDIENCES) + 1, year=2022)]
    return crowd[:count]


def _dated(dice: random.Random, draft: Draft) -> Row:
    """Return the row with days: it begins in the half-year, and a short class ends in it too."""
    days = draft.row["days"]
    last = LAST_DAY - dt.timedelta(days=days if days < 30 else 14)
    start = dt.date(2022, 1, 4) + dt.timedelta(days=dice.randint(0, (last - dt.date(2022, 1, 4)).days))
    end = start + dt.timedelta(days=days - 1)
    return {**draft.row, "start": start.isoformat(), "end": end.isoformat(), "planned": draft.size}


def _enrolments(
    dice: random.Random, runs: Sequence[ClassRun], drafts: Sequence[Draft], pools: Mapping[str, Sequence[Person]]
) -> Iterator[Enrolment]:
    """Yield the enrolments.

    Each plan line goes through the people of its place in an order of its own: nobody takes one course twice before
    everybody took it once, while many come to courses of several lines.
    """
    queues: dict[int, deque[Person]] = {}
    for run, draft in zip(runs, drafts, strict=True):
        pool = pools[draft.district]
        if draft.line.pk not in queues:
            queues[draft.line.pk] = deque(dice.sample(pool, len(pool)))
        queue = queues[draft.line.pk]
        yield from enrol_all(run, [queue[at] for at in range(draft.size)], dice)
        queue.rotate(-draft.size)
