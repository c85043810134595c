from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportKind(models.TextChoices):
    """What the rows of a workbook become."""

    PEOPLE = "people", _("Officials")
    LEARNERS = "learners", _("Learners")
    ANSWERS = "answers", _("Needs of a survey")


class ImportState(models.TextChoices):
    """An import from the file to what it wrote."""

    DRAFT = "draft", _("Being prepared")
    CHECKED = "checked", _("Checked")
    WRITTEN = "written", _("Imported")
    DISCARDED = "discarded", _("Discarded")


IMPORT_MOVES = {
    ImportState.DRAFT: frozenset({ImportState.DRAFT, ImportState.CHECKED, ImportState.DISCARDED}),
    ImportState.CHECKED: frozenset(
        {ImportState.DRAFT, ImportState.CHECKED, ImportState.WRITTEN, ImportState.DISCARDED}
    ),
    ImportState.WRITTEN: frozenset(),
    ImportState.DISCARDED: frozenset(),
}


class RowKind(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", _("New person")
    CHANGED = "changed", _("Will be updated")
    SAME = "same", _("Unchanged")
    ERROR = "error", _("With errors")
