"""One person against the rule rows of a programme: the verdict with every reason, and from when on it will hold."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from vuntrong.programmes.rules.conditions import Condition
from vuntrong.programmes.rules.facts import NEVER_MISSING, field_of, years_later
from vuntrong.programmes.rules.truths import Row, columns_of, is_true


class Answer(StrEnum):
    """The four verdicts."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not-eligible"
    NEEDS_EXCEPTION = "needs-exception"
    MISSING_DATA = "missing-data"


FAILURES: Mapping[str, str] = {
    "age": "age-below",
    "age-at-most": "age-above",
    "party": "party-status",
    "party-time": "party-time-short",
    "degree": "degree-below",
    "gradings": "grading-below",
    "posts": "post-not-covered",
    "level": "level-below",
    "level-below": "level-already-held",
    "completed": "programme-not-completed",
    "not-completed": "programme-already-completed",
    "interval": "interval-too-short",
    "not-studying": "studies-elsewhere",
}
"""The code of the reason when a condition fails."""
MISSING = "missing-data"
NO_RULE = "no-rule"


@dataclass(frozen=True)
class RuleSet:
    """One rule row about a programme as it holds on a day, read from its plain data."""

    row_id: int | None
    code: str
    instrument: str
    """Number of the paper: 350-QĐ/TW."""
    conditions: tuple[Condition, ...]
    mode: str = ""
    """Mode that it is about; empty for every mode."""
    article: str = ""
    confidence: str = "unverified"
    valid_from: dt.date = dt.date.min
    transition: str = ""
    """Why it may still be used beside a newer row; empty where the newer row alone counts."""
    exception_by: str = ""
    """Who may admit somebody in a special case, by a decision of its own."""
    unread: tuple[str, ...] = ()
    """Kinds of conditions that the paper has and that nobody could read: an answer must say so."""


@dataclass(frozen=True)
class Reason:
    """Why somebody may not attend, or what is not known, or who may waive it."""

    code: str
    condition: str
    rule: RuleSet | None
    values: Mapping[str, Any] = field(default_factory=dict)
    waiver: str = ""
    fields: tuple[str, ...] = ()
    """What is missing."""
    holds_from: dt.date | None = None
    """The day from which this condition will hold if nothing else changes."""

    @property
    def confidence(self) -> str:
        """Seen or unverified: of the condition, else of its row."""
        said = self.values.get("confidence")
        return str(said) if said else self.rule.confidence if self.rule else "unverified"


@dataclass(frozen=True)
class Verdict:
    """The answer with all reasons, and the rule rows that were used."""

    answer: Answer
    reasons: tuple[Reason, ...]
    rules: tuple[RuleSet, ...]
    fits_full_time: bool = False
    """Whether the person, too young for this mode, may attend in the full-time mode instead."""

    @property
    def holds_from(self) -> dt.date | None:
        """The day from which the person will be eligible if nothing else changes; None where nobody can say."""
        days = [reason.holds_from for reason in self.reasons]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None


def verdict_on(rules: Sequence[RuleSet], row: Row, day: dt.date) -> Verdict:
    """Judge a person by the rule rows in force on the reference day.

    The newest row decides. An older one that is still in force by a transition clause may admit somebody whom the
    newest does not. Without any row nothing is known.
    """
    if not rules:
        return Verdict(Answer.MISSING_DATA, (Reason(NO_RULE, "", None, {"day": day}),), ())
    ordered = sorted(rules, key=lambda rule: rule.valid_from, reverse=True)
    verdicts = [_by_one_row(rule, row, day) for rule in [ordered[0], *_still_used(ordered)]]
    admitting = [one for one in verdicts if one.answer is Answer.ELIGIBLE]
    return (admitting or verdicts)[0]


def with_full_time(verdict: Verdict, full_time: Sequence[RuleSet], row: Row, day: dt.date) -> Verdict:
    """Say of somebody who is too young whether the rules of the full-time mode admit her."""
    if verdict.answer is not Answer.NOT_ELIGIBLE or not any(one.code == "age-below" for one in verdict.reasons):
        return verdict
    fits = bool(full_time) and verdict_on(full_time, row, day).answer is Answer.ELIGIBLE
    return replace(verdict, fits_full_time=fits)


def _still_used(ordered: Sequence[RuleSet]) -> list[RuleSet]:
    return [rule for rule in ordered[1:] if rule.transition]


def _by_one_row(rule: RuleSet, row: Row, day: dt.date) -> Verdict:
    reasons = [reason for condition in rule.conditions for reason in _reasons(rule, condition, row, day)]
    return Verdict(answer_of(reasons), tuple(reasons), (rule,))


def answer_of(reasons: Sequence[Reason]) -> Answer:
    """Return the verdict that reasons add up to: one that nobody may waive outweighs missing data and waivers."""
    if any(reason.code != MISSING and not reason.waiver for reason in reasons):
        return Answer.NOT_ELIGIBLE
    if any(reason.code == MISSING for reason in reasons):
        return Answer.MISSING_DATA
    return Answer.NEEDS_EXCEPTION if reasons else Answer.ELIGIBLE


def _reasons(rule: RuleSet, condition: Condition, row: Row, day: dt.date) -> list[Reason]:
    truth = condition.truth(day)
    if is_true(truth.yes, row):
        return []
    values = dict(condition.values) | ({"confidence": condition.confidence} if condition.confidence else {})
    if is_true(truth.no, row):
        holds_from = _holds_from(condition, row)
        return [Reason(FAILURES[condition.kind], condition.kind, rule, values, condition.waiver, (), holds_from)]
    if condition.ignores_unknown:
        return []
    fields = _missing_fields(columns_of(truth.yes) | columns_of(truth.no), row)
    return [Reason(MISSING, condition.kind, rule, values, fields=fields)]


def _missing_fields(columns: frozenset[str], row: Row) -> tuple[str, ...]:
    """Return the fields among the columns that are empty or known in part only."""
    read = [column for column in columns if not column.startswith(NEVER_MISSING)]
    return tuple(sorted({field_of(column) for column in read if row.get(column) is None or _is_partial(column, row)}))


def _is_partial(column: str, row: Row) -> bool:
    stem = column.removesuffix("_first").removesuffix("_last")
    return stem != column and row.get(f"{stem}_first") != row.get(f"{stem}_last")


def _holds_from(condition: Condition, row: Row) -> dt.date | None:
    """Return the day on which a condition of time comes true; None for others and for dates known in part."""
    if condition.kind == "age":
        born, sex = row.get("born_first"), row.get("sex")
        if isinstance(born, str) and isinstance(sex, str) and not _is_partial("born_first", row):
            return years_later(born, int(condition.values[sex]))
    return None
