"""What a decision must say before it is recorded."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from vuntrong.kernel.errors import Violation
from vuntrong.kernel.text import nfc, search_key

_LEAD = re.compile(r"^\s*số\s*:?\s*", re.IGNORECASE)
_NUMBER = re.compile(r"^\d+[a-zđ]?\s*[-/].*\w", re.IGNORECASE)


@dataclass(frozen=True)
class KnownDecision:
    """A decision that the issuer's book holds already."""

    number: str
    issued_on: dt.date


@dataclass(frozen=True)
class DecisionFacts:
    """What is typed from the signed paper."""

    number: str
    issued_on: dt.date
    issuer_text: str
    signer_name: str
    today: dt.date


def tidy_number(text: str) -> str:
    """Return the number as the book has it: without the word "Số" in front and without blanks inside."""
    return re.sub(r"\s+", "", _LEAD.sub("", nfc(text)))


def decision_violations(facts: DecisionFacts, known: Iterable[KnownDecision]) -> list[Violation]:
    """Return every reason why the decision cannot be recorded. `known` are the same issuer's decisions."""
    found = []
    if not _NUMBER.match(facts.number):
        found.append(Violation("decision-number-unreadable", "", {"number": facts.number}))
    if facts.issued_on > facts.today:
        found.append(Violation("decision-date-in-future", "", {"date": facts.issued_on}))
    if not facts.issuer_text.strip():
        found.append(Violation("decision-issuer-missing"))
    if not facts.signer_name.strip():
        found.append(Violation("decision-signer-missing"))
    key = search_key(facts.number)
    same_year = (one for one in known if one.issued_on.year == facts.issued_on.year)
    if twin := next((one for one in same_year if search_key(one.number) == key), None):
        found.append(Violation("decision-number-used", "", {"number": twin.number, "date": twin.issued_on}))
    return found
