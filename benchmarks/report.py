"""The half-year report of one unit and of a whole province against the bare counting."""

from collections.abc import Iterator

from django.db import connection

from benchmarks.data import centre, province
from benchmarks.timing import Ratio, ratio
from vuntrong.registry.queries import subtree_ids
from vuntrong.reports.queries.figures import training_report
from vuntrong.reports.rules.periods import ReportPeriod, half_year

LIMIT = 1.5
BY_PROGRAMME = """
    SELECT class.programme_id, COUNT(DISTINCT class.id), COUNT(*), COUNT(DISTINCT turn.person_id)
    FROM classes_classrun AS class JOIN classes_enrolment AS turn ON turn.class_run_id = class.id
    WHERE class.owner_id IN ({owners}) AND class.opened_on BETWEEN %s AND %s
      AND class.state IN ('closed', 'running') AND turn.state IN ('completed', 'not_completed', 'studying', 'withdrawn')
    GROUP BY class.programme_id
"""
IN_ALL = """
    SELECT COUNT(*), COUNT(DISTINCT turn.person_id)
    FROM classes_classrun AS class JOIN classes_enrolment AS turn ON turn.class_run_id = class.id
    WHERE class.owner_id IN ({owners}) AND class.opened_on BETWEEN %s AND %s
      AND class.state IN ('closed', 'running') AND turn.state IN ('completed', 'not_completed', 'studying', 'withdrawn')
"""


PLANNED = """
    SELECT SUM(line.class_count) FROM planning_trainingplan AS plan
    JOIN planning_plansubmission AS submission ON submission.plan_id = plan.id
    JOIN planning_submittedline AS line ON line.submission_id = submission.id
    WHERE plan.owner_id IN ({owners}) AND plan.year = %s AND submission.state = 'approved'
      AND line.line_state = 'planned' AND line.owner_role = 'opens'
"""
HOSTED = """
    SELECT class.id, class.cohort, class.mode, class.modules_finished, programme.name, owner.name
    FROM classes_classrole AS role JOIN classes_classrun AS class ON class.id = role.class_run_id
    JOIN programmes_programme AS programme ON programme.id = class.programme_id
    JOIN registry_unit AS owner ON owner.id = class.owner_id
    WHERE role.unit_id IN ({owners}) AND class.owner_id NOT IN ({owners})
      AND class.opened_on <= %s AND (class.closed_on IS NULL OR class.closed_on >= %s)
"""


def bare(unit_id: int, period: ReportPeriod) -> tuple[int, int, int]:
    """Ask the database for what the report must say, and do nothing with it; returns classes, turns, people.

    The units below, counts by programme, counts in all, the plan, hosted classes: a statement each.
    """
    owners = tuple(subtree_ids({unit_id}, period.end))
    marks = ", ".join(["%s"] * len(owners))
    with connection.cursor() as cursor:
        cursor.execute(BY_PROGRAMME.format(owners=marks), [*owners, period.start, period.end])
        classes = sum(row[1] for row in cursor.fetchall())
        cursor.execute(IN_ALL.format(owners=marks), [*owners, period.start, period.end])
        turns, people = cursor.fetchone()
        cursor.execute(PLANNED.format(owners=marks), [*owners, period.start.year])
        cursor.fetchall()
        cursor.execute(HOSTED.format(owners=marks), [*owners, *owners, period.end, period.start])
        cursor.fetchall()
    return classes, turns, people


def run() -> Iterator[Ratio]:
    """Compare, after making sure that both count the same."""
    period = half_year(2022, 1)
    units = {"one centre": centre(period.end), "whole province": province()}
    for name, unit in ((f"half-year report, {which}", unit) for which, unit in units.items()):
        counted = bare(unit.pk, period)
        total = training_report(unit, period).total
        if (total.classes, total.turns, total.learners) != counted:
            raise AssertionError(f"{name}: the report and the bare SQL count differently")
        yield ratio(
            f"{name} ({total.turns} turns)",
            lambda unit=unit: training_report(unit, period),
            lambda unit=unit: bare(unit.pk, period),
            limit=LIMIT,
            runs=15,
        )
