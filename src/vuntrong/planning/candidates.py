"""Who should go first among those who may attend: the visible order of a list of candidates."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Case, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When

from vuntrong.planning.models import TrainingNeed
from vuntrong.programmes.queries.filters import with_dates
from vuntrong.programmes.queries.gaps import lacks
from vuntrong.programmes.queries.rules import RuleSets
from vuntrong.programmes.rules.verdicts import RuleSet
from vuntrong.registry.models import Person, PlannedPost


def ranked(
    people: QuerySet[Person], programme: str, rules: Sequence[RuleSet], standards: RuleSets, day: dt.date
) -> QuerySet[Person]:
    """Add what decides who goes first, and sort by it; the reasons are columns that a list shows.

    `lacks_standard`: holds a post whose standard the person does not meet and the programme would mend. `is_planned`:
    is planned for a post of the programme. `waits_since`: year of the first survey in which the unit named the person
    for the programme. Order: lacks a standard, is planned, waits longest, then the order of names.
    """
    planned = PlannedPost.objects.filter(post__code__in=_planned_codes(rules)).order_by()
    needs = TrainingNeed.objects.filter(person=OuterRef("pk"), programme__code=programme)
    first = needs.values("person").annotate(first=Min("answer__survey__year")).values("first")
    found = with_dates(people).annotate(
        lacks_standard=_flag(lacks(standards, day)),
        is_planned=_flag(Q(pk__in=planned.values("person"))),
        waits_since=Subquery(first, output_field=IntegerField()),
    )
    return found.order_by("-lacks_standard", "-is_planned", F("waits_since").asc(nulls_last=True), "sort_key", "pk")


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _planned_codes(rules: Sequence[RuleSet]) -> list[str]:
    posts = [one.values for rule in rules for one in rule.conditions if one.kind == "posts"]
    return sorted({code for values in posts for code in values.get("planned", ())})
