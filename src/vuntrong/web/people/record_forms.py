"""Forms of the dated rows of a record: one for each table, fields by the names of the columns."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.enums import (
    TRAINING_INSTITUTIONS,
    AwardKind,
    LecturerKind,
    QualificationKind,
    StudyMode,
    YearlyGrade,
)
from vuntrong.registry.models import Person, Post, Unit
from vuntrong.web.kit.forms import DayField, KitForm, PartialDateField, RecordField, UploadField, WholeNumberField
from vuntrong.web.people.words import LEVEL_CHOICES

SCAN_LIMIT = 10 * 2**20
APART = ("revision", "reason", "scan_file")
"""Fields that are no column of the row."""


class RecordForm(KitForm):
    """A row of a record. A correction says why; a new row may."""

    row: Model | None
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput())
    wide: ClassVar = ("reason", "decision")

    def __init__(self, *args: Any, person: Person, row: Model | None, units: QuerySet[Unit], **extra: Any) -> None:
        self.row, self.person = row, person
        started = {"revision": person.revision, **self.start(row)}
        super().__init__(*args, initial={**started, **extra.pop("initial", {})}, **extra)
        if "unit" in self.fields:
            self.fields["unit"].queryset = self.offered(units)
        self.fields["reason"].required = row is not None
        self.order_fields([name for name in self.fields if name not in APART])

    def start(self, row: Model | None) -> dict[str, Any]:
        """Return the values that the form begins with."""
        names = [name for name in self.base_fields if name not in APART]
        return {name: getattr(row, name) for name in names if hasattr(row, name)} if row else {}

    def offered(self, units: QuerySet[Unit]) -> QuerySet[Unit]:
        """Return the units to choose from: those that the clerk sees, and the one that the row names."""
        named = getattr(self.row, "unit_id", None)
        return units | Unit.objects.filter(pk=named) if named else units

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by column."""
        return {name: value for name, value in self.cleaned_data.items() if name not in APART}


def _post() -> RecordField:
    return RecordField(Post.objects.all(), label=_("Post in the catalogue"), required=False)


def _decision() -> forms.CharField:
    return forms.CharField(
        label=_("Decision"), max_length=200, required=False, help_text=_("number, date and issuer, as on the paper")
    )


class PostingForm(RecordForm):
    """Where the person works or worked; a unit that the registry does not know stands as text."""

    unit = RecordField(
        Unit.objects.none(),
        label=_("Unit"),
        required=False,
        help_text=_("a move to a unit that is not listed here is entered by the Organisation Board"),
    )
    unit_text = forms.CharField(
        label=_("Unit as the paper names it"),
        max_length=200,
        required=False,
        help_text=_("only where the list does not have it"),
    )
    post = _post()
    post_text = forms.CharField(
        label=_("Post as the decision has it"), max_length=200, required=False, help_text=_("Bí thư Đảng ủy xã")
    )
    valid_from = DayField(label=_("From the day"), required=False)
    valid_to = DayField(label=_("To the day"), required=False)
    is_main = forms.BooleanField(label=_("This is the main post"), required=False, initial=True)
    decision = _decision()

    def clean(self) -> dict[str, Any]:
        """Hang a place that the registry does not know on the unit of the person."""
        super().clean()
        typed = self.cleaned_data
        if not typed.get("unit") and typed.get("unit_text"):
            typed["unit"] = self.person.unit
        elif not typed.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("Choose the unit, or write its name in the next field."))
        return typed


class FormerNameForm(RecordForm):
    """A name that the person bore or bears besides."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False, help_text=_("name at birth, alias"))


class PlannedPostForm(RecordForm):
    """A future post that the person is named for."""

    post = _post()
    post_text = forms.CharField(label=_("Post as the decision has it"), max_length=200, required=False)
    unit = RecordField(Unit.objects.none(), label=_("Unit"), required=False)
    term = forms.CharField(label=_("Term"), max_length=20, required=False, help_text="2025-2030")
    valid_from = PartialDateField(label=_("From the day"), required=False)
    valid_to = PartialDateField(label=_("To the day"), required=False)
    decision = _decision()


class PartyMembershipForm(RecordForm):
    """The dates of a Party member."""

    probationary_on = PartialDateField(label=_("Admitted on probation"), required=False)
    full_on = PartialDateField(label=_("Full member since"), required=False)
    ended_on = PartialDateField(label=_("Membership ended on"), required=False)
    card_number = forms.CharField(label=_("Number of the Party card"), max_length=20, required=False)
    cell = forms.CharField(label=_("Party cell"), max_length=200, required=False)
    wide: ClassVar = ("cell", "reason")


def _levels() -> Iterator[tuple[Any, Any]]:
    """Return the kinds of training with their levels; the other kinds have the level that the paper says."""
    for kind in QualificationKind:
        if kind in LEVEL_CHOICES:
            yield kind.label, [(f"{kind}/{level}", label) for level, label in LEVEL_CHOICES[kind].choices]
    others = [(f"{kind}/", kind.label) for kind in QualificationKind if kind not in LEVEL_CHOICES]
    yield _("Other training"), others


class QualificationForm(RecordForm):
    """A level, degree or certificate with its paper."""

    what = forms.ChoiceField(label=_("Kind and level"), choices=lambda: [("", ""), *_levels()])
    level_text = forms.CharField(
        label=_("Level on the paper"), max_length=40, required=False, help_text=_("languages, IT: B1, cơ bản")
    )
    field = forms.CharField(label=_("Field, language or course"), max_length=200, required=False)
    institution = forms.CharField(label=_("School"), max_length=200, required=False)
    studied_from = PartialDateField(label=_("Studied from"), required=False)
    studied_to = PartialDateField(label=_("Studied until"), required=False)
    mode = forms.ChoiceField(label=_("Mode of study"), choices=[("", ""), *StudyMode.choices], required=False)
    grade = forms.CharField(label=_("Grade on the paper"), max_length=40, required=False)
    paper = forms.CharField(
        label=_("Name of the paper"), max_length=120, required=False, help_text=_("Bằng tốt nghiệp, Chứng chỉ")
    )
    number = forms.CharField(label=_("Number of the paper"), max_length=60, required=False)
    register_number = forms.CharField(label=_("Number in the register"), max_length=60, required=False)
    issued_on = PartialDateField(label=_("Date of issue"), required=False)
    sending_decision = forms.CharField(label=_("Decision that sent the person"), max_length=200, required=False)
    funding = forms.CharField(label=_("Paid by"), max_length=80, required=False, help_text=_("budget, own money"))
    verified_by = forms.CharField(label=_("Seen by"), max_length=120, required=False)
    verified_on = DayField(label=_("Seen on"), required=False)
    verified_from = forms.CharField(
        label=_("Which paper was seen"), max_length=200, required=False, help_text=_("original, certified copy")
    )
    scan_file = UploadField(label=_("Scan"), kinds=[".pdf", ".jpg", ".jpeg", ".png"], limit=SCAN_LIMIT, required=False)
    groups = (
        (_("What was learnt"), ["what", "level_text", "field", "institution", "studied_from", "studied_to", "mode"]),
        (_("Paper"), ["paper", "number", "register_number", "issued_on", "grade", "scan_file"]),
        (_("Sent to study"), ["sending_decision", "funding"]),
        (_("Who saw the paper"), ["verified_by", "verified_on", "verified_from"]),
        (_("For the history"), ["reason"]),
    )

    def start(self, row: Model | None) -> dict[str, Any]:
        if row is None:
            return {}
        kind, level = row.kind, row.level
        is_fixed = kind in LEVEL_CHOICES
        return super().start(row) | {
            "what": f"{kind}/{level if is_fixed else ''}",
            "level_text": "" if is_fixed else level,
        }

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by column; the kind and its level come from one choice."""
        typed = super().values
        kind, level = typed.pop("what").split("/")
        text = typed.pop("level_text")
        return typed | {"kind": kind, "level": level or text}


class GradingForm(RecordForm):
    """The grading of one year."""

    year = WholeNumberField(label=_("Year"), localize=False)
    grade = forms.ChoiceField(label=_("Grading"), choices=YearlyGrade.choices)
    decision = _decision()

    def start(self, row: Model | None) -> dict[str, Any]:
        return super().start(row) if row else {"year": timezone.localdate().year - 1}


class AwardForm(RecordForm):
    """A reward or a disciplinary measure."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AwardKind.choices)
    title = forms.CharField(label=_("Form"), max_length=200, help_text=_("Bằng khen, Khiển trách"))
    decided_on = PartialDateField(label=_("Day of the decision"), required=False)
    ends_on = PartialDateField(label=_("Has effect until"), required=False)
    decision = _decision()


class LecturerForm(RecordForm):
    """That the person teaches."""

    unit = RecordField(Unit.objects.none(), label=_("School or centre"))
    kind = forms.ChoiceField(label=_("Kind"), choices=LecturerKind.choices)
    rank = forms.CharField(label=_("Rank of the lecturer"), max_length=80, required=False)
    faculty = forms.CharField(label=_("Faculty"), max_length=120, required=False)
    subjects = forms.CharField(label=_("What the person teaches"), max_length=300, required=False)
    valid_from = DayField(label=_("From the day"), required=False)
    valid_to = DayField(label=_("To the day"), required=False)
    wide: ClassVar = ("subjects", "reason")

    def offered(self, units: QuerySet[Unit]) -> QuerySet[Unit]:
        return super().offered(units.filter(kind__in=TRAINING_INSTITUTIONS))


FORMS: Mapping[str, type[RecordForm]] = {
    "postings": PostingForm,
    "former_names": FormerNameForm,
    "planned_posts": PlannedPostForm,
    "party_memberships": PartyMembershipForm,
    "qualifications": QualificationForm,
    "gradings": GradingForm,
    "awards": AwardForm,
    "lecturer_profiles": LecturerForm,
}


class RemovalForm(KitForm):
    """Why a row is taken out."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
    revision = forms.IntegerField(widget=forms.HiddenInput())
