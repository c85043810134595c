"""Reports: the list, one report, what its figures count, versions, differences, papers."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.kernel.errors import DomainError
from vuntrong.reports import policies
from vuntrong.reports.actions import submit_report
from vuntrong.reports.queries.differences import difference
from vuntrong.reports.queries.overview import year_overview
from vuntrong.reports.queries.submissions import latest_version
from vuntrong.web.context import current_unit, current_year
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.reports import pages
from vuntrong.web.reports.access import named_report, report_url
from vuntrong.web.reports.behind import behind
from vuntrong.web.reports.downloads import file_response
from vuntrong.web.reports.filters import PersonFilter, TurnFilter
from vuntrong.web.reports.forms import ChooseReportForm, SubmitForm
from vuntrong.web.reports.sentences import explain, moment
from vuntrong.web.reports.tables import PersonTable, TurnTable


def report_list(request: HttpRequest) -> HttpResponse:
    """Show the reports of the year for each unit, with where they stand."""
    year, units = current_year(request), list(policies.reporting_units(request.user)[: pages.MOST_UNITS])
    overview = year_overview(units, year, timezone.localdate())
    start = {"unit": current_unit(request), "what": "first", "year": year}
    form = ChooseReportForm(initial=start, units=policies.units_reported_to(request.user))
    recent = policies.submissions_visible_to(request.user).select_related("unit").defer("figures").order_by("-id")[:10]
    shown = {"year": year, "rows": pages.overview_rows(overview), "form": form, "recent": pages.recent_rows(recent)}
    return render(request, "reports/list.html", shown)


def open_report(request: HttpRequest) -> HttpResponse:
    """Go to the report of the unit and the days that were chosen."""
    form = ChooseReportForm(request.GET or None, units=policies.units_reported_to(request.user))
    if form.is_valid() and form.period:
        return redirect(report_url(form.cleaned_data["unit"], form.period))
    return render(request, "reports/open.html", {"form": form})


def report(request: HttpRequest, slug: str, kind: str, start: dt.date, end: dt.date) -> HttpResponse:
    """Show the figures of today, or those of a version."""
    named = named_report(request, slug, kind, start, end)
    may_submit = policies.may_submit_report(request.user, named.unit) and named.version is None
    return render(request, "reports/report.html", pages.report_page(named, may_submit=may_submit))


def rows(request: HttpRequest, slug: str, kind: str, start: dt.date, end: dt.date) -> HttpResponse:
    """List the turns behind a figure."""
    found = behind(request, named_report(request, slug, kind, start, end))
    return answer_list(
        request,
        "reports/rows.html",
        found.rows(),
        table=TurnTable,
        filters=TurnFilter,
        title=_("Turns"),
        empty={"title": _("No turn"), "text": _("Nobody is counted here.")},
        context={"behind": found, "here": found.url("rows")},
    )


def people(request: HttpRequest, slug: str, kind: str, start: dt.date, end: dt.date) -> HttpResponse:
    """List the people behind a figure, each once."""
    found = behind(request, named_report(request, slug, kind, start, end))
    return answer_list(
        request,
        "reports/rows.html",
        found.people(),
        table=PersonTable,
        filters=PersonFilter,
        title=_("People"),
        empty={"title": _("Nobody"), "text": _("Nobody is counted here.")},
        context={"behind": found, "here": found.url("people")},
    )


def classes(request: HttpRequest, slug: str, kind: str, start: dt.date, end: dt.date) -> HttpResponse:
    """List the classes behind a figure."""
    found = behind(request, named_report(request, slug, kind, start, end))
    return render(request, "reports/classes.html", {"behind": found, "here": found.url("classes")})


@require_POST
def submit(request: HttpRequest, slug: str, kind: str, start: dt.date, end: dt.date) -> HttpResponse:
    """Freeze the figures and submit the report, or a supplement to it."""
    named, form = named_report(request, slug, kind, start, end), SubmitForm(request.POST)
    if not policies.may_submit_report(request.user, named.unit):
        raise PermissionDenied
    if not form.is_valid():
        raise Http404
    try:
        made = submit_report(unit=named.unit, period=named.period, by=request.user, **form.cleaned_data)
    except DomainError as refusal:
        for words in explain(refusal):
            messages.error(request, words)
    else:
        said = {"number": made.number, "at": moment(made.submitted_at)}
        messages.success(request, _("Figures frozen and submitted as version %(number)s at %(at)s.") % said)
    return redirect(report_url(named.unit, named.period))


def differences(request: HttpRequest, slug: str, kind: str, start: dt.date, end: dt.date) -> HttpResponse:
    """Show what moved between a version and today, and why."""
    named = named_report(request, slug, kind, start, end)
    version = named.version or latest_version(named.unit, named.period)
    if version is None:
        raise Http404
    return render(request, "reports/differences.html", pages.difference_page(named, difference(version)))


def download(request: HttpRequest, slug: str, kind: str, start: dt.date, end: dt.date, form: str) -> HttpResponse:
    """Send the paper or the workbook."""
    return file_response(named_report(request, slug, kind, start, end), form)
