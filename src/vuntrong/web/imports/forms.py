"""Forms of imports."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.policies import units_enterable_by
from vuntrong.accounts.queries import Somebody
from vuntrong.registry.models import Unit
from vuntrong.web.kit.forms import KitForm, RecordField, UploadField

KINDS = [".xlsx", ".xlsm", ".xls", ".ods", ".csv"]


class ListUploadForm(KitForm):
    """A workbook of officials, and the unit that they belong to."""

    file = UploadField(kinds=KINDS, label=_("Workbook"))
    unit = RecordField(
        Unit.objects.none(),
        label=_("Unit of the list"),
        help_text=_("People go here where a row names no unit, or one that is not known yet."),
    )
    wide = ("file",)

    def __init__(self, *args: Any, user: Somebody, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_enterable_by(user).filter(is_alive=True).order_by("sort_key")
        self.fields["unit"].queryset = units
        if len(found := list(units[:2])) == 1:
            self.fields["unit"].initial = found[0].pk


class UnitMatchForm(KitForm):
    """The unit that a text means."""

    unit = RecordField(Unit.objects.none(), label=_("Unit"))

    def __init__(self, *args: Any, user: Somebody, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_enterable_by(user).filter(is_alive=True).order_by("sort_key")
