"""Writes the people of a list, column by column: plain rows, no object for each person."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress
from typing import Any

from vuntrong.exchange.rules.people_fields import LEVELS
from vuntrong.exchange.rules.typed import TypedPeople
from vuntrong.kernel.bulk import insert_rows, reserve_ids
from vuntrong.kernel.text import sort_key
from vuntrong.registry.enums import PartyStatus
from vuntrong.registry.models import (
    PartyMembership,
    Person,
    PlannedPost,
    Posting,
    Qualification,
    YearlyGrading,
)

Tell = Callable[[str, int, int], None]
"""Takes what is being done, how many rows are done, and of how many; may raise to stop."""
BATCH = 5_000
"""People written between two signs of progress."""
AS_TYPED = (
    "full_name",
    "sex",
    "unit",
    "post_text",
    "post",
    "personal_id",
    "old_personal_id",
    "profile_code",
    "ethnicity",
    "religion",
    "birth_place",
    "origin",
    "residence",
    "phone",
    "email",
    "general_education",
    "civil_rank",
)
TERM = re.compile(r"((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")
PARTY = ("party_probationary", "party_full", "party_card", "party_none")
SOURCE = "import"
"""What Qualification.source says of rows that came with a list."""
BLANK_QUALIFICATION = dict.fromkeys(
    (
        "institution",
        "mode",
        "paper",
        "number",
        "register_number",
        "grade",
        "sending_decision",
        "funding",
        "verified_by",
        "verified_from",
    ),
    "",
)


def insert_people(typed: TypedPeople, rows: Sequence[int], tell: Tell) -> list[int]:
    """Enter the people of the rows with index `rows`; returns their keys in that order."""
    said = {name: _taken(values, rows) for name, values in typed.said.items()}
    ids = reserve_ids(Person, len(rows))
    tell("people", 0, len(rows))
    _insert_persons(ids, said, tell)
    tell("records", 0, len(rows))
    postings = zip(ids, said["unit"], said["unit_text"], said["post"], said["post_text"], strict=True)
    insert_rows(Posting, ("person", "unit", "unit_text", "post", "post_text"), postings)
    _insert_party(ids, said)
    _insert_levels(ids, said)
    for year, grades in typed.gradings.items():
        insert_gradings(year, zip(ids, _taken(grades, rows), strict=True))
    insert_planned(zip(ids, said["planned"], strict=True))
    return ids


def _taken(values: Sequence[Any], rows: Sequence[int]) -> Sequence[Any]:
    return values if len(rows) == len(values) else [values[at] for at in rows]


def _insert_persons(ids: Sequence[int], said: Mapping[str, Sequence[Any]], tell: Tell) -> None:
    sorting = each(said["full_name"], sort_key)
    columns = {name: said[name] for name in AS_TYPED} | {
        "id": ids,
        "born_on": [born or None for born in said["born_on"]],
        "search_key": said["key"],
        "sort_key": sorting,
        "family_words": [1 if " " in name else 0 for name in said["full_name"]],
        "degree": levels_of(said["professional"]),
        "political_level": levels_of(said["political"]),
        "party_status": party_statuses(*(said[key] for key in PARTY)),
    }
    wide = {name: values for name, values in columns.items() if set(values) - {None, ""}}
    wide |= {name: columns[name] for name in ("sex", "post_text")}
    for start in range(0, len(ids), BATCH):
        tell("people", start, len(ids))
        part = (values[start : start + BATCH] for values in wide.values())
        insert_rows(Person, list(wide), zip(*part, strict=True), same={"revision": 0})


def each(values: Sequence[str], function: Callable[[str], Any]) -> list[Any]:
    """Apply a function to every distinct value once."""
    answers = {value: function(value) for value in set(values)}
    return [answers[value] for value in values]


def levels_of(said: Sequence[Any]) -> list[str]:
    """Return the level of each (level, field), empty for none."""
    return [one[0] if one else "" for one in said]


def party_statuses(
    probationary: Sequence[str], full: Sequence[str], cards: Sequence[str], none: Sequence[bool]
) -> list[str]:
    """Return the standing in the Party: as dates and card tell (rules.party_status), or that somebody is no member."""
    return [
        PartyStatus.FULL.value
        if second or (card and not first)
        else PartyStatus.PROBATIONARY.value
        if first
        else PartyStatus.NONE.value
        if is_none
        else ""
        for first, second, card, is_none in zip(probationary, full, cards, none, strict=True)
    ]


def _insert_party(ids: Sequence[int], said: Mapping[str, Sequence[Any]]) -> None:
    rows = zip(ids, said["party_probationary"], said["party_full"], said["party_card"], strict=True)
    insert_party(row for row in rows if row[1] or row[2] or row[3])


def insert_party(rows: Iterable[tuple[int, str, str, str]]) -> None:
    """Enter Party memberships: person, probationary day, full day, card number; ISO, empty for none."""
    plain = [(person, first or None, full or None, card) for person, first, full, card in rows]
    if plain:
        insert_rows(PartyMembership, ("person", "probationary_on", "full_on", "card_number"), plain, same={"cell": ""})


def _insert_levels(ids: Sequence[int], said: Mapping[str, Sequence[Any]]) -> None:
    for key, kind in LEVELS.items():
        if any(said[key]):
            kept = [bool(one) and one[0] != "none" for one in said[key]]
            rows = zip(compress(ids, kept), compress(said[key], kept), strict=True)
            insert_levels(kind, rows)


def insert_levels(kind: str, rows: Iterable[tuple[int, tuple[str, str]]]) -> None:
    """Enter qualifications of one kind: person, (level, field of study)."""
    plain = [(person, level, study) for person, (level, study) in rows]
    if plain:
        same = BLANK_QUALIFICATION | {"kind": kind, "source": SOURCE}
        insert_rows(Qualification, ("person", "level", "field"), plain, same=same)


def insert_gradings(year: int, rows: Iterable[tuple[int, str]]) -> None:
    """Enter gradings of a year: person, grade; an empty grade is left out."""
    plain = [row for row in rows if row[1]]
    if plain:
        insert_rows(YearlyGrading, ("person", "grade"), plain, same={"year": year, "decision": ""})


def term_of(text: str) -> str:
    """Return the term that a text of a planned post names: 2025-2030; empty where it names none."""
    found = TERM.search(text)
    return f"{found[1]}-{found[2]}" if found else ""


def insert_planned(rows: Iterable[tuple[int, str]]) -> None:
    """Enter planned posts: person, text as written; the term is read from it where it stands there."""
    plain = [(person, text, term_of(text)) for person, text in rows if text]
    if plain:
        insert_rows(PlannedPost, ("person", "post_text", "term"), plain, same={"decision": ""})
