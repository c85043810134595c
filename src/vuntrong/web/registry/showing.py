"""Values that the pages of units and people show."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from vuntrong.classes.models import Enrolment
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.text import search_key
from vuntrong.registry.models import Person
from vuntrong.registry.rules import dates_agree
from vuntrong.web.kit.values import Fact


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
