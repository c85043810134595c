"""Values that the pages of units and people show."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from vuntrong.classes.models import Enrolment
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.text import search_key, text_sort_key
from vuntrong.registry.models import Person, Unit, UnitVersion
from vuntrong.registry.rules import dates_agree
from vuntrong.web.kit.values import Fact


@dataclass
class Branch:
    """A unit as it was on a day, with the units below it."""

    name: str
    kind: str
    url: str
    below: list["Branch"] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Units below it, at every depth."""
        return sum(1 + branch.count for branch in self.below)


def tree_on(units: QuerySet[Unit], day: dt.date) -> list[Branch]:
    """Return the visible units as a tree of that day, each level in Vietnamese order. 1 query.

    A unit whose parent is not visible, or did not exist, stands at the top.
    """
    versions = UnitVersion.objects.valid_on(day).filter(unit__in=units).select_related("unit")
    here = sorted(versions, key=lambda version: text_sort_key(version.name))
    branches = {version.unit_id: _branch(version) for version in here}
    top: list[Branch] = []
    for version in here:
        level = branches[version.parent_id].below if version.parent_id in branches else top
        level.append(branches[version.unit_id])
    return top


def _branch(version: UnitVersion) -> Branch:
    return Branch(version.name, version.get_kind_display(), reverse("registry:unit", args=[version.unit.slug]))


def below_on(units: QuerySet[Unit], unit: Unit, day: dt.date) -> list[Branch]:
    """Return the visible units directly below a unit on a day, in Vietnamese order. 1 query."""
    versions = UnitVersion.objects.valid_on(day).filter(parent=unit, unit__in=units).select_related("unit")
    return [_branch(version) for version in sorted(versions, key=lambda version: text_sort_key(version.name))]


def unit_facts(version: UnitVersion, visible: Iterable[int]) -> list[Fact]:
    """Return the facts of a unit as its dated row says them."""
    parent = version.parent
    url = reverse("registry:unit", args=[parent.slug]) if parent and parent.pk in set(visible) else ""
    return [
        Fact(_("Short name"), version.short_name),
        Fact(_("Kind"), version.get_kind_display()),
        Fact(_("Above it"), parent.name if parent else "", url),
        Fact(_("Code in the numbers of its papers"), version.code),
        Fact(_("Place before the date of its papers"), version.seat),
    ]


def person_facts(person: Person) -> list[Fact]:
    """Return the facts of a person."""
    return [
        Fact(_("Full name"), person.full_name),
        Fact(_("Sex"), person.get_sex_display() or _("Not stated")),
        Fact(_("Date of birth"), person.born_on or _("Not stated")),
        Fact(_("Unit"), person.unit.name, reverse("registry:unit", args=[person.unit.slug])),
        Fact(_("Post"), person.post_text),
    ]


def enrolments_of(person: Person) -> QuerySet[Enrolment]:
    """Return what the person attended, newest first. 1 query."""
    return person.enrolments.select_related("class_run__programme", "class_run__owner", "unit").order_by(
        "-class_run__year", "-enrolled_on", "-id"
    )


@dataclass(frozen=True)
class Namesake:
    """Somebody known of the same name; `url` is empty where the record may not be opened."""

    person: Person
    url: str


def namesakes(people: QuerySet[Person], full_name: str, born_on: PartialDate | None) -> list[Namesake]:
    """Return the known people with the same name and a birth date that may be the same. 2 queries."""
    key = search_key(full_name)
    visible = set(people.filter(search_key=key).values_list("pk", flat=True))
    same = Person.objects.filter(search_key=key).select_related("unit")
    found = [person for person in same if dates_agree(_iso(person.born_on), _iso(born_on))]
    return [Namesake(one, reverse("registry:person", args=[one.pk]) if one.pk in visible else "") for one in found]


def _iso(date: PartialDate | None) -> str:
    return date.iso() if date else ""
