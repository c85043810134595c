"""The container of binary workbooks (.xls): a small file system in sectors, as much of it as reading asks for."""

import struct
from dataclasses import dataclass

FREE = 0xFFFFFFFA
"""Sector numbers from here on mean the end of a chain or no sector."""
END, FAT, UNUSED = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER_ENTRIES = 109
MINI_LIMIT = 4096
ENTRY = 128
STREAM, ROOT = 2, 5


class BrokenContainer(ValueError):
    """The sectors do not make a file system."""


@dataclass(frozen=True)
class Entry:
    """One entry of the directory: a stream, or a storage (a folder)."""

    name: str
    kind: int
    start: int
    size: int


class Container:
    """An opened container. Raises BrokenContainer on opening and on reading."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        try:
            shift, mini_shift = struct.unpack_from("<HH", content, 30)
            directory, self._mini_fat_start, extra_start, extra_count = self._header()
        except struct.error as error:
            raise BrokenContainer("header") from error
        if shift not in {9, 12} or mini_shift != 6:
            raise BrokenContainer("sector size")
        self._sector = 1 << shift
        self._fat = self._read_fat(extra_start, extra_count)
        self.entries = self._read_directory(self._chain(directory))

    def _header(self) -> tuple[int, int, int, int]:
        (directory,) = struct.unpack_from("<I", self.content, 48)
        (mini_fat,) = struct.unpack_from("<I", self.content, 60)
        extra_start, extra_count = struct.unpack_from("<II", self.content, 68)
        return directory, mini_fat, extra_start, extra_count

    def has(self, name: str) -> bool:
        """Say whether an entry of this name exists, in whatever folder."""
        return any(entry.name.casefold() == name.casefold() for entry in self.entries)

    def stream(self, *names: str) -> tuple[str, bytes]:
        """Return name and bytes of the first stream that has one of the names."""
        for name in names:
            for entry in self.entries:
                if entry.kind == STREAM and entry.name.casefold() == name.casefold():
                    return name, self._stream(entry)
        raise BrokenContainer("no workbook inside")

    def _stream(self, entry: Entry) -> bytes:
        if entry.size > len(self.content):
            raise BrokenContainer("stream longer than the file")
        if entry.size >= MINI_LIMIT:
            return self._chain(entry.start)[: entry.size]
        root = next((one for one in self.entries if one.kind == ROOT), None)
        if root is None:
            raise BrokenContainer("no root")
        small = self._chain(root.start)
        mini_fat = _numbers(self._chain(self._mini_fat_start))
        pieces = [small[at * 64 : at * 64 + 64] for at in _walk(entry.start, mini_fat)]
        return b"".join(pieces)[: entry.size]

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self.content[start : start + self._sector]

    def _read_fat(self, extra_start: int, extra_count: int) -> tuple[int, ...]:
        """Return the table that says which sector follows which."""
        places = list(struct.unpack_from(f"<{HEADER_ENTRIES}I", self.content, 76))
        sector, seen = extra_start, 0
        while sector < FREE and seen <= min(extra_count, len(self.content) // self._sector):
            numbers = _numbers(self._at(sector))
            if not numbers:
                break
            places += numbers[:-1]
            sector, seen = numbers[-1], seen + 1
        return tuple(number for place in places if place < FREE for number in _numbers(self._at(place)))

    def _chain(self, start: int) -> bytes:
        return b"".join(self._at(sector) for sector in _walk(start, self._fat))

    @staticmethod
    def _read_directory(listing: bytes) -> tuple[Entry, ...]:
        entries = []
        for at in range(0, len(listing) - ENTRY + 1, ENTRY):
            length, kind = struct.unpack_from("<HB", listing, at + 64)
            start, size = struct.unpack_from("<II", listing, at + 116)
            if kind:
                name = listing[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                entries.append(Entry(name, kind, start, size))
        return tuple(entries)


def packed(name: str, stream: bytes) -> bytes:
    """Return a sound container with one stream: parsers of values trust damaged sectors with their memory."""
    body = stream + bytes(max(MINI_LIMIT - len(stream), -len(stream) % 512))
    sectors = len(body) // 512
    fat_sectors = -(-(sectors + 1) // 127)
    places = [sectors + 1 + at for at in range(fat_sectors)]
    if fat_sectors > HEADER_ENTRIES:
        raise BrokenContainer("larger than a workbook")
    fat = [*range(1, sectors), END, END, *[FAT] * fat_sectors]
    fat += [UNUSED] * (fat_sectors * 128 - len(fat))
    head = MARK + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, fat_sectors, sectors, 0, MINI_LIMIT, END, 0, END, 0)
    head += struct.pack(f"<{HEADER_ENTRIES}I", *places, *[UNUSED] * (HEADER_ENTRIES - fat_sectors))
    entries = _packed_entry("Root Entry", ROOT, END, 0, child=1) + _packed_entry(name, STREAM, 0, len(body))
    return head + body + entries + bytes(512 - len(entries)) + struct.pack(f"<{len(fat)}I", *fat)


def _packed_entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    text = f"{name}\0".encode("utf-16-le")
    links = struct.pack("<HBBIII", len(text), kind, 1, UNUSED, UNUSED, child)
    return text.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])


def _walk(start: int, table: tuple[int, ...]) -> list[int]:
    """Return the sectors of a chain. Raises BrokenContainer for a chain that bites its tail or leaves the table."""
    chain: list[int] = []
    sector = start
    while sector < FREE:
        if sector >= len(table) or len(chain) > len(table):
            raise BrokenContainer("chain")
        chain.append(sector)
        sector = table[sector]
    return chain
