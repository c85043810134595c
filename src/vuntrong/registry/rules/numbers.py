"""Numbers of papers: which run a paper belongs to, how its number is written, when one may be drawn or entered."""

import datetime as dt
import re
from dataclasses import dataclass

from vuntrong.kernel.errors import Violation

SOURCE = "papers.md 1.3; Nghị định 30/2020/NĐ-CP, Phụ lục I"
LETTER = "CV"
"""Type code of a letter; in the numbers of the State it is not written."""
PLACES = frozenset({"n", "kind", "unit", "office"})
_PLACE = re.compile(r"\{(\w*)\}")


def filled(pattern: str, *, kind: str, unit: str, office: str = "") -> str:
    """Return the number pattern of one paper with only `{n}` left: `{n}/QĐ-TCT`.

    A part without a word falls away with the mark before it: `{n}/{unit}-{office}` without an office gives `{n}/SNV`.
    """
    words = {"kind": kind, "unit": unit, "office": office, "n": "{n}"}
    text = re.sub(r"[-/]?\{(\w+)\}", lambda found: found[0] if words.get(found[1]) else "", pattern)
    return _PLACE.sub(lambda found: words.get(found[1], ""), text)


def pattern_violations(pattern: str) -> list[Violation]:
    """Return what is wrong with a number pattern."""
    places = _PLACE.findall(pattern)
    found = []
    if places.count("n") != 1:
        found.append(Violation("pattern-without-number", SOURCE, {"pattern": pattern}))
    if unknown := sorted(set(places) - PLACES):
        found.append(Violation("pattern-place-unknown", SOURCE, {"pattern": pattern, "places": ", ".join(unknown)}))
    return found


@dataclass(frozen=True)
class NumberFacts:
    """What is known when a number is to be drawn or entered."""

    day: dt.date
    """Of signing."""
    today: dt.date
    unit_begun_on: dt.date | None
    unit_ended_on: dt.date | None
    last_number: int = 0
    last_day: dt.date | None = None
    """Day of the paper that has the last number of the run."""


def _day_violations(facts: NumberFacts) -> list[Violation]:
    found = []
    if facts.day > facts.today:
        found.append(Violation("paper-in-future", SOURCE, {"day": facts.day, "today": facts.today}))
    if facts.unit_ended_on is not None and facts.day > facts.unit_ended_on:
        found.append(Violation("paper-after-unit", SOURCE, {"day": facts.day, "last_day": facts.unit_ended_on}))
    if facts.unit_begun_on is not None and facts.day < facts.unit_begun_on:
        found.append(Violation("paper-before-unit", SOURCE, {"day": facts.day, "first_day": facts.unit_begun_on}))
    return found


def draw_violations(facts: NumberFacts) -> list[Violation]:
    """Return why no number can be drawn: numbers follow the days of signing."""
    found = _day_violations(facts)
    if facts.last_day is not None and facts.day < facts.last_day:
        values = {"day": facts.day, "last_day": facts.last_day, "number": facts.last_number}
        found.append(Violation("paper-before-last-number", SOURCE, values))
    return found


def entry_violations(facts: NumberFacts, *, number: int, is_taken: bool) -> list[Violation]:
    """Return why a number that was given elsewhere cannot be entered."""
    found = _day_violations(facts)
    if number < 1:
        found.append(Violation("paper-number-too-small", SOURCE, {"number": number}))
    if is_taken:
        found.append(Violation("paper-number-taken", SOURCE, {"number": number}))
    return found


def free_numbers(used: set[int], last_number: int) -> list[int]:
    """Return the numbers below the last one that no paper has: given elsewhere and not entered yet."""
    return [number for number in range(1, last_number) if number not in used]
