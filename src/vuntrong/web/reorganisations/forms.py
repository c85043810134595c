"""Forms of the wizard: the basis, a workbook."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.models import Reorganisation, Unit
from vuntrong.web.kit.forms import DayField, KitForm, RecordField, UploadField


class BasisForm(KitForm):
    """What the re-organisation stands on."""

    title = forms.CharField(label=_("Title"), max_length=200)
    takes_effect_on = DayField(
        label=_("Takes effect on"), help_text=_("first day of the new units; the old ones end the day before")
    )
    unit = RecordField(Unit.objects.none(), label=_("Area"), help_text=_("everything happens at or below this unit"))
    instrument_text = forms.CharField(
        label=_("Paper that orders it"), max_length=300, help_text=_("number, date and issuer as on the paper")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    wide = ("title", "instrument_text")

    def __init__(self, *args: Any, units: QuerySet[Unit], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["unit"].queryset = units

    @property
    def content(self) -> dict[str, Any]:
        """What was typed, for the action."""
        return {name: self.cleaned_data[name] for name in ("title", "takes_effect_on", "unit", "instrument_text")}


def basis_of(draft: Reorganisation) -> dict[str, Any]:
    """Return what a draft stands on, to start the form with."""
    return {
        "title": draft.title,
        "takes_effect_on": draft.takes_effect_on,
        "unit": draft.unit_id,
        "instrument_text": draft.instrument_text,
        "revision": draft.revision,
    }


class EventsUploadForm(KitForm):
    """A workbook with the list of events."""

    file = UploadField(kinds=[".xlsx", ".xlsm", ".xls", ".ods"], label=_("Workbook"))
