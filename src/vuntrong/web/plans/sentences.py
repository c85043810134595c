"""What refusals about plans and decisions say to a person, and the words for fields and states of a plan."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel import log
from vuntrong.kernel.errors import DomainError, RuleBroken, Violation
from vuntrong.planning.enums import PlanState
from vuntrong.planning.models import TrainingPlan
from vuntrong.planning.rules.proposals import CoverageState
from vuntrong.web.kit import numbers
from vuntrong.web.kit.values import State

VIOLATIONS = {
    "plan-title-missing": _("The title is empty. Write what the plan is called."),
    "plan-title-used": _("This unit already has a plan “%(title)s” in %(year)s. Choose another title."),
    "plan-approver-missing": _(
        "The approver is not named. Write it as papers do, for example “Ban Thường vụ Huyện ủy”."
    ),
    "plan-year-unlikely": _("The year %(year)s is unlikely. Write a year from 1990 to 2100."),
    "plan-not-editable": _("The plan is not open for editing. Recall the submission or start an amendment first."),
    "plan-not-approved": _("Only an approved plan is amended. Edit the lines of this one directly."),
    "plan-not-amending": _("The plan is not being amended, so there is nothing to give up."),
    "plan-without-lines": _("The plan has no line yet. Add a line or propose classes from the needs."),
    "plan-without-planned-lines": _("No line counts as planned. Set at least one line to “Planned”."),
    "line-without-classes": _(
        "Line “%(line)s”: the number of classes is missing. Fill it in or set the line to “Under study”."
    ),
    "line-without-learners": _(
        "Line “%(line)s”: the number of learners is missing. Fill it in or set the line to “Under study”."
    ),
    "line-budget-without-source": _("Line “%(line)s”: a budget without a source. Name where the money comes from."),
    "line-month-outside-year": _("The month %(month)s is not in the year. Choose a month from 1 to 12."),
    "line-quarter-outside-year": _("The quarter %(quarter)s is not in the year. Choose a quarter from 1 to 4."),
    "line-month-and-quarter": _("A month and a quarter together. Keep one of them."),
    "line-later-year-missing": _(
        "The year is missing for which the line is proposed. Write it, for example next year."
    ),
    "line-later-year-not-later": _("The year %(year)s is not after %(plan_year)s. Write a later year."),
    "line-year-not-later-state": _(
        "A later year stands on a line of this year. Remove the year or set the line to “Proposed for a later year”."
    ),
    "line-number-out-of-range": _("%(field)s: the number is out of range. Write a number from 0 to %(most)s."),
    "line-fewer-learners-than-classes": _("There are fewer learners than classes. Correct one of the two numbers."),
    "line-text-too-long": _("%(field)s: the text is longer than %(limit)s characters. Shorten it."),
    "nothing-chosen": _("No programme is chosen. Tick at least one row of the needs."),
    "snapshot-of-another-survey": _("These figures belong to another survey. Choose figures of the plan's own survey."),
    "needs-below-minimum": _(
        "%(programme)s: %(needs)s people, fewer than the least of %(smallest)s for a class. No class is proposed."
    ),
    "needs-left-over": _(
        "%(programme)s: %(unplaced)s of %(needs)s people find no place (%(classes)s × %(largest)s). Change the limits."
    ),
    "needs-already-covered": _("%(programme)s: the plan already covers all needs."),
    "class-minimum-below-one": _("The least number for a class is at least 1."),
    "class-maximum-too-large": _("A class holds at most %(most)s learners here. Write a smaller number."),
    "class-limits-reversed": _("The least number, %(smallest)s, is above the most, %(largest)s. Swap or correct them."),
    "return-without-remarks": _("Nothing says what is to be completed. Write one sentence."),
    "amendment-without-reason": _("The reason is missing. Write why the plan is amended."),
    "decision-number-unreadable": _(
        "“%(number)s” is not the number of a decision. Write it as on the paper, for example 718-QĐ/HU."
    ),
    "decision-date-in-future": _("The day %(date)s has not come yet. Write the day of signing on the paper."),
    "decision-issuer-missing": _("The issuer is missing. Write who issued the decision."),
    "decision-signer-missing": _("The signer is missing. Write the name under the decision."),
    "decision-number-used": _("Decision number %(number)s is already used by a paper of %(date)s."),
    "plan-more-than-needs": _("%(programme)s: %(planned)s learners planned, %(needs)s asked for."),
    "plan-needs-left-out": _("Programmes with needs but without a planned line: %(count)s."),
    "plan-lines-without-time": _("Planned lines without month or quarter: %(count)s."),
}
FIELDS = {
    "programme": _("Programme"),
    "title": _("Class name"),
    "audience": _("Audience"),
    "mode": _("Mode"),
    "class_count": _("Number of classes"),
    "learner_count": _("Number of learners"),
    "month": _("Month"),
    "quarter": _("Quarter"),
    "days": _("Days"),
    "place": _("Place"),
    "opener": _("Opened by"),
    "lead": _("Lead unit"),
    "cooperating": _("Co-operating units"),
    "owner_role": _("Role of the owner"),
    "line_state": pgettext_lazy("plan line", "How firm"),
    "for_year": _("For the year"),
    "budget_vnd": _("Budget (đồng)"),
    "funding_source": _("Source of the budget"),
    "legal_basis": _("Legal basis"),
    "note": _("Note"),
}
COVERAGE = {
    CoverageState.COVERED: State("ok", gettext_lazy("covered")),
    CoverageState.UNDER: State("wait", gettext_lazy("people without a place"), "circle-half-2"),
    CoverageState.OVER: State("run", gettext_lazy("more places than needs"), "plus"),
    CoverageState.NOT_PLANNED: State("bad", gettext_lazy("not planned")),
    CoverageState.NOT_ASKED: State("none", gettext_lazy("nobody asked")),
}


def explain(refusal: RuleBroken) -> list[str]:
    """Return a sentence for each broken rule."""
    return said(refusal.violations)


def said(violations: Iterable[Violation]) -> list[str]:
    """Return the sentences, each once, with numbers and days as people read them."""
    sentences = [
        str(VIOLATIONS[one.code]) % {name: _shown(name, value) for name, value in one.values.items()}
        for one in violations
    ]
    return list(dict.fromkeys(sentences))


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if name == "field":
        return FIELDS.get(value, value)
    if isinstance(value, int) and "year" not in name:
        return numbers.number(value)
    return value


def why(refusal: DomainError, plan: TrainingPlan) -> list[str]:
    """Return why an action on a plan was refused: the broken rules, or who was faster and when."""
    if isinstance(refusal, RuleBroken):
        return explain(refusal)
    entry = log.history(plan).first()
    at = timezone.localtime(entry.at if entry else None)
    told = gettext("The plan was updated by %(who)s at %(time)s. See the new version, then try again.")
    return [told % {"who": entry.actor_name if entry else log.SYSTEM, "time": f"{at:%H:%M}"}]


STEP_OF_STATE = {
    PlanState.DRAFT: 2,
    PlanState.RETURNED: 2,
    PlanState.AMENDING: 2,
    PlanState.SUBMITTED: 3,
    PlanState.APPROVED: 5,
}
"""Which of the four steps a plan stands at: survey, consolidation, submission, decision; 5 when all are done."""
