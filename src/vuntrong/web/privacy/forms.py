"""Forms of the privacy desk."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.enums import RequestEffect, RequestKind
from vuntrong.registry.models import DataRequest
from vuntrong.registry.rules.requests import EFFECTS
from vuntrong.web.kit.forms import DayField, KitForm, PurposeField


def _lines(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "class": "form-control"})


class PurposeForm(KitForm):
    """What sensitive data is read for."""

    purpose = PurposeField()
    wide = ("purpose",)


class AskForm(KitForm):
    """What a person asks about her own data."""

    kind = forms.ChoiceField(label=_("What is asked"), choices=RequestKind.choices)
    text = forms.CharField(
        label=_("In her or his own words"),
        widget=_lines(),
        help_text=_("For a correction: which field, what is right, and which paper shows it."),
    )
    wide = ("kind", "text")


class EnterForm(AskForm):
    """The same, written down by the office for somebody who came or wrote."""

    received_on = DayField(label=_("Received on"))
    has_processor = forms.BooleanField(
        label=_("Somebody who processes the data for us must stop too"),
        required=False,
        help_text=_("Gives a longer term."),
    )
    wide = ("kind", "text", "has_processor")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"received_on": timezone.localdate()})
        super().__init__(*args, **kwargs)


class AnswerForm(KitForm):
    """What the person is told."""

    answer = forms.CharField(label=_("Answer"), widget=_lines())
    wide = ("answer",)


class ReasonForm(KitForm):
    """Why something is refused, lifted, restricted."""

    reason = forms.CharField(label=_("Reason"), widget=_lines(3))
    wide = ("reason",)


class ExtendForm(ReasonForm):
    """To which day, and why."""

    until = DayField(label=_("New last day"))
    field_order = ("until", "reason")


class OutcomeForm(KitForm):
    """What was done, and what becomes of the record."""

    effect = forms.ChoiceField(label=_("Effect on the record"), widget=forms.RadioSelect)
    outcome = forms.CharField(label=_("What was done, and why so"), widget=_lines())
    wide = ("effect", "outcome")

    def __init__(self, *args: Any, request: DataRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [effect for effect in RequestEffect if effect in EFFECTS[request.kind]]
        self.fields["effect"].choices = [(effect.value, effect.label) for effect in allowed]
        if len(allowed) == 1:
            self.fields["effect"].initial = allowed[0].value


class FindForm(KitForm):
    """Part of a name, without regard to accents."""

    q = forms.CharField(label=_("Name of the person"), max_length=120)
    wide = ("q",)
