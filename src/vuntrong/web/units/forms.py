"""Forms of units: the day shown, a new unit, the words of a unit."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.actions.units import UnitWords
from vuntrong.registry.enums import UnitKind
from vuntrong.registry.models import Unit, UnitVersion
from vuntrong.web.kit.forms import DayField, KitForm, RecordField
from vuntrong.web.registry.forms import offer

WORDS = ("name", "short_name", "kind", "parent", "state_parent", "code", "seat", "area_code", "iso_code")
"""What a dated row of a unit says."""
AREA_CODE = RegexValidator(r"^\d{2}(\d{3})?$", _("Write two figures for a province, five for a commune: 20, 05860."))
ISO_CODE = RegexValidator(r"^VN-[0-9A-Z]{2}$", _("Write the code as in ISO 3166-2: VN-09."))


class UnitForm(KitForm):
    """A unit from a day on."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices)
    parent = RecordField(Unit.objects.none(), label=_("Above it on the Party line"), required=False)
    state_parent = RecordField(
        Unit.objects.none(),
        label=_("Above it on the State line"),
        required=False,
        help_text=_("only where it differs from the Party line"),
    )
    code = forms.CharField(
        label=_("Code in the numbers of its papers"), max_length=30, required=False, help_text=_("TTCT, HU, TCT")
    )
    seat = forms.CharField(label=_("Place before the date of its papers"), max_length=80, required=False)
    area_code = forms.CharField(
        label=_("Area code of the statistics office"),
        max_length=10,
        required=False,
        validators=[AREA_CODE],
        help_text=_("of a province or commune: 20, 05860"),
    )
    iso_code = forms.CharField(
        label=_("ISO code"), max_length=10, required=False, validators=[ISO_CODE], help_text=_("of a province: VN-09")
    )
    valid_from = DayField(label=_("From the day"))
    wide = ("name",)

    def __init__(self, *args: Any, parents: QuerySet[Unit], needs_parent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("parent", "state_parent"):
            offer(self.fields[name], parents)
        self.fields["parent"].required = needs_parent

    @property
    def words(self) -> UnitWords:
        """What was typed, for the action."""
        return UnitWords(**{name: self.cleaned_data[name] for name in WORDS})


class NewUnitForm(UnitForm):
    """A unit that was not known."""

    slug = forms.SlugField(
        label=_("Code in addresses"),
        max_length=80,
        help_text=_("small letters without accents, figures and hyphens: tuyen-hoa"),
        error_messages={
            "invalid": _("Write small letters without accents, figures and hyphens, for example tuyen-hoa.")
        },
    )

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"].lower()


class DayForm(forms.Form):
    """The day as of which something is shown; today when it is not given."""

    on = DayField(label=_("As it was on"), required=False)

    def line(self) -> str:
        """Return the line of parents asked for; the Party's where none was."""
        return "state" if self.data.get("line") == "state" else "party"

    def day(self) -> dt.date:
        """Return the day asked for; today where none was, or none that can be read."""
        return (self.cleaned_data.get("on") if self.is_valid() else None) or timezone.localdate()


def words_of(version: UnitVersion) -> dict[str, Any]:
    """Return what a dated row says, to start a form with."""
    return {name: getattr(version, name) for name in WORDS}
