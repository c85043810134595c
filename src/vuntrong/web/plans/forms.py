"""Forms of plans: they read and convert; what is allowed is decided in planning.rules."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vuntrong.accounts.policies import units_visible_to
from vuntrong.accounts.queries import Somebody
from vuntrong.planning.enums import LineState, OwnerRole, Side
from vuntrong.planning.models import NeedsSnapshot, NeedsSurvey, PlanLine, TrainingPlan
from vuntrong.planning.policies.plans import plan_owners_for
from vuntrong.planning.queries.lines import line_draft
from vuntrong.planning.rules.plans import LineDraft
from vuntrong.programmes.enums import Mode
from vuntrong.programmes.models import Programme
from vuntrong.registry.enums import UnitKind
from vuntrong.registry.models import Unit
from vuntrong.registry.queries.units import with_national
from vuntrong.web.kit.forms import DayField, KitForm, RecordField, UploadField, WholeNumberField

SCANS = [".pdf", ".jpg", ".jpeg", ".png"]
SENDING_ONLY = (UnitKind.COMMUNE_COMMITTEE, UnitKind.PARTY_CELL, UnitKind.DIRECT_COMMITTEE)
"""Kinds that send learners but neither lead nor open classes."""
ROMAN = ("I", "II", "III", "IV")


def period_choices() -> list[tuple[str, Any]]:
    """Return months and quarters as one choice, so that nobody gives both."""
    months = [(f"m{month}", _("Month %(number)s") % {"number": month}) for month in range(1, 13)]
    quarters = [(f"q{at}", _("Quarter %(number)s") % {"number": roman}) for at, roman in enumerate(ROMAN, 1)]
    return [("", "–"), *months, *quarters]


class PlanForm(KitForm):
    """A new plan."""

    wide = ("title", "approver_text")
    groups = (
        (_("Whose plan"), ("owner", "side", "year", "survey", "title")),
        (_("Who approves"), ("approver", "approver_text")),
    )

    owner = RecordField(Unit.objects.none(), label=_("Owner"))
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100, widget=forms.TextInput)
    survey = RecordField(NeedsSurvey.objects.none(), label=_("Needs survey behind it"), required=False)
    title = forms.CharField(label=_("Title"), max_length=200)
    approver = RecordField(Unit.objects.none(), label=_("Approved by"))
    approver_text = forms.CharField(
        label=_("Approver as papers name it"),
        max_length=200,
        help_text=_("For example: Ban Thường vụ Huyện ủy Tuyên Hóa"),
    )

    def __init__(self, *args: Any, user: Somebody, **extra: Any) -> None:
        super().__init__(*args, **extra)
        owners = plan_owners_for(user)
        seen = Q(pk__in=units_visible_to(user).values("pk")) | Q(children__in=owners)
        self.fields["owner"].queryset = owners
        self.fields["approver"].queryset = Unit.objects.filter(seen, is_alive=True).distinct()
        self.fields["survey"].queryset = NeedsSurvey.objects.filter(owner__in=owners)


def partners(plan: TrainingPlan) -> QuerySet[Unit]:
    """Return the units that may open, lead or co-operate: bodies of the province and of the whole country.

    Units that only send learners are none of them. 2 queries besides those of the rows.
    """
    bodies = Q(is_alive=True) & ~Q(kind__in=SENDING_ONLY) & with_national(plan.owner)
    return Unit.objects.filter(bodies | Q(pk__in=[plan.owner_id, plan.approver_id]))


class LineForm(KitForm):
    """A plan line, whole."""

    wide = ("title", "audience", "cooperating", "note", "legal_basis")
    groups = (
        (_("What and for whom"), ("programme", "mode", "title", "audience")),
        (_("How many and when"), ("class_count", "learner_count", "period", "days", "line_state", "for_year")),
        (_("Who and where"), ("place", "owner_role", "opener", "lead", "cooperating")),
        (_("Money and basis"), ("budget_vnd", "funding_source", "legal_basis", "note")),
    )

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    programme = RecordField(Programme.objects.none(), label=_("Programme"))
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode.choices)
    title = forms.CharField(
        label=_("Class name"), max_length=200, required=False, help_text=_("Only where it says more than the programme")
    )
    audience = forms.CharField(label=_("Audience"), max_length=300, required=False)
    class_count = WholeNumberField(label=_("Number of classes"), required=False, min_value=0)
    learner_count = WholeNumberField(label=_("Number of learners"), required=False, min_value=0)
    period = forms.ChoiceField(label=_("Month or quarter"), required=False)
    days = WholeNumberField(label=_("Days"), required=False, min_value=0)
    line_state = forms.ChoiceField(label=pgettext_lazy("plan line", "How firm"), choices=LineState.choices)
    for_year = forms.IntegerField(
        label=_("For the year"), required=False, widget=forms.TextInput, help_text=_("Only for a later year")
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    owner_role = forms.ChoiceField(label=_("Role of the owner"), choices=OwnerRole.choices)
    opener = RecordField(Unit.objects.none(), label=_("Opened by"), required=False)
    lead = RecordField(Unit.objects.none(), label=_("Lead unit"), required=False)
    cooperating = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Co-operating units"), required=False, widget=forms.CheckboxSelectMultiple
    )
    budget_vnd = WholeNumberField(
        label=_("Budget (đồng)"), required=False, min_value=0, help_text=_("For example 12.500.000")
    )
    funding_source = forms.CharField(label=_("Source of the budget"), max_length=200, required=False)
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=300, required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    same: ClassVar = ("mode", "title", "audience", "class_count", "learner_count", "days", "line_state", "for_year")
    also: ClassVar = ("place", "owner_role", "budget_vnd", "funding_source", "legal_basis", "note")

    def __init__(self, *args: Any, plan: TrainingPlan, line: PlanLine | None = None, **extra: Any) -> None:
        extra.setdefault("initial", self.values_of(line) if line else {"owner_role": OwnerRole.OPENS})
        super().__init__(*args, **extra)
        kept = Q(pk=line.programme_id) if line else Q()
        self.fields["programme"].queryset = Programme.objects.filter(Q(is_offered=True) | kept).order_by("name")
        self.fields["period"].choices = period_choices()
        units = partners(plan)
        for name in ("opener", "lead", "cooperating"):
            self.fields[name].queryset = units
        self.fields["cooperating"].label_from_instance = lambda unit: unit.short_name

    @classmethod
    def values_of(cls, line: PlanLine) -> Mapping[str, Any]:
        """Return what the form shows of a line."""
        shown = {name: getattr(line, name) for name in (*cls.same, *cls.also)}
        period = f"m{line.month}" if line.month else f"q{line.quarter}" if line.quarter else ""
        units = {"opener": line.opener_id, "lead": line.lead_id, "cooperating": line.cooperating.all()}
        return {**shown, **units, "programme": line.programme_id, "period": period, "revision": line.revision}

    @property
    def draft(self) -> LineDraft:
        """What the person typed, for the action."""
        typed = self.cleaned_data
        period = typed["period"]
        return LineDraft(
            programme_id=typed["programme"].pk,
            month=int(period[1:]) if period.startswith("m") else None,
            quarter=int(period[1:]) if period.startswith("q") else None,
            opener_id=typed["opener"].pk if typed["opener"] else None,
            lead_id=typed["lead"].pk if typed["lead"] else None,
            cooperating_ids=frozenset(unit.pk for unit in typed["cooperating"]),
            **{name: typed[name] for name in (*self.same, *self.also)},
        )


class NumberForm(forms.Form):
    """One number of one line, typed in the grid; `month` stands for the time of a line and clears its quarter."""

    FIELDS: ClassVar = ("class_count", "learner_count", "month", "budget_vnd")
    field = forms.ChoiceField(choices=[(name, name) for name in FIELDS])
    revision = forms.IntegerField()
    value = WholeNumberField(required=False, min_value=0)

    def _changes(self) -> dict[str, Any]:
        name, value = self.cleaned_data["field"], self.cleaned_data["value"]
        return {name: value} | ({"quarter": None} if name == "month" and value else {})

    def draft(self, line: PlanLine) -> LineDraft:
        """Return what the line says with the number in it."""
        return LineDraft(**vars(line_draft(line)) | self._changes())


class ProposeForm(KitForm):
    """Which needs become classes, and how large a class may be."""

    snapshot = forms.ModelChoiceField(NeedsSnapshot.objects.none(), label=_("Figures of"), widget=forms.HiddenInput)
    smallest = WholeNumberField(label=_("At least"), min_value=0, initial=30)
    largest = WholeNumberField(label=_("At most"), min_value=0, initial=60)

    def __init__(self, *args: Any, plan: TrainingPlan, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.fields["snapshot"].queryset = NeedsSnapshot.objects.filter(survey=plan.survey_id)


class SubmitForm(KitForm):
    """The number of the tờ trình, where the registry gave one."""

    paper_number = forms.CharField(label=_("Number of the submission"), max_length=40, required=False)


class DecisionForm(KitForm):
    """What stands on the signed decision."""

    submission = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label=_("Number"), max_length=40, help_text=_("For example 718-QĐ/HU"))
    issued_on = DayField(label=_("Day of signing"))
    signer_name = forms.CharField(label=_("Signed by"), max_length=120)
    signer_post = forms.CharField(label=_("Post of the signer"), max_length=120, required=False)
    scan = UploadField(label=_("Scanned decision"), kinds=SCANS, required=False)


class ReturnForm(KitForm):
    """What is to be completed."""

    submission = forms.IntegerField(widget=forms.HiddenInput)
    remarks = forms.CharField(label=_("What is to be completed"), widget=forms.Textarea({"rows": 3}))


class AmendForm(KitForm):
    """Why the plan is amended."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class StampForm(KitForm):
    """Number, day and signer of a paper; everything may stay open."""

    number = WholeNumberField(label=_("Number"), required=False, min_value=1, max_value=99999)
    day = DayField(label=_("Day of signing"), required=False)
    signer_name = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    signer_post = forms.CharField(label=_("Post of the signer"), max_length=120, required=False)
