"""What a unit answers, and who is meant by the people it names: known ones by id, typed ones by the registry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from vuntrong.kernel.dates import Precision
from vuntrong.kernel.errors import Violation
from vuntrong.kernel.text import search_key
from vuntrong.planning.rules.surveys import NamedPerson
from vuntrong.registry.actions import NewPerson
from vuntrong.registry.models import Person, Unit
from vuntrong.registry.queries import people_with_keys, subtree_ids
from vuntrong.registry.rules import KnownPerson, TypedPerson, match_person


@dataclass(frozen=True)
class NamedNeed:
    """One person for one programme: somebody known by id, or somebody typed, who may be new."""

    programme_id: int
    person_id: int | None = None
    new: NewPerson | None = None
    note: str = ""


@dataclass(frozen=True)
class AnswerContent:
    """All that a unit answers; it replaces what was answered before."""

    numbers: Mapping[int, int] = field(default_factory=dict)
    """People by programme id, named ones included; 0 or absent when the unit gives no number."""
    named: Sequence[NamedNeed] = ()
    is_nil: bool = False
    nil_reason: str = ""


@dataclass
class Resolution:
    """The person of each need or the reason why she cannot be told, in the order given.

    Who is not in the registry yet has an id below 0: -1 is the first newcomer.
    """

    unit: Unit
    known: Mapping[str, list[KnownPerson]]
    listed: Mapping[int, Person]
    outcomes: list[NamedPerson | Violation] = field(default_factory=list)
    newcomers: list[NewPerson] = field(default_factory=list)
    _ids: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def people(self) -> list[NamedPerson]:
        return [one for one in self.outcomes if isinstance(one, NamedPerson)]

    @property
    def violations(self) -> list[Violation]:
        return [one for one in self.outcomes if isinstance(one, Violation)]

    def take(self, need: NamedNeed) -> None:
        """Find out who one need means."""
        person = self.listed.get(need.person_id or 0)
        if person:
            self.outcomes.append(NamedPerson(need.programme_id, person.pk, person.full_name, person.unit_id))
        elif need.new is None:
            self.outcomes.append(Violation("person-unknown", "", {"person_id": need.person_id}))
        else:
            self.outcomes.append(self._typed(need.programme_id, need.new))

    def _typed(self, programme_id: int, new: NewPerson) -> NamedPerson | Violation:
        key = search_key(new.full_name)
        born_on = new.born_on.iso() if new.born_on else ""
        match = match_person(TypedPerson(new.full_name, born_on, self.unit.pk), self._candidates(key, new))
        if match.violation:
            return match.violation
        if match.person_id is None:
            return self._newcomer(programme_id, (key, born_on), new)
        unit_id = next(one.unit_id for one in self.known[key] if one.id == match.person_id)
        return NamedPerson(programme_id, match.person_id, new.full_name, unit_id)

    def _candidates(self, key: str, new: NewPerson) -> list[KnownPerson]:
        """Return who may be meant: in other units only somebody with the same whole birth date, for names repeat."""
        is_whole = new.born_on is not None and new.born_on.precision == Precision.DAY
        return [one for one in self.known.get(key, []) if is_whole or one.unit_id == self.unit.pk]

    def _newcomer(self, programme_id: int, key: tuple[str, str], new: NewPerson) -> NamedPerson | Violation:
        """Return a newcomer under a provisional id, the same for the same name and birth date."""
        if new.born_on is None:
            return Violation("newcomer-without-birth-date", "", {"name": new.full_name})
        if not new.sex:
            return Violation("newcomer-without-sex", "", {"name": new.full_name})
        if key not in self._ids:
            self.newcomers.append(replace(new, unit_id=self.unit.pk))
            self._ids[key] = -len(self.newcomers)
        return NamedPerson(programme_id, self._ids[key], new.full_name, self.unit.pk)


def resolve(named: Sequence[NamedNeed], unit: Unit) -> Resolution:
    """Match everybody named with the registry; who fits two people is a violation, never a guess. 4 queries.

    An id outside the unit and the units below is unknown, without a name: nobody learns who stands elsewhere.
    """
    typed = [search_key(one.new.full_name) for one in named if one.new]
    ids = [one.person_id for one in named if one.person_id]
    listed = Person.objects.filter(unit_id__in=subtree_ids({unit.pk})).in_bulk(ids) if ids else {}
    found = Resolution(unit, people_with_keys(typed) if typed else {}, listed)
    for need in named:
        found.take(need)
    return found
