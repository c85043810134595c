"""Forms of the owner: the survey itself, its new deadline."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.planning.actions.surveys import SurveyWords
from vuntrong.planning.models import NeedsSurvey
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Unit
from vuntrong.web.kit.forms import DayField, KitForm, WholeNumberField

END_OF_WORK = "17:00"


class TimeField(forms.TimeField):
    """A time of day as 17:00."""

    widget = forms.TimeInput(attrs={"class": "form-control is-date", "autocomplete": "off"}, format="%H:%M")


class DeadlineMixin(forms.Form):
    """Day and time of a deadline."""

    closes_on = DayField(label=_("Deadline, day"))
    closes_time = TimeField(label=_("Deadline, time"), initial=END_OF_WORK)

    def deadline(self) -> dt.datetime:
        """Return the moment of the deadline in local time."""
        day, time = self.cleaned_data["closes_on"], self.cleaned_data["closes_time"]
        return timezone.make_aware(dt.datetime.combine(day, time))


class SurveyForm(DeadlineMixin, KitForm):
    """What a survey says, which programmes it offers and which units it asks."""

    wide: ClassVar = ("title", "note")
    field_order: ClassVar = ["owner", "year", "title", "letter_number", "letter_on", "closes_on", "closes_time", "note"]
    owner = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit that asks"), empty_label=None)
    year = WholeNumberField(label=_("Needs of the year"), min_value=2000, max_value=2100, localize=False)
    title = forms.CharField(label=_("Name of the survey"), max_length=200)
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=40, required=False)
    letter_on = DayField(label=_("Day of the letter"), required=False)
    note = forms.CharField(label=_("Explanation for the units"), required=False, widget=forms.Textarea)
    programmes = forms.ModelMultipleChoiceField(Programme.objects.none(), label=_("Programmes"), required=False)
    units = forms.ModelMultipleChoiceField(Unit.objects.none(), label=_("Units that are asked"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: Any, programmes: Any, units: Any, is_new: bool, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["owner"].queryset = owners
        self.fields["programmes"].queryset = programmes
        self.fields["units"].queryset = units
        if not is_new:
            del self.fields["owner"]

    def visible_fields(self) -> list[Any]:
        """Leave programmes and units out: the page draws them as lists of their own."""
        return [field for field in super().visible_fields() if field.name not in {"programmes", "units"}]

    @property
    def chosen_programmes(self) -> set[str]:
        """The keys of the ticked programmes, as typed or as saved."""
        return {str(value) for value in self["programmes"].value() or []}

    @property
    def chosen_units(self) -> set[str]:
        """The keys of the ticked units, as typed or as saved."""
        return {str(value) for value in self["units"].value() or []}

    def words(self) -> SurveyWords:
        """Return what the action needs."""
        said = self.cleaned_data
        return SurveyWords(
            year=said["year"],
            title=said["title"],
            closes_at=self.deadline(),
            letter_number=said["letter_number"],
            letter_on=said["letter_on"],
            note=said["note"],
        )


def initial_of(survey: NeedsSurvey) -> dict[str, Any]:
    """Return what the form of a saved survey shows first. 2 queries."""
    local = timezone.localtime(survey.closes_at)
    return {
        "year": survey.year,
        "title": survey.title,
        "letter_number": survey.letter_number,
        "letter_on": survey.letter_on,
        "note": survey.note,
        "closes_on": local.date(),
        "closes_time": local.time(),
        "revision": survey.revision,
        "programmes": list(survey.programmes.values_list("pk", flat=True)),
        "units": list(survey.recipients.values_list("unit_id", flat=True)),
    }


class ReopenForm(KitForm):
    """Why a survey opens again, and until when; without a new deadline only late answers come in."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
    closes_on = DayField(label=_("New deadline, day"), required=False)
    closes_time = TimeField(label=_("New deadline, time"), required=False, initial=END_OF_WORK)

    def deadline(self) -> dt.datetime | None:
        """Return the new deadline in local time, None when the old one stays."""
        day = self.cleaned_data["closes_on"]
        time = self.cleaned_data["closes_time"] or dt.time(17)
        return timezone.make_aware(dt.datetime.combine(day, time)) if day else None
