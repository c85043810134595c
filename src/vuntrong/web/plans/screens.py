"""What the pages of a plan show, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, Sum
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.planning.enums import EDITABLE_PLAN_STATES, LineState, OwnerRole, PlanState
from vuntrong.planning.models import NeedsSnapshot, PlanSubmission, TrainingPlan
from vuntrong.planning.policies import plans as policies
from vuntrong.planning.queries.lines import line_facts, working_rows
from vuntrong.planning.queries.plans import demand_by_programme, last_snapshot, needs_of
from vuntrong.planning.rules.plans import (
    GroupedLines,
    LineFacts,
    LineGroup,
    Totals,
    grouped,
    submission_violations,
    submission_warnings,
    totals,
)
from vuntrong.planning.rules.proposals import balanced
from vuntrong.programmes.enums import Mode
from vuntrong.web.kit import numbers
from vuntrong.web.kit.values import Fact, Link, State, Step, Tab
from vuntrong.web.plans.forms import AmendForm, SubmitForm
from vuntrong.web.plans.sentences import STEP_OF_STATE, said
from vuntrong.web.plans.tables import SUBMISSION_TONES
from vuntrong.web.plans.wording import ended_in_plan


def plan_or_404(request: HttpRequest, plan_id: int) -> TrainingPlan:
    """Return the plan if the person may see it. 1 query besides her scope."""
    rows = policies.plans_visible_to(request.user).select_related("owner", "approver", "survey")
    return get_object_or_404(rows, pk=plan_id)


def own_plan(request: HttpRequest, plan_id: int) -> TrainingPlan:
    """Return a plan that the person works on; who only reads it is refused. 1 query besides her scope."""
    found = plan_or_404(request, plan_id)
    if not policies.may_edit_plan(request.user, found):
        raise PermissionDenied
    return found


def submission_or_404(plan: TrainingPlan, number: int) -> PlanSubmission:
    """Return a submission of the plan. 1 query."""
    return get_object_or_404(plan.submissions.select_related("decision", "snapshot"), number=number)


@dataclass(frozen=True)
class PlanPage:
    """A plan for one person: what it holds, what it lacks, what she may do with it."""

    plan: TrainingPlan
    lines: list[LineFacts]
    pending: PlanSubmission | None
    may_edit: bool
    may_decide: bool
    violations: list[str]
    warnings: list[str]
    last: PlanSubmission | None
    revisions: dict[int, int]
    """Of the working lines: the buttons and cells carry them."""

    @property
    def is_editable(self) -> bool:
        return self.may_edit and self.plan.state in EDITABLE_PLAN_STATES

    @property
    def is_amendment(self) -> bool:
        return bool(self.plan.amendment_reason)

    @property
    def totals(self) -> Totals:
        return totals(self.lines)

    @property
    def groups(self) -> list[GroupedLines]:
        return grouped(self.lines)

    @property
    def may_recall(self) -> bool:
        return self.may_edit and self.pending is not None

    @property
    def may_amend(self) -> bool:
        return self.may_edit and self.plan.state == PlanState.APPROVED

    @property
    def may_give_up(self) -> bool:
        return self.is_editable and self.is_amendment

    @property
    def blocked(self) -> str:
        """Why the plan cannot be submitted yet; empty when it can."""
        count = len(self.violations)
        return _("%(count)s things are missing") % {"count": numbers.number(count)} if count else ""

    @property
    def dock(self) -> list[Fact]:
        """The totals of the action bar."""
        figures = self.totals
        return [
            Fact(_("Number of classes"), numbers.number(figures.known_classes)),
            Fact(_("Number of learners"), numbers.number(figures.known_learners)),
            Fact(_("Budget"), numbers.money(figures.budget_vnd) if figures.budget_vnd else "–"),
        ]


def plan_page(request: HttpRequest, plan: TrainingPlan, *, warn: bool = False) -> PlanPage:
    """Read everything about a plan that its tabs share. 3 queries, at most 9 with the warnings, 4 while it waits."""
    rows = working_rows(plan)
    lines = [line_facts(row) for row in rows]
    submissions = list(plan.submissions.select_related("decision").order_by("-number")[:1])
    last = submissions[0] if submissions else None
    is_open = plan.state in EDITABLE_PLAN_STATES
    return PlanPage(
        plan=plan,
        lines=lines,
        pending=last if last and plan.state == PlanState.SUBMITTED else None,
        may_edit=policies.may_edit_plan(request.user, plan),
        may_decide=plan.state == PlanState.SUBMITTED and policies.may_record_decision(request.user, plan),
        violations=said(submission_violations(lines, plan_year=plan.year)) if is_open else [],
        warnings=warnings(plan, lines) if is_open and warn else [],
        last=last,
        revisions={row.pk: row.revision for row in rows},
    )


def warnings(plan: TrainingPlan, lines: list[LineFacts]) -> list[str]:
    """Return what the submitter or the approver should look at. At most 6 queries."""
    demand = demand_by_programme(needs_of(plan.survey, last_snapshot(plan.survey))) if plan.survey else {}
    return said(submission_warnings(lines, demand=demand)) + ended_in_plan(plan)


def frame(request: HttpRequest, plan: TrainingPlan, tab: str, **more: Any) -> dict[str, Any]:
    """Return what every tab of a plan shows."""
    page = plan_page(request, plan, warn=tab == "plan")
    side = plan.get_side_display()
    return {
        "page": page,
        "plan": plan,
        "facts": f"{plan.owner.name} · {side} · " + _("submitted to %(approver)s") % {"approver": plan.approver_text},
        "tabs": tabs(page, tab),
        "steps": steps(plan),
        "submit_form": SubmitForm(auto_id="submit-%s"),
        "amend_form": AmendForm(auto_id="amend-%s"),
        **more,
    }


def tabs(page: PlanPage, current: str) -> list[Tab]:
    """Return the tabs of a plan."""
    plan = page.plan
    rows = [
        ("plan", _("Plan lines"), len(page.lines)),
        ("needs", _("Needs and classes"), None),
        ("submissions", _("Submissions and decisions"), page.last.number if page.last else 0),
        ("papers", _("Papers"), None),
    ]
    return [Tab(label, reverse(f"plans:{name}", args=[plan.pk]), count, name == current) for name, label, count in rows]


def steps(plan: TrainingPlan) -> list[Step]:
    """Return survey, consolidation, submission, decision, with the one at which the plan stands."""
    at = STEP_OF_STATE[PlanState(plan.state)]
    names = [
        (_("Survey"), survey_url(plan)),
        (_("Consolidation"), reverse("plans:needs", args=[plan.pk])),
        (_("Submission"), reverse("plans:submissions", args=[plan.pk])),
        (_("Decision"), reverse("plans:submissions", args=[plan.pk])),
    ]
    return [
        Step(name, "done" if number < at else "now" if number == at else "later", url)
        for number, (name, url) in enumerate(names, 1)
    ]


def survey_url(plan: TrainingPlan) -> str:
    """Return the address of the survey behind the plan, or "" where there is none."""
    try:
        return reverse("surveys:survey", args=[plan.survey_id]) if plan.survey_id else ""
    except NoReverseMatch:
        return ""


def key_facts(page: PlanPage) -> list[Fact]:
    """Return the facts beside a plan."""
    plan, last = page.plan, page.last
    decision = last.decision if last else None
    rows = [
        Fact(_("Owner"), plan.owner.name),
        Fact(_("Year"), str(plan.year)),
        Fact(_("Side"), plan.get_side_display()),
        Fact(_("Approver"), plan.approver_text),
    ]
    if page.is_amendment:
        rows.append(Fact(_("Reason of the amendment"), plan.amendment_reason))
    if decision:
        rows.append(Fact(_("Decision"), decision.number, reverse("plans:decision", args=[decision.pk])))
        rows.append(Fact(_("Day of signing"), date_format(decision.issued_on, "SHORT_DATE_FORMAT")))
    return rows


def chain(plan: TrainingPlan, last: PlanSubmission | None) -> list[Link]:
    """Return the way from the needs to the decision."""
    links = []
    if plan.survey:
        links.append(Link(plan.survey.title, _("needs survey"), survey_url(plan), "clipboard-list"))
    links.append(Link(plan.title, plan.owner.short_name, "", "checklist", "run"))
    if last and last.decision:
        url = reverse("plans:decision", args=[last.decision_id])
        links.append(Link(last.decision.number, last.decision.issuer_text, url, "gavel"))
    elif last:
        words = _("Submission %(number)s") % {"number": last.number}
        links.append(Link(words, last.get_state_display(), "", "send", SUBMISSION_TONES[last.state]))
    return links


def line_state(line: LineFacts) -> State:
    """Return how firm a line is, as a badge."""
    tones = {LineState.PLANNED: "ok", LineState.UNDER_STUDY: "wait", LineState.LATER_YEAR: "none"}
    state = LineState(line.draft.line_state)
    label = _("For %(year)s") % {"year": line.draft.for_year} if line.draft.for_year else str(state.label)
    return State(tones[state], label)


def period(line: LineFacts) -> str:
    """Return month or quarter in a few letters: T3, Quý I."""
    if line.draft.month:
        return _("M%(month)s") % {"month": line.draft.month}
    roman = ("I", "II", "III", "IV")
    return _("Quarter %(number)s") % {"number": roman[line.draft.quarter - 1]} if line.draft.quarter else "–"


def group_label(group: LineGroup) -> str:
    """Return the name of a part of the plan."""
    names = {
        LineGroup.TRAINING: _("Training"),
        LineGroup.THEORY: _("Retraining in political theory"),
        LineGroup.SKILLS: _("Retraining in professional skills"),
    }
    return names[group]


@dataclass(frozen=True)
class ShownLine:
    """One line of the table of a plan."""

    line: LineFacts
    number: int
    period: str
    mode: str
    role: str
    state: State
    partners: str
    revision: int

    @property
    def brief(self) -> str:
        """The facts that matter, for the phone."""
        draft = self.line.draft
        words = [self.period] if self.period != "–" else []
        if draft.class_count is not None:
            words.append(_("%(count)s classes") % {"count": numbers.number(draft.class_count)})
        if draft.learner_count is not None:
            words.append(_("%(count)s learners") % {"count": numbers.number(draft.learner_count)})
        return " · ".join(words)


def moved_order(lines: list[LineFacts], line_id: int, step: int) -> list[int]:
    """Return the order of the lines after one of them changed places with its neighbour in the same group."""
    order = [line.line_id for line in lines]
    group = next(list(part.lines) for part in grouped(lines) if any(one.line_id == line_id for one in part.lines))
    members = [line.line_id for line in group]
    to = members.index(line_id) + step
    if 0 <= to < len(members):
        one, other = order.index(line_id), order.index(members[to])
        order[one], order[other] = order[other], order[one]
    return order


@dataclass(frozen=True)
class ShownGroup:
    """One part of the table of a plan with its totals."""

    label: str
    lines: list[ShownLine]
    totals: Totals


def shown_groups(page: PlanPage) -> list[ShownGroup]:
    """Return the table of a plan. No queries."""
    shown = [line.line_id for part in page.groups for line in part.lines]
    numbers_of = {line_id: number for number, line_id in enumerate(shown, 1)}
    return [
        ShownGroup(
            group_label(part.group),
            [_shown(line, numbers_of[line.line_id], page.revisions[line.line_id]) for line in part.lines],
            part.totals,
        )
        for part in page.groups
    ]


def _shown(line: LineFacts, number: int, revision: int) -> ShownLine:
    role = OwnerRole(line.draft.owner_role)
    return ShownLine(
        line=line,
        number=number,
        period=period(line),
        mode=str(Mode(line.draft.mode).label),
        role="" if role == OwnerRole.OPENS else str(role.label),
        state=line_state(line),
        partners=", ".join(line.cooperating),
        revision=revision,
    )


def sizes(line: LineFacts) -> str:
    """Return the sizes of a line's classes: 3 × 56 + 4 × 55."""
    found = balanced(line.draft.learner_count or 0, line.draft.class_count or 0)
    parts = [(found.count(size), size) for size in dict.fromkeys(found)]
    return " + ".join(f"{numbers.number(count)} × {numbers.number(size)}" for count, size in parts)


def with_figures(plan: TrainingPlan) -> Sequence[PlanSubmission]:
    """Return the submissions of a plan, newest first, with classes and learners of each. 1 query."""
    planned = Q(lines__line_state=LineState.PLANNED)
    return list(
        plan.submissions.select_related("decision")
        .annotate(
            classes=Sum("lines__class_count", filter=planned),
            learners=Sum("lines__learner_count", filter=planned),
        )
        .order_by("-number")
    )


def snapshots_of(plan: TrainingPlan) -> list[NeedsSnapshot]:
    """Return the frozen figures of the survey behind a plan, newest first. 1 query, none without a survey."""
    return list(plan.survey.snapshots.order_by("-taken_at", "-id")) if plan.survey else []


def chosen_snapshot(request: HttpRequest, snapshots: list[NeedsSnapshot]) -> NeedsSnapshot | None:
    """Return the figures that the person chose, the newest otherwise. Raises Http404 for figures of another survey."""
    asked = request.GET.get("snapshot", "")
    if not asked:
        return snapshots[0] if snapshots else None
    found = next((one for one in snapshots if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found
