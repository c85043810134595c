"""May this paper of a class be issued? Every answer carries all that is missing. Source: papers.md, P08 to P11."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from vuntrong.classes.enums import ClassPaper
from vuntrong.kernel.errors import Violation


@dataclass(frozen=True)
class EndedGround:
    """A legal paper that the grounds name and that is not in force on the day."""

    number: str
    successor: str = ""


@dataclass(frozen=True)
class PaperFacts:
    """What decides about one paper."""

    paper: str
    day: dt.date
    """Of signing."""
    signer_name: str
    learners: int
    starts_on: dt.date | None
    ends_on: dt.date | None
    excuse_on: dt.date | None = None
    """Last day on which a sending unit may say that somebody does not come."""
    is_start_off: bool = False
    """Whether the first day is a public holiday."""
    has_form_master: bool = False
    has_monitor: bool = False
    strangers: Sequence[str] = ()
    """Committee members who are no learners of the class."""
    ended_grounds: Sequence[EndedGround] = ()


def paper_violations(facts: PaperFacts) -> list[Violation]:
    """Return everything that keeps the paper from being issued."""
    found = [] if facts.signer_name.strip() else [Violation("paper-signer-missing")]
    found += [_ended(ground) for ground in facts.ended_grounds]
    if facts.paper == ClassPaper.DUTIES:
        return [*found, *_duty_violations(facts)]
    if facts.starts_on is None:
        found.append(Violation("paper-start-missing"))
    if facts.paper in {ClassPaper.CALL_UP, ClassPaper.RECOGNITION} and not facts.learners:
        found.append(Violation("paper-learners-missing"))
    if facts.paper in {ClassPaper.CALL_UP, ClassPaper.OPENING} and facts.ends_on is None:
        found.append(Violation("paper-end-missing"))
    return [*found, *_day_violations(facts)]


def _day_violations(facts: PaperFacts) -> list[Violation]:
    starts = facts.starts_on
    if starts is None:
        return []
    found = []
    if facts.paper == ClassPaper.OPENING and facts.day > starts:
        found.append(Violation("opening-after-start", "", {"day": facts.day, "starts_on": starts}))
    if facts.paper == ClassPaper.CALL_UP and facts.is_start_off:
        found.append(Violation("start-on-day-off", "", {"starts_on": starts}))
    if facts.paper == ClassPaper.CALL_UP and facts.excuse_on is not None and facts.excuse_on > starts:
        found.append(Violation("excuse-after-start", "", {"day": facts.excuse_on, "starts_on": starts}))
    return found


def _duty_violations(facts: PaperFacts) -> list[Violation]:
    found = [] if facts.has_form_master else [Violation("form-master-missing")]
    if not facts.has_monitor:
        found.append(Violation("monitor-missing"))
    return [*found, *(Violation("committee-not-learner", "", {"name": name}) for name in facts.strangers)]


def _ended(ground: EndedGround) -> Violation:
    if ground.successor:
        values = {"number": ground.number, "successor": ground.successor}
        return Violation("ground-replaced", "papers.md 3.5", values)
    return Violation("ground-not-in-force", "papers.md 3.5", {"number": ground.number})
