"""Articles that are data and nothing else: units, plans, classes, and invented people to sit in them."""

from collections.abc import Iterator, Mapping, Sequence

from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.ops.demo.files import read
from vuntrong.ops.demo.names import People
from vuntrong.ops.demo.plans import write_decision, write_plan
from vuntrong.ops.demo.runs import Opening, enrol_all, write_class
from vuntrong.ops.demo.shelf import Row, Shelf
from vuntrong.planning.enums import DecisionKind
from vuntrong.planning.models import PlanLine, TrainingPlan
from vuntrong.registry.actions import create_people
from vuntrong.registry.enums import UnitKind
from vuntrong.registry.models import Person, Unit

Groups = Mapping[str, Sequence[Unit]]


def load(name: str) -> str:
    """Enter the article `data/<name>.json`; returns what was entered."""
    article, shelf = read(name), Shelf()
    people = People(name, families=article.get("families", "families"))
    groups = make_groups(shelf, article)
    staff = article.get("staff", {})
    new = [one for kind, posts in staff.items() for one in people.staff(groups[kind], posts, year=article["year"])]
    create_people(new=new, by=None, reason=f"{name}: cán bộ các đơn vị")
    plans = [write_plan(shelf, row) for row in article["plans"]]
    count, learners = _hold(shelf, people, groups, plans, article.get("classes", []))
    return f"{len(plans)} plans, {count} classes with {learners} learners"


def make_groups(shelf: Shelf, article: Row) -> dict[str, list[Unit]]:
    """Enter the units of an article; returns them by kind."""
    units = shelf.make_units(article["units"])
    for part in article.get("parts", []):
        units += [unit for made in shelf.make_parts(part, UnitKind.values).values() for unit in made]
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        groups.setdefault(unit.kind, []).append(unit)
    return groups


def _hold(
    shelf: Shelf, people: People, groups: Groups, plans: Sequence[TrainingPlan], rows: Sequence[Row]
) -> tuple[int, int]:
    """Enter the classes with their learners; returns how many of both. Nobody sits in two classes."""
    lines = {(line.plan_id, line.position): line for plan in plans for line in _lines(plan)}
    runs = [run for row in rows for run in _runs(row)]
    classes = [_class(shelf, row, lines[plans[row.get("plan", 0)].pk, row["line"]]) for row in runs]
    rosters = _rosters(people, groups, runs)
    Enrolment.objects.bulk_create(
        enrolment
        for run, roster in zip(classes, rosters, strict=True)
        for enrolment in enrol_all(run, roster, people.dice)
    )
    return len(classes), sum(len(roster) for roster in rosters)


def _lines(plan: TrainingPlan) -> Sequence[PlanLine]:
    return list(plan.lines.select_related("plan__owner", "programme"))


def _runs(row: Row) -> Iterator[Row]:
    """Spell out the classes of a row: code, first day, last day and learners of each."""
    for number, (code, start, end, learners, *roles) in enumerate(row["runs"], start=1):
        words = {"code": code, "start": start, "end": end, "learners": learners, "planned": learners}
        name = row["name"] if len(row["runs"]) == 1 else f"{row['name']} thứ {number}"
        yield {**row, **words, "name": name, "roles": roles or row.get("roles", [])}


def _class(shelf: Shelf, row: Row, line: PlanLine) -> ClassRun:
    opening = row.get("opening")
    return write_class(
        shelf, row, Opening(line, write_decision(shelf, opening, DecisionKind.OPENING) if opening else None)
    )


def _rosters(people: People, groups: Groups, rows: Sequence[Row]) -> list[list[Person]]:
    new = [
        people.group([unit for kind in row["from"] for unit in groups[kind]], row["posts"], row["learners"], year=year)
        for row in rows
        for year in [int(row["start"][:4])]
    ]
    made = iter(create_people(new=[one for roster in new for one in roster], by=None, reason="Học viên"))
    return [[next(made) for _one in roster] for roster in new]
