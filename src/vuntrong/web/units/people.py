"""People by the units of a day, or by those of today with what went into them."""

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from vuntrong.classes.models import in_force
from vuntrong.registry.models import Person, Posting, Unit, UnitVersion
from vuntrong.registry.queries import fold, subtree_ids, subtree_with_past
from vuntrong.web.units.readings import Asked, heirs_column, last_day


def with_unit_shown(people: QuerySet[Person], asked: Asked) -> QuerySet[Person]:
    """Return the people with `unit_shown`, the name of the unit, where that is not simply the one of today.

    No query; in today's units 4.
    """
    if asked.is_past:
        named = UnitVersion.objects.valid_on(asked.day).filter(unit=OuterRef("unit")).values("name")[:1]
        held = Posting.objects.filter(in_force(asked.day), person=OuterRef("pk"), is_main=True)
        return people.annotate(unit_shown=Subquery(held.order_by("-pk").values(name=Subquery(named))[:1]))
    if not asked.is_folded:
        return people
    with_people = Exists(Person.objects.filter(unit=OuterRef("pk")))
    ended = Unit.objects.order_by().filter(with_people, is_alive=False).values_list("pk", flat=True)
    return people.annotate(unit_shown=heirs_column(asked, list(ended)))


def people_of(people: QuerySet[Person], unit: Unit, asked: Asked) -> QuerySet[Person]:
    """Keep the people of a unit and of all below it in a reading.

    Of a day before today: who had a post there then. In today's units: who is in one of those that the unit has become,
    or in what went into these. 1 query, in today's units 3.
    """
    if asked.is_folded:
        parts = fold([unit.pk]).parts(unit.pk, last_day(asked.day, unit.ended_on))
        return people.filter(unit_id__in=subtree_with_past({part.unit_id for part in parts}))
    if asked.is_past:
        held = Posting.objects.filter(in_force(asked.day), unit__in=subtree_ids({unit.pk}, asked.day))
        return people.filter(pk__in=held.values("person"))
    return people.filter(unit_id__in=subtree_ids({unit.pk}, last_day(timezone.localdate(), unit.ended_on)))
