"""Who is meant by each row: somebody of the registry, somebody new, or somebody whom only a person can tell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vuntrong.exchange.rules.reading import Columns
from vuntrong.exchange.rules.typed import TypedPeople
from vuntrong.registry.rules import KnownPerson, TypedPerson, dates_agree, match_person

WHOLE_DATE = 10
"""Length of an ISO date with its day."""
NEW = "new"
"""The decision that a row is somebody new."""


class Known(NamedTuple):
    """What telling people apart needs to know of somebody in the registry; `born_on` is ISO, empty when unknown."""

    id: int
    key: str
    born_on: str
    unit_id: int
    personal_id: str
    old_personal_id: str


@dataclass(frozen=True)
class Register:
    """The people who may be meant, by search key and by personal IDs."""

    by_key: Mapping[str, Sequence[Known]]
    by_id: Mapping[str, Sequence[Known]]
    by_old_id: Mapping[str, Sequence[Known]]
    reachable: frozenset[int] | None = None
    """Units whose people the importing person may enter; null for all."""


class Row(NamedTuple):
    """What a row says of who is meant."""

    name: str
    key: str
    born_on: str
    unit_id: int
    personal_id: str
    old_personal_id: str


@dataclass
class Identities:
    """The person of each row; `choices` are the people among whom somebody must decide, by index of the row."""

    people: list[int | None]
    choices: dict[int, list[int]] = field(default_factory=dict)


def identify(columns: Columns, typed: TypedPeople, register: Register, decisions: Mapping[int, str]) -> Identities:
    """Decide who is meant in every row; what cannot be told is an error in `columns.problems`.

    `decisions` (row number -> key of a person, or NEW) say what a person has decided for rows that could not be told.
    """
    return _Judge(columns, register, decisions).judge_all(typed)


class _Judge:
    """Remembers what the rows before have said, so that nobody comes twice."""

    def __init__(self, columns: Columns, register: Register, decisions: Mapping[int, str]) -> None:
        self.columns = columns
        self.register = register
        self.decisions = decisions
        self.found = Identities([])
        self.first: dict[object, int] = {}
        self.namesakes: dict[tuple[str, str], list[tuple[int, Row]]] = {}

    def judge_all(self, typed: TypedPeople) -> Identities:
        said = typed.said
        names = ("full_name", "key", "born_on", "unit", "personal_id", "old_personal_id")
        for at, values in enumerate(zip(*(said[name] for name in names), strict=True)):
            row = Row._make(values)
            person = self._person(at, row)
            self.found.people.append(person)
            self._reach(at, row, person)
            self._repeated(at, row, person)
        return self.found

    def _person(self, at: int, row: Row) -> int | None:
        register = self.register
        same_id = register.by_id.get(row.personal_id, ()) if row.personal_id else ()
        if not same_id and row.old_personal_id:
            same_id = register.by_old_id.get(row.old_personal_id, ())
        same_name = register.by_key.get(row.key, ())
        if not same_id and not same_name:
            return None
        if self.decisions and (decided := self.decisions.get(self.columns.numbers[at])):
            return self._decided(decided, [*same_id, *same_name])
        return self._by_id(at, row, same_id) if same_id else self._by_name(at, row, same_name)

    @staticmethod
    def _decided(decided: str, candidates: Iterable[Known]) -> int | None:
        """Return the person decided for; a decision for somebody who cannot be meant counts as somebody new."""
        return next((one.id for one in candidates if str(one.id) == decided), None)

    def _by_id(self, at: int, row: Row, known: Sequence[Known]) -> int | None:
        if len(known) > 1:
            self._ask(at, "id-ambiguous", known, value=row.personal_id or row.old_personal_id, count=len(known))
            return None
        [one] = known
        if one.key == row.key or (row.born_on and one.born_on and dates_agree(one.born_on, row.born_on)):
            return one.id
        self._ask(at, "id-of-another", known, value=row.personal_id or row.old_personal_id, name=row.name)
        return None

    def _by_name(self, at: int, row: Row, known: Sequence[Known]) -> int | None:
        close = [one for one in known if one.born_on == row.born_on or one.unit_id == row.unit_id]
        if not close:  # nearly every namesake: neither birth date nor unit says that it is the same person
            return None
        fitting = [one for one in close if not _other_id(row, one)]
        plain = [KnownPerson(one.id, one.key, one.born_on, one.unit_id) for one in fitting]
        match = match_person(TypedPerson(row.name, row.born_on, row.unit_id), plain)
        if match.violation:
            self._ask(at, "person-ambiguous", fitting, name=row.name, count=match.violation.values["count"])
        if match.person_id is None and any(
            one.born_on == row.born_on and row.born_on and _other_id(row, one) for one in close
        ):
            self.columns.say(at, "name", "namesake", name=row.name)
        return match.person_id

    def _ask(self, at: int, code: str, known: Sequence[Known], **values: object) -> None:
        self.columns.say(at, "id" if code.startswith("id-") else "name", code, is_error=True, **values)
        self.found.choices[at] = [one.id for one in known]

    def _reach(self, at: int, row: Row, person: int | None) -> None:
        """Remark on a unit, or a known person's unit, that the importing person may not enter people into."""
        reachable = self.register.reachable
        if reachable is None:
            return
        if row.unit_id not in reachable:
            self.columns.say(at, "unit", "unit-out-of-reach", is_error=True)
        elif person is not None and self._unit_of(row, person) not in reachable:
            self.columns.say(at, "name", "person-out-of-reach", is_error=True, name=row.name)

    def _unit_of(self, row: Row, person: int) -> int | None:
        register = self.register
        known = (
            *register.by_key.get(row.key, ()),
            *register.by_id.get(row.personal_id, ()),
            *register.by_old_id.get(row.old_personal_id, ()),
        )
        return next((one.unit_id for one in known if one.id == person), None)

    def _repeated(self, at: int, row: Row, person: int | None) -> None:
        """Remark on somebody who stands in the file twice: by record, by ID, by name and birth date."""
        if not row.name:
            return
        marks: list[object] = [("person", person)] if person is not None else []
        marks += [(number,) for number in (row.personal_id, row.old_personal_id) if number]
        firsts = [self.first.setdefault(mark, at) for mark in marks]
        before = min(firsts, default=at)
        if before == at and self.decisions.get(self.columns.numbers[at]) != NEW:
            before = self._same_name(at, row)
        if before != at:
            self.columns.say(at, "name", "row-twice", is_error=True, name=row.name, row=self.columns.numbers[before])

    def _same_name(self, at: int, row: Row) -> int:
        """Return the first row of the same person by name, or the row itself.

        Without a whole birth date only the unit tells; two different IDs are two people.
        """
        others = self.namesakes.setdefault((row.key, row.born_on), [])
        for before, other in others:
            is_close = len(row.born_on) == WHOLE_DATE or other.unit_id == row.unit_id
            if is_close and not _other_id(row, other):
                return before
        others.append((at, row))
        return at


def _other_id(row: Row, other: Known | Row) -> bool:
    """Say whether the IDs of both are known and differ, so that the two are different people."""
    return bool(row.personal_id and other.personal_id and row.personal_id != other.personal_id) or bool(
        row.old_personal_id and other.old_personal_id and row.old_personal_id != other.old_personal_id
    )
