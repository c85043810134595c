"""The rules about programmes that are in force on a day."""

import datetime as dt
from collections.abc import Iterable

from vuntrong.programmes.rules.conditions import read_conditions
from vuntrong.programmes.rules.verdicts import RuleSet
from vuntrong.regulations.enums import RuleTopic
from vuntrong.regulations.models import RuleRow
from vuntrong.regulations.queries import rules_on

ELIGIBILITY, STANDARD = TOPICS = (RuleTopic.ELIGIBILITY.value, RuleTopic.POST_STANDARD.value)
RuleSets = dict[tuple[str, str], list[RuleSet]]
"""Rule rows by (code of a programme or post, mode)."""


def rule_sets_on(day: dt.date, topic: str = ELIGIBILITY) -> RuleSets:
    """Return the rule rows in force by (subject, mode); the mode is empty for rows about every mode. 1 query."""
    found: RuleSets = {}
    for row in rules_on(day, topic):
        found.setdefault((row.subject, row.mode), []).append(read_rule(row))
    return found


def rules_by_topic(day: dt.date) -> tuple[RuleSets, RuleSets]:
    """Return the rules about programmes and those about posts, each by (subject, mode). 1 query."""
    found: dict[str, RuleSets] = {topic: {} for topic in TOPICS}
    for row in rules_on(day).filter(topic__in=TOPICS):
        found[row.topic].setdefault((row.subject, row.mode), []).append(read_rule(row))
    return found[ELIGIBILITY], found[STANDARD]


def rules_for(sets: RuleSets, subject: str, mode: str) -> list[RuleSet]:
    """Return the rule rows about a programme in a mode, those about every mode included."""
    modes: Iterable[str] = dict.fromkeys([mode, ""])
    return [rule for one in modes for rule in sets.get((subject, one), [])]


def read_rule(row: RuleRow) -> RuleSet:
    """Read the values of a rule row. Raises BadCondition for values that nobody proposed through our actions."""
    return RuleSet(
        row_id=row.pk,
        code=row.code,
        instrument=row.instrument.number,
        conditions=read_conditions(row.values.get("conditions", [])),
        mode=row.mode,
        article=row.article,
        confidence=row.confidence,
        valid_from=row.valid_from,
        transition=row.transition,
        exception_by=row.values.get("exception_by", ""),
        unread=tuple(row.values.get("unknown", [])),
    )


def reference_day(begins: dt.date) -> dt.date:
    """Return the day on which people are judged for a class that begins on a day, by the newest rule of that day.

    The rule says `opening`, the first day itself, or MM-DD: that day in the year of the first day. Without a rule
    it is the first day. 1 query.
    """
    row = rules_on(begins, RuleTopic.REFERENCE_DAY).order_by("-valid_from").first()
    said = row.values.get("day", OPENING) if row else OPENING
    return begins if said == OPENING else dt.date.fromisoformat(f"{begins.year}-{said}")


OPENING = "opening"
