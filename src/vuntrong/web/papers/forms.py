"""Forms of papers: what a person says about one, numbers from elsewhere, cancelling, who is in charge of a class."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vuntrong.classes.enums import ClassPaper, Duty
from vuntrong.classes.papers.content import PaperWords
from vuntrong.registry.models import Person, Unit
from vuntrong.web.kit.forms import DayField, KitForm, RecordField, WholeNumberField

AT_ONCE = 30
"""Most letters that one press issues."""
OF_EVERY_PAPER = ("day", "signer_name", "signer_post", "recipients")
OF_PAPER: dict[str, tuple[str, ...]] = {
    ClassPaper.CALL_UP: (
        *("units", "people", "office_name", "office", "opening_time", "excuse_on", "bring", "boarding"),
    ),
    ClassPaper.OPENING: ("grounds", "office_name", "office_head", "funding", "executors"),
    ClassPaper.RECOGNITION: ("grounds", "office_head", "study_rule", "executors", "is_public"),
    ClassPaper.DUTIES: ("grounds", "office_head", "study_rule", "executors"),
}
LINES = forms.Textarea({"class": "form-control", "rows": 4})


class PaperForm(KitForm):
    """What a person says about a paper of a class; fields that the paper does not know fall away."""

    day = DayField(label=_("Day of signing"))
    signer_name = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    signer_post = forms.CharField(label=_("Post of the signer"), max_length=120, required=False)
    units = forms.MultipleChoiceField(
        label=_("Letters to sending units"), required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.MultipleChoiceField(
        label=_("Letters to people"), required=False, widget=forms.CheckboxSelectMultiple
    )
    opening_time = forms.CharField(
        label=_("Opening hour"), max_length=40, required=False, help_text=_("as in 07 giờ 30")
    )
    excuse_on = DayField(label=_("Excuses until"), required=False)
    bring = forms.CharField(label=_("Learners bring"), max_length=400, required=False)
    boarding = forms.CharField(label=_("Lodging and allowances"), max_length=400, required=False)
    office_name = forms.CharField(label=_("Training office"), max_length=200, required=False)
    office_head = forms.CharField(label=_("Proposed by"), max_length=200, required=False)
    office = forms.CharField(label=_("Code of the drafting office"), max_length=20, required=False)
    funding = forms.CharField(label=_("Funding source"), max_length=300, required=False)
    study_rule = forms.CharField(label=_("Rules of study"), max_length=300, required=False)
    executors = forms.CharField(label=_("Who carries it out"), max_length=500, required=False)
    grounds = forms.CharField(
        label=_("Grounds, one on each line"), required=False, widget=LINES, help_text=_("without “Căn cứ”")
    )
    recipients = forms.CharField(label=_("Recipients, one on each line"), required=False, widget=LINES)
    is_public = forms.BooleanField(
        label=_("Leave ethnic group, Party date and sending decision out of the list"), required=False
    )
    wide: ClassVar[Sequence[str]] = ("units", "people", "bring", "boarding", "executors", "grounds", "recipients")

    def __init__(
        self, *args: Any, paper: str, units: Sequence[Any] = (), people: Sequence[Any] = (), **extra: Any
    ) -> None:
        super().__init__(*args, **extra)
        kept = {*OF_EVERY_PAPER, *OF_PAPER[paper]}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        if paper == ClassPaper.CALL_UP:
            self.fields["units"].choices = units
            self.fields["people"].choices = people

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        chosen = len(typed.get("units", [])) + len(typed.get("people", []))
        if chosen > AT_ONCE:
            message = _("%(count)s letters are chosen; at most %(most)s are issued at once. Issue the rest afterwards.")
            raise ValidationError(message, params={"count": chosen, "most": AT_ONCE})
        return typed

    @property
    def words(self) -> PaperWords:
        """What was typed, for the paper."""
        typed = {name: value for name, value in self.cleaned_data.items() if name in PaperWords.__dataclass_fields__}
        for name in ("grounds", "recipients"):
            lines = (line.strip(" -;.") for line in typed.get(name, "").splitlines())
            typed[name] = tuple(line for line in lines if line)
        return PaperWords(**typed)


class CancelForm(KitForm):
    """Why a paper is cancelled."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class EnterForm(KitForm):
    """A paper that got its number elsewhere."""

    unit = RecordField(Unit.objects.none(), label=_("Unit"))
    kind = forms.CharField(label=_("Type code"), max_length=10, help_text=_("as in QĐ, CV, TB"))
    number = WholeNumberField(label=_("Number"), min_value=1)
    day = DayField(label=_("Day of signing"))
    reference = forms.CharField(
        label=_("Number as on the paper"), max_length=80, required=False, help_text=_("empty: by the pattern")
    )
    summary = forms.CharField(label=_("Summary"), max_length=500)
    signer_name = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    signer_post = forms.CharField(label=_("Post of the signer"), max_length=120, required=False)
    wide: ClassVar[Sequence[str]] = ("summary",)

    def __init__(self, *args: Any, units: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["unit"].queryset = units


class DutiesForm(KitForm):
    """Who is in charge of a class from a day on."""

    on = DayField(label=_("From"))
    master = RecordField(Person.objects.none(), label=_("Form-master"), required=False)
    monitor = RecordField(Person.objects.none(), label=_("Class monitor"), required=False)
    deputy_study = RecordField(Person.objects.none(), label=_("Deputy monitor for study"), required=False)
    deputy_life = RecordField(Person.objects.none(), label=_("Deputy monitor for daily life"), required=False)

    FIELDS: ClassVar[dict[str, str]] = {
        "master": Duty.FORM_MASTER,
        "monitor": Duty.MONITOR,
        "deputy_study": Duty.DEPUTY_STUDY,
        "deputy_life": Duty.DEPUTY_LIFE,
    }

    def __init__(self, *args: Any, masters: Any, learners: Any, **extra: Any) -> None:
        super().__init__(*args, **extra)
        for name in self.FIELDS:
            self.fields[name].queryset = masters if name == "master" else learners

    @property
    def holders(self) -> dict[str, Person | None]:
        """Who holds each duty; nobody where the field is empty."""
        return {duty: self.cleaned_data[name] for name, duty in self.FIELDS.items()}
