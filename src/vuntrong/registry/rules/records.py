"""What a row in the record of a person may say. Dates are ISO texts, perhaps cut short; what is unknown is empty."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vuntrong.kernel.errors import Violation
from vuntrong.kernel.text import search_key
from vuntrong.registry.enums import PartyStatus
from vuntrong.registry.rules.levels import LEVELS

Values = Mapping[str, Any]


@dataclass(frozen=True)
class RecordFacts:
    """A row as it would be, the other rows of its kind that the person has, and what else decides."""

    values: Values
    others: Sequence[Values] = ()
    today: str = ""
    full_name: str = ""


def record_violations(table: str, facts: RecordFacts) -> list[Violation]:
    """Return every reason why the row may not stand in the record; `table` is one of the person's tables of rows."""
    return RULES[table](facts)


def is_reversed(start: str, end: str) -> bool:
    """Say whether a period certainly ends before it starts: 03/2020 to 2019, not 03/2020 to 2020."""
    shared = min(len(start), len(end))
    return bool(start and end) and end[:shared] < start[:shared]


def _period(values: Values, first: str, last: str) -> list[Violation]:
    start, end = str(values.get(first) or ""), str(values.get(last) or "")
    return [Violation("record-reversed", "", {"first": first, "last": last})] if is_reversed(start, end) else []


def _dated(facts: RecordFacts) -> list[Violation]:
    return _period(facts.values, "valid_from", "valid_to")


def _named_post(facts: RecordFacts) -> list[Violation]:
    found = _dated(facts)
    if not (facts.values.get("post") or facts.values.get("post_text")):
        found.append(Violation("record-without-post"))
    return found


def _party(facts: RecordFacts) -> list[Violation]:
    values = facts.values
    found = _period(values, "probationary_on", "full_on") + _period(values, "full_on", "ended_on")
    found += _period(values, "probationary_on", "ended_on")
    for name in ("probationary_on", "full_on", "ended_on"):
        day = str(values.get(name) or "")
        if facts.today and day > facts.today[: len(day)]:
            found.append(Violation("record-in-future", "", {"field": name}))
    if not values.get("ended_on") and any(not other.get("ended_on") for other in facts.others):
        found.append(Violation("party-still-member"))
    return found


def _qualification(facts: RecordFacts) -> list[Violation]:
    values = facts.values
    known = LEVELS.get(values.get("kind", ""), ())
    level = values.get("level", "")
    found = _period(values, "studied_from", "studied_to") + _period(values, "studied_from", "issued_on")
    if known and not level:
        found.append(Violation("level-missing"))
    if known and level and level not in known:
        found.append(Violation("level-of-another-kind", "", {"level": level}))
    if not known and not (level or values.get("field")):
        found.append(Violation("qualification-empty"))
    return found + _verification(values, facts.today)


def _verification(values: Values, today: str) -> list[Violation]:
    """Who saw which paper, and when, are said together or not at all."""
    said = [bool(values.get(name)) for name in ("verified_by", "verified_on", "verified_from")]
    found = [Violation("verified-in-part")] if any(said) and not all(said) else []
    if today and str(values.get("verified_on") or "") > today:
        found.append(Violation("record-in-future", "", {"field": "verified_on"}))
    return found


FIRST_GRADED_YEAR = 1976
"""Before it there was no common grading; an earlier year is a slip of the keyboard."""


def _grading(facts: RecordFacts) -> list[Violation]:
    year = facts.values["year"]
    found = []
    if any(other["year"] == year for other in facts.others):
        found.append(Violation("graded-already", "", {"year": year}))
    if year < FIRST_GRADED_YEAR or (facts.today and year > int(facts.today[:4])):
        found.append(Violation("graded-year", "", {"year": year, "first": FIRST_GRADED_YEAR}))
    return found


def _award(facts: RecordFacts) -> list[Violation]:
    return _period(facts.values, "decided_on", "ends_on")


def _former_name(facts: RecordFacts) -> list[Violation]:
    name = facts.values["full_name"]
    if name == facts.full_name or any(other["full_name"] == name for other in facts.others):
        return [Violation("name-known-already", "", {"name": name})]
    return []


RULES: Mapping[str, Callable[[RecordFacts], list[Violation]]] = {
    "postings": _dated,
    "former_names": _former_name,
    "planned_posts": _named_post,
    "party_memberships": _party,
    "qualifications": _qualification,
    "gradings": _grading,
    "awards": _award,
    "lecturer_profiles": _dated,
}


@dataclass(frozen=True)
class PersonFacts:
    """What decides whether the columns of a person may be so."""

    full_name: str
    family_words: int
    given_words: int
    born_on: str
    left_on: str
    today: str
    is_merged: bool = False
    is_anonymous: bool = False
    party_status: str | None = None
    """The standing that is stated without any dates; null when it is not to change."""
    has_party_dates: bool = False


def person_violations(facts: PersonFacts) -> list[Violation]:
    """Return every reason why the person may not be changed so; empty means allowed."""
    found = []
    if facts.is_merged:
        found.append(Violation("person-merged"))
    if facts.is_anonymous:
        found.append(Violation("person-anonymous"))
    if not search_key(facts.full_name):
        found.append(Violation("person-without-name"))
    words = len(facts.full_name.split())
    if words > 1 and facts.family_words + facts.given_words > words:
        found.append(Violation("person-name-parts", "", {"count": words}))
    if facts.born_on > facts.today[: len(facts.born_on)]:
        found.append(Violation("record-in-future", "", {"field": "born_on"}))
    found += _stated_party(facts)
    if is_reversed(facts.born_on, facts.left_on):
        found.append(Violation("record-reversed", "", {"first": "born_on", "last": "left_on"}))
    return found


def _stated_party(facts: PersonFacts) -> list[Violation]:
    """Only that somebody is no member can be stated without dates, and only while none are known."""
    if facts.party_status is None:
        return []
    if facts.has_party_dates:
        return [Violation("party-by-dates")]
    return [] if facts.party_status in ("", PartyStatus.NONE) else [Violation("party-without-dates")]
