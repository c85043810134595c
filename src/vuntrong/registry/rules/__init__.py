"""Decisions about units and people: facts in, violations out."""

from vuntrong.registry.rules.matching import (
    KnownPerson,
    Match,
    TypedPerson,
    dates_agree,
    match_person,
    match_unit,
    unit_index,
)
from vuntrong.registry.rules.units import NewUnitFacts, UnitChangeFacts, new_unit_violations, unit_change_violations

__all__ = [
    "KnownPerson",
    "Match",
    "NewUnitFacts",
    "TypedPerson",
    "UnitChangeFacts",
    "dates_agree",
    "match_person",
    "match_unit",
    "new_unit_violations",
    "unit_change_violations",
    "unit_index",
]
