"""When a rule row may be proposed and decided. Source: four eyes, a house rule."""

import datetime as dt
from dataclasses import dataclass

from vuntrong.kernel.errors import Violation


@dataclass(frozen=True)
class ProposalFacts:
    """What decides whether a row may be proposed. Days of the new row and of the row that it follows."""

    valid_from: dt.date
    valid_to: dt.date | None
    follows_from: dt.date | None
    is_readable: bool
    """Whether its conditions can be read."""


def proposal_violations(facts: ProposalFacts) -> list[Violation]:
    """Return every reason why the row may not be proposed; empty means allowed."""
    found = []
    if facts.valid_to is not None and facts.valid_to < facts.valid_from:
        found.append(Violation("rule-ends-before-start", "", {"first_day": facts.valid_from}))
    if facts.follows_from is not None and facts.valid_from <= facts.follows_from:
        found.append(Violation("rule-before-its-predecessor", "", {"first_day": facts.follows_from}))
    if not facts.is_readable:
        found.append(Violation("rule-unreadable"))
    return found


@dataclass(frozen=True)
class DecisionFacts:
    """What decides whether somebody may approve or reject a proposed row. Keys of users."""

    proposed_by: int | None
    decides: int | None


def decision_violations(facts: DecisionFacts) -> list[Violation]:
    """Return every reason why this person may not decide; empty means allowed."""
    if facts.proposed_by is not None and facts.proposed_by == facts.decides:
        return [Violation("rule-own-proposal")]
    return []
