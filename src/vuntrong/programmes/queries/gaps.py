"""Who holds a post and does not meet a standard of it, on any day; and what a new rule row would change."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import polars as pl
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from vuntrong.programmes.queries.columns import current_on, rows
from vuntrong.programmes.queries.filters import NOBODY, admits, answered, any_of, with_dates
from vuntrong.programmes.queries.rules import STANDARD, RuleSets, read_rule, rule_sets_on, rules_for
from vuntrong.programmes.queries.sweep import Course, Sweep, sweep
from vuntrong.programmes.rules.frames import WEIGHTS
from vuntrong.programmes.rules.verdicts import Answer, RuleSet
from vuntrong.registry.models import Person, Posting
from vuntrong.regulations.models import RuleRow

GAPS = (Answer.NOT_ELIGIBLE, Answer.MISSING_DATA)
"""A standard that is surely not met, and one of which nothing is known."""


@dataclass(frozen=True)
class Gaps:
    """The gap list of a day. `table` has a row for each person and post: id, unit, post, weight (frames.WEIGHTS)."""

    swept: Sweep
    table: pl.DataFrame

    def ids(self, answer: Answer = Answer.NOT_ELIGIBLE) -> list[int]:
        """Return the people with that answer about some post of theirs."""
        chosen = self.table.filter(pl.col("weight") == WEIGHTS[answer])
        return chosen["id"].unique().sort().to_list()

    def by_post(self) -> pl.DataFrame:
        """Return (post, weight, people) for each post and answer."""
        return self.table.group_by("post", "weight").agg(pl.col("id").n_unique().alias("people")).sort("post", "weight")


def gaps_on(people: QuerySet[Person], standards: RuleSets, day: dt.date) -> Gaps:
    """Return the gap list of `people`: every post of the standards that somebody holds and does not surely meet.

    2 queries besides those of `sweep`, which judges the holders only.
    """
    posts = sorted({post for post, _mode in standards})
    held = Posting.objects.filter(current_on(day), post__code__in=posts)
    holders = people.filter(Exists(held.filter(person=OuterRef("pk"))))
    swept = sweep(holders, standards, [(post, "") for post in posts], day)
    postings = rows(
        held.filter(person__in=holders).order_by().values_list("person_id", "unit_id", "post__code").distinct(),
        {"id": pl.Int64, "unit": pl.Int64, "post": pl.String},
    )
    weights = swept.verdicts.select("id", *(pl.col(f"{post}/").alias(post) for post in posts))
    long = weights.unpivot(index="id", variable_name="post", value_name="weight")
    heavy = [WEIGHTS[answer] for answer in GAPS]
    table = postings.join(long, on=["id", "post"]).filter(pl.col("weight").is_in(heavy))
    return Gaps(swept, table.sort("id", "post"))


def lacking(people: QuerySet[Person], standards: RuleSets, day: dt.date, answer: Answer) -> QuerySet[Person]:
    """Keep those who hold a post of the standards and answer so to it, as a filter of the database."""
    return with_dates(people).filter(lacks(standards, day, answer))


def lacks(standards: RuleSets, day: dt.date, answer: Answer = Answer.NOT_ELIGIBLE) -> Q:
    """Return who holds a post of the standards and answers so to it, for people that `with_dates` has prepared."""
    posts = sorted({post for post, _mode in standards})
    held = Posting.objects.filter(current_on(day), post__code__in=posts).order_by()
    holds_any = Q(pk__in=held.values("person"))  # one set for all, before each person is asked post by post
    by_post = [_holds(post, day) & answered(rules, day, answer) for (post, _mode), rules in standards.items()]
    return holds_any & any_of(by_post)


def _holds(post: str, day: dt.date) -> Q:
    return Q(Exists(Posting.objects.filter(current_on(day), person=OuterRef("pk"), post__code=post)))


@dataclass(frozen=True)
class Impact:
    """Whom a rule row admits or burdens who was not, and the other way round: keys of people."""

    day: dt.date
    gained: frozenset[int]
    lost: frozenset[int]


def impact_of(row: RuleRow, people: QuerySet[Person]) -> Impact:
    """Return what changes for `people` on the first day of a row if it comes into force.

    About a programme, gained are those who may attend only by the new row; about a post, those who newly lack its
    standard. As many queries as one sweep, and two.
    """
    sides = sides_of(row)
    if row.topic == STANDARD:
        people = people.filter(_holds(row.subject, sides.day))
    courses: dict[Course, list[RuleSet]] = {("before", ""): sides.before, ("after", ""): sides.after}
    swept = sweep(people, courses, courses, sides.day)
    before, after = (_counting(swept, course, row.topic) for course in courses)
    return Impact(sides.day, after - before, before - after)


GAINED, LOST = "gained", "lost"


def changed_by(row: RuleRow, people: QuerySet[Person]) -> QuerySet[Person]:
    """Keep those whom `impact_of` counts, with `side` saying how (GAINED or LOST). 1 query for the rules."""
    sides = sides_of(row)
    says = _lacks_by(row.subject, sides.day) if row.topic == STANDARD else partial(admits, day=sides.day)
    before, after = says(sides.before), says(sides.after)
    side = Case(When(after & ~before, then=Value(GAINED)), When(before & ~after, then=Value(LOST)), default=Value(""))
    return with_dates(people).annotate(side=side).exclude(side="")


@dataclass(frozen=True)
class Sides:
    """The rules about one subject on the first day of a row, without the row and with it."""

    day: dt.date
    before: list[RuleSet]
    after: list[RuleSet]


def sides_of(row: RuleRow) -> Sides:
    """Return what holds on the first day of a row without it and with it. 1 query."""
    now = rules_for(rule_sets_on(row.valid_from, row.topic), row.subject, row.mode)
    before = [rule for rule in now if rule.row_id != row.pk]
    kept = [rule for rule in before if rule.row_id != row.follows_id or rule.transition]
    return Sides(row.valid_from, before, [*kept, read_rule(row)])


def _counting(swept: Sweep, course: Course, topic: str) -> frozenset[int]:
    """Return those who may attend by one side, or who lack the standard by it; nobody where no rule is in force."""
    if not swept.courses[course]:
        return frozenset()
    answer = Answer.NOT_ELIGIBLE if topic == STANDARD else Answer.ELIGIBLE
    return frozenset(swept.verdicts.filter(pl.col("/".join(course)) == WEIGHTS[answer])["id"].to_list())


def _lacks_by(post: str, day: dt.date) -> Callable[[list[RuleSet]], Q]:
    return lambda rules: lacks({(post, ""): rules}, day) if rules else NOBODY
