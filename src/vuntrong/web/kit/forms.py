"""Base form and the fields that office work needs: days, dates known in part, numbers, records, files."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.secrecy import refuse_secret_name
from vuntrong.kernel import fields as kernel_fields
from vuntrong.kernel.dates import PartialDate
from vuntrong.registry.enums import Purpose
from vuntrong.web.kit import numbers

MEBIBYTE = 2**20
_READER = kernel_fields.PartialDateField()


class KitForm(forms.Form):
    """A form whose fields stand in two columns; `wide` fields take both, `groups` cut a long form into named parts."""

    wide: ClassVar[Iterable[str]] = ()
    groups: ClassVar[Sequence[tuple[Any, Sequence[str]]]] = ()

    def __init__(self, *args: Any, **extra: Any) -> None:
        extra.setdefault("label_suffix", "")
        super().__init__(*args, **extra)
        for field in self.fields.values():
            field.error_messages["required"] = _("Not filled in yet.")

    @property
    def field_groups(self) -> list[tuple[Any, list[BoundField]]]:
        """Return (legend, visible fields); fields that no group names come first, without a legend."""
        named = {name for _legend, names in self.groups for name in names}
        loose = [field for field in self.visible_fields() if field.name not in named]
        groups = [(legend, [self[name] for name in names if name in self.fields]) for legend, names in self.groups]
        return [("", loose), *groups] if loose else groups


class DayInput(forms.DateInput):
    """A day as dd/mm/yyyy; assets/js/dates.js puts a calendar beside it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {
            "class": "form-control is-date",
            "inputmode": "numeric",
            "autocomplete": "off",
            "data-date": _("Open the calendar"),
        }
        super().__init__({**own, **(attrs or {})}, format="%d/%m/%Y")


class DayField(forms.DateField):
    """A whole day; says which text it could not read."""

    widget = DayInput

    def __init__(self, **extra: Any) -> None:
        extra.setdefault("help_text", _("dd/mm/yyyy"))
        super().__init__(**extra)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value.strip() if isinstance(value, str) else value)
        except ValidationError:
            message = _("“%(text)s” is not a day in the calendar. Write dd/mm/yyyy, for example 07/11/2026.")
            raise ValidationError(message, code="invalid", params={"text": value}) from None


class PartialDateField(forms.CharField):
    """A date known in part: dd/mm/yyyy, mm/yyyy or yyyy. Cleans to PartialDate, or None when empty."""

    def __init__(self, **extra: Any) -> None:
        own = forms.TextInput({"class": "form-control is-date", "inputmode": "numeric", "autocomplete": "off"})
        extra.setdefault("help_text", _("dd/mm/yyyy, or only mm/yyyy, or only yyyy"))
        super().__init__(**{"widget": own, "empty_value": None, **extra})

    def to_python(self, value: Any) -> PartialDate | None:  # type: ignore[override]
        return _READER.to_python(value.strip() if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return value.display() if isinstance(value, PartialDate) else value


def _number_input() -> forms.TextInput:
    return forms.TextInput({"class": "form-control is-number", "inputmode": "decimal", "autocomplete": "off"})


class WholeNumberField(forms.IntegerField):
    """A whole number; 1.200 and 1200 are the same, 1.20 is refused."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Write a whole number, for example 120.")}

    def __init__(self, **extra: Any) -> None:
        super().__init__(**{"localize": True, "widget": _number_input(), **extra})


class DecimalNumberField(forms.DecimalField):
    """A number with decimals: 4.812,5."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": _("Write a number, for example 4,812.5.")}

    def __init__(self, **extra: Any) -> None:
        super().__init__(**{"localize": True, "widget": _number_input(), **extra})


class RecordSelect(forms.Select):
    """A choice among records; one that has ended (`ended_on`) says so when it is chosen."""

    def create_option(self, name: str, value: Any, *args: Any, **extra: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **extra)
        ended_on = _ended_on(getattr(value, "instance", None))
        if ended_on is not None:
            said = _("It ended on %(day)s. Choose its successor, unless this tells of former times.")
            option["attrs"]["data-warning"] = said % {"day": date_format(ended_on, "SHORT_DATE_FORMAT")}
        return option


def _ended_on(record: Any) -> dt.date | None:
    """Return the last day of a record that ended before today."""
    day = getattr(record, "ended_on", None)
    return day if day is not None and day < timezone.localdate() else None


class RecordField(forms.ModelChoiceField):
    """One record out of many, with a search that ignores accents (assets/js/chooser.js)."""

    def __init__(self, queryset: Any, **extra: Any) -> None:
        own = RecordSelect({"class": "form-select", "data-chooser": "", "data-none": _("Nothing of that name")})
        super().__init__(queryset, **{"widget": own, "empty_label": "", **extra})

    def label_from_instance(self, record: Any) -> str:
        """Return the name of a record, with its last day where it has ended."""
        ended_on = _ended_on(record)
        if ended_on is None:
            return super().label_from_instance(record)
        return _("%(name)s (ended on %(day)s)") % {"name": record, "day": date_format(ended_on, "SHORT_DATE_FORMAT")}


class RecordsField(forms.ModelMultipleChoiceField):
    """Several records out of many: a search adds a row, a button takes it away (assets/js/records.js)."""

    def __init__(self, queryset: Any, **extra: Any) -> None:
        words = {"data-none": _("Nothing of that name"), "data-remove": _("Take away")}
        own = forms.SelectMultiple({"class": "form-select", "data-records": "", "size": 8, **words})
        extra.setdefault("help_text", _("search and press Enter; several are possible"))
        super().__init__(queryset, **{"widget": own, **extra})


class UploadInput(forms.FileInput):
    """A file to choose or to drop; its words are ours, not the browser's, which speaks the computer's language."""

    template_name = "parts/_file_input.html"


class UploadField(forms.FileField):
    """A file of the kinds named (".xlsx"), at most `limit` bytes; refuses with the name, the size and the remedy.

    A name that bears a mark of State secrets is refused here; workbooks are looked into when they are opened.
    """

    widget = UploadInput

    def __init__(self, *, kinds: Sequence[str], limit: int | None = None, **extra: Any) -> None:
        self.kinds = [kind.lower() for kind in kinds]
        self.limit = settings.UPLOAD_LIMIT_BYTES if limit is None else limit
        extra.setdefault("help_text", format_lazy("{}, {} MB", ", ".join(self.kinds), self.limit // MEBIBYTE))
        super().__init__(**extra)
        self.widget.attrs["accept"] = ",".join(self.kinds)

    def clean(self, value: Any, initial: Any = None) -> Any:
        file = super().clean(value, initial)
        if isinstance(file, UploadedFile):
            self._check(file)
        return file

    def _check(self, file: UploadedFile) -> None:
        name = file.name or ""
        try:
            refuse_secret_name(name)
        except WorkbookError as refusal:
            message = _("The name “%(name)s” bears the mark “%(mark)s”. Classified documents are not taken here.")
            raise ValidationError(message, code="secret", params=refusal.values) from None
        if Path(name).suffix.lower() not in self.kinds:
            message = _("The file “%(name)s” is not of a kind that is read here. Choose a file ending in %(kinds)s.")
            raise ValidationError(message, code="kind", params={"name": name, "kinds": ", ".join(self.kinds)})
        size = file.size or 0
        if size > self.limit:
            message = _("The file “%(name)s” has %(size)s MB; at most %(limit)s MB are taken. Cut it into parts.")
            shown = {"size": numbers.number(size / MEBIBYTE, 1), "limit": self.limit // MEBIBYTE}
            raise ValidationError(message, code="size", params={"name": name, **shown})


class PurposeField(forms.ChoiceField):
    """What sensitive data is read or exported for; nothing is chosen beforehand."""

    def __init__(self, **extra: Any) -> None:
        extra.setdefault("label", _("Purpose"))
        extra.setdefault("help_text", _("Written down with your name, the time and the fields."))
        super().__init__(choices=[("", _("Choose a purpose")), *Purpose.choices], **extra)
