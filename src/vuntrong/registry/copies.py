"""What packages above keep of a person: they say here how their fields are classed and how a record is made anonymous.

Filled in `AppConfig.ready`; the registry knows nothing of classes, surveys or reports.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from vuntrong.kernel.errors import Violation
from vuntrong.registry.rules.privacy import FIELD_CLASSES, FieldRules

LogSubjects = Mapping[str, Collection[int]]
"""Kinds and keys of records as the action log names them: {"classes.classrun": [3, 7]}."""


def _no_rows(_people: Collection[int]) -> list[QuerySet[Any]]:
    return []


def _no_subjects(_people: Collection[int]) -> LogSubjects:
    return {}


def _no_blockers(_people: Collection[int]) -> list[Violation]:
    return []


@dataclass(frozen=True)
class Copies:
    """The personal data of one package. Every function is given the keys of people."""

    field_classes: Mapping[str, FieldRules]
    rows: Callable[[Collection[int]], Iterable[QuerySet[Any]]] = _no_rows
    """The rows about these people, by model; each model is in `field_classes`."""
    log_subjects: Callable[[Collection[int]], LogSubjects] = _no_subjects
    """Records whose rows of the action log may name these people."""
    blockers: Callable[[Collection[int]], list[Violation]] = _no_blockers
    """Why these people cannot be made anonymous now."""


COPIES: dict[str, Copies] = {}
"""By package."""


def declare(package: str, copies: Copies) -> None:
    """Say what a package keeps of people."""
    COPIES[package] = copies


def all_field_classes() -> dict[str, FieldRules]:
    """Return the field rules of every package, those of the registry first."""
    found = dict(FIELD_CLASSES)
    for copies in COPIES.values():
        found |= copies.field_classes
    return found
