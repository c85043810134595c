"""Issued papers and the papers of a class."""

from typing import Any

from tests.registry.test_papers import draw
from tests.web.walk.classes import OWNERS
from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import OVERSEERS, PLANNERS, Role

READERS = OVERSEERS - {Role.TRAINING_OFFICE}


def of_class(house: House) -> dict[str, Any]:
    return {"class_id": house.class_run.pk}


def of_paper(house: House) -> dict[str, Any]:
    return {"paper_id": draw(house.centre).pk}


def of_draft(house: House) -> dict[str, Any]:
    return {"class_id": house.class_run.pk, "paper": "opening"}


def of_page(house: House) -> dict[str, Any]:
    """A preview that nobody made."""
    return {"class_id": house.class_run.pk, "key": "0" * 64, "page": 1}


PAGES = [
    Page("papers:list", stranger=200),
    Page("papers:runs", stranger=200),
    Page("papers:enter", roles=PLANNERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("papers:paper", make=of_paper, roles=READERS),
    Page("papers:pdf", make=of_paper, roles=READERS),
    Page("papers:docx", make=of_paper, roles=READERS),
    Page("papers:cancel", make=of_paper, roles=OWNERS, denied=(403, 404), method="POST"),
    Page("papers:class", make=of_class, roles=OWNERS, denied=(403, 404)),
    Page("papers:duties", make=of_class, roles=OWNERS, denied=(403, 404)),
    Page("papers:prepare", make=of_draft, roles=OWNERS, denied=(403, 404)),
    Page("papers:page", make=of_page, roles=(), denied=(403, 404)),
]
