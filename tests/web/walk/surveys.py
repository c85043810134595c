"""Needs surveys: the owner's pages and the unit's answer."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.planning.survey_cases import number
from tests.planning.test_answer_workbooks import BINH, book
from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import PLANNERS, Role
from vuntrong.planning.actions.answer_workbooks import receive_workbook
from vuntrong.planning.actions.answers import send_answer
from vuntrong.planning.actions.snapshots import take_snapshot

RUN = PLANNERS - {Role.TRAINING_OFFICE}
"""Those of the province and of the centre; the school of the province does not run the centre's surveys."""
READ = RUN | {Role.APPROVER, Role.ACADEMY_READER}
ANSWER = RUN | {Role.UNIT_CLERK}
REFUSED = (403, 404)


def survey(house: House) -> dict[str, int]:
    return {"survey_id": house.survey.pk}


def snapshot(house: House) -> dict[str, int]:
    return {"survey_id": house.survey.pk, "snapshot_id": take_snapshot(survey=house.survey, by=None).pk}


def unit(house: House) -> dict[str, int]:
    house.survey.recipients.get_or_create(unit=house.commune)
    return {"survey_id": house.survey.pk, "unit_id": house.commune.pk}


def sent(house: House) -> dict[str, int]:
    where = unit(house)
    content = number(house.programme.pk)
    send_answer(survey=house.survey, unit=house.commune, content=content, revision=0, by=None, now=timezone.now())
    return where


def with_workbook(house: House) -> dict[str, int]:
    where = unit(house)
    rows = [[*BINH[:5], house.programme.name, ""]]
    receive_workbook(survey=house.survey, unit=house.commune, content=book(rows), name="phieu.xlsx", by=None)
    return where


def workbook(house: House) -> dict[str, Any]:
    return {"workbook": SimpleUploadedFile("phieu.xlsx", book([[*BINH[:5], house.programme.name, ""]]))}


PAGES = [
    Page("surveys:list", stranger=200),
    Page("surveys:requests", stranger=200),
    Page("surveys:create", roles=PLANNERS, denied=403, stranger=403, foreign=(*REFUSED, 200)),
    Page("surveys:survey", make=survey, roles=READ),
    Page("surveys:edit", make=survey, roles=RUN, denied=REFUSED),
    Page("surveys:open", make=survey, roles=RUN, denied=REFUSED, method="POST"),
    Page("surveys:close", make=survey, roles=RUN, denied=REFUSED, method="POST"),
    Page("surveys:reopen", make=survey, roles=RUN, denied=REFUSED),
    Page("surveys:needs", make=survey, roles=READ),
    Page("surveys:answers", make=survey, roles=READ),
    Page("surveys:remind", make=survey, roles=RUN, denied=REFUSED, method="POST"),
    Page("surveys:consolidated", make=survey, roles=READ),
    Page("surveys:silent", make=survey, roles=READ),
    Page("surveys:snapshots", make=survey, roles=READ),
    Page("surveys:take-snapshot", make=survey, roles=RUN, denied=REFUSED, method="POST"),
    Page("surveys:compare", make=lambda house: {"survey_id": snapshot(house)["survey_id"]}, roles=()),
    Page("surveys:snapshot", make=snapshot, roles=READ),
    Page("surveys:snapshot-workbook", make=snapshot, roles=READ),
    Page("surveys:answer", make=unit, roles=READ | {Role.UNIT_CLERK}),
    Page("surveys:people", make=unit, roles=ANSWER, denied=REFUSED),
    Page("surveys:recall", make=sent, roles=ANSWER, denied=REFUSED, method="POST"),
    Page("surveys:send-back", make=sent, roles=RUN, denied=REFUSED, method="POST"),
    Page("surveys:workbook", make=unit, roles=READ | {Role.UNIT_CLERK}),
    Page("surveys:original", make=with_workbook, roles=READ | {Role.UNIT_CLERK}),
    Page("surveys:upload", make=unit, roles=ANSWER, denied=REFUSED),
    Page("surveys:preview", make=with_workbook, roles=ANSWER, denied=REFUSED),
    Page("surveys:reading", make=with_workbook, roles=ANSWER, denied=REFUSED),
    Page("surveys:remarks", make=with_workbook, roles=ANSWER, denied=REFUSED),
    Page("surveys:keep-template", make=with_workbook, roles=ANSWER, denied=REFUSED, method="POST"),
    Page("surveys:write", make=with_workbook, roles=ANSWER, denied=REFUSED, method="POST"),
]
