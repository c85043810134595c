"""The records of a binary workbook (.xls), looked through before the parser of values trusts their numbers."""

import struct

from vuntrong.documents.ole import BrokenContainer

MAX_CELLS = 5_000_000
START, END, SHEET, STRINGS = 0x809, 0x0A, 0x85, 0xFC
LEAST = {0x203: 14, 0x27E: 10, 0xFD: 10, 0x204: 8, 0xD6: 8, 0x06: 20, 0x205: 8, 0x201: 6, 0xBD: 12, 0xBE: 8}
"""The records of cells, and the fewest bytes each has: NUMBER, RK, LABELSST, LABEL, RSTRING, FORMULA and so on."""
SEVERAL = {0xBD: 6, 0xBE: 2}
"""Records of several cells, and the bytes of each: their last two bytes name the last column."""
LAST_COLUMN = 255
DIMENSIONS = 0x200


def check_records(stream: bytes) -> None:
    """Raise BrokenContainer for a record that leaves the stream, names impossible places, or claims too much."""
    at = height = width = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = at + 4
        at = body + length
        if at > len(stream):
            raise BrokenContainer("record longer than the stream")
        if kind == START:
            height = width = 0
        elif kind in LEAST:
            row, column = _place(stream, kind, body, length)
            height, width = max(height, row + 1), max(width, column + 1)
            if height * width > MAX_CELLS:
                raise BrokenContainer("cells too far apart")
        elif kind in {SHEET, STRINGS, DIMENSIONS}:
            _check_claim(stream, kind, body, length)


def _place(stream: bytes, kind: int, body: int, length: int) -> tuple[int, int]:
    """Return row and last column of a record of cells."""
    if length < LEAST[kind]:
        raise BrokenContainer("cell record too short")
    row, column = struct.unpack_from("<HH", stream, body)
    if kind in SEVERAL:
        (last,) = struct.unpack_from("<H", stream, body + length - 2)
        if last < column or (last - column + 1) * SEVERAL[kind] != length - 6:
            raise BrokenContainer("cells of a row")
        column = last
    if column > LAST_COLUMN:
        raise BrokenContainer("column")
    return row, column


def _check_claim(stream: bytes, kind: int, body: int, length: int) -> None:
    """Check what makes a parser reserve memory or jump: number of texts, start of a sheet, size of a sheet."""
    if length < 8:
        raise BrokenContainer("record too short")
    first, second = struct.unpack_from("<II", stream, body)
    if kind == SHEET and first >= len(stream):
        raise BrokenContainer("start of a sheet")
    if kind == STRINGS and max(first, second) > len(stream):
        raise BrokenContainer("number of texts")
    if kind == DIMENSIONS and length >= 12:
        first_column, last_column = struct.unpack_from("<HH", stream, body + 8)
        is_possible = first <= second <= 65_536 and first_column <= last_column <= LAST_COLUMN + 1
        if not is_possible:
            raise BrokenContainer("size of a sheet")
