"""What is handed over, and for what."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.models import Unit
from vuntrong.web.kit.forms import DayField, KitForm, PurposeField, RecordField


class TrainingBlockForm(KitForm):
    """Whose training, of which days, in which form."""

    unit = RecordField(Unit.objects.none(), label=_("Unit and those below it"))
    start = DayField(label=_("From the day"), required=False)
    end = DayField(label=_("To the day"), required=False)
    shape = forms.ChoiceField(label=_("File type"), choices=[("xlsx", "XLSX"), ("json", "JSON")])
    purpose = PurposeField()
    wide = ("unit", "purpose")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        typed = super().clean() or {}
        start, end = typed.get("start"), typed.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day is before the first day. Choose a later last day."))
        return typed


class TrainingTableForm(KitForm):
    """The training table of one person: in which form, and for what."""

    shape = forms.ChoiceField(label=_("File type"), choices=[("docx", "DOCX"), ("pdf", "PDF")])
    purpose = PurposeField()
    wide = ("purpose",)
