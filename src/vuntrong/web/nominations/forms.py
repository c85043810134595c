"""Forms of nominations: reasons, replacements, later classes, exceptions, places."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.classes.actions.nomination import NewQuota
from vuntrong.classes.actions.nomination_answers import Grant
from vuntrong.classes.models import ClassRun, Nomination
from vuntrong.classes.seats import QuotaUse
from vuntrong.registry.models import Person, Unit
from vuntrong.registry.queries import subtree_ids
from vuntrong.web.classes.forms import alive_units
from vuntrong.web.kit.forms import DayField, KitForm, RecordField, UploadField, WholeNumberField

NEW_ROWS = 3
"""Units that may be added at once."""
LETTERS = [".pdf", ".jpg", ".jpeg", ".png"]


def _reason(**extra: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}), required=False, **extra
    )


class ReasonForm(KitForm):
    """Why."""

    reason = _reason()
    wide = ("reason",)


class WithdrawForm(KitForm):
    """Why a unit takes somebody back, and whom it sends instead."""

    reason = _reason()
    replacement = RecordField(
        Person.objects.none(),
        label=_("In place of this person"),
        required=False,
        help_text=_("empty: nobody; the place is free again"),
    )
    wide = ("reason", "replacement")

    def __init__(self, *args: Any, nomination: Nomination, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = subtree_ids({nomination.unit_id}, timezone.localdate())
        others = people.filter(unit__in=inside, left_on=None, merged_into=None)
        here = nomination.class_run.nominations.open().values("person")
        self.fields["replacement"].queryset = others.exclude(pk__in=here)  # type: ignore[attr-defined]


class MoveForm(KitForm):
    """To which later class, and why."""

    to = RecordField(ClassRun.objects.none(), label=_("Later class"))
    reason = _reason()
    wide = ("reason",)

    def __init__(self, *args: Any, classes: QuerySet[ClassRun], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = classes  # type: ignore[attr-defined]


class AskForm(KitForm):
    """Why a unit asks for an exception, and its letter."""

    reason = _reason(help_text=_("for example: the only woman in the committee"))
    letter = UploadField(kinds=LETTERS, label=_("Letter of the unit"), required=False)
    wide = ("reason", "letter")


class GrantForm(KitForm):
    """The decision that grants an exception."""

    number = forms.CharField(label=_("Number of the decision"), max_length=60, required=False)
    decided_on = DayField(label=_("Date of the decision"), required=False)
    signer = forms.CharField(label=_("Signed by"), max_length=120, required=False)
    remark = forms.CharField(label=_("Note"), max_length=500, required=False)
    wide = ("remark",)

    @property
    def grant(self) -> Grant:
        """What was typed, for the action."""
        return Grant(**self.cleaned_data)


class EnrolForm(KitForm):
    """The decision that recognises the learners."""

    decision = forms.CharField(
        label=_("Decision that recognises the learners"), max_length=120, required=False, help_text=_("number and date")
    )


class PlacesForm(KitForm):
    """Places by unit: one field for each unit that has some, and empty rows for more."""

    source = forms.CharField(label=_("Decision that gives the places"), max_length=200, required=False)
    wide = ("source",)

    def __init__(self, *args: Any, uses: list[QuotaUse], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {f"places_{use.quota.unit_id}": use.quota.unit for use in uses}
        for use in uses:
            name = f"places_{use.quota.unit_id}"
            self.fields[name] = WholeNumberField(
                label=use.quota.unit.name, min_value=0, required=False, initial=use.quota.places
            )
            self.fields["source"].initial = use.quota.source
        for row in range(NEW_ROWS):
            self.fields[f"unit_{row}"] = RecordField(alive_units(), label=_("One more unit"), required=False)
            self.fields[f"new_{row}"] = WholeNumberField(label=_("Its places"), min_value=1, required=False)

    @property
    def quotas(self) -> list[NewQuota]:
        """What was typed, for the action; a unit without places is left out."""
        typed = self.cleaned_data
        rows: list[tuple[Unit | None, int | None]] = [(unit, typed[name]) for name, unit in self.units.items()]
        rows += [(typed[f"unit_{row}"], typed[f"new_{row}"]) for row in range(NEW_ROWS)]
        return [NewQuota(unit, places) for unit, places in rows if unit and places]
