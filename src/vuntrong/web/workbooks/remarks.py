"""The workbook back to the person who sent it, with what is to be said in its cells."""

from collections.abc import Sequence
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from vuntrong.documents.actions import stored_bytes
from vuntrong.documents.annotated import Remark, RemarkWords, annotate
from vuntrong.documents.models import StoredFile
from vuntrong.web.kit.download import workbook_answer


def remarked(stored: StoredFile, remarks: Sequence[Remark]) -> HttpResponse:
    """Answer with a kept workbook, remarks in its cells and on a sheet of their own. Raises WorkbookError."""
    words = RemarkWords(
        title=_("Remarks"),
        header=(_("Sheet"), _("Row"), _("Column"), _("Kind"), _("What to repair")),
        error=_("Error"),
        warning=_("Warning"),
    )
    content = annotate(stored_bytes(stored), stored.name, remarks, words)
    return workbook_answer(content, _("Remarks on %(file)s") % {"file": Path(stored.name).stem})
