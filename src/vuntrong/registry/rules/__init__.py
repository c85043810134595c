"""Decisions about units and people: facts in, violations out."""

from vuntrong.registry.rules.catalogues import (
    CatalogueIndex,
    PostIndex,
    match_ethnicity,
    match_post,
    match_religion,
    post_key,
    word_index,
    word_key,
)
from vuntrong.registry.rules.levels import LEVELS, highest, match_level
from vuntrong.registry.rules.matching import (
    KnownPerson,
    Match,
    TypedPerson,
    dates_agree,
    match_person,
    match_unit,
    unit_index,
)
from vuntrong.registry.rules.repeats import HeldPosting, PartyDates, has_come, main_posting, party_status
from vuntrong.registry.rules.units import NewUnitFacts, UnitChangeFacts, new_unit_violations, unit_change_violations

__all__ = [
    "LEVELS",
    "CatalogueIndex",
    "HeldPosting",
    "KnownPerson",
    "Match",
    "NewUnitFacts",
    "PartyDates",
    "PostIndex",
    "TypedPerson",
    "UnitChangeFacts",
    "dates_agree",
    "has_come",
    "highest",
    "main_posting",
    "match_ethnicity",
    "match_level",
    "match_person",
    "match_post",
    "match_religion",
    "match_unit",
    "new_unit_violations",
    "party_status",
    "post_key",
    "unit_change_violations",
    "unit_index",
    "word_index",
    "word_key",
]
