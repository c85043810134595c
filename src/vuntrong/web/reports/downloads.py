"""The report as a file."""

from django.http import Http404, HttpResponse

from vuntrong.documents.docx import to_docx
from vuntrong.documents.pdf import fitted, to_pdf
from vuntrong.documents.sheets import to_xlsx
from vuntrong.reports.documents.paper import report_paper
from vuntrong.reports.documents.workbook import report_workbook
from vuntrong.reports.queries.figures import turns_last_year
from vuntrong.reports.queries.rows import frozen_rows, report_rows
from vuntrong.web.reports.access import Named, senders_of

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_response(named: Named, form: str) -> HttpResponse:
    """Return the report as docx, pdf or xlsx. Raises Http404 for another form."""
    if form not in TYPES:
        raise Http404
    response = HttpResponse(_content(named, form), content_type=TYPES[form])
    version = f"-ban-{named.version.number}" if named.version else "-don-vi-nay" if named.is_folded else ""
    name = f"bao-cao-{named.unit.slug}-{named.period.start}-{named.period.end}{version}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _content(named: Named, form: str) -> bytes:
    report = named.figures()
    if form == "xlsx":
        rows = frozen_rows(named.version) if named.version else report_rows(named.scope())
        words = {"senders": senders_of(named, report), "reading": named.reading}
        return to_xlsx(report_workbook(report, rows.iterator(chunk_size=5000), **words))
    last_year = turns_last_year(named.unit, named.period, named.reading)
    printed = report_paper(named.unit, report, last_year, reading=named.reading)
    layout = fitted(printed.paper, printed.layout)
    return to_pdf(printed.paper, layout) if form == "pdf" else to_docx(printed.paper, layout)
