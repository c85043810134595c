"""Requests of people about their own data: by when, what is missing, what the record allows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from vuntrong.kernel.errors import Violation
from vuntrong.kernel.workdays import WorkCalendar
from vuntrong.registry.enums import RequestEffect, RequestKind

DECREE = "Nghị định 356/2025/NĐ-CP"
ANSWER, EXTENSION = "privacy-answer", "privacy-extension"
EFFECTS: Mapping[str, frozenset[RequestEffect]] = {
    RequestKind.SEE: frozenset({RequestEffect.NONE}),
    RequestKind.CORRECT: frozenset({RequestEffect.NONE}),
    RequestKind.RESTRICT: frozenset({RequestEffect.RESTRICT}),
    RequestKind.OBJECT: frozenset({RequestEffect.NONE, RequestEffect.RESTRICT}),
    RequestKind.DELETE: frozenset({RequestEffect.RESTRICT, RequestEffect.ANONYMISE}),
}
"""What may be done to the record on each kind of request. A record is never deleted: it belongs to an archive."""


@dataclass(frozen=True)
class Term:
    """So many days, counted as working days or as days of the calendar."""

    days: int
    is_working: bool

    def end(self, start: dt.date, calendar: WorkCalendar) -> dt.date:
        """Return its last day; the day on which it begins does not count."""
        count = calendar.after_working_days if self.is_working else calendar.after_calendar_days
        return count(start, self.days)


@dataclass(frozen=True)
class Clocks:
    """By when the person must be answered, and by when it must be done."""

    answer_by: dt.date
    carry_out_by: dt.date


def term_code(kind: str, *, has_processor: bool) -> str:
    """Return the code of the term within which a request of `kind` is carried out."""
    return f"privacy-{kind}{'-processor' if has_processor else ''}"


def clocks(
    kind: str, received_on: dt.date, *, has_processor: bool, terms: Mapping[str, Term], calendar: WorkCalendar
) -> Clocks:
    """Return the days of a request. Raises KeyError where a term is in no row."""
    carry_out = terms[term_code(kind, has_processor=has_processor)]
    return Clocks(terms[ANSWER].end(received_on, calendar), carry_out.end(received_on, calendar))


@dataclass(frozen=True)
class NewRequestFacts:
    """What decides whether a request may be entered."""

    received_on: dt.date
    today: dt.date
    text: str
    is_anonymous: bool
    has_same_open: bool


def new_request_violations(facts: NewRequestFacts) -> list[Violation]:
    """Return every reason why the request may not be entered."""
    found = []
    if facts.received_on > facts.today:
        found.append(Violation("request-in-future", "", {"received_on": facts.received_on}))
    if not facts.text:
        found.append(Violation("request-without-text"))
    if facts.is_anonymous:
        found.append(Violation("record-anonymous"))
    if facts.has_same_open:
        found.append(Violation("request-open-already"))
    return found


@dataclass(frozen=True)
class ExtensionFacts:
    """What decides whether the term of a request may be extended, once."""

    carry_out_by: dt.date
    extended_to: dt.date | None
    wanted: dt.date
    latest: dt.date
    reason: str


def extension_violations(facts: ExtensionFacts) -> list[Violation]:
    """Return every reason why the term may not be extended so. Source: Decree 356/2025/NĐ-CP (one extension)."""
    found = []
    if facts.extended_to is not None:
        found.append(Violation("request-extended-already", DECREE, {"until": facts.extended_to}))
    if facts.wanted <= facts.carry_out_by:
        found.append(Violation("extension-too-short", "", {"until": facts.carry_out_by}))
    if facts.wanted > facts.latest:
        found.append(Violation("extension-too-long", DECREE, {"latest": facts.latest}))
    if not facts.reason:
        found.append(Violation("reason-missing"))
    return found


def answer_violations(text: str) -> list[Violation]:
    """Return what is missing in the answer, the outcome or the refusal."""
    return [] if text else [Violation("request-answer-missing", DECREE)]


def effect_violations(kind: str, effect: str) -> list[Violation]:
    """Return why a request of `kind` cannot end with `effect`."""
    return [] if effect in EFFECTS[kind] else [Violation("effect-not-for-kind", "", {"effect": effect})]


@dataclass(frozen=True)
class SealFacts:
    """What decides whether a record may be restricted, opened again, or made anonymous."""

    is_restricted: bool
    is_anonymous: bool
    reason: str


def restriction_violations(facts: SealFacts) -> list[Violation]:
    """Return every reason why the record may not be restricted."""
    is_again = facts.is_restricted and not facts.is_anonymous
    return _common(facts) + ([Violation("record-restricted")] if is_again else [])


def lifting_violations(facts: SealFacts) -> list[Violation]:
    """Return every reason why the restriction may not be lifted."""
    return _common(facts) + ([] if facts.is_restricted or facts.is_anonymous else [Violation("record-not-restricted")])


def erasure_violations(facts: SealFacts) -> list[Violation]:
    """Return every reason why the record may not be made anonymous."""
    return _common(facts)


def _common(facts: SealFacts) -> list[Violation]:
    found = [Violation("record-anonymous")] if facts.is_anonymous else []
    return found + ([] if facts.reason else [Violation("reason-missing")])
