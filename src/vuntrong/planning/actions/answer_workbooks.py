"""Answers that come as a workbook: checked as a whole, written as a whole or not at all."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from vuntrong.documents.actions import reading_of, settle_reading, store_file, stored_bytes
from vuntrong.documents.columns import SheetMapping
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.models import StoredFile
from vuntrong.documents.workbooks import open_workbook, reopen_workbook
from vuntrong.kernel import log
from vuntrong.kernel.errors import StaleState, Violation, refuse_if
from vuntrong.kernel.transitions import lock_row
from vuntrong.planning.actions.answers import attach_workbook, save_answer, send_answer
from vuntrong.planning.documents.answer_workbooks import Reading, ReadRow, numbers_table, people_table, read_answer
from vuntrong.planning.models import NeedsSurvey, SurveyAnswer, TrainingNeed
from vuntrong.planning.queries.answer_contents import resolve
from vuntrong.planning.queries.survey_answers import needs_of
from vuntrong.planning.queries.surveys import offered
from vuntrong.planning.rules.surveys import NamedPerson
from vuntrong.registry.models import Unit
from vuntrong.registry.queries import subtree_ids

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


Seen = tuple[int, int]
"""Which workbook was read and how: the key of its file and the revision of its reading."""


@dataclass(frozen=True)
class PreviewRow:
    """A row of the workbook as it would be written. `state`: problem, new-person, added or kept."""

    number: int
    sheet: str
    texts: Mapping[str, str]
    cells: Mapping[str, Violation]
    """Problems of cells by column."""
    problems: Sequence[Violation]
    """All problems of the row, those of cells included."""
    state: str


@dataclass(frozen=True)
class Preview:
    """What a workbook would do to the answer, before anything is written."""

    reading: Reading
    rows: Sequence[PreviewRow]
    problems: Sequence[Violation]
    removed: Sequence[str]
    """People who stand in the answer now and not in the workbook."""
    seen: Seen
    is_same: bool
    """Whether the answer says all of it already."""

    def count(self, state: str) -> int:
        """Return the rows in a state."""
        return sum(row.state == state for row in self.rows)


def receive_workbook(
    *,
    survey: NeedsSurvey,
    unit: Unit,
    content: bytes,
    name: str,
    by: log.Actor | None,
    mapping: Mapping[str, Any] | None = None,
) -> SurveyAnswer:
    """Keep the workbook that a unit sent, exactly as it came; nothing of it is written yet.

    `mapping` says how its people are read, in the plain form of SheetMapping; where nobody can tell, a person says it
    later. Raises WorkbookError for what is no workbook, RuleBroken when the answer takes nothing any more.
    """
    numbers_table(open_workbook(content, name))
    with transaction.atomic():
        stored = store_file(content=content, name=name, content_type=XLSX, by=by)
        if mapping:
            settle_reading(file=stored, mapping=mapping, zeros=False)
        return attach_workbook(survey=survey, unit=unit, workbook=stored, by=by)


@transaction.atomic
def settle_workbook(*, answer: SurveyAnswer, mapping: Mapping[str, Any], zeros: bool) -> None:
    """Say how the people of the kept workbook are read. Raises WorkbookError when they cannot be read so."""
    lock_row(answer.survey)
    stored = _workbook_of(answer)
    people_table(reopen_workbook(stored_bytes(stored), stored.name), SheetMapping.from_plain(mapping))
    settle_reading(file=stored, mapping=mapping, zeros=zeros)


def preview_workbook(answer: SurveyAnswer) -> Preview:
    """Read the kept workbook against the answer of now. Raises WorkbookError; writes nothing. 9 queries."""
    reading, seen = _read(answer)
    found = resolve(reading.content.named, answer.unit)
    placed = list(zip([row for row in reading.rows if row.need], found.outcomes, strict=True))
    own_units = subtree_ids({answer.unit_id})
    refused = [problem for row, outcome in placed if (problem := _refusal(row, outcome, own_units))]
    problems = [*reading.problems, *refused]
    meant = {row.number: outcome for row, outcome in placed if isinstance(outcome, NamedPerson)}
    needs = list(needs_of(answer))
    present = {(need.programme_id, need.person_id): need for need in needs if need.person_id}
    numbers = {need.programme_id: need.headcount for need in needs if need.person_id is None}
    rows = [_preview_row(row, problems, meant.get(row.number), present) for row in reading.rows]
    stays = {(one.programme_id, one.person_id) for one in meant.values()}
    removed = [f"{need.person} - {need.programme}" for key, need in present.items() if key not in stays]
    is_same = not removed and all(row.state == "kept" for row in rows)
    is_same = is_same and numbers == {key: count for key, count in reading.numbers.items() if count}
    return Preview(reading, rows, problems, removed, seen, is_same)


@transaction.atomic
def import_workbook(
    *,
    answer: SurveyAnswer,
    revision: int,
    seen: Seen | None = None,
    is_sending: bool,
    by: log.Actor | None,
    late_reason: str = "",
    now: dt.datetime | None = None,
) -> SurveyAnswer:
    """Let the answer say what its workbook says, as a draft or sent at once.

    `seen` is what the preview was made from. Raises StaleState when another workbook came or it is read otherwise now,
    RuleBroken with every problem of the workbook, and writes nothing then; otherwise as the actions for answers.
    """
    lock_row(answer.survey)
    preview = preview_workbook(answer)
    if seen is not None and preview.seen != seen:
        raise StaleState(f"The workbook of answer {answer.pk} is no longer {seen}")
    refuse_if(preview.problems)
    content = preview.reading.content
    survey, unit = answer.survey, answer.unit
    if not is_sending:
        return save_answer(survey=survey, unit=unit, content=content, revision=revision, by=by)
    return send_answer(
        survey=survey, unit=unit, content=content, revision=revision, by=by, late_reason=late_reason, now=now
    )


def _workbook_of(answer: SurveyAnswer) -> StoredFile:
    """Return the workbook that came last. Raises WorkbookError where none did. 1 query."""
    stored = StoredFile.objects.filter(survey_answers=answer.pk).first()
    if stored is None:
        raise WorkbookError("empty", {"name": ""})
    return stored


def _read(answer: SurveyAnswer) -> tuple[Reading, Seen]:
    stored = _workbook_of(answer)
    settled = reading_of(stored)
    book = reopen_workbook(stored_bytes(stored), stored.name)
    mapping = SheetMapping.from_plain(settled.mapping)
    reading = read_answer(book, answer.unit, offered(answer.survey), mapping, zeros=settled.zeros)
    return reading, (stored.pk, settled.revision)


def _refusal(row: ReadRow, outcome: NamedPerson | Violation, own_units: Collection[int]) -> Violation | None:
    """Return why the person of a row may not be named, with the place of the row."""
    where = {"sheet": row.sheet, "row": row.number, "column": "Họ và tên", "value": row.texts["name"]}
    if isinstance(outcome, Violation):
        return Violation(f"row-{outcome.code}", outcome.source, {**where, **outcome.values})
    if outcome.unit_id not in own_units:
        return Violation("row-person-of-other-unit", "", {**where, "name": outcome.name})
    return None


def _preview_row(
    row: ReadRow,
    problems: Sequence[Violation],
    person: NamedPerson | None,
    present: Mapping[tuple[int, int], TrainingNeed],
) -> PreviewRow:
    own = [one for one in problems if (one.values.get("sheet"), one.values.get("row")) == (row.sheet, row.number)]
    state = "problem"
    if not own and person:
        is_present = (person.programme_id, person.person_id) in present
        state = "kept" if is_present else "added" if person.person_id > 0 else "new-person"
    return PreviewRow(row.number, row.sheet, row.texts, row.problems, own, state)
