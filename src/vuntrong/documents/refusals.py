"""What is said of a workbook that cannot be taken, wherever it is sent to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WORKBOOK_WORDS: dict[str, Any] = {
    "macros": _("“%(name)s” contains macros. Save it as .xlsx in Excel, then upload it again."),
    "secret": _(
        "“%(name)s” bears the mark %(mark)s. State secrets must not be entered here. Close the file and handle it as "
        "the law on state secrets says."
    ),
    "line-too-long": _("“%(name)s”, line %(row)s is too long to be a row of a list. Choose the file of the list."),
    "mapping-broken": _("The mapping of columns cannot be read at “%(part)s”. Correct that part of the file."),
    "mapping-column-unknown": _(
        "Sheet “%(sheet)s” has no column “%(header)s”. Write a heading of the sheet or a column letter."
    ),
    "mapping-key-unknown": _("Column “%(header)s” was given the unknown meaning “%(key)s”. Choose one of: %(keys)s."),
    "mapping-key-twice": _("The meaning “%(key)s” was given to two columns, last to “%(header)s”. Give it to one."),
}
