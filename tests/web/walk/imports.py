"""Imports of people: upload, reading, preview, lists around them."""

from typing import Any

from tests.exchange.builders import keep_workbook
from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import PLANNERS, Role
from vuntrong.exchange.actions.imports import save_template, start_import
from vuntrong.exchange.enums import ImportKind

IMPORTERS = PLANNERS | {Role.UNIT_CLERK}


def of_nobody(house: House) -> dict[str, Any]:
    """An import that a command made: no user but a superuser sees it."""
    return {
        "import_id": start_import(
            file=keep_workbook([["Họ và tên"], ["Lê An"]]), unit=house.commune, mapping={}, by=None
        ).pk
    }


def template(house: House) -> dict[str, Any]:
    saved = save_template(
        unit=house.commune, kind=ImportKind.PEOPLE, name="Mẫu", mapping={"columns": {"Họ và tên": "name"}}, by=None
    )
    return {"template_id": saved.pk}


OPEN = {"roles": IMPORTERS, "denied": 403, "stranger": 403, "foreign": (200, 403)}
HERS = {"make": of_nobody, "roles": (), "denied": (403, 404), "stranger": (403, 404)}
PAGES = [
    Page("imports:list", **OPEN),
    Page("imports:upload", **OPEN),
    Page("imports:units", **OPEN),
    Page("imports:match", **OPEN),
    Page("imports:templates", **OPEN),
    Page("imports:template", make=template, roles=IMPORTERS, denied=403, stranger=(403, 404), foreign=(403, 404)),
    Page("imports:import", **HERS),
    Page("imports:reading", **HERS),
    Page("imports:workbook", **HERS),
    Page("imports:people", **HERS),
    Page("imports:choices", **HERS, method="POST"),
    Page("imports:write", **HERS, method="POST"),
    Page("imports:discard", **HERS, method="POST"),
    Page("imports:keep-template", **HERS, method="POST"),
]
