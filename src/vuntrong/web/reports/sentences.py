"""What reports say: refusals, periods, changes, the self-check, and the words of the action log."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuntrong.kernel.errors import DomainError, RuleBroken, Violation
from vuntrong.planning.enums import Side
from vuntrong.programmes.enums import Mode, ProgrammeKind
from vuntrong.registry.enums import Sex
from vuntrong.reports.enums import Dimension, ReportKind
from vuntrong.reports.rules.differences import CLASS_ADDED, CLASS_REMOVED
from vuntrong.reports.rules.periods import ReportPeriod
from vuntrong.reports.rules.submissions import ReportStanding
from vuntrong.web.kit.values import State

VIOLATIONS = {
    "period-out-of-range": gettext_lazy("The period %(from)s – %(to)s lies outside 1950–2200. Choose other days."),
    "period-reversed": gettext_lazy("The last day %(to)s lies before the first day %(from)s. Exchange the two days."),
    "period-not-half-year": gettext_lazy(
        "A half-year report begins on 01/01 or 01/07 and ends in the same half-year; %(from)s – %(to)s does not. "
        "Choose “Other period” for these days."
    ),
    "period-not-year": gettext_lazy(
        "An annual report begins on 01/01 and ends in the same year; %(from)s – %(to)s does not. "
        "Choose “Other period” for these days."
    ),
    "report-period-not-over": gettext_lazy(
        "The period ends on %(to)s and is not over yet. Freeze the figures on that day, or choose an earlier last day."
    ),
    "supplement-needs-reason": gettext_lazy("A supplement says why it is made. Write the reason."),
    "supplement-without-change": gettext_lazy(
        "Nothing has changed since version %(number)s, so that there is nothing to supplement."
    ),
}
STALE = gettext_lazy(
    "The report was submitted, or its figures changed, by somebody else a moment ago. "
    "Look at the new state, then go on."
)
ACTIONS = {"submit_report": gettext_lazy("Froze and submitted the report")}
FIELDS = {
    "from": gettext_lazy("First day"),
    "to": gettext_lazy("Last day"),
    "classes": gettext_lazy("Classes"),
    "learners": gettext_lazy("People"),
    "turns": gettext_lazy("Turns"),
}
CHANGES = {
    "added": gettext_lazy("Turns added"),
    "removed": gettext_lazy("Turns taken away"),
    "changed": gettext_lazy("Turns changed"),
    CLASS_ADDED: gettext_lazy("Class added"),
    CLASS_REMOVED: gettext_lazy("Class taken away"),
}
CHECKS = {
    "turns-add-up": gettext_lazy("Turns of the programmes add up to the total"),
    "classes-add-up": gettext_lazy("Classes of the programmes add up to the total"),
    "sexes-add-up": gettext_lazy("Men, women and not stated add up to the people"),
    "results-add-up": gettext_lazy("Results add up to the turns"),
    "turns-are-listed": gettext_lazy("The list of learners has as many turns"),
    "learners-are-listed": gettext_lazy("The list of learners has as many people"),
    "classes-are-listed": gettext_lazy("The list of classes has as many classes"),
}
STANDINGS = {
    ReportStanding.NOT_BEGUN: ("none", gettext_lazy("Not begun")),
    ReportStanding.RUNNING: ("none", gettext_lazy("Provisional")),
    ReportStanding.DUE: ("wait", gettext_lazy("Not submitted yet")),
    ReportStanding.SUBMITTED: ("ok", gettext_lazy("Submitted, unchanged")),
    ReportStanding.CHANGED: ("bad", gettext_lazy("Changed since submission")),
}
LABELS: dict[str, Any] = {Dimension.KIND: ProgrammeKind, Dimension.MODE: Mode, Dimension.SIDE: Side}


def explain(refusal: DomainError) -> list[str]:
    """Return a sentence for each reason of a refusal."""
    if isinstance(refusal, RuleBroken):
        return [sentence(violation) for violation in refusal.violations]
    return [str(STALE)]


def sentence(violation: Violation) -> str:
    """Return the sentence of one broken rule."""
    words = {name: day(value) if isinstance(value, dt.date) else value for name, value in violation.values.items()}
    return str(VIOLATIONS[violation.code]) % words


def day(value: dt.date) -> str:
    """Return dd/mm/yyyy."""
    return date_format(value, "SHORT_DATE_FORMAT")


def moment(value: dt.datetime) -> str:
    """Return day and time of an instant, in local time."""
    here = timezone.localtime(value)
    return f"{date_format(here, 'SHORT_DATE_FORMAT')} {here:%H:%M}"


def period_words(period: ReportPeriod) -> str:
    """Return what the period is called: the first half of 2022, the year 2022, both days."""
    if period.kind == ReportKind.OTHER:
        return f"{day(period.start)} – {day(period.end)}"
    words = {"half_year1": _("First half of %(year)s"), "half_year7": _("Second half of %(year)s")}
    return words.get(f"{period.kind}{period.start.month}", _("Year %(year)s")) % {"year": period.start.year}


def report_title(period: ReportPeriod) -> str:
    """Return the title of the page."""
    if period.kind == ReportKind.OTHER:
        return _("Report on a period")
    words = {
        "half_year1": _("Report on the first half of %(year)s"),
        "half_year7": _("Report on the second half of %(year)s"),
    }
    return words.get(f"{period.kind}{period.start.month}", _("Report on the year %(year)s")) % {
        "year": period.start.year
    }


def line_label(dimension: str, label: str) -> str:
    """Return the words of a line: enumerations translated, names as they are."""
    known = LABELS.get(dimension)
    text = str(dict(known.choices).get(label, label)) if known else label
    return text or _("Not stated")


def sex_label(sex: str) -> str:
    """Return Male, Female or Not stated."""
    return str(dict(Sex.choices).get(sex, "")) or _("Not stated")


def standing_state(standing: ReportStanding) -> State:
    """Return the badge of a report."""
    tone, label = STANDINGS[standing]
    return State(tone, str(label))
