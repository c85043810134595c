"""Lists as plain text (.csv, .tsv, .txt): which letters, which sign between the columns, which cells."""

import csv
import re
from collections import Counter
from io import StringIO
from pathlib import PurePath

from vuntrong.documents.inspection import MAX_BYTES, MAX_CELLS, MAX_ROWS, WorkbookError
from vuntrong.kernel.legacy import text_of_bytes

SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
SEPARATORS = ",;\t|"
SAMPLE_LINES = 60
LONGEST_LINE = 2**20
"""Characters; a list has no line like that."""
SAID = re.compile(r'\ufeff?"?sep=(.)"?\r?\n', re.IGNORECASE)
"""The line `sep=;` by which Excel is told."""
GUARDED = re.compile(r'="([^"]*)"')
"""="001085001234" keeps the zeros in Excel."""
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")


def is_delimited(name: str) -> bool:
    """Say whether a file name promises plain text."""
    return PurePath(name).suffix.lower() in SUFFIXES


def read_delimited(content: bytes, name: str) -> list[list[str]]:
    """Return the cells. Raises WorkbookError empty, too-large, too-many-rows, line-too-long or not-a-workbook."""
    if not content.strip():
        raise WorkbookError("empty", {"name": name})
    if len(content) > MAX_BYTES:
        raise WorkbookError("too-large", {"name": name, "limit_mb": MAX_BYTES // 2**20})
    text = text_of_bytes(content)
    if CONTROLS.search(text):
        raise WorkbookError("not-a-workbook", {"name": name})
    said = SAID.match(text)
    text = text[said.end() :] if said else text
    _check_lines(text, name)
    return _read(text, said[1] if said else separator_of(text), name)


def _check_lines(text: str, name: str) -> None:
    start, row = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > LONGEST_LINE:
            raise WorkbookError("line-too-long", {"name": name, "row": row, "limit": LONGEST_LINE})
        start, row = end + 1, row + 1


def separator_of(text: str) -> str:
    """Return the sign that cuts most of the first lines into the same number of columns; a comma for one column."""
    head = "\n".join(text.split("\n", SAMPLE_LINES)[:SAMPLE_LINES])
    best, most = ",", 0
    for separator in SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            widths.update(len(row) for row in csv.reader(StringIO(head), delimiter=separator))
        except csv.Error:
            continue
        score = max((count * (width - 1) for width, count in widths.items()), default=0)
        if score > most:
            best, most = separator, score
    return best


def _read(text: str, separator: str, name: str) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = 0
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            cells += len(row)
            if len(rows) >= MAX_ROWS or cells > MAX_CELLS:
                raise WorkbookError("too-many-rows", {"sheet": name, "row": len(rows) + 1, "limit": MAX_ROWS})
            rows.append([_plain(cell) for cell in row])
    except csv.Error as error:
        raise WorkbookError("not-a-workbook", {"name": name}) from error
    return _rectangle(rows)


def _plain(cell: str) -> str:
    """Return a cell without the formula that only keeps its zeros, and nothing for one of blanks."""
    if cell[:2] == '="' and (guarded := GUARDED.fullmatch(cell)):
        return guarded[1]
    return cell if cell.strip() else ""


def _rectangle(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows without blank ones at the end, each as long as the longest, within the limit of cells."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    if width * len(rows) <= MAX_CELLS:
        for row in rows:
            row.extend([""] * (width - len(row)))
    return rows
