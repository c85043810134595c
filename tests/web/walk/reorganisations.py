"""Re-organisations: the wizard and the page of one that was confirmed."""

import datetime as dt
from typing import Any

from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import Role
from vuntrong.registry.actions.reorganise import confirm_reorganisation, draft_reorganisation
from vuntrong.registry.models import Reorganisation
from vuntrong.registry.rules.events import Event, Target, UnitSaid

CHANGERS = (Role.ORGANISATION_BOARD,)
READERS = (Role.ORGANISATION_BOARD, Role.HOME_AFFAIRS, Role.ACADEMY_READER)
"""Who oversees the province, where these take place."""


def draft(house: House) -> Reorganisation:
    target = Target(house.commune.slug, UnitSaid(name="Đảng ủy xã Mới"))
    return draft_reorganisation(
        title="Đổi tên xã",
        takes_effect_on=dt.date(2025, 7, 1),
        instrument_text="Nghị quyết 1",
        unit=house.province,
        events=[Event("rename", (house.commune.slug,), (target,))],
        by=None,
    )


def of_draft(house: House) -> dict[str, Any]:
    return {"key": draft(house).pk}


def of_confirmed(house: House) -> dict[str, Any]:
    return {"key": confirm_reorganisation(reorganisation=draft(house), by=None).pk}


MANAGED = {"make": of_draft, "roles": CHANGERS}
PAGES = [
    Page("reorganisations:list", stranger=200),
    Page("reorganisations:create", roles=CHANGERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("reorganisations:basis", **MANAGED),
    Page("reorganisations:events", **MANAGED),
    Page("reorganisations:upload", method="POST", **MANAGED),
    Page("reorganisations:template", **MANAGED),
    Page("reorganisations:choices", **MANAGED),
    Page("reorganisations:preview", **MANAGED),
    Page("reorganisations:group", make=lambda house: {**of_draft(house), "code": "units"}, roles=CHANGERS),
    Page("reorganisations:confirm", method="POST", **MANAGED),
    Page("reorganisations:discard", method="POST", **MANAGED),
    Page("reorganisations:page", make=of_confirmed, roles=READERS),
    Page("reorganisations:undo", method="POST", make=of_confirmed, roles=CHANGERS, denied=(403, 404)),
]
