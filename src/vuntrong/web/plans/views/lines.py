"""Lines of a plan: the form, the order, removing and putting back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.kernel.errors import DomainError
from vuntrong.planning.actions import lines as actions
from vuntrong.planning.models import PlanLine, TrainingPlan
from vuntrong.planning.queries.lines import working_lines
from vuntrong.web.plans import screens
from vuntrong.web.plans.forms import LineForm
from vuntrong.web.plans.sentences import why


def line_create(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Add a line."""
    plan = screens.own_plan(request, plan_id)
    form = LineForm(request.POST or None, plan=plan)
    if form.is_valid():
        try:
            actions.add_line(plan=plan, draft=form.draft, by=request.user)
        except DomainError as refusal:
            form.add_error(None, why(refusal, plan))
        else:
            messages.success(request, _("The line is added."))
            again = "plans:line-create" if "again" in request.POST else "plans:plan"
            return redirect(again, plan_id)
    return render(request, "plans/line.html", {"form": form, "plan": plan})


def line_edit(request: HttpRequest, plan_id: int, line_id: int) -> HttpResponse:
    """Change a line. A stale form keeps what was typed and shows what was saved meanwhile."""
    plan = screens.own_plan(request, plan_id)
    line = _line(plan, line_id)
    form = LineForm(request.POST or None, plan=plan, line=line)
    if form.is_valid():
        try:
            actions.edit_line(line=line, revision=form.cleaned_data["revision"] or 0, draft=form.draft, by=request.user)
        except DomainError as refusal:
            form.add_error(None, why(refusal, plan))
            form.data = form.data.copy()
            form.data["revision"] = line.revision  # seen now: saving once more is a decision, not an accident
        else:
            messages.success(request, _("The line is saved."))
            return redirect("plans:plan", plan_id)
    return render(request, "plans/line.html", {"form": form, "plan": plan, "line": line})


@require_POST
def line_remove(request: HttpRequest, plan_id: int, line_id: int) -> HttpResponse:
    """Take a line out; the message offers the undo."""
    plan = screens.own_plan(request, plan_id)
    line = get_object_or_404(plan.lines, pk=line_id)
    try:
        removed = actions.remove_line(line=line, revision=_revision(request), by=request.user)
    except DomainError as refusal:
        return _refused(request, refusal, plan)
    undo = reverse("plans:removed", args=[plan.pk])
    text = format_html('{} <a href="{}">{}</a>', _("Removed: %(line)s.") % {"line": removed}, undo, _("Undo"))
    messages.success(request, text)
    return redirect("plans:plan", plan_id)


def removed(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show the lines that were taken out, to put one back."""
    plan = screens.own_plan(request, plan_id)
    lines = plan.lines.filter(is_removed=True).select_related("programme").order_by("-id")
    return render(request, "plans/removed.html", {"plan": plan, "lines": lines})


@require_POST
def line_restore(request: HttpRequest, plan_id: int, line_id: int) -> HttpResponse:
    """Put a removed line back."""
    plan = screens.own_plan(request, plan_id)
    line = get_object_or_404(plan.lines, pk=line_id)
    try:
        actions.restore_line(line=line, revision=_revision(request), by=request.user)
    except DomainError as refusal:
        return _refused(request, refusal, plan)
    messages.success(request, _("The line is back."))
    return redirect("plans:plan", plan_id)


@require_POST
def line_move(request: HttpRequest, plan_id: int, line_id: int, step: str) -> HttpResponse:
    """Move a line up or down by one inside its group."""
    plan = screens.own_plan(request, plan_id)
    line = _line(plan, line_id)
    order = screens.moved_order(working_lines(plan), line.pk, -1 if step == "up" else 1)
    try:
        actions.reorder_lines(plan=plan, line_ids=order, by=request.user)
    except DomainError as refusal:
        return _refused(request, refusal, plan)
    return redirect(f"{reverse('plans:plan', args=[plan_id])}#line-{line.pk}")


def _line(plan: TrainingPlan, line_id: int) -> PlanLine:
    return get_object_or_404(plan.lines.filter(is_removed=False).select_related("programme"), pk=line_id)


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _refused(request: HttpRequest, refusal: DomainError, plan: TrainingPlan) -> HttpResponse:
    for sentence in why(refusal, plan):
        messages.error(request, sentence)
    return redirect("plans:plan", plan.pk)
