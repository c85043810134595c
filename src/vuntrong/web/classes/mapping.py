"""Which column of a list of learners is read as what, and the workbook that it stands in."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from vuntrong.accounts.models import User
from vuntrong.classes.documents import COLUMNS, LearnerTable, read_learners
from vuntrong.classes.models import ClassRun
from vuntrong.documents.actions import reading_of, settle_reading, store_file, stored_bytes
from vuntrong.documents.columns import SheetMapping
from vuntrong.documents.models import FileReading, StoredFile
from vuntrong.documents.tables import Table, find_in_book
from vuntrong.documents.workbooks import Workbook, reopen_workbook
from vuntrong.exchange.enums import ImportKind
from vuntrong.exchange.queries import templates_of
from vuntrong.web.workbooks.reading import ListKind, first_mapping, reading_page
from vuntrong.web.workbooks.steps import COLUMNS as COLUMNS_STEP
from vuntrong.web.workbooks.steps import steps_of


def _find(book: Workbook, mapping: SheetMapping) -> Table:
    return find_in_book(book, COLUMNS, mapping)


LEARNER_LIST = ListKind(_find, lambda: COLUMNS, tuple(column.key for column in COLUMNS))


def own_file(request: HttpRequest, file_id: int) -> StoredFile:
    """Return a workbook that the person uploaded; those of others do not exist."""
    return get_object_or_404(StoredFile, pk=file_id, stored_by_id=request.user.pk)


@transaction.atomic
def keep_workbook(book: Workbook, content: bytes, file: UploadedFile, run: ClassRun, by: User) -> StoredFile:
    """Keep a workbook as it came; a template of the unit that runs the class reads it where its headings fit."""
    stored = store_file(content=content, name=str(file.name), content_type=file.content_type or "", by=by)
    if known := first_mapping(book, templates_of(run.owner, ImportKind.LEARNERS), LEARNER_LIST):
        settle_reading(file=stored, mapping=known, zeros=False)
    return stored


def table_of(stored: StoredFile, settled: FileReading) -> LearnerTable:
    """Read the learners as it was settled. Raises WorkbookError."""
    book = reopen_workbook(stored_bytes(stored), stored.name)
    return read_learners(book, SheetMapping.from_plain(settled.mapping), zeros=settled.zeros)


def read_table(stored: StoredFile, mapping: Mapping[str, Any]) -> Table:
    """Find the list as a mapping says. Raises WorkbookError."""
    return _find(reopen_workbook(stored_bytes(stored), stored.name), SheetMapping.from_plain(mapping))


def page_of(request: HttpRequest, run: ClassRun, stored: StoredFile) -> dict[str, Any]:
    """Return what the step of sheet and columns shows."""
    settled = reading_of(stored)
    book = reopen_workbook(stored_bytes(stored), stored.name)
    templates = templates_of(run.owner, ImportKind.LEARNERS)
    shown = reading_page(request, book, (settled.mapping, settled.zeros), templates, LEARNER_LIST)
    return {**shown, "run": run, "file": stored, "steps": steps_of(COLUMNS_STEP)}
