"""What a person should know of a sheet before its rows are taken, in plain values that can be kept."""

from collections.abc import Mapping
from typing import Any

from vuntrong.documents.columns import FoundColumn
from vuntrong.documents.inspection import column_letters
from vuntrong.documents.tables import Table

MOST_GROUPS = 50


def sheet_notes(table: Table, read: Mapping[str, FoundColumn] | None = None) -> dict[str, Any]:
    """Return conversions, doubtful dates, ditto marks and what was not read; `read` are the columns that are."""
    read = table.columns if read is None else read
    return {
        "header_row": table.header_row,
        "unknown": [[one.letter, one.header] for one in table.unknown if one not in read.values()],
        "guessed": [key for key, one in read.items() if one.is_guess],
        "groups": [[one.number, one.text] for one in table.skipped if one.kind == "group"][:MOST_GROUPS],
        "others": [[one.header_row, list(one.headers[:8]), one.row_count] for one in table.others],
        "conversions": [
            [column_letters(one.column + 1), one.encoding.value, one.count, one.row, one.before[:80], one.after[:80]]
            for one in table.conversions
        ],
        "doubts": [[key, one.code, one.suggested.value, one.count] for key, one in table.doubts.items()],
        "repeated": [[one.key, one.count, one.first_row] for one in table.repeated],
        "hidden": [one.letter for one in table.hidden_columns],
    }
