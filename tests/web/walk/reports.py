"""Reports: who opens them, who submits them."""

import datetime as dt
from typing import Any

from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import OVERSEERS, PLANNERS, Role
from vuntrong.reports.actions import submit_report
from vuntrong.reports.models import ReportSubmission
from vuntrong.reports.rules.periods import half_year

REPORT = {"kind": "half_year", "start": dt.date(2022, 1, 1), "end": dt.date(2022, 6, 30)}
ABOVE_CENTRE = OVERSEERS - {Role.TRAINING_OFFICE}
"""The training office of the school has no part in the reports of a centre."""


def report(house: House, **extra: Any) -> dict[str, Any]:
    return {"slug": house.centre.slug, **REPORT, **extra}


def submitted(house: House) -> dict[str, Any]:
    if not ReportSubmission.objects.filter(unit=house.centre).exists():
        writer = house.user_with(Role.CENTRE_STAFF)
        submit_report(unit=house.centre, period=half_year(2022, 1), number=1, by=writer)
    return report(house)


PAGES = [
    Page("reports:list", stranger=200),
    Page("reports:open", stranger=200),
    *(Page(f"reports:{name}", make=report, roles=ABOVE_CENTRE) for name in ("report", "rows", "people", "classes")),
    Page("reports:differences", make=submitted, roles=ABOVE_CENTRE),
    Page("reports:download", make=lambda house: report(house, form="xlsx"), roles=ABOVE_CENTRE),
    Page(
        "reports:submit",
        make=report,
        roles=PLANNERS - {Role.TRAINING_OFFICE},
        denied=(403, 404),
        method="POST",
        data=lambda _house: {"number": "1"},
    ),
]
