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
from vuntrong.registry.rules.units import NewUnitFacts, UnitChangeFacts, new_unit_violations, unit_change_violations

__all__ = [
    "LEVELS",
    "CatalogueIndex",
    "KnownPerson",
    "Match",
    "NewUnitFacts",
    "PostIndex",
    "TypedPerson",
    "UnitChangeFacts",
    "dates_agree",
    "highest",
    "match_ethnicity",
    "match_level",
    "match_person",
    "match_post",
    "match_religion",
    "match_unit",
    "new_unit_violations",
    "post_key",
    "unit_change_violations",
    "unit_index",
    "word_index",
    "word_key",
]
