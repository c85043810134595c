"""Decisions about units and people: facts in, violations out."""

from vuntrong.registry.rules.catalogues import (
    CatalogueIndex,
    PostIndex,
    match_ethnicity,
    match_post,
    match_religion,
    post_key,
    same_level,
    word_index,
    word_key,
)
from vuntrong.registry.rules.checks import Checked, check_email, check_old_id, check_personal_id, check_phone, id_of
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
from vuntrong.registry.rules.records import PersonFacts, RecordFacts, is_reversed, person_violations, record_violations
from vuntrong.registry.rules.repeats import HeldPosting, PartyDates, has_come, main_posting, party_status
from vuntrong.registry.rules.units import NewUnitFacts, UnitChangeFacts, new_unit_violations, unit_change_violations

__all__ = [
    "LEVELS",
    "CatalogueIndex",
    "Checked",
    "HeldPosting",
    "KnownPerson",
    "Match",
    "NewUnitFacts",
    "PartyDates",
    "PersonFacts",
    "PostIndex",
    "RecordFacts",
    "TypedPerson",
    "UnitChangeFacts",
    "check_email",
    "check_old_id",
    "check_personal_id",
    "check_phone",
    "dates_agree",
    "has_come",
    "highest",
    "id_of",
    "is_reversed",
    "main_posting",
    "match_ethnicity",
    "match_level",
    "match_person",
    "match_post",
    "match_religion",
    "match_unit",
    "new_unit_violations",
    "party_status",
    "person_violations",
    "post_key",
    "record_violations",
    "same_level",
    "unit_change_violations",
    "unit_index",
    "word_index",
    "word_key",
]
