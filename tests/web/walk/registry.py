"""Units, people, programmes, search and the action log."""

from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import PLANNERS, Role
from vuntrong.kernel import log

CHANGERS = (Role.ORGANISATION_BOARD,)


def entry(house: House) -> dict[str, int]:
    """Return a row of the log that the organisation board of the province wrote."""
    writer = house.user_with(Role.ORGANISATION_BOARD)
    return {"entry_id": log.record("create_person", house.person, by=writer).pk}


PAGES = [
    Page("registry:catalogue", stranger=200),
    Page("search", stranger=200),
    Page("registry:people", stranger=200),
    Page("registry:person", make=lambda house: {"person_id": house.person.pk}),
    Page("registry:person-create", roles=PLANNERS | {Role.UNIT_CLERK}, denied=403, stranger=403, foreign=(200, 403)),
    Page("registry:units", stranger=200),
    Page("registry:unit-tree", stranger=200),
    Page("registry:unit", make=lambda house: {"slug": house.commune.slug}),
    Page("registry:wording", method="POST", stranger=200),
    Page("registry:unit-create", roles=CHANGERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("registry:unit-change", make=lambda house: {"slug": house.commune.slug}, roles=CHANGERS, denied=403),
    Page("registry:programmes", stranger=200),
    Page("registry:programme", make=lambda house: {"code": house.programme.code}, foreign=200),
    Page("registry:target-groups", stranger=200),
    Page("history:log", roles=CHANGERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("history:entry", make=entry, roles=CHANGERS),
]
