"""Classes: the year, one class, its learners and workbooks."""

from typing import Any

from tests.classes.builders import make_line
from tests.factories import make_enrolment
from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import OVERSEERS, PLANNERS, Role
from vuntrong.documents.actions import store_file

OWNERS = PLANNERS - {Role.TRAINING_OFFICE}
"""Who plans for the centre that runs the class: its staff, and those whose scope is the whole province."""
READERS = OVERSEERS - {Role.TRAINING_OFFICE}


def of_class(house: House) -> dict[str, Any]:
    return {"class_id": house.class_run.pk}


def of_line(house: House) -> dict[str, Any]:
    return {"line_id": make_line(owner=house.centre).pk}


def of_learner(house: House) -> dict[str, Any]:
    learner = make_enrolment(class_run=house.class_run, person=house.person, state="withdrawn")
    return {"class_id": house.class_run.pk, "enrolment_id": learner.pk}


def of_file(house: House) -> dict[str, Any]:
    """Somebody else's file: nobody gets it."""
    stored = store_file(content=b"x", name="x.xlsx", content_type="", by=None)
    return {"class_id": house.class_run.pk, "file_id": stored.pk}


CHANGES = {"make": of_class, "roles": OWNERS, "denied": (403, 404)}
PAGES = [
    Page("classes:list", stranger=200),
    Page("classes:choose-line", roles=PLANNERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("classes:make", make=of_line, roles=OWNERS, denied=(403, 404)),
    Page("classes:create-unplanned", roles=PLANNERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("classes:class", make=of_class, roles=READERS),
    Page("classes:history", make=of_class, roles=READERS),
    Page("classes:learners", make=of_class, roles=READERS),
    Page("classes:edit", **CHANGES),
    Page("classes:roles", **CHANGES),
    Page("classes:open", **CHANGES),
    Page("classes:start", **CHANGES),
    Page("classes:modules", **CHANGES),
    Page("classes:close", **CHANGES),
    Page("classes:cancel", **CHANGES),
    Page("classes:enrol", **CHANGES),
    Page("classes:enrol-new", **CHANGES),
    Page("classes:from-needs", **CHANGES),
    Page("classes:depart", **CHANGES),
    Page("classes:results", **CHANGES),
    Page("classes:import", **CHANGES),
    Page("classes:template", **CHANGES),
    Page(
        "classes:enrol-person",
        **CHANGES,
        method="POST",
        data=lambda house: {"person": house.person.pk},
    ),
    Page("classes:reinstate", make=of_learner, roles=CHANGES["roles"], denied=(403, 404, 200)),
    Page("classes:result", make=of_learner, roles=(), denied=(403, 404), method="POST"),
    Page("classes:preview", make=of_file, roles=(), denied=(403, 404)),
    Page("classes:reading", make=of_file, roles=(), denied=(403, 404)),
    Page("classes:remarks", make=of_file, roles=(), denied=(403, 404)),
    Page("classes:keep-template", make=of_file, roles=(), denied=(403, 404), method="POST"),
]
