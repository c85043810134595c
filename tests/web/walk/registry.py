"""Units, people, programmes, search and the action log."""

import datetime as dt
from typing import Any

from tests.factories import make_person
from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import PLANNERS, Role
from vuntrong.kernel import log
from vuntrong.registry.actions.areas import AreaWords, add_area
from vuntrong.registry.actions.merging import merge_people

ENTERERS = PLANNERS | {Role.UNIT_CLERK}
CHANGERS = (Role.ORGANISATION_BOARD,)


def pair(house: House) -> dict[str, int]:
    """Return two records of the commune."""
    return {"kept_id": house.person.pk, "gone_id": make_person("Nguyễn Văn Ân", unit=house.commune).pk}


def merged(house: House) -> dict[str, int]:
    """Return a merge of two records of the commune."""
    kept, gone = (make_person("Nguyễn Văn Ân", unit=house.commune) for _ in range(2))
    done = merge_people(kept=kept, gone=gone, from_gone=(), revisions=(0, 0), by=None)
    return {"merge_id": done.pk}


def entry(house: House) -> dict[str, int]:
    """Return a row of the log that the organisation board of the province wrote."""
    writer = house.user_with(Role.ORGANISATION_BOARD)
    return {"entry_id": log.record("create_person", house.person, by=writer).pk}


def area(house: House) -> dict[str, Any]:
    words = AreaWords(kind="border", valid_from=dt.date(2026, 1, 1), valid_to=None, instrument_text="QĐ 1")
    row = house.commune.areas.first() or add_area(unit=house.commune, words=words, by=None)
    return {"slug": house.commune.slug, "area_id": row.pk}


PAGES = [
    Page("registry:catalogue", stranger=200),
    Page("search", stranger=200),
    Page("registry:people", stranger=200),
    Page("registry:duplicates", roles=ENTERERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("registry:merges", roles=ENTERERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("registry:merge", make=pair, roles=ENTERERS),
    Page("registry:distinct", make=pair, roles=ENTERERS, method="POST"),
    Page("registry:unmerge", make=merged, roles=ENTERERS, method="POST"),
    Page("registry:person", make=lambda house: {"person_id": house.person.pk}),
    Page("registry:person-create", roles=PLANNERS | {Role.UNIT_CLERK}, denied=403, stranger=403, foreign=(200, 403)),
    Page("registry:units", stranger=200),
    Page("registry:unit-tree", stranger=200),
    Page("registry:unit", make=lambda house: {"slug": house.commune.slug}),
    Page("registry:wording", method="POST", stranger=200),
    Page("registry:unit-create", roles=CHANGERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("registry:unit-event", make=lambda house: {"slug": house.commune.slug}, roles=CHANGERS, denied=403),
    Page("registry:unit-change", make=lambda house: {"slug": house.commune.slug}, roles=CHANGERS, denied=403),
    Page("registry:unit-area-add", make=lambda house: {"slug": house.commune.slug}, roles=CHANGERS, denied=403),
    Page("registry:unit-area", make=area, roles=CHANGERS, denied=403),
    Page("registry:unit-area-remove", make=area, roles=CHANGERS, denied=403, method="POST"),
    Page("registry:programmes", stranger=200),
    Page("registry:programme", make=lambda house: {"code": house.programme.code}, foreign=200),
    Page("registry:target-groups", stranger=200),
    Page("history:log", roles=CHANGERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("history:entry", make=entry, roles=CHANGERS),
]
