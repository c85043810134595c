"""Rows of plain values waiting to be written, by table, and how they are written."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import models

from vuntrong.kernel.bulk import Plain, insert_rows
from vuntrong.registry.models import (
    Award,
    FormerName,
    LecturerProfile,
    PartyMembership,
    Person,
    PlannedPost,
    Posting,
    Qualification,
    YearlyGrading,
)

T = TypeVar("T")
CHUNK = 20_000
"""Rows held in memory at a time."""
COLUMNS: dict[type[models.Model], Sequence[str]] = {
    Person: (
        *("id", "full_name", "family_words", "given_words", "sex", "born_on", "unit", "post_text", "post"),
        *("personal_id", "old_personal_id", "profile_code", "ethnicity", "religion", "birth_place", "origin"),
        *("residence", "phone", "email", "general_education", "civil_rank", "degree", "political_level"),
        *("party_status", "left_on", "search_key", "sort_key"),
    ),
    Posting: ("person", "unit", "post", "post_text", "is_main", "decision", "valid_from", "valid_to"),
    FormerName: ("person", "full_name", "search_key", "note"),
    PartyMembership: ("person", "probationary_on", "full_on", "card_number", "cell"),
    Qualification: (
        *("person", "kind", "level", "field", "institution", "institution_unit", "studied_from", "studied_to"),
        *("mode", "paper", "number", "issued_on", "grade", "verified_by", "verified_on", "verified_from"),
    ),
    YearlyGrading: ("person", "year", "grade"),
    Award: ("person", "kind", "title", "decision", "decided_on", "ends_on"),
    PlannedPost: ("person", "post", "post_text", "unit", "term", "decision", "valid_from"),
    LecturerProfile: ("person", "unit", "kind", "rank", "faculty", "subjects", "valid_from"),
}
SAME: dict[type[models.Model], dict[str, Any]] = {
    Person: {"revision": 0},
    PartyMembership: {"ended_on": None},
    Qualification: {
        **dict.fromkeys(("register_number", "sending_decision", "funding"), ""),
        "scan": None,
        "source": "make-province",
    },
    YearlyGrading: {"decision": ""},
    PlannedPost: {"valid_to": None},
    LecturerProfile: {"valid_to": None},
}


class Tables:
    """Rows of people and of everything that hangs on them."""

    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[Sequence[Plain]]] = {model: [] for model in COLUMNS}

    def write(self) -> None:
        """Insert what is there, people first, and forget it. At most one statement for each table on PostgreSQL."""
        for model, columns in COLUMNS.items():
            if self.rows[model]:
                insert_rows(model, columns, self.rows[model], same=SAME.get(model))
            self.rows[model] = []


def insert_many(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Plain]],
    *,
    same: dict[str, Any] | None = None,
) -> int:
    """Insert rows piece by piece; returns how many."""
    count = 0
    for chunk in batches(rows, CHUNK):
        insert_rows(model, columns, chunk, same=same)
        count += len(chunk)
    return count


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of at most `size`."""
    waiting = iter(items)
    while chunk := list(islice(waiting, size)):
        yield chunk
