"""Damaged files of all formats: each is read or refused, none crashes or hangs.

`VUNTRONG_FUZZ=2000` asks for more of them than the usual run makes.
"""

import os
import random
import time
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook as Book
from openpyxl.styles import Font

from tests.documents.trapped_lists import FONTS
from tests.documents.workbook_files import ods, ods_row
from tests.documents.workbook_files import saved as saved_book
from tests.documents.xls_files import xls
from vuntrong.documents.births import BIRTH_COLUMNS, BirthReader
from vuntrong.documents.columns import Column, ColumnKind
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.tables import find_table
from vuntrong.documents.workbooks import open_workbook

COUNT = int(os.environ.get("VUNTRONG_FUZZ", "200"))
BATCHES = 4
LONGEST = 10.0
"""Seconds of work for one file."""
COLUMNS = (Column("name", ("Họ và tên",), kind=ColumnKind.NAME), *BIRTH_COLUMNS)
ROWS = [["Hä vµ tªn", "Ngày sinh", "Ghi chú"], ["NguyÔn V¨n An", 31108, "nt"], ["Vi Cù", "1/5/90", "=1+1"]]
TOKENS = (
    b"1048576",
    b"XFD1048576",
    b'r="',
    b"<c ",
    b"</row>",
    b"<!DOCTYPE a>",
    b"&amp;",
    b"&#0;",
    b"-1",
    b"\0\0\0\0",
    b"9" * 30,
)


def seeds() -> list[tuple[bytes, str]]:
    book = Book()
    book.active.title = "Danh sách"
    for row in ROWS:
        book.active.append(row)
    book.active["A2"].font = Font(name=FONTS["tcvn3"])
    book.active.merge_cells("A5:C6")
    csv = "\n".join(";".join(map(str, row)) for row in ROWS).encode()
    return [
        (saved_book(book), "ds.xlsx"),
        (xls(ROWS, fonts={(1, 0): ".VnTime"}, hidden_rows=[2]), "ds.xls"),
        (ods("".join(ods_row(*map(str, row)) for row in ROWS)), "ds.ods"),
        (csv, "ds.csv"),
    ]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes with a few of them changed, cut, repeated or replaced by a telling word."""
    spoilt = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(spoilt) + 1)
        match chance.randrange(5):
            case 0:
                spoilt[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del spoilt[at : at + chance.choice((1, 2, 8, 64, 512))]
            case 2:
                spoilt[at:at] = spoilt[at : at + chance.choice((1, 16, 256))] * chance.choice((1, 3))
            case 3:
                spoilt[at : at + 4] = chance.choice(
                    (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\1\0\0\0")
                )
            case _:
                spoilt[at:at] = chance.choice(TOKENS)
    return bytes(spoilt)


def mutated_inside(content: bytes, chance: random.Random) -> bytes:
    """Return a zipped workbook one part of which is spoilt, its checksum right: the parsers must meet the damage."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            part = old.read(name)
            new.writestr(name, mutated(part, chance) if name == chosen else part)
    return stream.getvalue()


def read(content: bytes, name: str) -> str:
    """Read everything that a reader reads; returns the code of a refusal."""
    try:
        book = open_workbook(content, name)
        for sheet in book.sheets:
            table = find_table(book.grid(sheet), COLUMNS)
            births = BirthReader(table, 2026)
            for row in table.rows:
                births.read(row)
                row.cell("name").text()
    except WorkbookError as error:
        return error.code
    return "read"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_a_damaged_file_is_read_or_refused(batch):
    files = seeds()
    for number in range(batch, COUNT, BATCHES):
        chance = random.Random(number)
        content, name = files[number // BATCHES % len(files)]
        inside = content.startswith(b"PK") and chance.random() < 0.7
        spoilt = mutated_inside(content, chance) if inside else mutated(content, chance)

        began = time.process_time()
        read(spoilt, name)

        assert time.process_time() - began < LONGEST, number
