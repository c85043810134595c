"""From needs to classes on one screen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vuntrong.kernel.errors import DomainError
from vuntrong.planning.actions.lines import ProposedLines, edit_line, propose_lines
from vuntrong.planning.models import PlanLine, TrainingPlan
from vuntrong.web.plans import matrix, screens
from vuntrong.web.plans.forms import NumberForm, ProposeForm, SubmitForm
from vuntrong.web.plans.sentences import said, why


def needs(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show needs by programme and kind of unit beside the proposed classes. At most 13 queries."""
    plan = screens.plan_or_404(request, plan_id)
    snapshots = screens.snapshots_of(plan)
    snapshot = screens.chosen_snapshot(request, snapshots)
    context = screens.frame(request, plan, "needs")
    form = ProposeForm(plan=plan, initial={"snapshot": snapshot})
    view = matrix.build(context["page"], snapshot, snapshots)
    return render(request, "plans/needs.html", {**context, "view": view, "form": form})


@require_POST
def propose(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Make lines from the ticked programmes."""
    plan = screens.own_plan(request, plan_id)
    form = ProposeForm(request.POST, plan=plan)
    if not form.is_valid():
        _warn(request, [f"{form[name].label}: {' '.join(errors)}" for name, errors in form.errors.items()])
        return redirect("plans:needs", plan_id)
    try:
        outcome = propose_lines(plan=plan, programme_ids=_ticked(request), by=request.user, **form.cleaned_data)
    except DomainError as refusal:
        _warn(request, why(refusal, plan))
        return redirect("plans:needs", plan_id)
    _told(request, outcome)
    return redirect("plans:needs", plan_id)


def _told(request: HttpRequest, outcome: ProposedLines) -> None:
    count = len(outcome.lines)
    words = ngettext(
        "%(count)s line proposed; its numbers can be changed.",
        "%(count)s lines proposed; their numbers can be changed.",
        count,
    )
    messages.success(request, words % {"count": count})
    for sentence in said(outcome.remarks):
        messages.warning(request, sentence)


@require_POST
def number(request: HttpRequest, plan_id: int, line_id: int) -> HttpResponse:
    """Save one number of one line; answers the cell, and what else on the page changes with it."""
    plan = screens.own_plan(request, plan_id)
    line = get_object_or_404(plan.lines.filter(is_removed=False), pk=line_id)
    form = NumberForm(request.POST)
    errors = [] if form.is_valid() else [_("Write a whole number, for example 120.")]
    if not errors:
        try:
            revision = form.cleaned_data["revision"]
            line = edit_line(line=line, revision=revision, draft=form.draft(line), by=request.user)
        except DomainError as refusal:
            errors = why(refusal, plan)
    return _cell(request, plan, line, errors)


def _cell(request: HttpRequest, plan: TrainingPlan, line: PlanLine, errors: list[str]) -> HttpResponse:
    page = screens.plan_page(request, plan)
    snapshots = screens.snapshots_of(plan)
    view = matrix.build(page, screens.chosen_snapshot(request, snapshots), snapshots)
    row, item = view.row_of(line.pk)
    cell = next((one for one in item.cells if one.name == request.POST.get("field")), None)
    if cell is None:
        raise PermissionDenied
    context = {"plan": plan, "page": page, "view": view, "row": row, "line": item.line, "sizes": item.sizes}
    context |= {"cell": matrix.typed(cell, request.POST.get("value", ""), errors), "revision": item.revision}
    context["submit_form"] = SubmitForm(auto_id="submit-%s")
    return render(request, "plans/_cell_answer.html", context)


def _ticked(request: HttpRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("rows") if key.isascii() and key.isdecimal() and len(key) < 18]


def _warn(request: HttpRequest, sentences: list[str]) -> None:
    for sentence in sentences:
        messages.error(request, sentence)
