"""Coded values of differences in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vuntrong.exchange.models import Import
from vuntrong.kernel.dates import PartialDate
from vuntrong.registry.enums import (
    DefenceGroup,
    Degree,
    PartyStatus,
    PoliticalLevel,
    Sex,
    StateManagementLevel,
    YearlyGrade,
)
from vuntrong.registry.models import Ethnicity, Person, Religion, Unit

LEVELS = {
    "professional": Degree,
    "political": PoliticalLevel,
    "state_management": StateManagementLevel,
    "defence": DefenceGroup,
}
DATES = frozenset({"born", "party_probationary", "party_full"})


@dataclass(frozen=True)
class Labels:
    """Names of the records that the differences of an import point at."""

    units: Mapping[int, str]
    people: Mapping[int, str]
    ethnicities: Mapping[int, str]
    religions: Mapping[int, str]

    def shown(self, key: str, value: Any) -> str:
        """Return a value of a field in words; a dash for none."""
        if value in (None, "", []):
            return "–"
        if key in LEVELS or isinstance(value, list):
            return self._level(key, value)
        if key in DATES:
            return PartialDate.parse(value).display()
        return str(self._named(key).get(value, value))

    def _named(self, key: str) -> Mapping[Any, Any]:
        tables: dict[str, Mapping[Any, Any]] = {
            "unit": self.units,
            "ethnicity": self.ethnicities,
            "religion": self.religions,
            "sex": dict(Sex.choices),
            "party_status": dict(PartyStatus.choices),
        }
        return dict(YearlyGrade.choices) if key.startswith("grading") else tables.get(key, {})

    def _level(self, key: str, value: Any) -> str:
        """Return the words of (level, field), or of several levels as they are held."""
        words = dict(LEVELS[key].choices) if key in LEVELS else {}
        parts = [value] if isinstance(value, list) else [one.split(" ", 1) for one in value.split("; ")]
        return "; ".join(" · ".join(str(words.get(text, text)) for text in part if text) for part in parts)


def labels_for(run: Import) -> Labels:
    """Return the names that the preview of an import needs. 4 queries."""
    report = run.report
    people = {person for known in report.get("choices", {}).values() for person in known}
    units = {row["unit"] for row in report.get("rows", ())}
    for row in report.get("rows", ()):
        units |= {unit for unit in row["changes"].get("unit", ()) if unit}
    rows = Person.objects.filter(pk__in=people).select_related("unit")
    return Labels(
        units=dict(Unit.objects.filter(pk__in=units).values_list("pk", "name")),
        people={one.pk: " · ".join(filter(None, _told(one))) for one in rows},
        ethnicities=dict(Ethnicity.objects.values_list("code", "name")),
        religions=dict(Religion.objects.values_list("code", "name")),
    )


def _told(person: Person) -> tuple[str, ...]:
    born = person.born_on.display() if person.born_on else ""
    return person.full_name, born, person.unit.name, person.post_text
