"""Forms of learners: somebody new, leaving, coming back, the workbook."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.classes.enums import EnrolmentState
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.kernel.errors import DomainError, RuleBroken
from vuntrong.registry.actions import NewPerson
from vuntrong.registry.enums import Sex
from vuntrong.registry.models import Unit
from vuntrong.web.classes.forms import alive_units
from vuntrong.web.classes.sentences import VIOLATIONS, explain
from vuntrong.web.kit.forms import DayField, KitForm, PartialDateField, RecordField, UploadField


class NewPersonForm(KitForm):
    """Somebody who is not on the list of officials yet."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    born_on = PartialDateField(label=_("Date of birth"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Not stated")), *Sex.choices], required=False)
    unit = RecordField(Unit.objects.none(), label=_("Unit"))
    post_text = forms.CharField(label=_("Post"), max_length=200, required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = alive_units()  # type: ignore[attr-defined]

    @property
    def person(self) -> NewPerson:
        """What was typed, for the action."""
        typed = self.cleaned_data
        return NewPerson(typed["full_name"], typed["sex"], typed["born_on"], typed["unit"].pk, typed["post_text"])


class DepartForm(KitForm):
    """Who left or never came, from which day, and why; the revisions that the person saw come along."""

    to = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            (EnrolmentState.NO_SHOW, EnrolmentState.NO_SHOW.label),
            (EnrolmentState.WITHDRAWN, EnrolmentState.WITHDRAWN.label),
        ],
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("From the day"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    despite_reports = forms.BooleanField(
        label=_("Go on: the report will be shown as changed since it was sent"), required=False
    )
    wide = ("reason",)

    def __init__(self, *args: Any, run: ClassRun, people: list[Enrolment], **kwargs: Any) -> None:
        start = {"to": EnrolmentState.NO_SHOW, "on": run.opened_on or timezone.localdate()}
        super().__init__(*args, initial=start, **kwargs)
        self.people = people
        self.fields["despite_reports"].widget = forms.HiddenInput()

    @property
    def seen(self) -> list[Enrolment]:
        """Return the learners with the revisions that the person saw."""
        for row in self.people:
            seen = self.data.get(f"revision-{row.pk}", "")
            row.revision = int(seen) if seen.isdecimal() else -1
        return self.people

    @property
    def said(self) -> dict[str, Any]:
        """Return what was said, for the action."""
        return {name: self.cleaned_data[name] for name in ("to", "on", "reason", "despite_reports")}

    def refuse(self, refusal: DomainError) -> None:
        """Say why it was refused; what reports have to say can be accepted."""
        self.add_error(None, explain(refusal))
        if isinstance(refusal, RuleBroken) and all(one.code not in VIOLATIONS for one in refusal.violations):
            self.fields["despite_reports"].widget = forms.CheckboxInput()


class ReinstateForm(KitForm):
    """Why somebody comes back."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class WorkbookForm(KitForm):
    """A workbook of learners."""

    file = UploadField(kinds=[".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt"], label=_("Workbook"))
