"""The figures of a report, in sets: five statements whatever the number of classes and enrolments.

Written as SQL because the report of a province reads 55,000 enrolments and must cost hardly more than counting them.
The enrolments come as one row for each class, state and grade, with the keys of its people in one text: so distinct
people are counted for every breakdown without another pass, and no row is sent for each enrolment.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from vuntrong.classes.enums import COUNTED_ENROLMENTS, HELD_STATES
from vuntrong.planning.enums import LineState, OwnerRole, SubmissionState
from vuntrong.planning.models import PlanSubmission
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Unit
from vuntrong.registry.queries import version_on
from vuntrong.reports.enums import Dimension, Reading
from vuntrong.reports.queries.folding import NO_FOLDING, folded_scope, folding_of
from vuntrong.reports.queries.scopes import HOSTING_ROLES, JOIN_TEXT, Scope, scope_of
from vuntrong.reports.rules import figures as rules
from vuntrong.reports.rules.figures import ClassFacts, HostedClass, Plan, Planned, TrainingReport, Turns
from vuntrong.reports.rules.folding import divided_owners, in_todays_units
from vuntrong.reports.rules.frozen import PlanPaper, ReportFigures, Traits, full_figures
from vuntrong.reports.rules.periods import ReportPeriod

HELD = tuple(sorted(str(state) for state in HELD_STATES))
COUNTED = tuple(sorted(str(state) for state in COUNTED_ENROLMENTS))

CLASSES = """
    WITH owned(class_id, owner_id) AS (
        SELECT class.id, class.owner_id FROM classes_classrun AS class
        WHERE class.owner_id IN ({owners}) AND class.opened_on <= %s
          AND NOT EXISTS (SELECT 1 FROM classes_classowner AS dated WHERE dated.class_run_id = class.id)
        UNION ALL
        SELECT dated.class_run_id, dated.unit_id FROM classes_classowner AS dated
        WHERE dated.unit_id IN ({owners}) AND (dated.valid_from IS NULL OR dated.valid_from <= %s)
          AND (dated.valid_to IS NULL OR dated.valid_to >= %s)
    )
    SELECT class.id, class.code, class.name, programme.id, programme.name, programme.kind, class.mode, class.side,
           COALESCE(line.audience, ''), owned.owner_id, COALESCE(version.name, owner.name), class.opened_on,
           line.position
    FROM owned
    JOIN classes_classrun AS class ON class.id = owned.class_id
    JOIN programmes_programme AS programme ON programme.id = class.programme_id
    JOIN registry_unit AS owner ON owner.id = owned.owner_id
    LEFT JOIN registry_unitversion AS version ON version.unit_id = owned.owner_id
         AND version.valid_from <= %s AND (version.valid_to IS NULL OR version.valid_to >= %s)
    LEFT JOIN planning_planline AS line ON line.id = class.plan_line_id
    WHERE class.state IN ({states}) AND class.opened_on <= %s
      AND (class.opened_on >= %s OR class.closed_on >= %s OR class.closed_on IS NULL)
    ORDER BY class.opened_on, class.code, class.id
"""
TURNS = """
    SELECT class_run_id, state, grade, {join}(CAST(person_id AS text), ',')
    FROM classes_enrolment WHERE class_run_id IN ({classes}) AND state IN ({states})
    GROUP BY class_run_id, state, grade
"""
TRAITS = """
    SELECT person.sex, CASE WHEN person.ethnicity_id IS NULL THEN '' WHEN person.ethnicity_id = 1 THEN 'majority'
                            WHEN person.ethnicity_id = 55 THEN 'foreign' ELSE 'minority' END AS descent,
           {join}(CAST(person.id AS text), ',')
    FROM registry_person AS person
    WHERE person.id IN (
        SELECT person_id FROM classes_enrolment WHERE class_run_id IN ({classes}) AND state IN ({states}))
    GROUP BY person.sex, descent
"""
"""1 is Kinh and 55 stands for foreigners in the statistics-office numbers of ethnic groups."""
PLANNED = """
    SELECT programme.id, programme.name, programme.kind, SUM(line.class_count), SUM(line.learner_count),
           MIN(line.position)
    FROM planning_trainingplan AS plan
    JOIN planning_plansubmission AS submission ON submission.plan_id = plan.id AND submission.number = (
        SELECT MAX(other.number) FROM planning_plansubmission AS other
        WHERE other.plan_id = plan.id AND other.state = 'approved')
    LEFT JOIN planning_submittedline AS line ON line.submission_id = submission.id
         AND line.line_state = 'planned' AND line.owner_role = 'opens'
    LEFT JOIN programmes_programme AS programme ON programme.id = line.programme_id
    WHERE plan.owner_id IN ({owners}) AND plan.year BETWEEN %s AND %s
    GROUP BY programme.id, programme.name, programme.kind
"""
HOSTED = """
    SELECT class.id, class.code, programme.name, class.cohort, class.mode, COALESCE(version.name, owner.name),
           MIN(role.role), class.modules_finished, class.modules_total,
           (SELECT COUNT(*) FROM classes_enrolment AS turn
            WHERE turn.class_run_id = class.id AND turn.state IN ({turns}))
    FROM classes_classrole AS role
    JOIN classes_classrun AS class ON class.id = role.class_run_id
    JOIN programmes_programme AS programme ON programme.id = class.programme_id
    LEFT JOIN classes_classowner AS dated ON dated.class_run_id = class.id
         AND (dated.valid_from IS NULL OR dated.valid_from <= %s) AND (dated.valid_to IS NULL OR dated.valid_to >= %s)
    JOIN registry_unit AS owner ON owner.id = COALESCE(dated.unit_id, class.owner_id)
    LEFT JOIN registry_unitversion AS version ON version.unit_id = owner.id
         AND version.valid_from <= %s AND (version.valid_to IS NULL OR version.valid_to >= %s)
    WHERE role.unit_id IN ({owners}) AND role.role IN ({roles}) AND owner.id NOT IN ({owners})
      AND (role.valid_from IS NULL OR role.valid_from <= %s) AND (role.valid_to IS NULL OR role.valid_to >= %s)
      AND class.state IN ({states}) AND class.opened_on <= %s AND (class.closed_on IS NULL OR class.closed_on >= %s)
    GROUP BY class.id, class.code, programme.name, class.cohort, class.mode, version.name, owner.name,
             class.modules_finished, class.modules_total, class.opened_on
    ORDER BY class.opened_on, class.id
"""


def training_report(unit: Unit, period: ReportPeriod, reading: str = Reading.THEN) -> TrainingReport:
    """Return the report of `unit` and everything below it. 5 queries, 9 in today's units."""
    return report_of(reading_scope(unit, period, reading))


def report_of(scope: Scope) -> TrainingReport:
    """Return the report of a scope that is known already. 4 queries."""
    found = class_facts(scope)
    return rules.training_figures(
        period=scope.period,
        plan=planned(scope.owner_ids, scope.period.years),
        found=found,
        turns=_turns([one.id for one in found]),
        hosted=_hosted(scope),
    )


def reading_scope(unit: Unit, period: ReportPeriod, reading: str = Reading.THEN) -> Scope:
    """Return what the report covers in a reading. 1 query, 5 in today's units."""
    return folded_scope(unit, period) if reading == Reading.TODAY else scope_of(unit, period)


def figures_now(unit: Unit, period: ReportPeriod, reading: str = Reading.THEN) -> ReportFigures:
    """Return the whole report with every breakdown. 9 queries, 15 in today's units."""
    return figures_of(reading_scope(unit, period, reading))


def figures_of(scope: Scope) -> ReportFigures:
    """Return the whole report of a scope with every breakdown. 8 queries, 11 in today's units."""
    report = rules.with_audiences(report_of(scope), target_groups())
    is_folded = scope.reading == Reading.TODAY
    known = folding_of({one.owner_id for one in (*report.classes, *report.carried)}) if is_folded else NO_FOLDING
    unit, period = scope.unit, scope.period
    folded = replace(
        report,
        classes=in_todays_units(report.classes, known.fold, known.names),
        carried=in_todays_units(report.carried, known.fold, known.names),
    )
    figures = full_figures(
        unit=(unit.pk, unit.name if is_folded else version_on(unit, period.end).name),
        report=folded,
        people=traits_of(report),
        papers=_papers(unit, period),
    )
    owners = divided_owners(figures.lines[Dimension.OWNER], known.fold, known.names)
    return replace(figures, lines={**figures.lines, Dimension.OWNER: owners})


def target_groups() -> dict[int, str]:
    """Return the target groups of every programme that has any, in one text. 1 query."""
    found: dict[int, list[str]] = {}
    links = Programme.target_groups.through.objects.order_by("targetgroup__name")
    for programme_id, name in links.values_list("programme_id", "targetgroup__name"):
        found.setdefault(programme_id, []).append(name)
    return {programme_id: "; ".join(names) for programme_id, names in found.items()}


def turns_last_year(unit: Unit, period: ReportPeriod, reading: str = Reading.THEN) -> dict[str, int]:
    """Return the turns of the same days a year before by programme id, "" for all; empty where none are known.

    5 queries, 9 in today's units.
    """
    before = ReportPeriod(period.kind, _year_before(period.start), _year_before(period.end))
    report = report_of(reading_scope(unit, before, reading))
    if not report.total.classes:
        return {}
    return {"": report.total.turns} | {line.key: line.turns for line in report.by_programme if line.classes}


def _year_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


@dataclass(frozen=True)
class CountedNow:
    """The classes of a report and their turns, without plan and breakdowns."""

    scope: Scope
    classes: tuple[ClassFacts, ...]
    turns: Mapping[int, Turns]


def counted_now(scope: Scope, *, audiences: bool) -> CountedNow:
    """Return what a report counts; with the audiences of the classes where these are asked for.

    2 or 3 queries, 3 more in today's units.
    """
    facts = [one for one in class_facts(scope) if one.opened_on >= scope.period.start]
    named = rules.told_audiences(facts, target_groups()) if audiences else tuple(facts)
    if scope.reading == Reading.TODAY:
        known = folding_of({one.owner_id for one in named})
        named = in_todays_units(named, known.fold, known.names)
    return CountedNow(scope, named, _turns([one.id for one in facts]))


def traits_of(report: TrainingReport) -> Traits:
    """Return who the people in the report are. 1 query.

    Apart from the report because it must read every person.
    """
    sexes: dict[str, set[str]] = {"male": set(), "female": set()}
    origins: dict[str, set[str]] = {"minority": set(), "majority": set(), "foreign": set()}
    for sex, origin, keys in _for_classes(TRAITS, [one.id for one in report.classes]):
        people = keys.split(",")
        for part, name in ((sexes, sex), (origins, origin)):
            part.setdefault(name, set()).update(people)
    stated = [{name: frozenset(keys) for name, keys in part.items() if name} for part in (sexes, origins)]
    return Traits(*stated)


def planned(owner_ids: Sequence[int], years: range) -> Plan:
    """Return what the last approved version of the plans of `owner_ids` says for `years`. 1 query.

    Only lines that are planned and that the owner itself opens count.
    """
    if not owner_ids:
        return Plan()
    rows = _rows(PLANNED.format(owners=_marks(owner_ids)), [*owner_ids, years.start, years.stop - 1])
    known = {
        key: Planned(name, kind, _whole(classes), _whole(learners), position)
        for key, name, kind, classes, learners, position in rows
        if key
    }
    learners = [one.learners for one in known.values() if one.learners is not None]
    return Plan(
        classes=sum(one.classes or 0 for one in known.values()),
        learners=sum(learners) if learners else None,
        by_programme=known,
        is_approved=bool(rows),
    )


def class_facts(scope: Scope) -> list[ClassFacts]:
    """Return the held classes of the scope that were opened in the period or still ran in it. 1 query."""
    owners, period = scope.owner_ids, scope.period
    statement = CLASSES.format(owners=_marks(owners), states=_marks(HELD))
    owned = [*owners, period.end, *owners, period.end, period.end]
    rows = _rows(statement, [*owned, period.end, period.end, *HELD, period.end, period.start, period.start])
    return [ClassFacts(*row) for row in rows]


def _turns(class_ids: Sequence[int]) -> dict[int, Turns]:
    found: dict[int, Turns] = {}
    for class_id, state, grade, keys in _for_classes(TURNS, class_ids):
        turns = found.get(class_id)
        if turns is None:
            turns = found[class_id] = Turns([], {})
        turns.add(keys.split(","), rules.result_of(state, grade))
    return found


def _hosted(scope: Scope) -> tuple[HostedClass, ...]:
    owners, period = scope.owner_ids, scope.period
    roles = [str(role) for role in HOSTING_ROLES]
    statement = HOSTED.format(owners=_marks(owners), roles=_marks(roles), states=_marks(HELD), turns=_marks(COUNTED))
    days = [period.end, period.start]
    values = [*COUNTED, *[period.end] * 4, *owners, *roles, *owners, *days, *HELD, *days]
    return tuple(HostedClass(*row) for row in _rows(statement, values))


def _papers(unit: Unit, period: ReportPeriod) -> tuple[PlanPaper, ...]:
    """The decisions on the unit's own plans; those of units below it are not what its report refers to."""
    latest = PlanSubmission.objects.filter(plan=OuterRef("plan"), state=SubmissionState.APPROVED).order_by("-number")
    opened = Q(lines__line_state=LineState.PLANNED, lines__owner_role=OwnerRole.OPENS)
    rows = (
        PlanSubmission.objects.filter(
            plan__owner=unit, plan__year__in=period.years, pk=Subquery(latest.values("pk")[:1])
        )
        .annotate(classes=Coalesce(Sum("lines__class_count", filter=opened), 0))
        .order_by("decision__issued_on", "pk")
    )
    fields = (
        "plan_id",
        "decision__number",
        "decision__issued_on",
        "decision__issuer_text",
        "decision__subject",
        "classes",
    )
    return tuple(PlanPaper(*row) for row in rows.values_list(*fields))


def _for_classes(statement: str, class_ids: Sequence[int]) -> list[tuple[Any, ...]]:
    if not class_ids:
        return []
    filled = statement.format(join=JOIN_TEXT[connection.vendor], classes=_marks(class_ids), states=_marks(COUNTED))
    return _rows(filled, [*class_ids, *COUNTED])


def _rows(statement: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return cursor.fetchall()


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _whole(number: Any) -> int | None:
    """PostgreSQL sums to Decimal."""
    return None if number is None else int(number)
