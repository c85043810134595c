"""Nominations: the desk of the unit, of the owner of the class, and of exceptions."""

from typing import Any

from tests.classes.nomination_cases import give_places, make_fit
from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import OVERSEERS, PLANNERS, Role
from vuntrong.classes.actions.nomination import nominate
from vuntrong.classes.actions.nomination_answers import ask_exception
from vuntrong.classes.models import Nomination
from vuntrong.documents.actions import store_file
from vuntrong.regulations.models import RuleRow

OWNERS = PLANNERS - {Role.TRAINING_OFFICE}
READERS = OVERSEERS - {Role.TRAINING_OFFICE}
SENDERS = {Role.UNIT_CLERK, Role.ORGANISATION_BOARD, Role.HOME_AFFAIRS}
DECIDERS = {Role.ORGANISATION_BOARD, Role.HOME_AFFAIRS}
SEERS = READERS | {Role.UNIT_CLERK}


def of_class(house: House) -> dict[str, Any]:
    return {"class_id": house.class_run.pk}


def of_places(house: House) -> dict[str, Any]:
    quota = house.class_run.quotas.first() or give_places(house.class_run, house.commune, 5)
    return {"quota_id": quota.pk}


def nominated(house: House) -> Nomination:
    """Somebody too young for the course, so that everything that may be done with her is open."""
    of_places(house)
    RuleRow.objects.filter(subject="trung-cap-llct", mode="part_time").update(subject=house.programme.code, mode="")
    known = house.class_run.nominations.first()
    person = None if known else make_fit("Hà Thị Bích Liên", house.commune, born_on="1999-08-14")
    return known or nominate(class_run=house.class_run, unit=house.commune, people=[person], by=None)[0]


def of_nomination(house: House) -> dict[str, Any]:
    return {"nomination_id": nominated(house).pk}


def of_exception(house: House) -> dict[str, Any]:
    row = nominated(house)
    if row.state == "nominated":
        letter = store_file(content=b"x", name="cong-van.pdf", content_type="", by=None)
        ask_exception(nomination=row, reason="Nữ duy nhất", letter=letter, by=None)
    return {"nomination_id": row.pk}


CHANGES = {"make": of_class, "roles": OWNERS, "denied": (403, 404)}
SENDING = {"make": of_nomination, "roles": SENDERS, "denied": (403, 404)}
ANSWERING = {"make": of_nomination, "roles": OWNERS, "denied": (403, 404)}
DECIDING = {"make": of_exception, "roles": DECIDERS, "denied": (403, 404)}
PAGES = [
    Page("nominations:list", stranger=200),
    Page("nominations:exceptions", stranger=200),
    Page("nominations:class", make=of_class, roles=READERS),
    Page("nominations:accept", **CHANGES, method="POST"),
    Page("nominations:judge", **CHANGES, method="POST"),
    Page("nominations:places", **CHANGES),
    Page("nominations:enrol", **CHANGES),
    Page("nominations:unit", make=of_places, roles=SEERS),
    Page(
        "nominations:nominate",
        make=of_places,
        roles=SENDERS,
        denied=(403, 404),
        method="POST",
        data=lambda house: {"person": house.person.pk},
    ),
    Page("nominations:nomination", make=of_nomination, roles=SEERS),
    Page("nominations:judge-one", make=of_nomination, roles=SENDERS | OWNERS, denied=(403, 404), method="POST"),
    Page("nominations:accept-one", **ANSWERING, method="POST"),
    Page("nominations:refuse", **ANSWERING),
    Page("nominations:withdraw", **SENDING),
    Page("nominations:move", **SENDING),
    Page("nominations:ask", **SENDING),
    Page("nominations:grant", **DECIDING),
    Page("nominations:refuse-exception", **DECIDING),
    Page("nominations:letter", make=of_exception, roles=SEERS),
]
