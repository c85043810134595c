"""Documents under state secrecy must not come in: their marks in the title of a sheet or in the name of the file."""

import re
from collections.abc import Sequence

from vuntrong.documents.grids import RawValue
from vuntrong.documents.inspection import WorkbookError
from vuntrong.kernel.legacy import to_unicode
from vuntrong.kernel.text import nfc

TITLE_ROWS = 20
TITLE_CELLS = 3
"""A row with more filled cells is one of data, where Mật may be a name."""
MARK = re.compile(r"\W*(?:độ mật\s*:\s*)?(tuyệt mật|tối mật|mật)\W*", re.IGNORECASE)
"""A cell that is nothing but the mark. Source: Law on the Protection of State Secrets 2018, three levels."""
INSIDE = re.compile(r"\b(TUYỆT MẬT|TỐI MẬT)\b|\bđộ mật\s*:\s*(tuyệt mật|tối mật|mật)\b", re.IGNORECASE)
IN_NAME = re.compile(r"\b(TUYỆT MẬT|TỐI MẬT)\b|(?:^|[\W_])(MẬT)(?:[\W_]|$)")


def refuse_secret_name(name: str) -> None:
    """Raise WorkbookError secret for a file name that bears a mark in capitals, or tối mật in any case."""
    found = IN_NAME.search(nfc(name)) or INSIDE.search(nfc(name))
    if found:
        raise WorkbookError("secret", {"name": name, "mark": found[0].strip(" ._-()[]").upper()})


def refuse_secret_rows(rows: Sequence[Sequence[RawValue]], name: str, sheet: str) -> None:
    """Raise WorkbookError secret for a mark among the title lines of a sheet; old fonts are read as well."""
    for number, row in enumerate(rows[:TITLE_ROWS], start=1):
        texts = [value for value in row if not isinstance(value, str) or value.strip()]
        for value in texts:
            mark = _mark(value, is_title=len(texts) <= TITLE_CELLS)
            if mark:
                raise WorkbookError("secret", {"name": name, "mark": mark, "sheet": sheet, "row": number})


def _mark(value: RawValue, *, is_title: bool) -> str:
    if not isinstance(value, str) or len(value) > 300:
        return ""
    text = nfc(to_unicode(value))
    whole = MARK.fullmatch(text) if is_title else None
    if whole:
        return whole[1].upper()
    inside = INSIDE.search(text)
    return inside[0].upper() if inside else ""
