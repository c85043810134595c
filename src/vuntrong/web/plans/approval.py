"""What the approver sees on one page, and the history of what was submitted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vuntrong.planning.enums import EDITABLE_PLAN_STATES, LineState, OwnerRole
from vuntrong.planning.models import PlanSubmission, TrainingPlan
from vuntrong.planning.queries.lines import approved_lines, submitted_lines, working_lines
from vuntrong.planning.queries.plans import plan_of_last_year
from vuntrong.planning.rules.plans import Difference, LineFacts, Totals, difference, totals
from vuntrong.programmes.enums import Mode
from vuntrong.web.kit import numbers
from vuntrong.web.kit.values import Figure
from vuntrong.web.plans import screens
from vuntrong.web.plans.sentences import FIELDS

WORKING = "working"
"""Stands for the working copy where two copies are compared."""


@dataclass(frozen=True)
class ProgrammeYear:
    """One programme this year and the last."""

    name: str
    classes: int
    learners: int
    budget_vnd: int
    classes_before: int
    learners_before: int


@dataclass(frozen=True)
class ApprovalPage:
    """What is asked, what was planned last year, what changed since the version before."""

    submission: PlanSubmission
    lines: list[LineFacts]
    before: TrainingPlan | None
    figures: list[Figure]
    programmes: list[ProgrammeYear]
    changes: Difference | None
    warnings: list[str]

    @property
    def totals(self) -> Totals:
        return totals(self.lines)

    @property
    def others(self) -> int:
        """Lines that are asked for but do not count."""
        return sum(not line.is_planned for line in self.lines)


def approval_page(plan: TrainingPlan, submission: PlanSubmission) -> ApprovalPage:
    """Read the approver's page. 11 queries at most."""
    lines = submitted_lines(submission)
    before = plan_of_last_year(plan)
    old = approved_lines(before) if before else []
    previous = plan.submissions.filter(number__lt=submission.number).order_by("-number").first()
    return ApprovalPage(
        submission=submission,
        lines=lines,
        before=before,
        figures=_figures(totals(lines), totals(old) if old else None),
        programmes=_programmes(lines, old),
        changes=difference(submitted_lines(previous), lines) if previous else None,
        warnings=screens.warnings(plan, lines),
    )


def _figures(now: Totals, old: Totals | None) -> list[Figure]:
    def against(value: int | None) -> str:
        return _("last year %(number)s") % {"number": numbers.number(value)} if value is not None else ""

    money = numbers.money(now.budget_vnd) if now.budget_vnd else "–"
    return [
        Figure(_("Number of classes"), numbers.number(now.known_classes), "", against(old.classes if old else None)),
        Figure(
            _("Number of learners"),
            numbers.number(now.known_learners),
            "",
            against(old.known_learners if old else None),
        ),
        Figure(
            _("Budget"), money, "", _("last year %(number)s") % {"number": numbers.money(old.budget_vnd)} if old else ""
        ),
        Figure(_("Lines"), now.lines),
    ]


def _programmes(lines: list[LineFacts], old: list[LineFacts]) -> list[ProgrammeYear]:
    now, before = _by_programme(lines), _by_programme(old)
    rows = []
    for name in dict.fromkeys([*now, *before]):
        one, other = now.get(name, Counter()), before.get(name, Counter())
        rows.append(ProgrammeYear(name, one["c"], one["l"], one["b"], other["c"], other["l"]))
    return rows


def _by_programme(lines: list[LineFacts]) -> dict[str, Counter[str]]:
    sums: dict[str, Counter[str]] = {}
    for line in lines:
        if line.is_planned:
            draft = line.draft
            figures = {"c": draft.class_count or 0, "l": draft.learner_count or 0, "b": draft.budget_vnd or 0}
            sums.setdefault(line.programme, Counter()).update(figures)
    return sums


@dataclass(frozen=True)
class Change:
    """One changed field in words."""

    label: str
    before: str
    after: str


def told_changes(found: Difference) -> list[tuple[LineFacts, list[Change]]]:
    """Return the changed lines with their fields in words."""
    return [
        (
            one.after,
            [Change(str(FIELDS[f.field]), _word(f.field, f.before), _word(f.field, f.after)) for f in one.fields],
        )
        for one in found.changed
    ]


CHOICES = {"mode": Mode, "line_state": LineState, "owner_role": OwnerRole}


def _word(field: str, value: object) -> str:
    if value in (None, "", ()):
        return "–"
    if field in CHOICES:
        return str(CHOICES[field](value).label)
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    return numbers.number(value) if isinstance(value, int) and field != "for_year" else str(value)


@dataclass(frozen=True)
class Comparison:
    """Two copies side by side and what differs."""

    options: list[tuple[str, str]]
    older: str
    newer: str
    found: Difference | None


def comparison(request: HttpRequest, plan: TrainingPlan, submissions: Sequence[PlanSubmission]) -> Comparison:
    """Compare the two copies that the person chose; the last two otherwise. 4 queries."""
    options = [(str(one.number), _copy_name(one)) for one in submissions]
    options.insert(0, (WORKING, _("Working copy")))
    known = [key for key, _label in options]
    newer = request.GET.get("newer", "")
    older = request.GET.get("older", "")
    first = 0 if plan.state in EDITABLE_PLAN_STATES or len(known) < 3 else 1  # a closed plan: the last two submissions
    newer = newer if newer in known else known[first]
    older = older if older in known else known[min(first + 1, len(known) - 1)]
    if len(known) < 2:
        return Comparison(options, older, newer, None)
    return Comparison(
        options, older, newer, difference(_copy(plan, submissions, older), _copy(plan, submissions, newer))
    )


def _copy_name(submission: PlanSubmission) -> str:
    return _("Submission %(number)s") % {"number": submission.number} + f" · {submission.get_state_display()}"


def _copy(plan: TrainingPlan, submissions: Sequence[PlanSubmission], key: str) -> list[LineFacts]:
    if key == WORKING:
        return working_lines(plan)
    return submitted_lines(next(one for one in submissions if str(one.number) == key))
