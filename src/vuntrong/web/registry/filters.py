"""Filters of the list of programmes."""

from django.utils.translation import gettext_lazy as _

from vuntrong.programmes.enums import Field, Level, ProgrammeKind
from vuntrong.programmes.models import Programme, TargetGroup
from vuntrong.web.kit.filters import ListFilter, choice_chip, choice_menu, record_menu


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
