"""Who holds a post and does not meet a standard of it, on any day; and what a new rule row would change."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import polars as pl
from django.db.models import Exists, OuterRef, Q, QuerySet

from vuntrong.programmes.queries.columns import current_on, rows
from vuntrong.programmes.queries.filters import any_of, compiled, with_dates
from vuntrong.programmes.queries.rules import RuleSets, read_rule, rule_sets_on, rules_for
from vuntrong.programmes.queries.sweep import Sweep, sweep
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
    return any_of([_holds(post, day) & _answers(rules, day, answer) for (post, _mode), rules in standards.items()])


def _holds(post: str, day: dt.date) -> Q:
    return Q(Exists(Posting.objects.filter(current_on(day), person=OuterRef("pk"), post__code=post)))


def _answers(rules: Collection[RuleSet], day: dt.date, answer: Answer) -> Q:
    """Return who fails a condition of the newest row, or of whom some condition cannot be told and none fails."""
    conditions = max(rules, key=lambda rule: rule.valid_from).conditions
    truths = [condition.truth(day) for condition in conditions]
    fails = any_of([compiled(truth.no, day) for truth in truths])
    if answer is Answer.NOT_ELIGIBLE:
        return fails
    return ~fails & any_of([~compiled(truth.yes, day) for truth in truths])


@dataclass(frozen=True)
class Impact:
    """Whom a rule row admits or burdens who was not, and the other way round: keys of people."""

    day: dt.date
    gained: frozenset[int]
    lost: frozenset[int]


def impact_of(row: RuleRow, people: QuerySet[Person]) -> Impact:
    """Return what changes for `people` on the first day of a row if it comes into force.

    About a programme, gained are those who may attend only by the new row; about a post, those who newly lack its
    standard. As many queries as two sweeps.
    """
    day = row.valid_from
    before = rule_sets_on(day, row.topic)
    course = (row.subject, row.mode)
    now = rules_for(before, *course)
    after = [rule for rule in now if rule.row_id not in {row.follows_id, row.pk}] + [read_rule(row)]
    kept = [rule for rule in now if rule.row_id == row.follows_id and rule.transition]
    found = [_found(people, course, rules, day, row.topic) for rules in (now, [*after, *kept])]
    return Impact(day, found[1] - found[0], found[0] - found[1])


def _found(
    people: QuerySet[Person], course: tuple[str, str], rules: Iterable[RuleSet], day: dt.date, topic: str
) -> frozenset[int]:
    sets = {course: list(rules)}
    if topic == "post-standard":
        return frozenset(gaps_on(people, sets, day).ids()) if sets[course] else frozenset()
    swept = sweep(people, sets, [course], day)
    admitted = swept.verdicts.filter(pl.col("/".join(course)) == WEIGHTS[Answer.ELIGIBLE])
    return frozenset(admitted["id"].to_list()) if sets[course] else frozenset()
