"""Forms of classes: making, opening, starting, closing, cancelling, editing, units."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.classes.actions.life import NewDecision
from vuntrong.classes.actions.making import ClassContent, Role
from vuntrong.classes.enums import UnitRole
from vuntrong.classes.models import ClassRun
from vuntrong.classes.rules.life import code_pattern
from vuntrong.planning.enums import Side
from vuntrong.planning.models import SubmittedLine
from vuntrong.programmes.enums import Mode
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Unit
from vuntrong.web.kit.forms import DayField, KitForm, RecordField, RecordsField, WholeNumberField


def alive_units() -> QuerySet[Unit]:
    """Return the units that may have a role; names of units are known to everybody who works here."""
    return Unit.objects.filter(is_alive=True)


class MakeForm(KitForm):
    """Classes to be made from a plan line."""

    count = WholeNumberField(label=_("Number of classes"), min_value=1)
    pattern = forms.CharField(
        label=_("Pattern of the codes"),
        max_length=40,
        help_text=_("## stands for the running number: ĐVM-## gives ĐVM-01, ĐVM-02"),
    )
    host = RecordField(Unit.objects.none(), label=_("Host venue"), required=False)
    capacity = WholeNumberField(
        label=_("Most learners in a class"), min_value=1, required=False, help_text=_("empty: no limit")
    )
    cohort = forms.CharField(label=_("Cohort"), max_length=20, required=False, help_text=_("for example XII"))

    def __init__(self, *args: Any, line: SubmittedLine, left: int, **kwargs: Any) -> None:
        start = {"count": left or None, "pattern": code_pattern(line.programme.short_name)}
        super().__init__(*args, initial=start, **kwargs)
        self.fields["host"].queryset = alive_units()


class DecisionForm(KitForm):
    """A decision with the day on which the class opens."""

    number = forms.CharField(label=_("Number"), max_length=40, help_text=_("as on the paper"))
    issued_on = DayField(label=_("Date of the decision"))
    issuer_text = forms.CharField(label=_("Issued by"), max_length=200)
    signer_name = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    signer_post = forms.CharField(label=_("Post of the signer"), max_length=120, required=False)
    opens_on = DayField(label=_("Opening day"))
    ends_on = DayField(label=_("Last day planned"), required=False)
    groups = (
        (_("Decision"), ("number", "issued_on", "issuer_text", "signer_name", "signer_post")),
        (_("First and last day"), ("opens_on", "ends_on")),
    )

    def decision(self, issuer: Unit) -> NewDecision:
        """Return the decision as typed; the rules say what is missing."""
        typed = self.cleaned_data
        return NewDecision(
            number=typed["number"],
            issued_on=typed["issued_on"],
            issuer=issuer,
            issuer_text=typed["issuer_text"],
            signer_name=typed["signer_name"],
            signer_post=typed["signer_post"],
        )


class RevisedForm(KitForm):
    """A form of a record that somebody else may save meanwhile; `revision` is the one that the person saw."""

    def refresh_revision(self, record: ClassRun) -> None:
        """After a refusal the person has seen what is new: the next save counts from there, with what was typed."""
        record.refresh_from_db(fields=["revision"])
        self.data = self.data.copy()
        self.data["revision"] = str(record.revision)


class ContentForm(RevisedForm):
    """The words and figures of a class."""

    code = forms.CharField(label=_("Code of the class"), max_length=40)
    name = forms.CharField(label=_("Name of the class"), max_length=200)
    cohort = forms.CharField(label=_("Cohort"), max_length=20, required=False, help_text=_("for example XII"))
    mode = forms.ChoiceField(label=_("Mode"), choices=Mode.choices)
    venue = forms.CharField(label=_("Venue"), max_length=200, required=False)
    planned_start = DayField(label=_("Planned start"), required=False)
    planned_end = DayField(label=_("Planned end"), required=False)
    planned_learners = WholeNumberField(label=_("Planned learners"), min_value=0, required=False)
    capacity = WholeNumberField(label=_("Most learners"), min_value=1, required=False, help_text=_("empty: no limit"))
    minimum = WholeNumberField(label=_("Least learners"), min_value=1, required=False, help_text=_("empty: none"))
    modules_total = WholeNumberField(label=_("Modules"), min_value=0, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    wide = ("name", "venue")

    @property
    def content(self) -> ClassContent:
        """What was typed, for the action."""
        typed = {name: value for name, value in self.cleaned_data.items() if name in ClassContent.__dataclass_fields__}
        return ClassContent(**{**typed, "modules_total": typed["modules_total"] or 0})


class UnplannedForm(ContentForm, DecisionForm):
    """A class outside every plan with its own decision."""

    owner = RecordField(Unit.objects.none(), label=_("Run by"))
    programme = RecordField(Programme.objects.filter(is_offered=True), label=_("Programme"))
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices)
    host = RecordField(Unit.objects.none(), label=_("Host venue"), required=False)
    planned_start = None  # type: ignore[assignment]
    planned_end = None  # type: ignore[assignment]
    groups = (
        (_("Class"), ("owner", "programme", "side", "code", "name", "cohort", "mode", "host", "venue")),
        (_("Size"), ("planned_learners", "capacity", "minimum", "modules_total")),
        *DecisionForm.groups,
    )

    def __init__(self, *args: Any, owners: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners
        self.fields["host"].queryset = alive_units()

    @property
    def content(self) -> ClassContent:
        typed = {name: value for name, value in self.cleaned_data.items() if name in ClassContent.__dataclass_fields__}
        ends_on = self.cleaned_data["ends_on"]
        return ClassContent(**{**typed, "modules_total": typed["modules_total"] or 0, "planned_end": ends_on})

    @property
    def roles(self) -> list[Role]:
        host = self.cleaned_data["host"]
        return [(host, UnitRole.HOST)] if host else []


class StartForm(KitForm):
    """The day on which the class really began."""

    on = DayField(label=_("The class began on"))


class CloseForm(KitForm):
    """The day on which the class ended."""

    on = DayField(label=_("The class ended on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class CancelForm(KitForm):
    """Why a class is given up."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 3}), required=False)


class ModulesForm(KitForm):
    """How many modules are finished."""

    finished = WholeNumberField(label=_("Finished modules"), min_value=0)


class RolesForm(RevisedForm):
    """What units do in a class."""

    host = RecordField(Unit.objects.none(), label=_("Host venue"), required=False)
    lead = RecordField(Unit.objects.none(), label=_("Lead"), required=False)
    linked = RecordField(Unit.objects.none(), label=_("Linked institution"), required=False)
    cooperating = RecordsField(Unit.objects.none(), label=_("Co-operating"), required=False)
    sending = RecordsField(Unit.objects.none(), label=_("Sending"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    wide = ("cooperating", "sending")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role in UnitRole:
            self.fields[role.value].queryset = alive_units()

    @property
    def roles(self) -> list[Role]:
        """What was chosen, for the action."""
        found: list[Role] = []
        for role in UnitRole:
            chosen = self.cleaned_data[role.value]
            units = [chosen] if isinstance(chosen, Unit) else list(chosen or ())
            found += [(unit, role) for unit in units]
        return found


def roles_now(run: ClassRun) -> dict[str, Any]:
    """Return what units do in the class, to start the form with. 1 query."""
    start: dict[str, Any] = {"revision": run.revision, "cooperating": [], "sending": []}
    for unit_id, role in run.roles.on(timezone.localdate()).values_list("unit_id", "role"):
        if role in {UnitRole.COOPERATING, UnitRole.SENDING}:
            start[role].append(unit_id)
        else:
            start[role] = unit_id
    return start


def content_now(run: ClassRun) -> dict[str, Any]:
    """Return the words of a class, to start the form with."""
    names = [*ClassContent.__dataclass_fields__, "revision"]
    return {name: getattr(run, name) for name in names}
