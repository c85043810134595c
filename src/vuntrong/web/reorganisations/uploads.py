"""The page of events, and a workbook that comes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from vuntrong.accounts.models import User
from vuntrong.documents.workbooks import open_workbook
from vuntrong.registry.actions.reorganise import edit_reorganisation
from vuntrong.registry.event_sheets import read_event_sheet
from vuntrong.registry.models import Reorganisation
from vuntrong.registry.queries.reorganisation import known_units
from vuntrong.registry.rules.event_rows import EventRow, RowProblem
from vuntrong.web.kit.values import Fact
from vuntrong.web.reorganisations import grid, showing
from vuntrong.web.reorganisations.forms import EventsUploadForm
from vuntrong.web.reorganisations.sentences import at_cell

Rows = Sequence[tuple[int, EventRow]]


@dataclass(frozen=True)
class Uploaded:
    """What a workbook held; with errors, (cell, sentence), nothing was written."""

    rows: Rows
    errors: tuple[tuple[str, str], ...]


def uploaded(draft: Reorganisation, file: UploadedFile, revision: int, by: User) -> Uploaded:
    """Read the first sheet of a workbook into the draft. Raises WorkbookError, RuleBroken, StaleState."""
    book = open_workbook(file.read(), file.name or "")
    sheet = read_event_sheet(book, book.sheets[0])
    found = grid.read(draft, sheet.rows)
    errors = tuple((sheet.cell(one.row, one.column), at_cell(one)) for one in found.problems)
    if not errors:
        edit_reorganisation(reorganisation=draft, revision=revision, changes={}, events=found.events, by=by)
    return Uploaded([(at, row) for at, (_number, row) in enumerate(sheet.rows, start=1)], errors)


def events_page(
    draft: Reorganisation,
    rows: Rows,
    problems: Sequence[RowProblem] = (),
    refused: Sequence[str] = (),
    upload: EventsUploadForm | None = None,
) -> dict[str, Any]:
    """Return what the page of events shows. 1 query."""
    names = sorted({unit.said.name for unit in known_units().values() if unit.last_day is None})
    return {
        "record": draft,
        "steps": showing.steps(draft, 2),
        "facts": showing.facts_line(draft),
        "labels": list(grid.LABELS.values()),
        "rows": grid.shown_rows(rows, problems),
        "dock": [Fact(_("Number of rows"), len(rows))],
        "problem_count": len(problems),
        "refused": refused,
        "names": names,
        "upload": upload or EventsUploadForm(auto_id="upload-%s"),
    }
