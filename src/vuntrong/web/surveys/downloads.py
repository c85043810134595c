"""Workbooks for the browser."""

from django.http import HttpResponse
from django.utils.text import slugify

from vuntrong.kernel.text import search_key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(content: bytes, *words: object) -> HttpResponse:
    """Answer with an XLSX file named after the words."""
    name = slugify(search_key(" ".join(str(word) for word in words)))[:100]
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
