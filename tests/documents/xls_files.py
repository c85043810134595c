"""Binary workbooks (.xls) made in memory: a container of sectors around the records of BIFF8."""

import struct
from collections.abc import Mapping, Sequence

BIFF8 = 0x0600
END = 0xFFFFFFFE
FREE = 0xFFFFFFFF


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _short(text: str) -> bytes:
    return bytes([len(text), 1]) + text.encode("utf-16-le")


def _font(name: str) -> bytes:
    return record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _short(name))


def _label(row: int, column: int, style: int, text: str) -> bytes:
    return record(0x204, struct.pack("<HHHHB", row, column, style, len(text), 1) + text.encode("utf-16-le"))


def xls(
    rows: Sequence[Sequence[str | float | None]],
    *,
    fonts: Mapping[tuple[int, int], str] | None = None,
    sheet: str = "Danh sách",
    hidden_columns: Sequence[int] = (),
    hidden_rows: Sequence[int] = (),
    is_locked: bool = False,
    storages: Sequence[str] = (),
) -> bytes:
    """Return a workbook with one sheet; `fonts` by (row, column) from 0, Arial elsewhere."""
    fonts = fonts or {}
    names = ["Arial"] * 5 + sorted(set(fonts.values()))
    styles = {name: number for number, name in enumerate(dict.fromkeys(names))}
    head = record(0x809, struct.pack("<HHHHII", BIFF8, 5, 0, 0, 0, 0))
    head += record(0x2F, bytes(54)) if is_locked else b""
    head += b"".join(_font(name) for name in names)
    for name in styles:
        number = names.index(name)
        head += record(0xE0, struct.pack("<HHH", number + (number >= 4), 0, 0) + bytes(14))
    bound = struct.pack("<IBB", 0, 0, 0) + _short(sheet)
    start = len(head) + 4 + len(bound) + 4
    head += record(0x85, struct.pack("<IBB", start, 0, 0) + _short(sheet)) + record(0x0A)
    return container(head + _sheet(rows, fonts, styles, hidden_columns, hidden_rows), storages)


def _sheet(rows, fonts, styles, hidden_columns, hidden_rows) -> bytes:
    width = max(map(len, rows), default=0)
    body = record(0x809, struct.pack("<HHHHII", BIFF8, 0x10, 0, 0, 0, 0))
    body += record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    body += b"".join(record(0x7D, struct.pack("<HHHHHH", at, at, 0, 0, 1, 0)) for at in hidden_columns)
    for number, row in enumerate(rows):
        flags = 0x20 if number in hidden_rows else 0
        body += record(0x208, struct.pack("<HHHHHHHH", number, 0, len(row), 0, 0, 0, flags, 0))
        for column, value in enumerate(row):
            style = styles[fonts.get((number, column), "Arial")]
            if isinstance(value, str):
                body += _label(number, column, style, value)
            elif value is not None:
                body += record(0x203, struct.pack("<HHHd", number, column, style, value))
    return body + record(0x0A)


def container(stream: bytes, storages: Sequence[str] = ()) -> bytes:
    """Return a container with the stream Workbook and empty storages."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % 512)
    sectors = len(stream) // 512
    entries = [_entry("Root Entry", 5, END, 0, child=1), _entry("Workbook", 2, 0, len(stream))]
    entries += [_entry(name, 1, END, 0) for name in storages]
    entries += [bytes(128)] * (-len(entries) % 4)
    directory = b"".join(entries)
    directory_sectors = len(directory) // 512
    fat_count = -(-(sectors + directory_sectors + 16) // 127)
    fat = [*range(1, sectors), END, *range(sectors + 1, sectors + directory_sectors), END, *([0xFFFFFFFD] * fat_count)]
    fat += [FREE] * (fat_count * 128 - len(fat))
    first_fat = sectors + directory_sectors
    places = [first_fat + at for at in range(fat_count)] + [FREE] * (109 - fat_count)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, fat_count, sectors, 0, 4096, END, 0, END, 0) + struct.pack("<109I", *places)
    return head + stream + directory + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
