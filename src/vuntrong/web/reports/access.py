"""The report that an address names, as the person may see it."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from vuntrong.registry.models import Unit
from vuntrong.reports.models import ReportSubmission
from vuntrong.reports.policies import units_reported_to
from vuntrong.reports.queries.figures import figures_now
from vuntrong.reports.queries.scopes import Scope, scope_of
from vuntrong.reports.queries.submissions import versions_of
from vuntrong.reports.rules.frozen import ReportFigures, from_plain
from vuntrong.reports.rules.periods import ReportPeriod, period_violations


@dataclass(frozen=True)
class Named:
    """A unit, a period and, where asked for, a submitted version."""

    unit: Unit
    period: ReportPeriod
    version: ReportSubmission | None

    def url(self, page: str = "report", **query: object) -> str:
        """Return an address of this report; the version goes along, names without value are left out."""
        words = {"version": self.version.number if self.version else None, **query}
        asked = urlencode({name: value for name, value in words.items() if value is not None})
        return f"{report_url(self.unit, self.period, page)}{'?' if asked else ''}{asked}"

    def download_url(self, form: str) -> str:
        """Return the address of the paper or workbook."""
        asked = f"?version={self.version.number}" if self.version else ""
        return f"{report_url(self.unit, self.period, 'download', form=form)}{asked}"

    def figures(self) -> ReportFigures:
        """Return the figures of the version, or of now: 9 queries."""
        return from_plain(self.version.figures) if self.version else figures_now(self.unit, self.period)

    def scope(self) -> Scope:
        """Return what the report of now covers. 1 query."""
        return scope_of(self.unit, self.period)


def named_report(request: HttpRequest, slug: str, kind: str, start: dt.date, end: dt.date) -> Named:
    """Return the report of an address. Raises Http404 for a unit out of sight, unfit days, an unknown version."""
    if period_violations(kind, start, end):
        raise Http404
    unit = get_object_or_404(units_reported_to(request.user).select_related("parent"), slug=slug)
    period = ReportPeriod(kind, start, end)
    number = request.GET.get("version", "")
    if not number:
        return Named(unit, period, None)
    if not (number.isascii() and number.isdecimal() and len(number) < 6):
        raise Http404
    return Named(unit, period, get_object_or_404(versions_of(unit, period), number=int(number)))


def report_url(unit: Unit, period: ReportPeriod, page: str = "report", **extra: str) -> str:
    """Return the address of a report or of one of its pages."""
    words = {"slug": unit.slug, "kind": period.kind, "start": period.start, "end": period.end}
    return reverse(f"reports:{page}", kwargs=words | extra)
