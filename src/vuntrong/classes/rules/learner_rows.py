"""What a row of a workbook of learners means: somebody new, somebody known, somebody already enrolled, or an error."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from vuntrong.classes.enums import RowKind
from vuntrong.kernel.errors import Violation
from vuntrong.kernel.text import search_key
from vuntrong.registry.rules import KnownPerson, TypedPerson, match_person, match_unit

NEAREST = 3
"""How many names of units are offered for one that is unknown."""
ALIKE = 0.6
"""How alike they must be, from 0 to 1."""


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with a cell; `column` is the key of the column."""

    code: str
    column: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A row as it was read. Texts are clean; `born_on` is ISO, empty when not given or not readable."""

    number: int
    name: str
    born_on: str
    sex: str
    unit: str
    post: str
    note: str
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True)
class Register:
    """What is known on the day of the import."""

    people: Mapping[str, list[KnownPerson]]
    """By search key."""
    units: Mapping[str, set[int]]
    """Ids by search key of name and short name."""
    unit_names: Mapping[int, str]
    enrolled: frozenset[int]
    """People who are on the list of the class, in whatever state."""
    seen_units: frozenset[int] | None = None
    """Units whose people the importing person may see; null for all."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What will become of a row."""

    row: LearnerRow
    kind: RowKind
    key: str
    """Search key of the name."""
    person_id: int | None = None
    unit_id: int = 0
    problems: tuple[RowProblem, ...] = ()


def judge_rows(rows: Iterable[LearnerRow], register: Register) -> list[Verdict]:
    """Decide about every row, in the order of the file."""
    return _Judge(register).judge_all(rows)


class _Judge:
    """Remembers what the rows before have said, so that nobody comes twice."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.units: dict[str, int | RowProblem] = {}
        self.first_rows: dict[object, int] = {}

    def judge_all(self, rows: Iterable[LearnerRow]) -> list[Verdict]:
        return [self._judge(row) for row in rows]

    def _judge(self, row: LearnerRow) -> Verdict:
        key = search_key(row.name)
        problems = list(row.problems)
        if not row.name:
            problems.append(RowProblem("name-missing", "name"))
        unit = self._unit(row.unit)
        if isinstance(unit, RowProblem):
            return Verdict(row, RowKind.ERROR, key, problems=(*problems, unit))
        person_id, trouble = self._person(row, key, unit)
        problems += trouble
        if problems:
            return Verdict(row, RowKind.ERROR, key, person_id, unit, tuple(problems))
        if person_id is None:
            return Verdict(row, RowKind.NEW, key, None, unit)
        kind = RowKind.ENROLLED if person_id in self.register.enrolled else RowKind.KNOWN
        return Verdict(row, kind, key, person_id, unit)

    def _unit(self, text: str) -> int | RowProblem:
        if text not in self.units:
            self.units[text] = self._find_unit(text)
        return self.units[text]

    def _find_unit(self, text: str) -> int | RowProblem:
        if not text:
            return RowProblem("unit-missing", "unit")
        found = match_unit(text, self.register.units)
        if isinstance(found, Violation):
            return RowProblem(found.code, "unit", {**found.values, "nearest": self._nearest(text)})
        return found

    def _nearest(self, text: str) -> list[str]:
        """Return the names of the units that the text may mean, the likeliest first."""
        keys = get_close_matches(search_key(text), self.register.units, n=NEAREST, cutoff=ALIKE)
        ids = [unit_id for key in keys for unit_id in sorted(self.register.units[key])]
        return [self.register.unit_names[unit_id] for unit_id in dict.fromkeys(ids)][:NEAREST]

    def _person(self, row: LearnerRow, key: str, unit_id: int) -> tuple[int | None, list[RowProblem]]:
        """Return who is meant and what speaks against it."""
        known = self.register.people.get(key, [])
        match = match_person(TypedPerson(row.name, row.born_on, unit_id), known) if known else None
        if match and match.violation:
            return None, [RowProblem(match.violation.code, "name", match.violation.values)]
        person_id = match.person_id if match else None
        problems = self._repeated(row, key, unit_id, person_id)
        if person_id is not None and not self._is_seen(person_id, known):
            problems.append(RowProblem("person-out-of-sight", "name", {"name": row.name}))
        return person_id, problems

    def _repeated(self, row: LearnerRow, key: str, unit_id: int, person_id: int | None) -> list[RowProblem]:
        """A person stands in a file once; somebody new is told by name and birth date, without one by name and unit."""
        who: object = person_id or (key, row.born_on or unit_id)
        first = self.first_rows.setdefault(who, row.number)
        if not row.name or first == row.number:
            return []
        return [RowProblem("row-twice", "name", {"name": row.name, "row": first})]

    def _is_seen(self, person_id: int, known: Iterable[KnownPerson]) -> bool:
        seen = self.register.seen_units
        return seen is None or any(one.id == person_id and one.unit_id in seen for one in known)
