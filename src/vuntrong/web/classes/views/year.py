"""The classes of a year."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from vuntrong.accounts.policies import may_plan
from vuntrong.classes.enums import Tone
from vuntrong.web.classes.filters import YearFilter
from vuntrong.web.classes.tables import YearTable
from vuntrong.web.classes.year import ShownRow, found, rows_of, sheet_of
from vuntrong.web.context import current_year
from vuntrong.web.kit.download import xlsx
from vuntrong.web.kit.listing import Listing, configure, fragment_or
from vuntrong.web.kit.values import State
from vuntrong.web.units.readings import asked_units


def year_list(request: HttpRequest) -> HttpResponse:
    """Show one row for each planned class of the year, with what needs attention."""
    year = current_year(request)
    title = _("Classes of %(year)s") % {"year": year}
    today = timezone.localdate()
    asked = asked_units(request, min(today, dt.date(year, 12, 31)))
    rows = rows_of(request, year, today, asked)
    filters = YearFilter(request, found(rows, request.GET.get("q", "")))
    if request.GET.get("export") == "xlsx":
        return xlsx([sheet_of(filters.kept(), title, asked.words)], title)
    listing = _listing(request, filters, title, year)
    listing.units = asked
    shown = {"listing": listing, "title": title, "facts": _facts(rows), "may_plan": may_plan(request.user)}
    shown["legend"] = [State(tone, str(tone.label)) for tone in Tone]
    response = render(request, fragment_or(request, "classes/list.html"), shown)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _listing(request: HttpRequest, filters: YearFilter, title: str, year: int) -> Listing:
    table = YearTable(filters.kept(), request=None)
    table.request = request
    configure(table, request)
    empty: dict[str, Any] = {
        "title": _("No class in %(year)s yet") % {"year": year},
        "text": _("Make one from an approved plan line."),
        "glyph": "school",
    }
    if may_plan(request.user):
        empty |= {"url": reverse("classes:choose-line"), "label": _("Make classes from the plan")}
    return Listing(request, table, filters, title, True, empty, filters.chips())  # type: ignore[arg-type]


def _facts(rows: list[ShownRow]) -> str:
    """Return the line under the title: how many are planned, made, held and over."""
    statuses = [row.statuses for row in rows]
    return _("%(all)s classes · %(made)s made · %(running)s running · %(closed)s closed") % {
        "all": len(rows),
        "made": sum(row.is_class for row in rows),
        "running": sum("running" in one for one in statuses),
        "closed": sum("closed" in one for one in statuses),
    }
