"""Plans, their lines, submissions, papers and decisions."""

from tests.planning.plan_samples import approved, line_of, submitted
from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import OVERSEERS, Role
from vuntrong.documents.actions import store_file
from vuntrong.planning.actions.lines import remove_line
from vuntrong.planning.actions.plans import start_amendment

CENTRE = frozenset({Role.CENTRE_STAFF, Role.TRAINING_OFFICE, Role.ORGANISATION_BOARD, Role.HOME_AFFAIRS})
SEEN = OVERSEERS
DENIED = {"denied": (403, 404)}


def _line(house: House):
    return house.plan.lines.first() or line_of(house.plan, house.programme)


def plan(house: House) -> dict[str, int]:
    _line(house)
    return {"plan_id": house.plan.pk}


def line(house: House) -> dict[str, int]:
    return {"plan_id": house.plan.pk, "line_id": _line(house).pk}


def removed(house: House) -> dict[str, int]:
    gone = remove_line(line=_line(house), revision=0, by=None)
    return {"plan_id": house.plan.pk, "line_id": gone.pk}


def waiting(house: House) -> dict[str, int]:
    _line(house)
    submitted(house.plan)
    return {"plan_id": house.plan.pk}


def settled(house: House) -> dict[str, int]:
    _line(house)
    approved(house.plan)
    return {"plan_id": house.plan.pk}


def amended(house: House) -> dict[str, int]:
    settled(house)
    start_amendment(plan=house.plan, reason="Thêm lớp", by=None)
    return {"plan_id": house.plan.pk}


def decision(house: House) -> dict[str, int]:
    _line(house)
    found = approved(house.plan).decision
    found.scan = store_file(content=b"%PDF-1.4", name="718.pdf", content_type="application/pdf", by=None)
    found.save()
    return {"decision_id": found.pk}


def page(house: House) -> dict[str, int]:
    return {**plan(house), "page": 1}


PLANNERS_IN = {"roles": CENTRE - {Role.TRAINING_OFFICE}}
"""The school's office stands beside the district in the house: it sees the plan of the centre and does not edit it."""
POST = {"method": "POST", **PLANNERS_IN, **DENIED}
DECIDES = {"roles": {Role.APPROVER, *PLANNERS_IN["roles"]}, **DENIED}

PAGES = [
    Page("plans:list", roles=frozenset(Role), stranger=200),
    Page("plans:create", roles=CENTRE, denied=403, stranger=403, foreign=(200, 403)),
    Page("plans:plan", plan, roles=SEEN),
    Page("plans:needs", plan, roles=SEEN),
    Page("plans:submissions", plan, roles=SEEN),
    Page("plans:papers", plan, roles=SEEN),
    Page("plans:paper-page", page, roles=SEEN),
    Page("plans:paper-docx", plan, roles=SEEN),
    Page("plans:paper-pdf", plan, roles=SEEN),
    Page("plans:workbook", plan, roles=SEEN),
    Page("plans:decision", decision, roles=SEEN),
    Page("plans:scan", decision, roles=SEEN),
    Page("plans:line-create", plan, **PLANNERS_IN, **DENIED),
    Page("plans:removed", plan, **PLANNERS_IN, **DENIED),
    Page("plans:line", line, **PLANNERS_IN, **DENIED),
    Page("plans:line-remove", line, **POST),
    Page("plans:line-restore", removed, **POST),
    Page("plans:line-up", line, **POST),
    Page("plans:line-down", line, **POST),
    Page("plans:number", line, data=lambda house: {"field": "class_count", "value": "3", "revision": "0"}, **POST),
    Page("plans:propose", plan, **POST),
    Page("plans:submit", plan, **POST),
    Page("plans:recall", waiting, data=lambda house: {"submission": "1"}, **POST),
    Page("plans:amend", settled, data=lambda house: {"reason": "Thêm lớp"}, **POST),
    Page("plans:give-up", amended, **POST),
    Page("plans:decide", waiting, **DECIDES),
    Page("plans:approve", waiting, method="POST", data=lambda house: {"submission": "1"}, **DECIDES),
    Page("plans:return", waiting, method="POST", data=lambda house: {"submission": "1"}, **DECIDES),
]
