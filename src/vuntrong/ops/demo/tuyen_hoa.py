"""Tuyên Hóa 2022: from the survey to the half-year with 6 of 20 classes and 327 learners."""

import datetime as dt
from collections.abc import Sequence

from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.ops.demo.files import read
from vuntrong.ops.demo.names import People
from vuntrong.ops.demo.needs import Office, Reply, Wish, write_replies, write_survey
from vuntrong.ops.demo.plans import write_decision, write_plan
from vuntrong.ops.demo.runs import Opening, enrol_all, write_class
from vuntrong.ops.demo.shelf import Row, Shelf
from vuntrong.ops.demo.times import day, moment
from vuntrong.planning.actions.snapshots import take_snapshot
from vuntrong.planning.enums import DecisionKind
from vuntrong.planning.models import Decision, NeedsSnapshot, NeedsSurvey, TrainingNeed, TrainingPlan
from vuntrong.programmes.models import Programme
from vuntrong.registry.actions import create_people
from vuntrong.registry.models import Person, Unit

KINDS = (
    "commune_committee",
    "organisation_board",
    "propaganda_board",
    "other",
    "peoples_committee",
    "department",
    "mass_organisation",
    "party_cell",
)
COMMUNE_POSTS = (
    "Bí thư Đảng ủy",
    "Phó Bí thư Thường trực Đảng ủy",
    "Chủ tịch UBND",
    "Phó Chủ tịch UBND",
    "Chủ tịch Ủy ban Mặt trận Tổ quốc",
    "Công chức văn phòng - thống kê",
)
OFFICE_POSTS = ("Trưởng đơn vị", "Phó trưởng đơn vị", "Chuyên viên")
NAMED_BEFOREHAND = 0.7
"""Share of the learners whom their units had named in the survey."""
Groups = dict[str, list[Unit]]


def load() -> str:
    """Enter everything; returns what was entered."""
    article, shelf, people = read("tuyen_hoa"), Shelf(), People("tuyen-hoa-2022")
    shelf.make_units(article["units"])
    groups = _groups(shelf, article)
    rosters = _learners(people, groups, [*article["classes"], article["hosted"]])
    _staff(people, groups)
    survey = _survey(shelf, people, article, groups, rosters[:-1])
    by = Office(article["survey"]["taken_by"])
    snapshot = take_snapshot(survey=survey, now=moment(day(article["survey"]["taken_on"]), 16), by=by)
    plan = write_plan(shelf, article["plan"], snapshot=snapshot)
    runs = _classes(shelf, article, plan)
    runs.append(_hosted(shelf, article["hosted"]))
    _enrol(people, runs, rosters, snapshot)
    learners = sum(len(roster) for roster in rosters[:-1])
    return f"plan of 20 classes, {len(runs) - 1} classes held with {learners} learners, 1 hosted class"


def _groups(shelf: Shelf, article: Row) -> Groups:
    parts = shelf.make_parts(article["parts"], KINDS)
    offices = [unit for kind in KINDS[1:-1] for unit in parts[kind]]
    return {"communes": parts["commune_committee"], "cells": parts["party_cell"], "offices": offices}


def _learners(people: People, groups: Groups, classes: Sequence[Row]) -> list[list[Person]]:
    """Enter the learners of each class; nobody sits in two."""
    new = [
        people.group([unit for name in row["from"] for unit in groups[name]], row["posts"], row["learners"], year=2022)
        for row in classes
    ]
    made = iter(create_people(new=[one for roster in new for one in roster], by=None, reason="Tuyên Hóa 2022"))
    return [[next(made) for _one in roster] for roster in new]


def _staff(people: People, groups: Groups) -> None:
    new = people.staff(groups["communes"], COMMUNE_POSTS, year=2022)
    new += people.staff(groups["offices"] + groups["cells"], OFFICE_POSTS, year=2022)
    create_people(new=new, by=None, reason="Tuyên Hóa: cán bộ các đơn vị")


def _survey(
    shelf: Shelf, people: People, article: Row, groups: Groups, rosters: Sequence[Sequence[Person]]
) -> NeedsSurvey:
    lines = article["plan"]["lines"]
    programmes = {line["programme"]: shelf.programmes[line["programme"]] for line in lines}
    asked = [unit for group in groups.values() for unit in group]
    survey = write_survey(shelf, article["survey"], asked, programmes.values())
    named: dict[tuple[int, str], list[Person]] = {}
    for row, roster in zip(article["classes"], rosters, strict=True):
        for person in roster:
            if people.dice.random() < NAMED_BEFOREHAND:
                named.setdefault((person.unit_id, lines[row["line"] - 1]["programme"]), []).append(person)
    first = day(article["survey"]["opened"])
    wishes = {unit.pk: _wishes(people, unit, programmes, named, lines) for unit in groups["communes"]}
    wishes |= {unit.pk: _wishes(people, unit, programmes, named, []) for unit in asked if unit.pk not in wishes}
    write_replies(survey, [_reply(people, unit, first, wishes[unit.pk]) for unit in asked])
    return survey


def _wishes(
    people: People,
    unit: Unit,
    programmes: dict[str, Programme],
    named: dict[tuple[int, str], list[Person]],
    lines: Sequence[Row],
) -> list[Wish]:
    """Return what the unit needs; a commune also gives its whole number, about its share of the planned learners."""
    found = []
    for code, programme in programmes.items():
        known = named.get((unit.pk, code), [])
        planned = sum(line["learners"] for line in lines if line["programme"] == code)
        share = max(len(known), round(planned / 19 * people.dice.uniform(0.7, 1.3)))
        if share:
            found.append(Wish(programme, known, share if planned else None))
    return found


def _reply(people: People, unit: Unit, first: dt.date, wishes: list[Wish]) -> Reply:
    """Return the answer, sent up to two days after the closing time: the last ones are late."""
    at = moment(first + dt.timedelta(days=people.dice.randint(2, 32)), people.dice.randint(8, 16))
    return Reply(unit, at, f"Văn phòng {unit.short_name}", wishes)


def _classes(shelf: Shelf, article: Row, plan: TrainingPlan) -> list[ClassRun]:
    lines = {line.position: line for line in plan.lines.select_related("plan__owner", "programme")}
    return [write_class(shelf, row, Opening(lines[row["line"]], _opening(shelf, row))) for row in article["classes"]]


def _opening(shelf: Shelf, row: Row) -> Decision:
    start = day(row["start"]) - dt.timedelta(days=10)
    words = {"number": row["opening"], "on": start.isoformat(), "issuer": "tuyen-hoa"}
    words["issuer_text"] = "Trung tâm Chính trị huyện Tuyên Hóa"
    return write_decision(
        shelf, {**words, "subject": f"về việc mở {row['name'][:1].lower()}{row['name'][1:]}"}, DecisionKind.OPENING
    )


def _hosted(shelf: Shelf, row: Row) -> ClassRun:
    """Enter the school's class at the centre: still running on the last day of the half-year, 5 modules finished."""
    decision = write_decision(shelf, {**row["opening"], "issuer": row["owner"]}, DecisionKind.OPENING)
    return write_class(shelf, {**row, "state": "running"}, Opening(decision=decision))


def _enrol(
    people: People, runs: Sequence[ClassRun], rosters: Sequence[Sequence[Person]], snapshot: NeedsSnapshot
) -> None:
    met = dict(
        TrainingNeed.objects.filter(answer__survey=snapshot.survey, person__isnull=False).values_list("person_id", "id")
    )
    Enrolment.objects.bulk_create(
        enrolment
        for run, roster in zip(runs, rosters, strict=True)
        for enrolment in enrol_all(run, roster, people.dice, met)
    )
