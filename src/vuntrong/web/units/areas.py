"""A row about a hard area as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.actions.areas import AreaWords
from vuntrong.registry.enums import AreaKind
from vuntrong.registry.models import UnitArea
from vuntrong.regulations.enums import Confidence
from vuntrong.web.kit.forms import DayField, KitForm


class AreaForm(KitForm):
    """In which kind of area, by which paper, from which day to which."""

    kind = forms.ChoiceField(label=_("Kind of area"), choices=AreaKind.choices)
    instrument_text = forms.CharField(
        label=_("By the paper"), max_length=300, help_text=_("number, date and issuer of the paper")
    )
    valid_from = DayField(label=_("From the day"))
    valid_to = DayField(label=_("To the day"), required=False)
    confidence = forms.ChoiceField(label=_("Checked"), choices=Confidence.choices, initial=Confidence.UNVERIFIED)
    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    wide = ("instrument_text",)

    def __init__(self, *args: Any, row: UnitArea | None = None, **extra: Any) -> None:
        if row is not None:
            extra["initial"] = {name: getattr(row, name) for name in (*AreaWords.__dataclass_fields__, "revision")}
        super().__init__(*args, **extra)
        self.fields["revision"].required = row is not None

    @property
    def words(self) -> AreaWords:
        """What was typed, for the action."""
        return AreaWords(**{name: self.cleaned_data[name] for name in AreaWords.__dataclass_fields__})
