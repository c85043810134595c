"""What a list says differently from the registry about people who exist: field by field, old -> new.

An empty cell says nothing and never erases; a coarser date than the known one, and a level below it, say nothing new.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vuntrong.exchange.rules.people_fields import LEVELS
from vuntrong.exchange.rules.reading import Columns
from vuntrong.exchange.rules.typed import NONE, TypedPeople
from vuntrong.kernel.text import search_key
from vuntrong.registry.rules.levels import LEVELS as RANKS

TEXTS = {
    "full_name": "name",
    "sex": "sex",
    "personal_id": "id",
    "old_personal_id": "old_id",
    "profile_code": "profile_code",
    "ethnicity": "ethnicity",
    "religion": "religion",
    "birth_place": "birth_place",
    "origin": "origin",
    "residence": "residence",
    "phone": "phone",
    "email": "email",
    "general_education": "general_education",
    "civil_rank": "civil_rank",
}
"""Columns of Person that are compared as they stand -> field of the sheet."""
DATES = {"born_on": "born", "party_probationary": "party_probationary", "party_full": "party_full"}
REPEATED = {"professional": "degree", "political": "political_level"}
"""Field of a level -> the column of Person that repeats the highest one."""
Level = tuple[str, str]
"""Level and field of study."""


class Work(NamedTuple):
    """The main posting of today."""

    id: int
    unit_id: int
    unit_text: str
    post_text: str
    post_id: int | None
    valid_from: str
    """ISO, empty when not known."""


@dataclass
class KnownFacts:
    """What the registry says of the people who are meant, by person."""

    person: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Columns of Person, and `party_probationary`, `party_full`, `party_card`; dates ISO, empty when not known."""
    work: dict[int, Work] = field(default_factory=dict)
    levels: dict[tuple[int, str], list[Level]] = field(default_factory=dict)
    """Person and kind of qualification -> levels held."""
    bare_levels: dict[tuple[int, str, str], int] = field(default_factory=dict)
    """Person, kind and level -> the qualification that names no field of study."""
    gradings: dict[tuple[int, int], tuple[int, str]] = field(default_factory=dict)
    """Person and year -> the row and its grade."""
    planned: dict[int, set[str]] = field(default_factory=dict)
    """Search keys of the posts that the person is planned for."""


Change = tuple[Any, Any]
"""Old and new."""
Changes = dict[int, dict[str, Change]]
"""Index of the row -> field -> change."""


def differences(
    columns: Columns,
    typed: TypedPeople,
    people: Sequence[int | None],
    known: KnownFacts,
    *,
    may: Collection[str] | None,
) -> tuple[Changes, Changes]:
    """Return what will change, and what differs but may not: `may` are the fields that may update, null for all."""
    comparer = _Comparer(columns, typed, people, known)
    found = comparer.compare()
    if may is None:
        return found, {}
    taken: Changes = {}
    left: Changes = {}
    for at, changes in found.items():
        for key, change in changes.items():
            wanted = taken if key.partition(":")[0] in may else left
            wanted.setdefault(at, {})[key] = change
    return taken, left


class _Comparer:
    def __init__(self, columns: Columns, typed: TypedPeople, people: Sequence[int | None], known: KnownFacts) -> None:
        self.columns = columns
        self.typed = typed
        self.meant = [(at, person) for at, person in enumerate(people) if person is not None]
        self.known = known
        self.found: Changes = {}

    def compare(self) -> Changes:
        self._leave_restricted()
        for name, key in TEXTS.items():
            self._column(name, key, lambda old, new: new != old)
        for name, key in DATES.items():
            self._column(name, key, lambda old, new: not (old or "").startswith(new))
        self._column("party_card", "party_card", lambda old, new: new != old)
        self._no_members()
        self._work()
        for key, kind in LEVELS.items():
            if any(self.typed.said[key]):
                self._levels(key, kind)
        self._gradings()
        self._planned()
        return self.found

    def _leave_restricted(self) -> None:
        """Leave records alone whose use is restricted, and say so."""
        restricted = {person for _at, person in self.meant if self.known.person[person].get("restricted_on")}
        for at, person in self.meant if restricted else ():
            if person in restricted:
                self.columns.say(at, "name", "person-restricted", name=self.typed.said["full_name"][at])
        self.meant = [(at, person) for at, person in self.meant if person not in restricted]

    def _note(self, at: int, key: str, old: Any, new: Any) -> None:
        self.found.setdefault(at, {})[key] = (old, new)

    def _column(self, name: str, key: str, differs: Callable[[Any, Any], bool]) -> None:
        said, facts = self.typed.said[name], self.known.person
        for at, person in self.meant:
            new = said[at]
            if new is None or new == "":
                continue
            old = facts[person].get(name)
            if differs(old, new):
                self._note(at, key, old, new)

    def _no_members(self) -> None:
        """Note who is said to be no Party member while no dates are known; dates of the registry win."""
        for at, person in self.meant if any(self.typed.said["party_none"]) else ():
            if not self.typed.said["party_none"][at]:
                continue
            facts = self.known.person[person]
            if not facts.get("party_id") and facts["party_status"] != NONE:
                self._note(at, "party_status", facts["party_status"], NONE)
            elif facts.get("party_id") and facts["party_status"] != NONE:
                self.columns.say(at, "party_probationary", "party-known")

    def _work(self) -> None:
        """Compare unit and post; a unit that the registry does not know never moves anybody."""
        said = self.typed.said
        for at, person in self.meant:
            work = self.known.work.get(person)
            moves = bool(said["unit_said"][at]) and not said["unit_text"][at]
            if moves and (work is None or work.unit_id != said["unit"][at]):
                self._note(at, "unit", work.unit_id if work else None, said["unit"][at])
            post = said["post_text"][at]
            if post and (work is None or work.post_text != post):
                self._note(at, "post", work.post_text if work else "", post)

    def _levels(self, key: str, kind: str) -> None:
        said, order = self.typed.said[key], {level: at for at, level in enumerate(RANKS.get(kind, ()))}
        for at, person in self.meant:
            new = said[at]
            if not new:
                continue
            held = self.known.levels.get((person, kind), [])
            is_told = bool(self.known.person[person].get(REPEATED.get(key, "")))
            if _says_more(new, held, order, is_told=is_told):
                self._note(at, key, "; ".join(" ".join(filter(None, one)) for one in held), list(new))
            elif held and order.get(new[0], 0) < max(order.get(level, 0) for level, _ in held):
                self.columns.say(at, key, "level-lower", value=new[0])

    def _gradings(self) -> None:
        for year, grades in self.typed.gradings.items():
            for at, person in self.meant:
                _key, old = self.known.gradings.get((person, year), (0, ""))
                if grades[at] and grades[at] != old:
                    self._note(at, f"grading:{year}", old, grades[at])

    def _planned(self) -> None:
        said = self.typed.said["planned"]
        for at, person in self.meant:
            if said[at] and search_key(said[at]) not in self.known.planned.get(person, ()):
                self._note(at, "planned", "", said[at])


def _says_more(new: Level, held: Sequence[Level], order: Mapping[str, int], *, is_told: bool) -> bool:
    """Say whether a level is above those held, or is another paper of the same level.

    That somebody has none (`none`) is news only while nothing is known, which `is_told` says.
    """
    level, study = new
    if level == "none":
        return not held and not is_told
    if not held:
        return True
    if level in order and any(one in order for one, _ in held):
        top = max(order.get(one, -1) for one, _ in held)
        if order[level] != top:
            return order[level] > top
    key = search_key(study)
    same = [search_key(other) for one, other in held if one == level]
    return not same or bool(key and key not in same)
