"""Refusals that a person can act on. Everything else is a bug and may crash."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Violation:
    """One broken rule: a stable code, the source that asks for it, and the values its sentence needs."""

    code: str
    source: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class DomainError(Exception):
    """A refusal that a person can repair; the interface turns it into a sentence."""


class RuleBroken(DomainError):
    """One or more rules forbid the action; carries all of them, never only the first."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = list(violations)
        super().__init__(", ".join(violation.code for violation in self.violations))


class IllegalTransition(DomainError):
    """The declared table has no move from the present state to the one asked for."""


class StaleState(DomainError):
    """Somebody else changed the record since it was read."""


def refuse_if(violations: Iterable[Violation]) -> None:
    """Raise RuleBroken when there is at least one violation."""
    if found := list(violations):
        raise RuleBroken(found)
