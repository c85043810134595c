"""What reports answer before learners leave the figures of a class."""

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from vuntrong.classes.models import ClassRun
from vuntrong.classes.signals import figures_touched
from vuntrong.kernel.errors import Violation
from vuntrong.reports.models import ReportSubmission
from vuntrong.reports.queries.submissions import submissions_touched_by
from vuntrong.web.reports.sentences import day, moment


@receiver(figures_touched)
def warn_of_submitted_reports(class_run: ClassRun, on: dt.date, **_extra: Any) -> list[Violation]:  # noqa: ARG001
    """Return a warning for each submitted report that counts the class: it will differ. 2 queries."""
    return [Violation("report-submitted", "", {"sentence": _warning(one)}) for one in submissions_touched_by(class_run)]


def _warning(submission: ReportSubmission) -> str:
    return _(
        "The report of %(unit)s on %(from)s – %(to)s was submitted at %(at)s and counts this class. "
        "Its figures will be shown as changed since submission."
    ) % {
        "unit": submission.unit.short_name,
        "from": day(submission.period_from),
        "to": day(submission.period_to),
        "at": moment(submission.submitted_at),
    }
