"""Vĩnh Hà, last year and this year: approved plans and their classes in every state."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from vuntrong.classes.enums import ClassState
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.ops.demo.names import People
from vuntrong.ops.demo.plans import write_decision, write_plan
from vuntrong.ops.demo.runs import Opening, enrol_all, write_class
from vuntrong.ops.demo.shelf import Row, Shelf
from vuntrong.planning.enums import DecisionKind
from vuntrong.planning.models import Decision, NeedsSnapshot, PlanLine, TrainingNeed
from vuntrong.registry.models import Person
from vuntrong.registry.queries import version_on

OPENED_BEFORE = 30
"""Days before its first day that a class has its opening decision."""
WITHOUT_LEARNERS = frozenset({ClassState.DRAFT, ClassState.CANCELLED})
ACADEMY = "hoc-vien-chinh-tri-quoc-gia"


class Draws(Protocol):
    """Whoever gives people for a class."""

    def draw(self, place: str, audiences: Sequence[str], count: int) -> list[Person]: ...


@dataclass(frozen=True)
class Run:
    """A class to be: where it hangs and when it runs."""

    owner: str
    """Slug of the plan's owner."""
    place: str
    """Key of the host commune whose people come; empty for the province."""
    year: int
    position: int
    """Number of the plan line."""
    line: Row
    code: str
    start: dt.date
    days: int
    planned: int
    extra: Row

    @property
    def end(self) -> dt.date:
        """The planned last day."""
        return self.start + dt.timedelta(days=self.days - 1)

    def state(self, today: dt.date) -> str:
        """Return the state that the days imply, unless the row says otherwise."""
        if "state" in self.extra:
            return str(self.extra["state"])
        if self.end < today:
            return ClassState.CLOSED
        if self.start <= today:
            return ClassState.RUNNING
        return ClassState.OPEN if self.start <= today + dt.timedelta(days=OPENED_BEFORE) else ClassState.DRAFT


@dataclass
class Season:
    """The two years of the province as they stand today."""

    article: Row
    shelf: Shelf
    people: People
    today: dt.date
    rosters: dict[tuple[str, int, str], list[Person]] = field(default_factory=dict)
    """Learners by owner of the plan, year and code of the class."""

    def runs(self) -> Iterator[Run]:
        """Yield the classes of both years, last year first."""
        for year, key in ((self.today.year - 1, "last"), (self.today.year, "runs")):
            for plan in self.article["plans"]:
                for position, line in enumerate(plan["lines"], start=1):
                    yield from (self._run(plan, year, position, line, row) for row in line[key])

    def _run(self, plan: Row, year: int, position: int, line: Row, row: Sequence[Any]) -> Run:
        code, start, days, planned, extra = row
        day = self.day(year, start) if isinstance(start, str) else self.today + dt.timedelta(days=start)
        return Run(owner_of(plan), plan.get("host", ""), year, position, line, code, day, days, planned, extra)

    @staticmethod
    def day(year: int, text: str) -> dt.date:
        """Read 03-02 as the second of March of the year."""
        return dt.date.fromisoformat(f"{year}-{text}")

    def draw_learners(self, pools: Draws) -> None:
        """Settle who sits in which class."""
        for run in self.runs():
            if run.state(self.today) not in WITHOUT_LEARNERS:
                count = run.extra.get("learners") or run.planned - self.people.dice.randint(0, 4)
                self.rosters[run.owner, run.year, run.code] = pools.draw(run.place, run.line["pool"], count)


def owner_of(plan: Row) -> str:
    """Return the slug of the unit whose plan it is."""
    return str(plan.get("owner") or f"vinh-ha-ttct-{plan['host']}")


def hold(season: Season, snapshot: NeedsSnapshot) -> tuple[int, int]:
    """Enter the plans of both years and their classes with learners; returns how many classes and turns.

    The school's plan of this year rests on the consolidated needs.
    """
    lines: dict[tuple[str, int, int], PlanLine] = {}
    for year in (season.today.year - 1, season.today.year):
        for plan in season.article["plans"]:
            needs = snapshot if owner_of(plan) == snapshot.survey.owner.slug and year == season.today.year else None
            written = write_plan(season.shelf, plan_row(season, plan, year), snapshot=needs)
            for line in written.lines.select_related("plan__owner", "programme"):
                lines[owner_of(plan), year, line.position] = line
    met = dict(
        TrainingNeed.objects.filter(answer__survey=snapshot.survey, person__isnull=False).values_list("person_id", "id")
    )
    enrolments: list[Enrolment] = []
    for number, run in enumerate(season.runs(), start=1):
        made = _make(season, run, number, lines[run.owner, run.year, run.position])
        roster = season.rosters.get((run.owner, run.year, run.code), [])
        asked = met if run.year == season.today.year and run.owner == snapshot.survey.owner.slug else {}
        enrolments += enrol_all(made, roster, season.people.dice, asked)
    for enrolment in enrolments:
        enrolment.enrolled_on = min(enrolment.enrolled_on, season.today)
        enrolment.state_on = min(enrolment.state_on, season.today)
    Enrolment.objects.bulk_create(enrolments)
    return ClassRun.objects.filter(plan_line__in=lines.values()).count(), len(enrolments)


def plan_row(season: Season, plan: Row, year: int) -> Row:
    """Return the row of an approved plan of a year."""
    host = next((row for row in season.article["hosts"] if row["key"] == plan.get("host")), None)
    words = host_words(host) if host else plan
    on = min(Season.day(year, plan["on"]), season.today)
    decision = {"number": plan["number"], "on": on.isoformat(), "issuer": words["approver"]}
    return {
        **plan_head(words, owner_of(plan), year),
        "defaults": words["defaults"],
        "lines": [_line_row(season, line, year) for line in plan["lines"]],
        "submission": {
            "paper": words["paper"],
            "on": (on - dt.timedelta(days=12)).isoformat(),
            "by": words["by"],
            "decided_by": words["approver_text"],
            "decision": {
                **decision,
                "issuer_text": words["approver_text"],
                "signer": words["signer"],
                "signer_post": words["signer_post"],
                "subject": words["subject"].format(year=year),
            },
        },
    }


def plan_head(words: Row, owner: str, year: int) -> Row:
    """Return who plans what for whom."""
    names = ("approver", "approver_text", "side")
    return {
        **{name: words[name] for name in names},
        "owner": owner,
        "year": year,
        "title": words["title"].format(year=year),
    }


def host_words(host: Row) -> Row:
    """Return what the plan of a commune's centre says about itself."""
    place, centre = f"{host['level']} {host['name']}", f"vinh-ha-ttct-{host['key']}"
    return {
        "approver": host["committee"],
        "approver_text": f"Ban Thường vụ Đảng ủy {place}",
        "side": "party",
        "title": "Kế hoạch mở lớp bồi dưỡng năm {year}",
        "paper": "07-TTr/TTCT",
        "by": f"Trung tâm Chính trị {place}",
        "signer": host["signer"],
        "signer_post": "Bí thư",
        "subject": f"về việc giao chỉ tiêu, kế hoạch mở lớp năm {{year}} tại Trung tâm Chính trị {place}",
        "defaults": {
            "opener": centre,
            "lead": centre,
            "place": f"Trung tâm Chính trị {place}",
            "source": f"Ngân sách {place}",
        },
    }


def _line_row(season: Season, line: Row, year: int) -> Row:
    runs = line["runs"] if year == season.today.year else line["last"]
    more = line.get("more", 0) if runs else 1
    learners = sum(run[3] for run in runs) + 50 * more
    first = next((run[1] for run in runs if isinstance(run[1], str)), None)
    quarter = (int(first[:2]) + 2) // 3 if first else None
    return {
        **line,
        "classes": len(runs) + more,
        "learners": learners,
        "quarter": quarter,
        "budget": line["fee"] * learners if "fee" in line else None,
    }


def _make(season: Season, run: Run, number: int, line: PlanLine) -> ClassRun:
    state = run.state(season.today)
    decision = _opening(season, run, number) if state not in WITHOUT_LEARNERS else None
    total = line.programme.module_count
    gone = max(0, min(run.days, (season.today - run.start).days))
    row = {
        "code": run.code,
        "name": f"{run.line['name']} {run.code}",
        "start": run.start.isoformat(),
        "end": run.end.isoformat(),
        "planned": run.planned,
        "state": state,
        "modules": [total, total if state == ClassState.CLOSED else total * gone // run.days],
        **{key: value for key, value in run.extra.items() if key in {"owner", "venue", "capacity", "cancel_reason"}},
        "roles": [*run.extra.get("roles", []), *_roles(line, run.extra.get("owner") or run.owner)],
    }
    return write_class(season.shelf, row, Opening(line, decision))


def _roles(line: PlanLine, owner: str) -> Iterator[tuple[str, str]]:
    if line.lead and line.lead.slug != owner:
        yield line.lead.slug, "lead"
    for unit in line.cooperating.all():
        if unit.slug != owner:
            yield unit.slug, "cooperating"


def _opening(season: Season, run: Run, number: int) -> Decision | None:
    """Enter the decision that opened the class; the Academy's own papers are not ours."""
    owner = season.shelf.units[run.owner]
    if run.extra.get("owner") == ACADEMY:
        return None
    on = min(run.start - dt.timedelta(days=12), season.today)
    row = {"number": f"{20 + number}-QĐ/{version_on(owner, on).code}", "on": on.isoformat(), "issuer": run.owner}
    return write_decision(
        season.shelf, {**row, "issuer_text": owner.name, "subject": f"về việc mở lớp {run.code}"}, DecisionKind.OPENING
    )
