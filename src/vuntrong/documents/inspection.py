"""Look into a spreadsheet file before a parser allocates memory for what the file claims to hold."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.parsers import expat

from vuntrong.documents.old_excel import OldExcel
from vuntrong.documents.ole import BrokenContainer

MAX_BYTES = 20 * 2**20
MAX_UNPACKED_BYTES = 200 * 2**20
MAX_MEMBERS = 5_000
"""Files inside one zipped workbook; a real one has some dozens."""
MAX_ROWS = 200_000
MAX_CELLS = 5_000_000
"""The parser keeps a full rectangle in memory, about 30 bytes a cell: a stray cell in XFD1048576 asks for 500 GB."""

OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MARK = b"PK\x03\x04"
MANIFEST = "META-INF/manifest.xml"
BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, NotImplementedError, EOFError, ValueError, LookupError)
"""What zipfile and expat raise for damaged files; ValueError and LookupError for impossible offsets and encodings."""
MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|macrosheets/|Basic/(?!script-lc))", re.IGNORECASE)
"""Programs of Excel, of Excel 4 and of LibreOffice."""
CHUNK = 2**16
REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
FAR_CELL = re.compile(rb' r="(?:[A-Z]{2,}\d|[A-Z](?:[2-9]\d{5}|\d{7}))')
"""A cell right of Z or below row 199999; without one a sheet is small enough."""
PROLOGUE = re.compile(rb"""(?:\xef\xbb\xbf)?(?:<\?xml[^>?]*?(?:encoding=["']([\w-]+)["'][^>?]*)?\?>)?\s*<([\w:]+)""")
ROOT_END = re.compile(rb"(?:</([\w:]+)\s*>)\s*\Z")
QUICK_BYTES = 120 * 2**20
"""Largest worksheet part that is looked at as one text."""
NOWHERE = 10**9
"""Stands for a position that no spreadsheet has: it breaks every limit."""


class WorkbookError(Exception):
    """A spreadsheet that cannot be taken; `code` names the sentence and `values` fill it.

    Codes: not-a-workbook, encrypted, macros, secret, empty, too-large, too-many-rows, line-too-long, no-such-sheet,
    no-header, columns-missing, column-twice, mapping-broken, mapping-column-unknown, mapping-key-unknown,
    mapping-key-twice.
    """

    def __init__(self, code: str, values: Mapping[str, Any]) -> None:
        self.code = code
        self.values = dict(values)
        super().__init__(f"{code} {self.values}")


def inspect(content: bytes, name: str) -> None:
    """Refuse what is no workbook, is locked, or would not fit in memory.

    Raises WorkbookError. Old binary workbooks (.xls) are bounded by their format; others are measured here.
    """
    if not content:
        raise WorkbookError("empty", {"name": name})
    if len(content) > MAX_BYTES:
        raise WorkbookError("too-large", {"name": name, "limit_mb": MAX_BYTES // 2**20})
    if content.startswith(OLE_MARK):
        _inspect_old(content, name)
        return
    if not content.startswith(ZIP_MARK):
        raise WorkbookError("not-a-workbook", {"name": name})
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _inspect_archive(archive, name)
    except BROKEN as error:
        raise WorkbookError("not-a-workbook", {"name": name}) from error
    except RuntimeError as error:  # zipfile's word for a member with a password
        raise WorkbookError("encrypted", {"name": name}) from error


def _inspect_old(content: bytes, name: str) -> None:
    """Refuse a locked workbook and one with macros; the reader of values judges the rest."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise WorkbookError("encrypted", {"name": name})
    try:
        book = OldExcel(content)
    except BrokenContainer as error:
        raise WorkbookError("not-a-workbook", {"name": name}) from error
    if book.is_locked:
        raise WorkbookError("encrypted", {"name": name})
    if book.has_macros:
        raise WorkbookError("macros", {"name": name})


def _inspect_archive(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    _check_members(members, name)
    names = {member.filename for member in members}
    if "xl/workbook.xml" in names:
        titles = parts_of_sheets(archive)
        for part in sorted(names):
            if part.casefold() in titles or part.casefold().endswith(".xml"):
                _measure_excel(archive, part, titles.get(part.casefold(), part))
            else:
                _read_through(archive, part)
    elif "content.xml" in names:
        for part in names:
            _read_through(archive, part)
        _inspect_open_document(archive, names, name)
    else:
        raise WorkbookError("not-a-workbook", {"name": name})


def _read_through(archive: zipfile.ZipFile, part: str) -> None:
    """Read to the end, which compares size and checksum with what was declared. Raises BadZipFile."""
    with archive.open(part) as stream:
        while stream.read(CHUNK):
            pass


def _check_members(members: Sequence[zipfile.ZipInfo], name: str) -> None:
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES or len(members) > MAX_MEMBERS:
        raise WorkbookError("too-large", {"name": name, "limit_mb": MAX_UNPACKED_BYTES // 2**20})
    if any(MACROS.search(member.filename) for member in members):
        raise WorkbookError("macros", {"name": name})


def _inspect_open_document(archive: zipfile.ZipFile, names: set[str], name: str) -> None:
    if MANIFEST in names and b"encryption-data" in archive.read(MANIFEST):
        raise WorkbookError("encrypted", {"name": name})
    _measure(archive, "content.xml", name, _OpenExtent())


def parts_of_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the sheet name of each worksheet part; parts in lower case because the parser ignores case."""
    titles: dict[str, str] = {}
    parts: dict[str, str] = {}

    def book(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            reference = next((text for key, text in attributes.items() if key.endswith(":id")), "")
            titles[reference] = attributes.get("name", "")

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            path = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            parts[path.lstrip("/").casefold()] = attributes.get("Id", "")

    read_xml(archive, "xl/workbook.xml", book)
    if "xl/_rels/workbook.xml.rels" in archive.namelist():
        read_xml(archive, "xl/_rels/workbook.xml.rels", relation)
    return {part: titles.get(reference, part) for part, reference in parts.items()}


@dataclass
class _ExcelExtent:
    """Farthest filled cell of a worksheet part. A cell without a reference follows the one before it."""

    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0
    _inside: tuple[int, int] = (0, 0)

    def take(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell(attributes.get("r", ""))
        elif tag in {"v", "is", "f"}:
            self.last_row = max(self.last_row, self._inside[0])
            self.last_column = max(self.last_column, self._inside[1])
        elif tag == "row":
            self.row = _whole(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0

    def _cell(self, reference: str) -> None:
        if not reference:
            self.column += 1
            self._inside = (self.row, self.column)
        elif found := REFERENCE.fullmatch(reference):
            self._inside = (int(found[2]), column_number(found[1]))
            self.column = self._inside[1]
        else:
            self._inside = (NOWHERE, NOWHERE)


@dataclass
class _OpenExtent:
    """Largest sheet of an OpenDocument file, where one element may stand for a million repeated rows."""

    last_row: int = 0
    last_column: int = 0
    _rows: int = 0
    _columns: int = 0

    def take(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            self._rows = 0
        elif tag == "table-row":
            self._rows += _whole(attributes.get("table:number-rows-repeated", "1"))
            self._columns = 0
        elif tag in {"table-cell", "covered-table-cell"}:
            self._columns += _whole(attributes.get("table:number-columns-repeated", "1"))
            if "office:value-type" in attributes or "table:formula" in attributes:
                self._filled()
        elif tag == "p" and self._columns:
            self._filled()

    def _filled(self) -> None:
        self.last_row = max(self.last_row, self._rows)
        self.last_column = max(self.last_column, self._columns)


def _whole(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 10 else NOWHERE


def _measure_excel(archive: zipfile.ZipFile, part: str, title: str) -> None:
    """Refuse a part that is too large; most files are plainly small, and only others are walked element by element."""
    xml = archive.read(part) if archive.getinfo(part).file_size <= QUICK_BYTES else b""
    if not xml or not _is_plainly_small(xml):
        _measure(archive, part, title, _ExcelExtent())


def _is_plainly_small(xml: bytes) -> bool:
    """Say whether every cell carries a reference up to Z199999 and the part ends as it begins, without a doctype.

    Anything unusual (another encoding, prefixed tags, cells without a reference) is not plain.
    """
    if b"\0" in xml or b"<!" in xml or b":row" in xml or FAR_CELL.search(xml):
        return False
    if xml.count(b"<c ") != xml.count(b'<c r="') or b"<c>" in xml or b"<c\n" in xml:
        return False
    head, root = PROLOGUE.match(xml), ROOT_END.search(xml[-200:])
    return bool(head and root and (head[1] or b"UTF-8").upper() == b"UTF-8" and head[2] == root[1])


def _measure(archive: zipfile.ZipFile, part: str, title: str, extent: _ExcelExtent | _OpenExtent) -> None:
    read_xml(archive, part, extent.take)
    if extent.last_row > MAX_ROWS:
        raise WorkbookError("too-many-rows", {"sheet": title, "row": extent.last_row, "limit": MAX_ROWS})
    if extent.last_row * extent.last_column > MAX_CELLS:
        values = {"sheet": title, "row": extent.last_row, "column": column_letters(extent.last_column)}
        raise WorkbookError("too-many-rows", {**values, "limit": MAX_ROWS})


Start = Callable[[str, dict[str, str]], None]
Text = Callable[[str], None]


def read_xml(
    archive: zipfile.ZipFile, part: str, start: Start | None = None, end: Text | None = None, text: Text | None = None
) -> None:
    """Feed each tag, without its prefix, to `start` and `end`, and text to `text`.

    Raises ExpatError, also for a document type declaration.
    """
    parser = _parser(start, end, text)
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def feed_xml(content: bytes, start: Start, end: Text, text: Text) -> None:
    """Do what `read_xml` does with a piece of a part."""
    _parser(start, end, text).Parse(content, True)


def _parser(start: Start | None, end: Text | None, text: Text | None) -> expat.XMLParserType:
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise expat.ExpatError("document type declarations are not taken")

    if start:
        parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    if end:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    return parser


def column_letters(number: int) -> str:
    """Return A for 1, Z for 26, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return 1 for A, 26 for Z, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
