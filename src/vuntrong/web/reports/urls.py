"""Addresses of reports: the unit, the kind and the days say which one."""

import datetime as dt

from django.urls import path, register_converter

from vuntrong.reports.enums import ReportKind
from vuntrong.web.reports import views

KINDS = {"half-year": ReportKind.HALF_YEAR, "year": ReportKind.ANNUAL, "period": ReportKind.OTHER}
WORDS = {kind.value: word for word, kind in KINDS.items()}


class KindConverter:
    """half-year, year or period."""

    regex = "half-year|year|period"

    def to_python(self, word: str) -> str:
        return KINDS[word].value

    def to_url(self, kind: str) -> str:
        return WORDS[kind]


class DayConverter:
    """yyyy-mm-dd; what is not in the calendar is no address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, text: str) -> dt.date:
        return dt.date.fromisoformat(text)

    def to_url(self, day: dt.date | str) -> str:
        return str(day)


register_converter(KindConverter, "report-kind")
register_converter(DayConverter, "day")

app_name = "reports"
REPORT = "<slug:slug>/<report-kind:kind>/<day:start>/<day:end>"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("open/", views.open_report, name="open"),
    path(f"{REPORT}/", views.report, name="report"),
    path(f"{REPORT}/rows/", views.rows, name="rows"),
    path(f"{REPORT}/people/", views.people, name="people"),
    path(f"{REPORT}/classes/", views.classes, name="classes"),
    path(f"{REPORT}/submit/", views.submit, name="submit"),
    path(f"{REPORT}/differences/", views.differences, name="differences"),
    path(f"{REPORT}/report.<str:form>", views.download, name="download"),
]
