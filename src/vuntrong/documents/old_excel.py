"""What the reader of values does not tell of a binary workbook (.xls): fonts of cells, what is hidden, its lock."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from vuntrong.documents.grids import Look
from vuntrong.documents.old_records import check_records
from vuntrong.documents.ole import BrokenContainer, Container, packed
from vuntrong.kernel.legacy import encoding_of_font

WORKBOOK_STREAMS = ("Workbook", "Book")
VBA_STORAGE = "_VBA_PROJECT_CUR"
LOCK, SHEET, FONT, STYLE, OLD_STYLE = 0x2F, 0x85, 0x31, 0xE0, 0x43
ROW, COLUMNS, END = 0x208, 0x7D, 0x0A
TEXT_CELLS = frozenset({0xFD, 0x204, 0xD6, 0x04})
"""LABELSST, LABEL, RSTRING: cells that hold text; a formula shows its text in the font of the cell as well."""
FORMULA = 0x06
HIDDEN_ROW = 0x20
MISSING_FONT = 4
"""No font has this number, for historical reasons."""


@dataclass
class _Globals:
    """What stands before the first sheet."""

    is_locked: bool = False
    fonts: list[str] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    sheets: dict[str, int] = field(default_factory=dict)

    def legacy_styles(self) -> dict[int, str]:
        """Return the fonts of before Unicode by style number."""
        named = {number + (number >= MISSING_FONT): name for number, name in enumerate(self.fonts)}
        found = {style: named.get(font, "") for style, font in enumerate(self.styles)}
        return {style: name for style, name in found.items() if name and encoding_of_font(name)}


class OldExcel:
    """An old binary workbook. Raises BrokenContainer when it is none."""

    def __init__(self, content: bytes) -> None:
        container = Container(content)
        self.is_encrypted_package = container.has("EncryptedPackage")
        self.has_macros = container.has(VBA_STORAGE)
        self._name, self._stream = "", b""
        if not self.is_encrypted_package:
            self._name, self._stream = container.stream(*WORKBOOK_STREAMS)
        self._globals = _read_globals(self._stream)

    @property
    def is_locked(self) -> bool:
        """Whether a password is asked for on opening."""
        return self.is_encrypted_package or self._globals.is_locked

    def sound(self) -> bytes:
        """Return the workbook alone in a sound container, its records checked. Raises BrokenContainer."""
        check_records(self._stream)
        return packed(self._name, self._stream)

    def look(self, sheet: str) -> Look:
        """Return fonts and hidden rows and columns of a sheet; nothing for a sheet that cannot be found."""
        start = self._globals.sheets.get(sheet)
        if start is None:
            return Look()
        styles = self._globals.legacy_styles()
        fonts: dict[tuple[int, int], str] = {}
        rows: set[int] = set()
        columns: set[int] = set()
        for kind, body in _records(self._stream, start):
            if styles and (kind in TEXT_CELLS or kind == FORMULA) and len(body) >= 6:
                row, column, style = struct.unpack_from("<HHH", body)
                if style in styles:
                    fonts[row, column] = styles[style]
            elif kind == ROW and len(body) >= 16 and body[12] & HIDDEN_ROW:
                rows.add(struct.unpack_from("<H", body)[0])
            elif kind == COLUMNS and len(body) >= 10 and body[8] & 1:
                first, last = struct.unpack_from("<HH", body)
                columns.update(range(first, min(last, 255) + 1))
        return Look(fonts, frozenset(columns), frozenset(rows))


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of the records of one part, up to its end mark."""
    at = start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == END:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _read_globals(stream: bytes) -> _Globals:
    found = _Globals()
    for kind, body in _records(stream, 0):
        if kind == LOCK:
            found.is_locked = True
            break
        try:
            _take(found, kind, body)
        except (struct.error, IndexError) as error:
            raise BrokenContainer("record") from error
    return found


def _take(found: _Globals, kind: int, body: bytes) -> None:
    if kind == FONT:
        found.fonts.append(_short_text(body, 14))
    elif kind in {STYLE, OLD_STYLE}:
        found.styles.append(struct.unpack_from("<H", body)[0])
    elif kind == SHEET:
        found.sheets[_short_text(body, 6)] = struct.unpack_from("<I", body)[0]


def _short_text(body: bytes, at: int) -> str:
    """Read a text with one byte of length: 16 bits a letter, 8 bits, or as before Excel 97 without a flag."""
    length = body[at]
    if len(body) == at + 1 + length:
        return body[at + 1 :].decode("cp1252", "replace")
    if body[at + 1] & 1:
        return body[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    return body[at + 2 : at + 2 + length].decode("latin-1")
