"""Everybody in the province against every rule in force, with the state of every condition; and one person."""

import datetime as dt
from collections.abc import Iterator, Sequence

import polars as pl
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.timing import Queries, Ratio, ratio
from vuntrong.programmes.models import Programme
from vuntrong.programmes.queries.rules import RuleSets, rule_sets_on
from vuntrong.programmes.queries.sweep import Course, Sweep, sweep
from vuntrong.programmes.rules.frames import judged, verdict_of
from vuntrong.registry.models import Person

DAY = dt.date(2026, 11, 15)
LIMIT = 2.0
ONE_LIMIT = 12
PEOPLE = """
    SELECT id, sex, born_on, ethnicity_id, party_status, degree, political_level, post_text, unit_id
    FROM registry_person
"""
POSTS = """
    SELECT posting.person_id, post.code FROM registry_posting AS posting
    JOIN registry_post AS post ON post.id = posting.post_id
    WHERE (posting.valid_from IS NULL OR posting.valid_from <= %s)
      AND (posting.valid_to IS NULL OR posting.valid_to >= %s)
"""
PLANNED = """
    SELECT planned.person_id, post.code FROM registry_plannedpost AS planned
    JOIN registry_post AS post ON post.id = planned.post_id
"""
GRADINGS = "SELECT person_id, year, grade FROM registry_yearlygrading WHERE year IN (%s, %s)"
COMPLETED = """
    SELECT DISTINCT turn.person_id, programme.code FROM classes_enrolment AS turn
    JOIN classes_classrun AS class ON class.id = turn.class_run_id
    JOIN programmes_programme AS programme ON programme.id = class.programme_id
    WHERE turn.state = 'completed' AND programme.code IN ('dang-vien-moi', 'nhan-thuc-ve-dang')
"""
STUDYING = """
    SELECT DISTINCT turn.person_id FROM classes_enrolment AS turn
    JOIN classes_classrun AS class ON class.id = turn.class_run_id
    WHERE turn.state = 'studying' AND class.state IN ('open', 'running') AND turn.enrolled_on <= %s
"""


def run() -> Iterator[Ratio | Queries]:
    """Measure the sweep of everybody, and the queries of one person."""
    sets, courses = _asked()
    ready = sweep(Person.objects.all(), sets, courses, DAY)
    name = f"{ready.table.height} people, {len(courses)} courses, with reasons"
    yield ratio(
        name,
        lambda: sweep(Person.objects.all(), sets, courses, DAY),
        lambda: _floor(ready, courses),
        limit=LIMIT,
        runs=5,
    )
    keys = Person.objects.order_by("pk").values_list("pk", flat=True)
    few, many = (_queries(key, sets, courses) for key in (keys[0], keys[len(keys) // 2]))
    yield Queries("one person, all programmes", few, many, ONE_LIMIT)


def _asked() -> tuple[RuleSets, list[Course]]:
    sets = rule_sets_on(DAY)
    ruled = {code for code, _mode in sets}
    codes = Programme.objects.filter(code__in=ruled).values_list("code", flat=True)
    return sets, [(code, mode) for code in codes for mode in ("part_time", "full_time")]


def _floor(ready: Sweep, courses: Sequence[Course]) -> pl.DataFrame:
    """Read the same columns as plain tuples into tables, then judge a table that is ready by the same conditions."""
    years = (DAY.year - 1, DAY.year - 2)
    read = [(PEOPLE, ()), (POSTS, (DAY, DAY)), (PLANNED, ()), (GRADINGS, years), (COMPLETED, ()), (STUDYING, (DAY,))]
    for statement, values in read:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            pl.DataFrame(cursor.fetchall(), orient="row", infer_schema_length=None)
    return ready.table.lazy().select("id", *_kernel(ready, courses)).collect()


def _kernel(ready: Sweep, courses: Sequence[Course]) -> Iterator[pl.Expr]:
    known = ready.table.columns
    for number, course in enumerate(courses):
        rules = ready.courses[course]
        yield verdict_of(rules, DAY, ready.bits, known).alias(f"verdict {number}")
        if rules:
            newest = max(rules, key=lambda rule: rule.valid_from)
            states = judged(newest, DAY, ready.bits, known).states
            yield from (state.alias(f"state {number} {at}") for at, state in enumerate(states))


def _queries(key: int, sets: RuleSets, courses: Sequence[Course]) -> int:
    with CaptureQueriesContext(connection) as made:
        one = sweep(Person.objects.filter(pk=key), sets, courses, DAY)
        for course in courses:
            one.verdict(course, key)
    return len(made) + 1  # and the rules themselves
