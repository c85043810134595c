"""Workbooks as answers."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from vuntrong.documents.sheets import Sheet, to_xlsx
from vuntrong.kernel.text import search_key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx(sheets: Iterable[Sheet], title: str) -> HttpResponse:
    """Answer with a workbook, named after its title and today."""
    return workbook_answer(to_xlsx(sheets), title)


def workbook_answer(content: bytes, title: str) -> HttpResponse:
    """Answer with the bytes of a workbook, named after a title and today."""
    response = HttpResponse(content, content_type=XLSX)
    name = f"{slugify(search_key(title))}-{timezone.localdate():%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
