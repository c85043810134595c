"""Model fields for the kernel's values."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.dates import BadDate, PartialDate

if TYPE_CHECKING:
    _TextField = models.CharField[PartialDate | str | None, PartialDate | None]
else:
    _TextField = models.CharField

_REMEDIES = {
    BadDate.EMPTY: _("The date is empty. Write dd/mm/yyyy, mm/yyyy or yyyy."),
    BadDate.UNREADABLE: _("“%(text)s” is not a date. Write dd/mm/yyyy, mm/yyyy or yyyy."),
    BadDate.SHORT_YEAR: _("“%(text)s” leaves the century open. Write the year with four digits."),
    BadDate.YEAR: _("“%(text)s” has a year outside 1800-2200. Write the year again."),
    BadDate.MONTH: _("“%(text)s” has no month from 1 to 12. Write dd/mm/yyyy."),
    BadDate.DAY: _("“%(text)s” is not in the calendar. Write the day again."),
}


class PartialDateField(_TextField):
    """A date known in part, kept as ISO text ("1990", "1990-05", "1990-05-01") so that the database sorts it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)
        # CharField adds a check of the length that counts letters, and a date has none.
        self.validators = [check for check in self.validators if not isinstance(check, MaxLengthValidator)]

    def deconstruct(self) -> Any:
        """Leave the fixed length out of migrations."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> PartialDate | None:
        """Read a column; an empty text counts as absent."""
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        """Read a form or a fixture. Raises ValidationError with the code of BadDate."""
        if value is None or isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(str(value)) if value != "" else None
        except BadDate as error:
            raise ValidationError(_REMEDIES[error.code], code=error.code, params={"text": error.text}) from None

    def get_prep_value(self, value: Any) -> str | None:
        """Write a column or compare with it. Raises ValidationError for a text that is no date."""
        date = self.to_python(value)
        return None if date is None else date.iso()

    def value_to_string(self, obj: models.Model) -> str:
        """Write a fixture."""
        return self.get_prep_value(self.value_from_object(obj)) or ""
