"""The list of plans, a new plan, a plan and its life."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.kernel.errors import DomainError, RuleBroken
from vuntrong.planning.actions import plans as actions
from vuntrong.planning.models import NeedsSurvey, TrainingPlan
from vuntrong.planning.policies import plans as policies
from vuntrong.planning.queries.plans import with_totals
from vuntrong.registry.queries import body_above
from vuntrong.web.context import current_unit, current_year
from vuntrong.web.history.entries import entries_of
from vuntrong.web.kit import listing
from vuntrong.web.plans import screens
from vuntrong.web.plans.filters import PlanFilter
from vuntrong.web.plans.forms import AmendForm, PlanForm, SubmitForm
from vuntrong.web.plans.sentences import explain, why
from vuntrong.web.plans.tables import PlanTable


def plan_list(request: HttpRequest) -> HttpResponse:
    """Show the plans of all owners in scope, both sides side by side. At most 8 queries."""
    may_create = policies.plan_owners_for(request.user).exists()
    empty = {"title": _("No plan yet"), "text": _("Begin one; its lines can come from the needs survey.")}
    if may_create:
        empty |= {"url": reverse("plans:create"), "label": _("Begin a plan")}
    return listing.answer_list(
        request,
        "plans/list.html",
        with_totals(policies.plans_visible_to(request.user)),
        table=PlanTable,
        filters=PlanFilter,
        title=_("Training plans"),
        search="owner__search_key",
        empty=empty,
        context={"may_create": may_create},
    )


def plan_create(request: HttpRequest) -> HttpResponse:
    """Begin a plan."""
    if not policies.plan_owners_for(request.user).exists():
        raise PermissionDenied
    form = PlanForm(request.POST or None, user=request.user, initial=_new_plan(request))
    if form.is_valid():
        try:
            plan = actions.create_plan(by=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("The plan has begun. Add lines, or propose classes from the needs."))
            return redirect("plans:needs" if plan.survey_id else "plans:plan", plan.pk)
    return render(request, "plans/create.html", {"form": form})


def _new_plan(request: HttpRequest) -> dict[str, object]:
    """Return what is known beforehand: from the survey that the person comes from, else from the header."""
    survey = _survey_behind(request)
    unit, year = (survey.owner, survey.year) if survey else (current_unit(request), current_year(request))
    parent = body_above(unit) if unit else None
    title = _("Plan of training and retraining in %(year)s") % {"year": year}
    named = _("Standing Committee of %(unit)s") % {"unit": parent.name} if parent else ""
    return {"owner": unit, "approver": parent, "approver_text": named, "year": year, "title": title, "survey": survey}


def _survey_behind(request: HttpRequest) -> NeedsSurvey | None:
    key = request.GET.get("survey", "")
    own = NeedsSurvey.objects.filter(owner__in=policies.plan_owners_for(request.user))
    return own.select_related("owner__parent").filter(pk=key).first() if key.isdecimal() and len(key) < 18 else None


def plan(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show the lines of a plan. At most 16 queries."""
    found = screens.plan_or_404(request, plan_id)
    context = screens.frame(request, found, "plan", entries=entries_of(found, limit=6))
    page = context["page"]
    context |= {"key_facts": screens.key_facts(page), "links": screens.chain(found, page.last)}
    context["groups"] = screens.shown_groups(page)
    return render(request, "plans/plan.html", context)


@require_POST
def submit(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Submit the plan for approval."""
    found = screens.own_plan(request, plan_id)
    form = SubmitForm(request.POST)
    number = form.cleaned_data["paper_number"] if form.is_valid() else ""
    try:
        actions.submit_plan(plan=found, paper_number=number, by=request.user)
    except DomainError as refusal:
        _tell(request, refusal, found)
        return redirect("plans:plan", plan_id)
    told = _("Submitted to %(approver)s. It can be recalled until it is dealt with.")
    messages.success(request, told % {"approver": found.approver_text})
    return redirect("plans:submissions", plan_id)


@require_POST
def recall(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Take the waiting submission back."""
    found = screens.own_plan(request, plan_id)
    submission = screens.submission_or_404(found, _number(request))
    try:
        actions.recall_plan(submission=submission, by=request.user)
    except DomainError as refusal:
        _tell(request, refusal, found)
    else:
        messages.success(request, _("The submission is recalled. The plan is open for editing again."))
    return redirect("plans:plan", plan_id)


@require_POST
def amend(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Open the working copy of an approved plan."""
    found = screens.own_plan(request, plan_id)
    form = AmendForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        actions.start_amendment(plan=found, reason=reason, by=request.user)
    except DomainError as refusal:
        _tell(request, refusal, found)
    else:
        messages.success(
            request, _("The plan is open for an amendment. Until a new decision the approved copy counts.")
        )
    return redirect("plans:plan", plan_id)


@require_POST
def give_up(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Give up an amendment."""
    found = screens.own_plan(request, plan_id)
    try:
        actions.cancel_amendment(plan=found, by=request.user)
    except DomainError as refusal:
        _tell(request, refusal, found)
    else:
        messages.success(request, _("The amendment is given up. The lines are again those that were approved."))
    return redirect("plans:plan", plan_id)


def _number(request: HttpRequest) -> int:
    text = request.POST.get("submission", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _tell(request: HttpRequest, refusal: DomainError, about: TrainingPlan) -> None:
    for sentence in why(refusal, about):
        messages.error(request, sentence)
