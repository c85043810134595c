"""Forms of people."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.actions import NewPerson
from vuntrong.registry.enums import Sex
from vuntrong.registry.models import Unit
from vuntrong.web.kit.forms import KitForm, PartialDateField, RecordField


def offer(field: forms.Field, units: QuerySet[Unit]) -> None:
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
        offer(self.fields["unit"], units)
        self.fields["is_meant"].widget = forms.HiddenInput()

    def warn(self) -> None:
        """Show the box that answers the warning."""
        self.fields["is_meant"].widget = forms.CheckboxInput()

    @property
    def new_person(self) -> NewPerson:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return NewPerson(typed["full_name"], typed["sex"], typed["born_on"], typed["unit"].pk, typed["post_text"])
