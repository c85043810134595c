"""The conditions of rules as filters of the database: for pages that list and count."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Length, Substr

from vuntrong.programmes.queries.columns import DATES, MAJORITY, current_on
from vuntrong.programmes.rules.conditions import Condition
from vuntrong.programmes.rules.truths import After, AllOf, AnyOf, AtMost, Atom, Holds, HoldsNone, Missing, OneOf, Test
from vuntrong.programmes.rules.verdicts import Answer, RuleSet
from vuntrong.registry.models import PartyMembership, Person, PlannedPost, Posting, YearlyGrading
from vuntrong.registry.queries import in_hard_area

TEXTS = {"sex": "sex", "party_status": "party_status", "degree": "degree", "llct_level": "political_level"}
NOBODY = Q(pk__in=[])
EVERYBODY = ~NOBODY
"""An empty Q would vanish in an "or" instead of making it true."""
SetFilter = Callable[[frozenset[str] | None, dt.date], Exists]
"""Whether a person has one of the codes; with None whether she has any at all."""
SETS: dict[str, SetFilter] = {}
"""Set columns that packages above this one fill in when they start."""
FLAGS: dict[str, Callable[[dt.date], Exists]] = {}
"""Columns that say yes or nothing, filled in by packages above: studying."""
ENDED: list[Callable[[str, str | None], Exists]] = []
"""Whether a person has completed the programme of a code, after a day (ISO text) where one is given."""


def with_dates(people: QuerySet[Person]) -> QuerySet[Person]:
    """Add the earliest and latest day of partial dates as texts, empty where nothing is known."""
    born = Coalesce(Cast("born_on", CharField(max_length=10)), Value(""))
    found = people.annotate(_born=born).annotate(
        born_first=_filled("_born", "-01-01"), born_last=_filled("_born", "-12-31")
    )
    for stem, field in DATES.items():
        members = PartyMembership.objects.filter(person=OuterRef("pk"), ended_on=None).order_by(f"-{field}")
        text = Coalesce(Cast(members.values(field)[:1], CharField(max_length=10)), Value(""))
        found = found.annotate(**{f"_{stem}": text}).annotate(
            **{f"{stem}_first": _filled(f"_{stem}", "-01-01"), f"{stem}_last": _filled(f"_{stem}", "-12-31")}
        )
    return found


def _filled(name: str, end: str) -> Case:
    """Return the text with the rest of `end` behind it: 1990 becomes 1990-01-01; empty stays empty."""
    rest = Substr(Value(end), Length(name) - 3)
    return Case(When(**{name: ""}, then=Value("")), default=Concat(name, rest, output_field=CharField()))


def by_answer(people: QuerySet[Person], rules: Sequence[RuleSet], day: dt.date, answer: Answer) -> QuerySet[Person]:
    """Keep those whom the rules in force answer so, as `verdicts.verdict_on` judges one person."""
    return with_dates(people).filter(answered(rules, day, answer))


def answered(rules: Sequence[RuleSet], day: dt.date, answer: Answer) -> Q:
    """Return whom the rules in force answer so, for people that `with_dates` has prepared."""
    if not rules:
        return EVERYBODY if answer is Answer.MISSING_DATA else NOBODY
    if answer is Answer.ELIGIBLE:
        return admits(rules, day)
    newest = max(rules, key=lambda rule: rule.valid_from)
    of_newest = _by_newest(newest, day, answer)
    excludes_itself = answer is not Answer.NEEDS_EXCEPTION and _used(rules) == [newest]
    return of_newest if excludes_itself else ~admits(rules, day) & of_newest


def admits(rules: Sequence[RuleSet], day: dt.date) -> Q:
    """Return whom the rules in force admit, for people that `with_dates` has prepared; nobody without rules.

    The newest row admits, and every older one that a transition clause keeps.
    """
    if not rules:
        return NOBODY
    return any_of([_admitted(rule, day) for rule in _used(rules)])


def _used(rules: Sequence[RuleSet]) -> list[RuleSet]:
    """Return the newest row and those that a transition clause keeps beside it."""
    ordered = sorted(rules, key=lambda rule: rule.valid_from, reverse=True)
    return [ordered[0], *(rule for rule in ordered[1:] if rule.transition)]


def eligible(people: QuerySet[Person], rules: Sequence[RuleSet], day: dt.date) -> QuerySet[Person]:
    """Keep those whom the rules in force admit without an exception."""
    return by_answer(people, rules, day, Answer.ELIGIBLE)


def _admitted(rule: RuleSet, day: dt.date) -> Q:
    return all_of([_passes(condition, day) for condition in rule.conditions])


def _by_newest(rule: RuleSet, day: dt.date, answer: Answer) -> Q:
    """Return who is not admitted, and why: the heaviest state of a condition is the verdict."""
    fails = any_of([compiled(one.truth(day).no, day) for one in rule.conditions if not one.waiver])
    unknown = any_of([_is_unknown(one, day) for one in rule.conditions if not one.ignores_unknown])
    return {
        Answer.NOT_ELIGIBLE: fails,
        Answer.MISSING_DATA: ~fails & unknown,
        Answer.NEEDS_EXCEPTION: ~fails & ~unknown,
    }[answer]


def _is_unknown(condition: Condition, day: dt.date) -> Q:
    truth = condition.truth(day)
    return ~compiled(truth.yes, day) & ~compiled(truth.no, day)


def _passes(condition: Condition, day: dt.date) -> Q:
    truth = condition.truth(day)
    return ~compiled(truth.no, day) if condition.ignores_unknown else compiled(truth.yes, day)


def all_of(parts: Sequence[Q]) -> Q:
    """Return the conjunction; everybody without parts."""
    found = EVERYBODY
    for part in parts:
        found &= part
    return found


def any_of(parts: Sequence[Q]) -> Q:
    """Return the disjunction; nobody without parts."""
    found = NOBODY
    for part in parts:
        found |= part
    return found


def compiled(test: Test, day: dt.date) -> Q:
    """Return a test as a filter over people that `with_dates` has prepared."""
    if isinstance(test, AllOf):
        return all_of([compiled(part, day) for part in test.parts])
    if isinstance(test, AnyOf):
        return any_of([compiled(part, day) for part in test.parts])
    return _atom(test, day)


def _atom(test: Atom, day: dt.date) -> Q:
    column = test.column
    if column in TEXTS:
        return _text(test, TEXTS[column])
    if column in PLAIN:
        return PLAIN[column](test, day)
    if column.startswith("grading:"):
        return _grading(test, int(column.removeprefix("grading:")))
    if column in {"posts", "planned_posts"} | SETS.keys():
        return _set(test, day)
    if column in FLAGS:
        return Q(FLAGS[column](day)) if isinstance(test, OneOf) and "yes" in test.values else ~Q(FLAGS[column](day))
    if column.endswith(("_first", "_last")):
        return _date(test)
    if column.startswith("ended:") and ENDED:
        return _ended(test, column.removeprefix("ended:"))
    return EVERYBODY if isinstance(test, Missing) else NOBODY


def _text(test: Atom, field: str) -> Q:
    return Q(**{f"{field}__in": sorted(test.values)}) if isinstance(test, OneOf) else Q(**{field: ""})


def _minority(test: Atom, _day: dt.date) -> Q:
    if isinstance(test, Missing):
        return Q(ethnicity__isnull=True)
    values = test.values if isinstance(test, OneOf) else frozenset()
    found = NOBODY
    if "no" in values:
        found |= Q(ethnicity_id=MAJORITY)
    if "yes" in values:
        found |= Q(ethnicity__isnull=False) & ~Q(ethnicity_id=MAJORITY)
    return found


def _hard_area(test: Atom, day: dt.date) -> Q:
    """Read an area as "yes" or nothing: only where somebody said so."""
    lies_there = Q(unit_id__in=in_hard_area(day))
    if isinstance(test, Missing):
        return ~lies_there
    return lies_there if isinstance(test, OneOf) and "yes" in test.values else NOBODY


PLAIN: Mapping[str, Callable[[Atom, dt.date], Q]] = {"minority": _minority, "hard_area": _hard_area}


def _grading(test: Atom, year: int) -> Q:
    of_year = YearlyGrading.objects.filter(person=OuterRef("pk"), year=year)
    if isinstance(test, OneOf):
        return Q(Exists(of_year.filter(grade__in=sorted(test.values))))
    return ~Q(Exists(of_year))


def _date(test: Atom) -> Q:
    known = ~Q(**{test.column: ""})
    if isinstance(test, AtMost):
        return known & Q(**{f"{test.column}__lte": test.bound})
    return known & Q(**{f"{test.column}__gt": test.bound}) if isinstance(test, After) else ~known


def _ended(test: Atom, programme: str) -> Q:
    [ended] = ENDED
    if isinstance(test, After):
        return Q(ended(programme, test.bound))
    ever = Q(ended(programme, None))
    return ever & ~Q(ended(programme, test.bound)) if isinstance(test, AtMost) else ~ever


def _set(test: Atom, day: dt.date) -> Q:
    holder = {"posts": _holds_post, "planned_posts": _is_planned, **SETS}[test.column]
    if isinstance(test, Holds):
        return Q(holder(test.codes, day))
    known = _posts_known(day) if test.column == "posts" else EVERYBODY
    return known & ~Q(holder(test.codes, day)) if isinstance(test, HoldsNone) else ~known


def _holds_post(codes: frozenset[str] | None, day: dt.date) -> Exists:
    held = Posting.objects.filter(current_on(day), person=OuterRef("pk"), post__isnull=False)
    return Exists(held if codes is None else held.filter(post__code__in=sorted(codes)))


def _posts_known(day: dt.date) -> Q:
    return Q(_holds_post(None, day)) | Q(post_text="")


def _is_planned(codes: frozenset[str] | None, _day: dt.date) -> Exists:
    planned = PlannedPost.objects.filter(person=OuterRef("pk"), post__isnull=False)
    return Exists(planned if codes is None else planned.filter(post__code__in=sorted(codes)))
