"""Columns of people that repeat their records are made to say what the rows say."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from django.db.models import F, Q
from django.utils import timezone

from vuntrong.kernel.bulk import Plain, update_rows
from vuntrong.registry import rules
from vuntrong.registry.enums import QualificationKind
from vuntrong.registry.models import PartyMembership, Person, Posting, Qualification

COLUMNS = ("unit", "post", "post_text", "degree", "political_level", "party_status")
CHUNK = 900


def columns_from_rows(records: Mapping[str, Sequence[Mapping[str, Plain]]], day: str) -> dict[str, Plain]:
    """Return the repeated columns as plain rows of records say; a column that no row speaks of is left out."""
    found: dict[str, Plain] = {}
    postings = [_typed_posting(row) for row in records.get("postings", ())]
    if main := rules.main_posting(postings, day):
        found |= {"unit": main.unit_id, "post": main.post_id, "post_text": main.post_text}
    for column, kind in LEVEL_COLUMNS.items():
        levels = [str(row.get("level") or "") for row in records.get("qualifications", ()) if row["kind"] == kind]
        if levels:
            found[column] = rules.highest(kind, levels)
    if memberships := records.get("party_memberships"):
        dates = [rules.PartyDates(*(str(row.get(name) or "") for name in PARTY_DAYS)) for row in memberships]
        found["party_status"] = rules.party_status(dates, day)
    return found


LEVEL_COLUMNS = {"degree": QualificationKind.PROFESSIONAL, "political_level": QualificationKind.POLITICAL}
PARTY_DAYS = ("probationary_on", "full_on", "ended_on")


def _typed_posting(row: Mapping[str, Plain]) -> rules.HeldPosting:
    post = row.get("post")
    return rules.HeldPosting(
        int(str(row["unit"])),
        None if post is None else int(post),
        str(row.get("post_text") or ""),
        bool(row.get("is_main", True)),
        str(row.get("valid_from") or ""),
        str(row.get("valid_to") or ""),
    )


def repeat_records(
    people: Collection[int], *, day: dt.date | None = None, emptied: Collection[str] = frozenset()
) -> int:
    """Make the repeated columns of the people say what their rows say on a day, today by default.

    A column that no row speaks of keeps what was typed there, except those in `emptied`: they had rows until now.
    Returns how many people changed. 4 queries for each 900 people and one update.
    """
    on = (day or timezone.localdate()).isoformat()
    changed: list[tuple[Plain, ...]] = []
    for chunk in in_chunks(set(people)):
        stored = Person.objects.filter(pk__in=chunk).values_list("pk", "unit_id", "post_id", *COLUMNS[2:])
        now = {key: tuple(values) for key, *values in stored}
        said = _columns_said(chunk, now, on, emptied)
        changed += [(key, *said[key]) for key in now if said[key] != now[key]]
    update_rows(Person, COLUMNS, changed)
    return len(changed)


def in_chunks(ids: Collection[int]) -> Iterator[list[int]]:
    """Return the keys in lists short enough for one query."""
    every = sorted(ids)
    return (every[start : start + CHUNK] for start in range(0, len(every), CHUNK))


def _columns_said(
    ids: Collection[int], now: Mapping[int, tuple[Plain, ...]], day: str, emptied: Collection[str]
) -> dict[int, tuple[Plain, ...]]:
    """Return the repeated columns of each person: as her rows say where there are any, else as they stand."""
    postings, levels, parties = postings_of(ids), _levels(ids), _memberships(ids)
    said: dict[int, tuple[Plain, ...]] = {}
    for key, columns in now.items():
        stands = {name: "" if name in emptied else columns[at] for at, name in enumerate(COLUMNS)}
        main = rules.main_posting(postings.get(key, ()), day)
        place = (main.unit_id, main.post_id, main.post_text) if main else columns[:3]
        heights = [
            rules.highest(kind, levels[key, kind]) if (key, kind) in levels else stands[name]
            for name, kind in LEVEL_COLUMNS.items()
        ]
        party = rules.party_status(parties[key], day) if key in parties else stands["party_status"]
        said[key] = (*place, *heights, party)
    return said


def columns_with_rows(person_id: int) -> set[str]:
    """Return which of the levels and the Party standing of a person repeat rows. 2 queries."""
    kinds = set(Qualification.objects.order_by().filter(person=person_id).values_list("kind", flat=True))
    found = {name for name, kind in LEVEL_COLUMNS.items() if kind in kinds}
    has_dates = PartyMembership.objects.filter(person=person_id).exists()
    return found | ({"party_status"} if has_dates else set())


def postings_of(ids: Collection[int]) -> dict[int, list[rules.HeldPosting]]:
    """Return the postings of people as rules read them, by person. 1 query."""
    names = ("person_id", "unit_id", "post_id", "post_text", "is_main", "valid_from", "valid_to", "pk")
    found: dict[int, list[rules.HeldPosting]] = {}
    rows = Posting.objects.filter(person__in=ids).order_by("pk").values_list(*names)
    for person, unit, post, text, is_main, start, end, key in rows:
        held = rules.HeldPosting(unit, post, text, is_main, _day(start), _day(end), key)
        found.setdefault(person, []).append(held)
    return found


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _levels(ids: Collection[int]) -> dict[tuple[int, str], list[str]]:
    held = Qualification.objects.filter(person__in=ids, kind__in=LEVEL_COLUMNS.values()).order_by("pk")
    found: dict[tuple[int, str], list[str]] = {}
    for person, kind, level in held.values_list("person_id", "kind", "level"):
        found.setdefault((person, kind), []).append(level)
    return found


def _memberships(ids: Collection[int]) -> dict[int, list[rules.PartyDates]]:
    found: dict[int, list[rules.PartyDates]] = {}
    rows = PartyMembership.objects.filter(person__in=ids).order_by("pk").values_list("person_id", *PARTY_DAYS)
    for person, *days in rows:
        dates = rules.PartyDates(*(one.iso() if one else "" for one in days))
        found.setdefault(person, []).append(dates)
    return found


def refresh_people(today: dt.date) -> int:
    """Make the columns of people repeat the posting and standing of `today`; returns how many changed.

    Run by the scheduler after midnight: postings and memberships may begin and end in the future. 2 queries where
    nothing changed.
    """
    iso = today.isoformat()
    begun = Q(valid_from=None) | Q(valid_from__lte=today)
    held = Posting.objects.filter(begun, Q(valid_to=None) | Q(valid_to__gte=today), is_main=True)
    same = Q(unit=F("person__unit"), post_text=F("person__post_text")) & (
        Q(post=F("person__post")) | Q(post=None, person__post=None)
    )
    moved: Iterable[int] = held.exclude(same).values_list("person_id", flat=True)
    full = PartyMembership.objects.filter(full_on__lte=iso, person__party_status="probationary")
    ended = PartyMembership.objects.filter(ended_on__lte=iso).exclude(person__party_status="none")
    party = (full | ended).values_list("person_id", flat=True)
    return repeat_records({*moved, *party}, day=today)
