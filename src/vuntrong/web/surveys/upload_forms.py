"""The form that takes a unit's workbook."""

from django.utils.translation import gettext_lazy as _

from vuntrong.web.kit.forms import KitForm, UploadField


class UploadForm(KitForm):
    """One workbook."""

    workbook = UploadField(label=_("Workbook of the unit"), kinds=[".xlsx", ".xls", ".ods", ".csv", ".tsv", ".txt"])
