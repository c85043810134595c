"""Vĩnh Hà: the survey behind this year's plan, and the surveys and plans for next year that wait for somebody."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

from vuntrong.ops.demo.needs import Office, Reply, Wish, write_replies, write_survey
from vuntrong.ops.demo.plans import write_plan
from vuntrong.ops.demo.province_years import Season, host_words, plan_head
from vuntrong.ops.demo.shelf import Row
from vuntrong.ops.demo.times import moment
from vuntrong.planning.actions.snapshots import take_snapshot
from vuntrong.planning.enums import SurveyState
from vuntrong.planning.models import NeedsSnapshot, NeedsSurvey
from vuntrong.registry.models import Person, Unit

SCHOOL, OFFICE = "vinh-ha-truong", Office("Phòng Quản lý đào tạo")
ASKED_KINDS = ("commune_committee", "department", "mass_organisation", "direct_committee")
CLERKS = "vinh-ha-dang-uy-xa-tan-phong"
"""The demonstration's clerk answers for this commune, so it has not answered yet."""
CLERKS_CELL = "vinh-ha-chi-bo-thon-dong-xa-tan-phong"
NAMED_BEFOREHAND = 0.6
"""Share of this year's learners whom their units had named in the survey."""
SILENT, DRAFTS, NILS, LATE = 7, 4, 3, 5
CLASS_SIZE = 60
BY_NAME = frozenset({"trung-cap-llct", "cao-cap-llct", "lanh-dao-cap-phong", "bi-thu-dang-uy-xa", "chu-tich-ubnd-xa"})
"""Programmes for which units name people; for the others they mostly give a number."""


class Members(Protocol):
    """Whoever knows the people of a unit."""

    def of_unit(self, unit: Unit, audience: str) -> list[Person]: ...


def last_year(season: Season, asked: Sequence[Unit]) -> NeedsSnapshot:
    """Enter the answered survey for this year and its consolidation."""
    year = season.today.year
    first = dt.date(year - 1, 10, 1)
    row = {"title": f"Khảo sát nhu cầu đào tạo, bồi dưỡng năm {year}", "letter": "79-CV/TCT"}
    survey = _survey(season, row, SCHOOL, "province", year, asked, (first, first + dt.timedelta(days=25)))
    named: dict[tuple[int, str], list[Person]] = {}
    for run in season.runs():
        if run.owner == SCHOOL and run.year == year:
            for person in season.rosters.get((run.owner, run.year, run.code), []):
                if season.people.dice.random() < NAMED_BEFOREHAND:
                    named.setdefault((person.unit_id, run.line["programme"]), []).append(person)
    replies = []
    for unit in asked:
        known = {code: list(dict.fromkeys(named.get((unit.pk, code), []))) for code in _needs(season, "province")}
        replies.append(
            _reply(season, unit, moment(first + dt.timedelta(days=season.people.dice.randint(2, 24))), known)
        )
    write_replies(survey, replies)
    return take_snapshot(survey=survey, now=moment(first + dt.timedelta(days=40), 16), by=OFFICE)


def next_year(season: Season, pools: Members, asked: Sequence[Unit], hosts: Mapping[str, Sequence[Unit]]) -> None:
    """Enter what waits for somebody.

    The school's survey past its closing time with a draft plan, a centre's survey still open, and a centre's plan that
    awaits approval.
    """
    today, year = season.today, season.today.year + 1
    row = {"title": f"Khảo sát nhu cầu đào tạo, bồi dưỡng năm {year}", "letter": "86-CV/TCT", "state": SurveyState.OPEN}
    span = (_day(today, -40), _day(today, -3))
    survey = _survey(season, row, SCHOOL, "province", year, asked, span)
    write_replies(survey, _partly(season, pools, asked, span, CLERKS))
    snapshot = take_snapshot(survey=survey, now=moment(_day(today, -1), 16), by=OFFICE)
    _next_plan(season, season.article["plans"][0], snapshot, submitted=False)
    _open_at_centre(season, pools, hosts["tan-phong"], year)
    _waiting_at_centre(season, pools, hosts["binh-minh"], year)


def _day(today: dt.date, days: int) -> dt.date:
    return today + dt.timedelta(days=days)


def _open_at_centre(season: Season, pools: Members, asked: Sequence[Unit], year: int) -> None:
    row = {"title": f"Khảo sát nhu cầu mở lớp năm {year}", "letter": "31-CV/TTCT", "state": SurveyState.OPEN}
    span = (_day(season.today, -20), _day(season.today, 10))
    survey = _survey(season, row, "vinh-ha-ttct-tan-phong", "centre", year, asked, span)
    answering = [unit for unit in asked if unit.slug != CLERKS_CELL][:-2]
    at = moment(_day(season.today, -2), 10)
    replies = [_reply(season, unit, at, _names(season, pools, unit, "centre")) for unit in answering]
    write_replies(survey, [*replies, Reply(asked[-1], at, "", _numbers(season, "centre"), is_draft=True)])


def _waiting_at_centre(season: Season, pools: Members, asked: Sequence[Unit], year: int) -> None:
    row = {"title": f"Khảo sát nhu cầu mở lớp năm {year}", "letter": "24-CV/TTCT"}
    span = (_day(season.today, -45), _day(season.today, -20))
    survey = _survey(season, row, "vinh-ha-ttct-binh-minh", "centre", year, asked, span)
    at = moment(_day(season.today, -25), 15)
    write_replies(survey, [_reply(season, unit, at, _names(season, pools, unit, "centre")) for unit in asked])
    snapshot = take_snapshot(
        survey=survey, now=moment(_day(season.today, -15), 9), by=Office("Trung tâm Chính trị phường Bình Minh")
    )
    _next_plan(season, season.article["plans"][4], snapshot, submitted=True)


def _survey(
    season: Season,
    row: Row,
    owner: str,
    kind: str,
    year: int,
    asked: Sequence[Unit],
    span: tuple[dt.date, dt.date],
) -> NeedsSurvey:
    opened, closes = span
    words = {"letter_on": (opened - dt.timedelta(days=2)).isoformat(), "opened": opened.isoformat()}
    programmes = [season.shelf.programmes[code] for code in season.article["surveys"][kind]["programmes"]]
    row = {**row, **words, "closes": closes.isoformat(), "slug_owner": owner, "year": year}
    return write_survey(season.shelf, row, asked, programmes)


def _needs(season: Season, kind: str) -> Mapping[str, int]:
    """Return how many people a unit usually needs of each programme."""
    found: Mapping[str, int] = season.article["surveys"][kind]["needs"]
    return found


def _names(season: Season, pools: Members, unit: Unit, kind: str) -> dict[str, list[Person]]:
    """Return whom the unit names for each programme: nobody who sat in it this year or last."""
    found = {}
    for code, usual in _needs(season, kind).items():
        sat = {
            person.pk
            for run in season.runs()
            if run.line["programme"] == code
            for person in season.rosters.get((run.owner, run.year, run.code), [])
        }
        free = [one for one in pools.of_unit(unit, season.article["named_from"][code]) if one.pk not in sat]
        wanted = season.people.dice.randint(0, usual) if code in BY_NAME or kind == "centre" else 0
        found[code] = free[:wanted]
    return found


def _numbers(season: Season, kind: str) -> list[Wish]:
    return [
        Wish(season.shelf.programmes[code], headcount=season.people.dice.randint(1, usual))
        for code, usual in _needs(season, kind).items()
    ]


def _reply(season: Season, unit: Unit, at: dt.datetime, names: Mapping[str, Sequence[Person]]) -> Reply:
    """Return an answer with the people named and, for programmes without names, a number."""
    kind = "centre" if "nghiep-vu-bi-thu-chi-bo" in names else "province"
    wishes = []
    for code, usual in _needs(season, kind).items():
        people = names.get(code, [])
        number = None if code in BY_NAME else max(len(people), season.people.dice.randint(0, 2 * usual))
        if people or number:
            wishes.append(Wish(season.shelf.programmes[code], people, number))
    return Reply(unit, at, f"Văn phòng {unit.short_name}", wishes)


def _partly(
    season: Season, pools: Members, asked: Sequence[Unit], span: tuple[dt.date, dt.date], silent: str
) -> list[Reply]:
    """Return the answers of most units: some nil, some late, some only begun; `silent` has not answered."""
    units = [unit for unit in season.people.dice.sample(list(asked), len(asked)) if unit.slug != silent]
    units = units[: len(asked) - SILENT]
    replies = []
    for at, unit in enumerate(units):
        when = moment(span[0] + dt.timedelta(days=season.people.dice.randint(2, 34)), season.people.dice.randint(8, 16))
        if at < DRAFTS:
            replies.append(Reply(unit, when, "", _numbers(season, "province")[:3], is_draft=True))
        elif at < DRAFTS + NILS:
            replies.append(Reply(unit, when, f"Văn phòng {unit.short_name}"))
        else:
            late = at < DRAFTS + NILS + LATE
            when = moment(span[1] + dt.timedelta(days=1), 9 + at % 5) if late else when
            replies.append(_reply(season, unit, when, _names(season, pools, unit, "province")))
    return replies


def _next_plan(season: Season, plan: Row, snapshot: NeedsSnapshot, *, submitted: bool) -> None:
    """Enter next year's plan proposed from the consolidated needs: a draft, or one that awaits approval."""
    host = next((row for row in season.article["hosts"] if row["key"] == plan.get("host")), None)
    words = host_words(host) if host else plan
    totals: dict[str, int] = {}
    for line in snapshot.lines.select_related("programme"):
        totals[line.programme.code] = totals.get(line.programme.code, 0) + line.total
    lines = {line["programme"]: line for line in plan["lines"] if totals.get(line["programme"])}
    row = {
        **plan_head(words, snapshot.survey.owner.slug, snapshot.survey.year),
        "defaults": words["defaults"],
        "lines": [
            {**line, "classes": max(1, round(totals[code] / CLASS_SIZE)), "learners": totals[code]}
            for code, line in lines.items()
        ],
    }
    on = season.today - dt.timedelta(days=4)
    if submitted:
        row["submission"] = {"paper": "19-TTr/TTCT", "on": on.isoformat(), "by": words["by"]}
    write_plan(season.shelf, row, snapshot=snapshot)
