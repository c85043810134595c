"""When a survey may open, what an answer must say, when it is late."""

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from vuntrong.kernel.errors import Violation
from vuntrong.kernel.text import search_key

LARGEST_NUMBER = 9_999
"""People of one unit for one programme; a larger number is a slip of the keyboard."""
NEAR_ENOUGH = 0.6
"""Likeness from which another programme is suggested for an unknown name."""


def is_late(sent_at: dt.datetime, closes_at: dt.datetime) -> bool:
    """Say whether an answer sent at that moment is late; the deadline itself is still in time."""
    return sent_at > closes_at


def unit_total(named: int, number: int) -> int:
    """Return the people whom a unit needs to send to a programme: the greater of names and number.

    The number is the whole number that the unit asks for, its named people included, so the two must never be added.
    A unit that names more people than its number has changed its mind and the names count.
    Source: glossary, term 109: do not add named and unnamed needs blindly.
    """
    return max(named, number)


@dataclass(frozen=True)
class OpeningFacts:
    """What opening a survey depends on."""

    programmes: int
    recipients: int
    closes_at: dt.datetime
    now: dt.datetime


def opening_violations(facts: OpeningFacts) -> list[Violation]:
    """Return why the survey may not open yet; empty means allowed."""
    found = []
    if not facts.programmes:
        found.append(Violation("survey-without-programmes"))
    if not facts.recipients:
        found.append(Violation("survey-without-recipients"))
    return found + deadline_violations(facts.closes_at, facts.now)


def deadline_violations(closes_at: dt.datetime, now: dt.datetime) -> list[Violation]:
    """Return why the moment is no deadline: it must lie in the future."""
    return [] if closes_at > now else [Violation("deadline-passed", "", {"closes_at": closes_at})]


@dataclass(frozen=True)
class EditFacts:
    """What changing a survey depends on. Ids of programmes and units that answers already hold."""

    programmes: Collection[int]
    programmes_needed: Mapping[int, str]
    """Programmes in answers or drafts, with their names."""
    recipients: Collection[int]
    units_begun: Mapping[int, str]
    """Units whose answer or draft exists, with their names."""
    is_draft: bool


def edit_violations(facts: EditFacts) -> list[Violation]:
    """Return why programmes or recipients may not be taken out: what units wrote down must not vanish."""
    found = [
        Violation("programme-has-needs", "", {"programme": name})
        for programme_id, name in facts.programmes_needed.items()
        if programme_id not in facts.programmes
    ]
    found += [
        Violation("recipient-has-answered", "", {"unit": name})
        for unit_id, name in facts.units_begun.items()
        if unit_id not in facts.recipients
    ]
    if not facts.is_draft and not facts.programmes:
        found.append(Violation("survey-without-programmes"))
    if not facts.is_draft and not facts.recipients:
        found.append(Violation("survey-without-recipients"))
    return found


@dataclass(frozen=True)
class NamedPerson:
    """One person named for one programme; `unit_id` is where she works."""

    programme_id: int
    person_id: int
    name: str
    unit_id: int


@dataclass(frozen=True)
class AnswerFacts:
    """What saving or sending an answer depends on."""

    is_open: bool
    is_sent: bool
    is_asked: bool
    offered: Mapping[int, str]
    """Programmes of the survey, with their names."""
    unit_ids: Collection[int]
    """The unit and those below it: whose people it may name."""
    numbers: Mapping[int, int]
    """Number of people by programme, without names."""
    named: Sequence[NamedPerson]
    is_nil: bool
    nil_reason: str
    now: dt.datetime
    closes_at: dt.datetime
    late_reason: str


def saving_violations(facts: AnswerFacts) -> list[Violation]:
    """Return why the answer may not be kept even as a draft; a draft may be incomplete, not wrong."""
    if refused := _closed_violations(facts):
        return refused
    return _number_violations(facts) + _people_violations(facts)


def sending_violations(facts: AnswerFacts) -> list[Violation]:
    """Return why the answer may not be sent; empty means allowed."""
    if refused := _closed_violations(facts):
        return refused
    return _number_violations(facts) + _people_violations(facts) + _completeness_violations(facts)


def _closed_violations(facts: AnswerFacts) -> list[Violation]:
    if not facts.is_asked:
        return [Violation("unit-not-asked")]
    if facts.is_sent:
        return [Violation("answer-already-sent")]
    if not facts.is_open:
        return [Violation("survey-not-open")]
    return []


def _number_violations(facts: AnswerFacts) -> list[Violation]:
    found = []
    for programme_id, number in facts.numbers.items():
        if programme_id not in facts.offered:
            found.append(Violation("programme-not-offered", "", {"programme": programme_id}))
        elif not 0 <= number <= LARGEST_NUMBER:
            values = {"programme": facts.offered[programme_id], "number": number, "limit": LARGEST_NUMBER}
            found.append(Violation("number-out-of-range", "", values))
    return found


def _people_violations(facts: AnswerFacts) -> list[Violation]:
    found = [
        Violation("programme-not-offered", "", {"programme": programme_id})
        for programme_id in sorted({one.programme_id for one in facts.named} - set(facts.offered))
    ]
    found += [
        Violation("person-of-other-unit", "", {"name": one.name})
        for one in facts.named
        if one.unit_id not in facts.unit_ids
    ]
    times = Counter((one.programme_id, one.person_id) for one in facts.named)
    names = {one.person_id: one.name for one in facts.named}
    found += [
        Violation("person-twice", "", {"name": names[person_id], "programme": facts.offered.get(programme_id, "")})
        for (programme_id, person_id), count in times.items()
        if count > 1
    ]
    return found


def _completeness_violations(facts: AnswerFacts) -> list[Violation]:
    found = []
    has_needs = bool(facts.named) or any(facts.numbers.values())
    if facts.is_nil and has_needs:
        found.append(Violation("nil-with-needs"))
    if facts.is_nil and not facts.nil_reason.strip():
        found.append(Violation("nil-without-reason"))
    if not facts.is_nil and not has_needs:
        found.append(Violation("nothing-answered"))
    if is_late(facts.now, facts.closes_at) and not facts.late_reason.strip():
        found.append(Violation("late-without-reason", "", {"closes_at": facts.closes_at}))
    return found


def recall_violations(*, is_open: bool, now: dt.datetime, closes_at: dt.datetime) -> list[Violation]:
    """Return why a unit may not take its own sent answer back: after the deadline only the owner sends it back."""
    if not is_open:
        return [Violation("survey-not-open")]
    return [Violation("recall-after-deadline", "", {"closes_at": closes_at})] if is_late(now, closes_at) else []


def send_back_violations(*, is_open: bool, reason: str) -> list[Violation]:
    """Return why the owner may not send an answer back: the unit must be able to answer again and know why."""
    found = [] if reason.strip() else [Violation("send-back-without-reason")]
    return found if is_open else [*found, Violation("survey-not-open")]


@dataclass(frozen=True)
class ProgrammeMatch:
    """The programme that a text means, or the violation with the nearest one."""

    programme_id: int | None = None
    violation: Violation | None = None


def match_programme(text: str, offered: Mapping[str, int]) -> ProgrammeMatch:
    """Decide which programme is meant. `offered` are ids by search key of name, short name and code.

    A name that is not offered is never guessed; the nearest one is suggested (by its key).
    """
    key = search_key(text)
    if key in offered:
        return ProgrammeMatch(offered[key])
    near = difflib.get_close_matches(key, list(offered), n=1, cutoff=NEAR_ENOUGH)
    suggestion = offered[near[0]] if near else None
    return ProgrammeMatch(violation=Violation("programme-unknown", "", {"text": text, "suggestion": suggestion}))
