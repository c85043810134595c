"""Which column of a unit's workbook is read as what."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from vuntrong.documents.actions import reading_of, stored_bytes
from vuntrong.documents.models import StoredFile
from vuntrong.documents.workbooks import open_workbook, reopen_workbook
from vuntrong.exchange.enums import ImportKind
from vuntrong.exchange.queries import templates_of
from vuntrong.planning.documents.answer_workbooks import PEOPLE_COLUMNS, people_table
from vuntrong.planning.models import SurveyAnswer
from vuntrong.planning.policies import surveys as policies
from vuntrong.registry.models import Unit
from vuntrong.web.surveys import answer_pages
from vuntrong.web.workbooks.reading import ListKind, first_mapping, reading_page
from vuntrong.web.workbooks.steps import COLUMNS, steps_of

ANSWER_LIST = ListKind(people_table, lambda: PEOPLE_COLUMNS, tuple(column.key for column in PEOPLE_COLUMNS))


def may_write(request: HttpRequest, survey_id: int, unit_id: int) -> answer_pages.Asked:
    """Return what is asked of a unit, for somebody who may answer for it."""
    asked = answer_pages.asked(request, survey_id, unit_id)
    if not policies.may_answer(request.user, asked.survey, unit_id):
        raise PermissionDenied
    return asked


def draft_of(request: HttpRequest, survey_id: int, unit_id: int) -> tuple[answer_pages.Asked, SurveyAnswer, StoredFile]:
    """Return the answer that is not sent yet, and the workbook that came for it."""
    asked = may_write(request, survey_id, unit_id)
    if asked.answer is None or asked.answer.workbook is None or asked.is_sent or not asked.is_open:
        raise Http404
    asked.answer.survey, asked.answer.unit = asked.survey, asked.unit
    return asked, asked.answer, asked.answer.workbook


def template_for(content: bytes, name: str, unit: Unit) -> dict[str, Any]:
    """Return how a template of the unit reads a workbook, nothing where none fits. Raises WorkbookError."""
    return first_mapping(open_workbook(content, name), templates_of(unit, ImportKind.ANSWERS), ANSWER_LIST)


def page_of(request: HttpRequest, asked: answer_pages.Asked, stored: StoredFile) -> dict[str, Any]:
    """Return what the step of sheet and columns shows."""
    settled = reading_of(stored)
    templates = templates_of(asked.unit, ImportKind.ANSWERS)
    book = reopen_workbook(stored_bytes(stored), stored.name)
    shown = reading_page(request, book, (settled.mapping, settled.zeros), templates, ANSWER_LIST)
    return {**shown, "asked": asked, "file": stored, "steps": steps_of(COLUMNS)}
