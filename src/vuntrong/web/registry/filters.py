"""Filters of the lists of people, units and programmes."""

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.policies import units_visible_to
from vuntrong.programmes.enums import Field, Level, ProgrammeKind
from vuntrong.programmes.models import Programme, TargetGroup
from vuntrong.registry.enums import Sex
from vuntrong.registry.models import Person, Unit
from vuntrong.web.kit.filters import ListFilter, choice_chip, choice_menu, record_menu
from vuntrong.web.kit.forms import RecordField


class RecordFilter(django_filters.ModelChoiceFilter):
    """One record out of many, with a search that ignores accents."""

    field_class = RecordField


def visible_units(request: HttpRequest) -> QuerySet[Unit]:
    """Return the units that the person may open."""
    return units_visible_to(request.user)


class PersonFilter(ListFilter):
    """Sex as chips, the unit by search."""

    chip = "sex"
    sex = choice_chip(Sex.choices)
    unit = RecordFilter(label=_("Unit"), queryset=visible_units)

    class Meta:
        model = Person
        fields = ("sex", "unit")


class ProgrammeFilter(ListFilter):
    """Kind as chips; field, level and target group as menus."""

    chip = "kind"
    kind = choice_chip(ProgrammeKind.choices)
    field = choice_menu(_("Field"), Field.choices)
    level = choice_menu(_("Level"), [choice for choice in Level.choices if choice[0]])
    target_groups = record_menu(_("Target group"), TargetGroup.objects.all())

    class Meta:
        model = Programme
        fields = ("kind", "field", "level", "target_groups")
