"""Spreadsheets with traps, made in memory."""

import datetime as dt
import zipfile
from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook as Book

Value = str | int | float | bool | dt.date | None


def xlsx(rows: Sequence[Sequence[Value]], *, merges: Sequence[str] = (), sheet: str = "Danh sách") -> bytes:
    """Return a workbook with one sheet; `merges` are ranges such as A1:C1."""
    book = Book()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for merge in merges:
        page.merge_cells(merge)
    return saved(book)


def saved(book: Book, rows: Sequence[Sequence[Value]] = ()) -> bytes:
    """Return a workbook of openpyxl as bytes, with rows added to its first sheet."""
    for row in rows:
        book.active.append(list(row))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_sheet_xml(xml: str) -> bytes:
    """Return a workbook whose only worksheet part is replaced by `xml` inside <worksheet>."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return replace_member(
        xlsx([["x"]]), "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{space}">{xml}</worksheet>'.encode()
    )


def replace_member(content: bytes, member: str, replacement: bytes) -> bytes:
    """Return the archive with one member exchanged, or added where it is absent."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename != member:
                new.writestr(item, old.read(item))
        new.writestr(member, replacement)
    return stream.getvalue()


def ods(rows_xml: str, sheet: str = "Danh sách") -> bytes:
    """Return an OpenDocument spreadsheet with the given table rows."""
    spaces = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="{sheet}">{rows_xml}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def ods_row(*texts: str, repeat: int = 1) -> str:
    """Return one table row of text cells."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in texts
    )
    return f'<table:table-row table:number-rows-repeated="{repeat}">{cells}</table:table-row>'
