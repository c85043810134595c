"""Which field is basic, which sensitive, by what source; what stays in an anonymous record; why it is kept at all.

A field that nobody has classed fails a test. Packages above class their own copies of personal data in the same form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vuntrong.registry.enums import Erasure, FieldClass, Purpose

ART_3 = "Nghị định 356/2025/NĐ-CP, Điều 3"
ART_4 = "Nghị định 356/2025/NĐ-CP, Điều 4"
PARTY_READING = "Nghị định 356/2025/NĐ-CP, Điều 4 (quan điểm chính trị)"
"""That Party membership and political grading are political views is our reading of article 4: unverified."""
WORK_RECORD = "Nghị định 356/2025/NĐ-CP, Điều 3 (thông tin khác gắn với một người cụ thể)"
"""Posts, papers and results are named by no article; they belong to one human being and so are basic."""
UNVERIFIED_SOURCES = frozenset({PARTY_READING, WORK_RECORD})


@dataclass(frozen=True)
class FieldRule:
    """What the register of processing says of one field."""

    field_class: FieldClass
    erasure: Erasure
    source: str = ""

    @property
    def is_verified(self) -> bool:
        """Whether the class stands in a text that somebody read, not in our reading of it."""
        return self.source not in UNVERIFIED_SOURCES


FieldRules = Mapping[str, FieldRule]


def basic(erasure: Erasure, *names: str, source: str = ART_3) -> dict[str, FieldRule]:
    """Return basic fields with one fate."""
    return _rules(FieldClass.BASIC, erasure, source, names)


def sensitive(erasure: Erasure, *names: str, source: str = ART_4) -> dict[str, FieldRule]:
    """Return sensitive fields with one fate."""
    return _rules(FieldClass.SENSITIVE, erasure, source, names)


def technical(*names: str, erasure: Erasure = Erasure.KEEP) -> dict[str, FieldRule]:
    """Return fields that say nothing about the person: keys, revisions, links."""
    return _rules(FieldClass.TECHNICAL, erasure, "", names)


def _rules(field_class: FieldClass, erasure: Erasure, source: str, names: Iterable[str]) -> dict[str, FieldRule]:
    return {name: FieldRule(field_class, erasure, source) for name in names}


KEEP, CLEAR, YEAR, MASK = Erasure.KEEP, Erasure.CLEAR, Erasure.YEAR, Erasure.MASK

FIELD_CLASSES: Mapping[str, FieldRules] = {
    "registry.Person": {
        **technical("id", "family_words", "given_words", "restricted_on", "anonymised_on", "merged_into"),
        **technical("updated_on", "revision"),
        **basic(MASK, "full_name", "search_key", "sort_key"),
        **basic(YEAR, "born_on", "left_on"),
        **basic(KEEP, "sex", "unit"),
        **basic(CLEAR, "personal_id", "old_personal_id", "birth_place", "origin", "residence", "phone", "email"),
        **basic(CLEAR, "photo"),
        **basic(CLEAR, "profile_code", "post_text", "post", "civil_rank", source=WORK_RECORD),
        **basic(KEEP, "general_education", "degree", "political_level", source=WORK_RECORD),
        **sensitive(CLEAR, "ethnicity", "religion"),
        **sensitive(CLEAR, "party_status", source=PARTY_READING),
    },
    "registry.FormerName": {**technical("id", "person"), **basic(MASK, "full_name", "search_key", "note")},
    "registry.Posting": {
        **technical("id", "person", "is_main"),
        **basic(KEEP, "unit", "valid_from", "valid_to", source=WORK_RECORD),
        **basic(CLEAR, "unit_text", "post", "post_text", "decision", source=WORK_RECORD),
    },
    "registry.PlannedPost": {
        **technical("id", "person"),
        **basic(KEEP, "unit", "term", source=WORK_RECORD),
        **basic(CLEAR, "post", "post_text", "decision", source=WORK_RECORD),
        **basic(YEAR, "valid_from", "valid_to", source=WORK_RECORD),
    },
    "registry.PartyMembership": {
        **technical("id", "person"),
        **sensitive(YEAR, "probationary_on", "full_on", "ended_on", source=PARTY_READING),
        **sensitive(CLEAR, "card_number", "cell", source=PARTY_READING),
    },
    "registry.Qualification": {
        **technical("id", "person", "source"),
        **basic(KEEP, "kind", "level", "mode", "institution_unit", source=WORK_RECORD),
        **basic(YEAR, "studied_from", "studied_to", "issued_on", source=WORK_RECORD),
        **basic(CLEAR, "field", "institution", "paper", "number", "register_number", "grade", source=WORK_RECORD),
        **basic(CLEAR, "sending_decision", "funding", "verified_by", "verified_on", source=WORK_RECORD),
        **basic(CLEAR, "verified_from", "scan", source=WORK_RECORD),
    },
    "registry.YearlyGrading": {
        **technical("id", "person"),
        **sensitive(KEEP, "year", "grade", source=PARTY_READING),
        **sensitive(CLEAR, "decision", source=PARTY_READING),
    },
    "registry.Award": {
        **technical("id", "person"),
        **basic(KEEP, "kind", source=WORK_RECORD),
        **basic(YEAR, "decided_on", "ends_on", source=WORK_RECORD),
        **basic(CLEAR, "title", "decision", source=WORK_RECORD),
    },
    "registry.LecturerProfile": {
        **technical("id", "person"),
        **basic(KEEP, "unit", "kind", "valid_from", "valid_to", source=WORK_RECORD),
        **basic(CLEAR, "rank", "faculty", "subjects", source=WORK_RECORD),
    },
    "registry.SensitiveRead": {
        **technical("id", "user", "person", "kind", "count", "fields", "purpose", "read_at"),
        **basic(CLEAR, "note"),
    },
    "registry.DataRequest": {
        **technical("id", "person", "kind", "received_on", "answer_by", "carry_out_by", "extended_to", "state"),
        **technical("answered_on", "closed_on", "made_by", "has_processor", "revision"),
        **basic(CLEAR, "text", "answer", "outcome", "extension_reason"),
    },
    "registry.SealedIdentity": {
        **technical("id", "person", "sealed_at"),
        **sensitive(CLEAR, "content"),
        **basic(CLEAR, "reason"),
    },
    "registry.PersonMerge": {
        **technical("id", "kept", "gone", "merged_at", "undone_at"),
        **basic(CLEAR, "undo"),
    },
    "registry.DistinctPair": technical("id", "first", "second", "said_at"),
}
"""Field rules by model. Sources: institutions.md 7.1."""

SENSITIVE_FIELDS = frozenset(
    f"{model}.{name}"
    for model, rules in FIELD_CLASSES.items()
    for name, rule in rules.items()
    if rule.field_class == FieldClass.SENSITIVE
)
"""registry.Person.religion and so on: what `actions.privacy.note_read` is told."""


@dataclass(frozen=True)
class ProcessingPurpose:
    """One line of the register of processing: on what ground data is used, and whether sensitive fields are needed."""

    basis: str
    needs_sensitive: bool
    is_verified: bool = False


STATE_WORK = "Luật 91/2025/QH15, Điều 19 (phục vụ hoạt động của cơ quan nhà nước; chưa đối chiếu nguyên văn)"
PROCESSING: Mapping[Purpose, ProcessingPurpose] = {
    Purpose.TRAINING: ProcessingPurpose(STATE_WORK, needs_sensitive=False),
    Purpose.ELIGIBILITY: ProcessingPurpose(STATE_WORK, needs_sensitive=True),
    Purpose.STATISTICS: ProcessingPurpose(STATE_WORK, needs_sensitive=True),
    Purpose.CORRECTION: ProcessingPurpose("Luật 91/2025/QH15, Điều 4", needs_sensitive=True, is_verified=True),
    Purpose.NATIONAL_DATABASE: ProcessingPurpose("Nghị định 27/2026/NĐ-CP", needs_sensitive=True, is_verified=True),
    Purpose.REQUEST: ProcessingPurpose("Luật 91/2025/QH15, Điều 4", needs_sensitive=True, is_verified=True),
    Purpose.INSPECTION: ProcessingPurpose(STATE_WORK, needs_sensitive=True),
    Purpose.ARCHIVE: ProcessingPurpose("Luật Lưu trữ 33/2024/QH15 (chưa đối chiếu điều khoản)", needs_sensitive=True),
}
"""Why the registry may hold the data at all; training of officials is a public task and asks no consent."""
