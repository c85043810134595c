"""Writes what a list says differently about people who exist: old postings end, records are added, texts corrected."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from vuntrong.exchange.actions.writing import (
    insert_gradings,
    insert_levels,
    insert_party,
    insert_planned,
    party_statuses,
)
from vuntrong.exchange.rules.differences import REPEATED, TEXTS, Changes, KnownFacts
from vuntrong.exchange.rules.people_fields import GRADING_KEY, LEVELS
from vuntrong.exchange.rules.typed import TypedPeople
from vuntrong.kernel.bulk import insert_rows, update_rows
from vuntrong.kernel.errors import StaleState
from vuntrong.kernel.text import search_key, sort_key
from vuntrong.registry.models import PartyMembership, Person, Posting, Qualification, YearlyGrading
from vuntrong.registry.rules.levels import highest

COLUMNS = (
    *TEXTS,
    "born_on",
    "unit",
    "post_text",
    "post",
    "degree",
    "political_level",
    "party_status",
    "search_key",
    "sort_key",
    "updated_on",
    "revision",
)
"""Columns of Person that an update writes, changed or not, in the order of the rows."""
PARTY = {"party_probationary": "probationary_on", "party_full": "full_on", "party_card": "card_number"}


@dataclass(frozen=True)
class Update:
    """The changes of one person: key, index of the row, field -> (old, new)."""

    person: int
    at: int
    changes: Mapping[str, tuple[Any, Any]]

    def new(self, key: str) -> Any:
        """Return the new value of a field, None where it does not change."""
        return self.changes[key][1] if key in self.changes else None


def update_people(
    typed: TypedPeople, people: Sequence[int | None], changes: Changes, known: KnownFacts, day: dt.date
) -> None:
    """Write the changes; a new unit or post holds from `day`."""
    updates = [Update(people[at] or 0, at, found) for at, found in sorted(changes.items())]
    if not updates:
        return
    _postings(typed, [one for one in updates if one.changes.keys() & {"unit", "post"}], known, day)
    _party([one for one in updates if one.changes.keys() & PARTY.keys()], known)
    for key, kind in LEVELS.items():
        _levels(kind, [(one.person, tuple(one.new(key))) for one in updates if one.new(key)], known)
    _gradings(updates, known)
    insert_planned((one.person, one.new("planned")) for one in updates if one.new("planned"))
    rows = [_person_row(one, typed, known) for one in updates]
    if update_rows(Person, COLUMNS, rows, guard="revision") != len(rows):
        raise StaleState("somebody else changed one of the people meanwhile")


def _person_row(one: Update, typed: TypedPeople, known: KnownFacts) -> tuple[Any, ...]:
    facts = known.person[one.person]
    values = {name: facts[name] if one.new(key) is None else one.new(key) for name, key in TEXTS.items()}
    values["born_on"] = one.new("born") or facts["born_on"] or None
    work = known.work.get(one.person)
    moved = one.new("unit")
    values["unit"] = moved if moved is not None else facts["unit"]
    is_work_changed = bool(one.changes.keys() & {"unit", "post"})
    values["post_text"] = (
        (one.new("post") or (work.post_text if work else "")) if is_work_changed else facts["post_text"]
    )
    values["post"] = _post(one, typed, known) if is_work_changed else facts["post"]
    for key, name in REPEATED.items():
        if one.new(key):
            levels = [level for level in (facts[name], one.new(key)[0]) if level]
            values[name] = highest(LEVELS[key], levels)
        else:
            values[name] = facts[name]
    first, second, card = (one.new(key) or facts.get(key) or "" for key in PARTY)
    dated = party_statuses([first], [second], [card], [False])[0] if one.changes.keys() & PARTY.keys() else ""
    values["party_status"] = dated or one.new("party_status") or facts["party_status"]
    values["search_key"], values["sort_key"] = search_key(values["full_name"]), sort_key(values["full_name"])
    values["updated_on"], values["revision"] = timezone.now().isoformat(sep=" "), facts["revision"] + 1
    return (one.person, *(values[name] for name in COLUMNS), facts["revision"])


def _post(one: Update, typed: TypedPeople, known: KnownFacts) -> int | None:
    """Return the post of the catalogue after the change: a new text names its own, an old one keeps its post."""
    work = known.work.get(one.person)
    if one.new("post"):
        post: int | None = typed.said["post"][one.at]
        return post
    return work.post_id if work else None


def _postings(typed: TypedPeople, updates: Sequence[Update], known: KnownFacts, day: dt.date) -> None:
    """End the posting of yesterday and begin a new one, or correct the words of the same post."""
    corrected: list[tuple[Any, ...]] = []
    ended: list[tuple[Any, ...]] = []
    begun: list[tuple[Any, ...]] = []
    for one in updates:
        work, post = known.work.get(one.person), _post(one, typed, known)
        unit = (
            one.new("unit") if one.new("unit") is not None else (work.unit_id if work else typed.said["unit"][one.at])
        )
        text = one.new("post") or (work.post_text if work else "")
        if work and (_is_same_post(one, work, post) or work.valid_from >= day.isoformat()):
            corrected.append((work.id, unit, "" if one.new("unit") else work.unit_text, text, post))
            continue
        if work:
            ended.append((work.id, (day - dt.timedelta(days=1)).isoformat()))
        begun.append((one.person, unit, text, post, day.isoformat() if work else None))
    update_rows(Posting, ("unit", "unit_text", "post_text", "post"), corrected)
    update_rows(Posting, ("valid_to",), ended)
    insert_rows(Posting, ("person", "unit", "post_text", "post", "valid_from"), begun)


def _is_same_post(one: Update, work: Any, post: int | None) -> bool:
    """Say whether only the writing differs: the same unit, and the same post of the catalogue or the same letters.

    A unit that was kept as text and is known now is the same unit.
    """
    if one.new("unit") is not None and not work.unit_text:
        return False
    if one.new("post") is None or search_key(one.new("post")) == search_key(work.post_text) or not work.post_text:
        return True
    return post is not None and post == work.post_id


def _party(updates: Sequence[Update], known: KnownFacts) -> None:
    fresh, corrected = [], []
    for one in updates:
        facts = known.person[one.person]
        first, second, card = (one.new(key) or facts.get(key) or "" for key in PARTY)
        if facts.get("party_id"):
            corrected.append((facts["party_id"], first or None, second or None, card))
        else:
            fresh.append((one.person, first, second, card))
    insert_party(fresh)
    update_rows(PartyMembership, tuple(PARTY.values()), corrected)


def _levels(kind: str, said: Iterable[tuple[int, Any]], known: KnownFacts) -> None:
    """Add what is held newly; a field of study completes the level that was known without one."""
    fresh, completed = [], []
    for person, (level, study) in said:
        bare = known.bare_levels.get((person, kind, level))
        if study and bare:
            completed.append((bare, study))
        elif level != "none":
            fresh.append((person, (level, study)))
    insert_levels(kind, fresh)
    update_rows(Qualification, ("field",), completed)


def _gradings(updates: Sequence[Update], known: KnownFacts) -> None:
    corrected = []
    for key in sorted({key for one in updates for key in one.changes if key.startswith(GRADING_KEY)}):
        year = int(key.removeprefix(GRADING_KEY))
        told = [(one.person, one.changes[key][1]) for one in updates if key in one.changes]
        insert_gradings(year, [row for row in told if (row[0], year) not in known.gradings])
        corrected += [
            (known.gradings[person, year][0], grade) for person, grade in told if (person, year) in known.gradings
        ]
    update_rows(YearlyGrading, ("grade",), corrected)
