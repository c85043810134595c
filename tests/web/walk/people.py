"""A person's details and record, and the catalogues."""

from typing import Any

from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import PLANNERS, Role
from vuntrong.documents.actions import store_file
from vuntrong.registry.models import Qualification

CHANGERS = PLANNERS | {Role.UNIT_CLERK}
CATALOGUERS = (Role.ORGANISATION_BOARD,)


def of_person(house: House) -> dict[str, Any]:
    return {"person_id": house.person.pk}


def with_photo(house: House) -> dict[str, Any]:
    house.person.photo = store_file(content=b"x", name="a.png", content_type="image/png", by=None)
    house.person.save()
    return of_person(house)


def of_scan(house: House) -> dict[str, Any]:
    scan = store_file(content=b"x", name="a.pdf", content_type="application/pdf", by=None)
    row = Qualification.objects.create(person=house.person, kind="it", field="A", scan=scan)
    return of_person(house) | {"row_id": row.pk}


def of_table(house: House) -> dict[str, Any]:
    return of_person(house) | {"table": "postings"}


def of_row(house: House) -> dict[str, Any]:
    return of_table(house) | {"row_id": house.person.postings.get().pk}


CHANGES = {"roles": CHANGERS, "denied": 403}
CATALOGUE = {"denied": 403, "stranger": 403, "foreign": (200, 403), "roles": CATALOGUERS}
PAGES = [
    Page("people:change", make=of_person, **CHANGES),
    Page("people:photo", make=with_photo),
    Page("people:photo-change", make=of_person, **CHANGES, method="POST"),
    Page("people:scan", make=of_scan),
    Page("people:record-add", make=of_table, **CHANGES),
    Page("people:record-change", make=of_row, **CHANGES),
    Page("people:record-remove", make=of_row, **CHANGES, method="POST"),
    Page("people:catalogue", make=lambda _house: {"catalogue": "posts"}, stranger=200),
    Page("people:catalogue-add", make=lambda _house: {"catalogue": "posts"}, **CATALOGUE),
    Page("people:catalogue-change", make=lambda _house: {"catalogue": "religions", "code": "0"}, **CATALOGUE),
]
