"""Forms of people and units."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.actions import NewPerson, UnitWords
from vuntrong.registry.enums import Sex, UnitKind
from vuntrong.registry.models import Unit, UnitVersion
from vuntrong.web.kit.forms import DayField, KitForm, PartialDateField, RecordField


def _offer(field: forms.Field, units: QuerySet[Unit]) -> None:
    """Let a field choose among the units that the person may use."""
    if isinstance(field, RecordField):
        field.queryset = units


class PersonForm(KitForm):
    """Somebody new. `is_meant` answers the warning that a person of that name and birth date is known."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    born_on = PartialDateField(label=_("Date of birth"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Not stated")), *Sex.choices], required=False)
    unit = RecordField(Unit.objects.none(), label=_("Unit"))
    post_text = forms.CharField(label=_("Post"), max_length=200, required=False)
    is_meant = forms.BooleanField(label=_("This is another person; enter her or him too"), required=False)
    wide = ("post_text",)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["unit"], units)
        self.fields["is_meant"].widget = forms.HiddenInput()

    def warn(self) -> None:
        """Show the box that answers the warning."""
        self.fields["is_meant"].widget = forms.CheckboxInput()

    @property
    def new_person(self) -> NewPerson:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return NewPerson(typed["full_name"], typed["sex"], typed["born_on"], typed["unit"].pk, typed["post_text"])


class UnitForm(KitForm):
    """A unit from a day on."""

    name = forms.CharField(label=_("Name"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=UnitKind.choices)
    parent = RecordField(Unit.objects.none(), label=_("Above it"), required=False)
    code = forms.CharField(
        label=_("Code in the numbers of its papers"), max_length=30, required=False, help_text=_("TTCT, HU, TCT")
    )
    seat = forms.CharField(label=_("Place before the date of its papers"), max_length=80, required=False)
    valid_from = DayField(label=_("From the day"))
    wide = ("name",)

    def __init__(self, *args: Any, parents: QuerySet[Unit], needs_parent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["parent"], parents)
        self.fields["parent"].required = needs_parent

    @property
    def words(self) -> UnitWords:
        """What was typed, for the action."""
        names = ("name", "short_name", "kind", "parent", "code", "seat")
        return UnitWords(**{name: self.cleaned_data[name] for name in names})


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

    def day(self) -> dt.date:
        """Return the day asked for; today where none was, or none that can be read."""
        return (self.cleaned_data.get("on") if self.is_valid() else None) or timezone.localdate()


def words_of(version: UnitVersion) -> dict[str, Any]:
    """Return what a dated row says, to start a form with."""
    names = ("name", "short_name", "kind", "parent", "code", "seat")
    return {name: getattr(version, name) for name in names}
