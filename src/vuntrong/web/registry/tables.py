"""Lists of people, units and programmes."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Choices, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vuntrong.programmes.models import Programme, TargetGroup
from vuntrong.registry.enums import Degree, PartyStatus, PoliticalLevel, Sex
from vuntrong.registry.models import Person
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn, NumberColumn
from vuntrong.web.kit.tables import ListTable


@lru_cache(maxsize=200)
def _label(choices: type[Choices], code: str, _language: str | None) -> str:
    return str(choices(code).label) if code else ""


def _labels(choices: type[Choices]) -> Callable[[Any], str]:
    """Return what says a code in words of the person's language, quickly; nothing for an empty one."""
    return lambda code: _label(choices, code, get_language())


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


BORN = Coalesce("born_on", Value(""), output_field=CharField())
"""As stored: ISO text."""


class PersonTable(ListTable):
    """People in the order of Vietnamese lists."""

    unit = _("people")
    search_hint = _("Name, ID or date of birth")
    full_name = NameColumn(
        verbose_name=_("Full name"),
        order_by="sort_key",
        linkify=lambda record: reverse("registry:person", args=[record.pk]),
        second=lambda record: record.post_text,
        field="full_name",
    )
    sex = KitColumn(verbose_name=_("Sex"), accessor="get_sex_display", order_by="sex", field="sex", says=_labels(Sex))
    born_on = DateColumn(verbose_name=_("Date of birth"), field=BORN, says=_day)
    unit_name = KitColumn(verbose_name=_("Unit"), accessor="unit__name", order_by="unit__sort_key", field="unit__name")
    degree = KitColumn(
        verbose_name=_("Degree"), accessor="get_degree_display", order_by="degree", field="degree", says=_labels(Degree)
    )
    political_level = KitColumn(
        verbose_name=_("Political theory"),
        accessor="get_political_level_display",
        order_by="political_level",
        field="political_level",
        says=_labels(PoliticalLevel),
    )

    class Meta(ListTable.Meta):
        model = Person
        fields = ("full_name", "sex", "born_on", "unit_name", "degree", "political_level")


class SensitivePersonTable(PersonTable):
    """The same with what is sensitive, for a workbook whose purpose is written down."""

    party_status = KitColumn(verbose_name=_("Party membership"), field="party_status", says=_labels(PartyStatus))
    ethnicity = KitColumn(verbose_name=_("Ethnic group"), field="ethnicity__name")
    religion = KitColumn(verbose_name=_("Religion"), field="religion__name")

    class Meta(PersonTable.Meta):
        fields = (*PersonTable.Meta.fields, "party_status", "ethnicity", "religion")


class PersonThenTable(PersonTable):
    """The same with the unit of a day before today, or with what took over where the unit has ended."""

    unit_name = KitColumn(verbose_name=_("Unit"), accessor="unit_shown", order_by="unit_shown", field="unit_shown")


class SensitivePersonThenTable(SensitivePersonTable):
    """What is sensitive besides."""

    unit_name = KitColumn(verbose_name=_("Unit"), accessor="unit_shown", order_by="unit_shown", field="unit_shown")


class ProgrammeTable(ListTable):
    """Programmes that may be run."""

    unit = _("programmes")
    name = NameColumn(
        verbose_name=_("Programme"),
        linkify=lambda record: reverse("registry:programme", args=[record.code]),
        second=lambda record: "" if record.is_offered else _("No longer offered"),
    )
    kind = KitColumn(verbose_name=_("Kind"), accessor="get_kind_display", order_by="kind")
    level = KitColumn(verbose_name=_("Level"), accessor="get_level_display", order_by="level")
    mode = KitColumn(verbose_name=_("Mode"), accessor="get_mode_display", order_by="mode")
    days = NumberColumn(verbose_name=_("Days"))

    class Meta(ListTable.Meta):
        model = Programme
        fields = ("name", "kind", "level", "mode", "days")


class TargetGroupTable(ListTable):
    """Groups of posts that programmes are for."""

    unit = _("target groups")
    opens_rows = False
    name = NameColumn(verbose_name=_("Target group"))
    programme_count = NumberColumn(
        verbose_name=_("Programmes"),
        opens=lambda record: f"{reverse('registry:programmes')}?target_groups={record.pk}",
    )

    class Meta(ListTable.Meta):
        model = TargetGroup
        fields = ("name", "programme_count")
        order_by = ("name",)
