"""Choosing the survey and the programme that a gap list goes to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.queries import Somebody
from vuntrong.planning.enums import SurveyState
from vuntrong.planning.policies.surveys import surveys_run_by
from vuntrong.programmes.models import Programme
from vuntrong.web.kit.forms import KitForm


class NeedsForm(KitForm):
    """Which survey, for which programme."""

    survey = forms.ModelChoiceField(label=_("Needs survey"), queryset=None)
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.filter(is_offered=True))

    def __init__(self, *args: Any, user: Somebody, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["survey"].queryset = surveys_run_by(user).filter(state=SurveyState.OPEN).order_by("-year", "pk")
