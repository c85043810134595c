"""Data about me, the desk of requests, reads, the register, accounts and their records."""

import datetime as dt
from typing import Any

from tests.factories import make_user_with
from tests.web.walk.guard import ANYBODY, House, Page
from vuntrong.accounts.enums import PRIVACY_OFFICE, SENSITIVE_READERS, Role
from vuntrong.registry.actions.requests import enter_request

BOARD = frozenset({Role.ORGANISATION_BOARD})
PURPOSE = {"purpose": "request"}


def of_person(house: House) -> dict[str, Any]:
    return {"person_id": house.person.pk}


def of_request(house: House) -> dict[str, Any]:
    day = dt.date(2026, 11, 20)
    asked = enter_request(person=house.person, kind="correct", text="Sửa ngày sinh", received_on=day, by=None)
    return {"request_id": asked.pk}


def of_account(house: House) -> dict[str, Any]:
    return {"user_id": make_user_with(Role.UNIT_CLERK, house.commune).pk}


def office(name: str, **extra: Any) -> Page:
    """A list of the office: everybody else is told that it is not theirs."""
    return Page(name, denied=403, stranger=403, foreign=(200, 403), **{"roles": PRIVACY_OFFICE} | extra)


PAGES = [
    Page("privacy:me", stranger=200, foreign=200),
    Page("privacy:own-reads", roles=()),
    Page("privacy:ask", roles=()),
    office("privacy:requests"),
    office("privacy:find"),
    office("privacy:restricted"),
    office("privacy:reads", roles=BOARD),
    office("privacy:accounts", roles=BOARD),
    office("privacy:assessment"),
    Page("privacy:enter", make=of_person, roles=PRIVACY_OFFICE),
    Page("privacy:request", make=of_request, roles=PRIVACY_OFFICE),
    Page("privacy:answer", make=of_request, roles=PRIVACY_OFFICE),
    Page("privacy:extend", make=of_request, roles=PRIVACY_OFFICE),
    Page("privacy:carry-out", make=of_request, roles=PRIVACY_OFFICE),
    Page("privacy:refuse", make=of_request, roles=PRIVACY_OFFICE),
    Page("privacy:record", make=of_person, roles=PRIVACY_OFFICE),
    Page("privacy:lift", make=of_person, roles=PRIVACY_OFFICE),
    Page(
        "privacy:show-sensitive",
        make=of_person,
        roles=SENSITIVE_READERS,
        denied=403,
        method="POST",
        data=lambda house: PURPOSE,
    ),
    Page("privacy:register", roles=ANYBODY, stranger=200, foreign=200),
    Page("privacy:link", make=of_account, roles=BOARD),
    Page("privacy:unlink", make=of_account, roles=BOARD, method="POST"),
]
