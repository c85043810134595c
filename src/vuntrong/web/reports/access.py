"""The report that an address names, as the person may see it."""

import datetime as dt
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from vuntrong.registry.models import Unit
from vuntrong.reports.enums import Reading
from vuntrong.reports.models import ReportSubmission
from vuntrong.reports.policies import units_reported_to
from vuntrong.reports.queries.figures import figures_of, reading_scope
from vuntrong.reports.queries.folding import frozen_senders, senders
from vuntrong.reports.queries.scopes import Scope
from vuntrong.reports.queries.submissions import versions_of
from vuntrong.reports.rules.folding import UnitLine
from vuntrong.reports.rules.frozen import ReportFigures, from_plain
from vuntrong.reports.rules.periods import ReportPeriod, period_violations


@dataclass(frozen=True)
class Named:
    """A unit, a period and, where asked for, a submitted version."""

    unit: Unit
    period: ReportPeriod
    version: ReportSubmission | None
    reading: str = Reading.THEN
    """A version stands in the words of its day, so that only the report of now has the other reading."""

    def url(self, page: str = "report", **query: object) -> str:
        """Return an address of this report; the version goes along, names without value are left out."""
        words = {**self._asked, **query}
        asked = urlencode({name: value for name, value in words.items() if value is not None})
        return f"{report_url(self.unit, self.period, page)}{'?' if asked else ''}{asked}"

    def download_url(self, form: str) -> str:
        """Return the address of the paper or workbook."""
        asked = urlencode(self._asked)
        return f"{report_url(self.unit, self.period, 'download', form=form)}{'?' if asked else ''}{asked}"

    @property
    def _asked(self) -> dict[str, object]:
        version = {"version": self.version.number} if self.version else {}
        return version | ({"reading": self.reading} if self.is_folded else {})

    @property
    def is_folded(self) -> bool:
        """Whether units that changed stand as those of today."""
        return self.reading == Reading.TODAY

    def read_as(self, reading: str) -> "Named":
        """Return the same report in another reading."""
        return replace(self, reading=reading)

    def figures(self) -> ReportFigures:
        """Return the figures of the version, or of now: 9 queries, 15 in today's units."""
        return from_plain(self.version.figures) if self.version else figures_of(self.scope())

    def scope(self) -> Scope:
        """Return what the report of now covers. 1 query, 5 in today's units."""
        return reading_scope(self.unit, self.period, self.reading)


def senders_of(named: Named, report: ReportFigures) -> tuple[UnitLine, ...]:
    """Return who sent the people of a report. 3 queries, 9 in today's units, 1 of a version."""
    if named.version:
        return frozen_senders(named.version)
    return senders(named.scope(), [one.facts.id for one in report.classes])


def named_report(request: HttpRequest, slug: str, kind: str, start: dt.date, end: dt.date) -> Named:
    """Return the report of an address. Raises Http404 for a unit out of sight, unfit days, an unknown version."""
    if period_violations(kind, start, end):
        raise Http404
    unit = get_object_or_404(units_reported_to(request.user).select_related("parent"), slug=slug)
    period = ReportPeriod(kind, start, end)
    number = request.GET.get("version", "")
    if not number:
        return Named(unit, period, None, _reading(request))
    if not (number.isascii() and number.isdecimal() and len(number) < 6):
        raise Http404
    return Named(unit, period, get_object_or_404(versions_of(unit, period), number=int(number)))


def _reading(request: HttpRequest) -> str:
    return Reading.TODAY if request.GET.get("reading") == Reading.TODAY else Reading.THEN


def report_url(unit: Unit, period: ReportPeriod, page: str = "report", **extra: str) -> str:
    """Return the address of a report or of one of its pages."""
    words = {"slug": unit.slug, "kind": period.kind, "start": period.start, "end": period.end}
    return reverse(f"reports:{page}", kwargs=words | extra)
