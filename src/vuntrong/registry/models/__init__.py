"""Units, people and their dated rows."""

from vuntrong.registry.models.catalogues import Ethnicity, Post, Religion
from vuntrong.registry.models.duplicates import DistinctPair, PersonMerge
from vuntrong.registry.models.papers import DocumentProfile, IssuedPaper, NumberRun
from vuntrong.registry.models.people import FormerName, Person, Posting
from vuntrong.registry.models.privacy import DataRequest, SealedIdentity, SensitiveRead
from vuntrong.registry.models.records import (
    Award,
    LecturerProfile,
    PartyMembership,
    PlannedPost,
    Qualification,
    YearlyGrading,
)
from vuntrong.registry.models.units import Reorganisation, Unit, UnitArea, UnitEvent, UnitEventLink, UnitVersion
from vuntrong.registry.models.wording import EndedBody

__all__ = [
    "Award",
    "DataRequest",
    "DistinctPair",
    "DocumentProfile",
    "EndedBody",
    "Ethnicity",
    "FormerName",
    "IssuedPaper",
    "LecturerProfile",
    "NumberRun",
    "PartyMembership",
    "Person",
    "PersonMerge",
    "PlannedPost",
    "Post",
    "Posting",
    "Qualification",
    "Religion",
    "Reorganisation",
    "SealedIdentity",
    "SensitiveRead",
    "Unit",
    "UnitArea",
    "UnitEvent",
    "UnitEventLink",
    "UnitVersion",
    "YearlyGrading",
]
