"""Vĩnh Hà: the report of the last half-year as the school submitted it, and what came to light afterwards."""

import datetime as dt

from vuntrong.classes.actions.results import mark_departed
from vuntrong.classes.enums import EnrolmentState
from vuntrong.classes.models import Enrolment
from vuntrong.ops.demo.needs import Office
from vuntrong.ops.demo.province_surveys import OFFICE, SCHOOL
from vuntrong.ops.demo.province_years import Season
from vuntrong.reports.actions import submit_report
from vuntrong.reports.enums import ReportKind
from vuntrong.reports.rules.periods import ReportPeriod

FORM_MASTER = Office("Chủ nhiệm lớp")


def submit_half_year(season: Season) -> None:
    """Freeze the school's report of the last half-year that is over; then one learner turns out never to have come.

    So that the page of the report has a difference to explain.
    """
    period = last_half_year(season.today)
    submit_report(unit=season.shelf.units[SCHOOL], period=period, number=1, by=OFFICE)
    absent = Enrolment.objects.filter(
        class_run__owner__slug=SCHOOL,
        class_run__opened_on__range=(period.start, period.end),
        state=EnrolmentState.COMPLETED,
    ).select_related("class_run")[0]
    mark_departed(
        class_run=absent.class_run,
        enrolments=[absent],
        to=EnrolmentState.NO_SHOW,
        on=absent.state_on,
        reason="Đối chiếu sổ điểm danh: có tên trong danh sách nhưng không dự buổi nào",
        despite_reports=True,
        by=FORM_MASTER,
    )


def last_half_year(today: dt.date) -> ReportPeriod:
    """Return the half-year that ended last before today."""
    if today > dt.date(today.year, 6, 30):
        return ReportPeriod(ReportKind.HALF_YEAR, dt.date(today.year, 1, 1), dt.date(today.year, 6, 30))
    return ReportPeriod(ReportKind.HALF_YEAR, dt.date(today.year - 1, 7, 1), dt.date(today.year - 1, 12, 31))
