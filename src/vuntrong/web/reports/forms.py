"""Choosing a report, and saying why a supplement is made."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.models import Unit
from vuntrong.reports.enums import ReportKind
from vuntrong.reports.rules.periods import ReportPeriod, half_year, period_violations, whole_year
from vuntrong.web.kit.forms import DayField, KitForm, RecordField
from vuntrong.web.reports.sentences import sentence

CHOICES = [
    ("first", _("First half-year")),
    ("second", _("Second half-year")),
    ("year", _("Whole year")),
    ("other", _("Other period")),
]


class YearInput(forms.TextInput):
    """A year, without separator."""

    def __init__(self) -> None:
        super().__init__({"class": "form-control is-number", "inputmode": "numeric", "autocomplete": "off"})


class ChooseReportForm(KitForm):
    """Which unit and which days."""

    wide = ("unit",)

    unit = RecordField(Unit.objects.none(), label=_("Unit"))
    what = forms.ChoiceField(choices=CHOICES, label=_("Period"))
    year = forms.IntegerField(label=_("Year"), min_value=1950, max_value=2200, required=False, widget=YearInput)
    start = DayField(label=_("First day"), required=False)
    end = DayField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["unit"].queryset = units
        self.fields["start"].help_text = _("For another period only")
        self.fields["end"].help_text = _("For another period, or an earlier cut-off than the last day")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        self.period = self._period(found)
        if self.period:
            for violation in period_violations(self.period.kind, self.period.start, self.period.end):
                self.add_error(None, sentence(violation))
        return found

    def _period(self, found: dict[str, Any]) -> ReportPeriod | None:
        if found.get("what") == "other":
            return self._other(found)
        if not found.get("year"):
            self.add_error("year", _("Choose the year of the report."))
            return None
        whole = {
            "first": half_year(found["year"], 1),
            "second": half_year(found["year"], 2),
            "year": whole_year(found["year"]),
        }.get(found.get("what", ""))
        return ReportPeriod(whole.kind, whole.start, found.get("end") or whole.end) if whole else None

    def _other(self, found: dict[str, Any]) -> ReportPeriod | None:
        if not (found.get("start") and found.get("end")):
            self.add_error("start", _("Another period needs its first and its last day."))
            return None
        return ReportPeriod(ReportKind.OTHER, found["start"], found["end"])


class SubmitForm(KitForm):
    """The version that the page offered, and why a supplement is made."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(max_length=500, required=False)
