"""Submissions of a plan, the approver's page, decisions and their scans."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.documents.actions import store_file, stored_bytes
from vuntrong.documents.models import StoredFile
from vuntrong.kernel.errors import DomainError
from vuntrong.planning.actions.plans import approve_plan, return_plan
from vuntrong.planning.models import PlanSubmission, TrainingPlan
from vuntrong.planning.policies import plans as policies
from vuntrong.planning.queries.lines import approved_submission
from vuntrong.web.plans import approval, screens
from vuntrong.web.plans.forms import DecisionForm, ReturnForm
from vuntrong.web.plans.sentences import why


def submissions(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show what was submitted and decided, and the difference between two copies. At most 12 queries."""
    plan = screens.plan_or_404(request, plan_id)
    rows = screens.with_figures(plan)
    compared = approval.comparison(request, plan, rows)
    context = screens.frame(request, plan, "submissions", submissions=rows, compared=compared)
    if compared.found:
        context |= {"found": compared.found, "changed": approval.told_changes(compared.found)}
    return render(request, "plans/submissions.html", context)


def decide(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show the approver's page: what is asked, last year beside it, the changes, the two answers."""
    plan = screens.plan_or_404(request, plan_id)
    if not policies.may_record_decision(request.user, plan):
        raise PermissionDenied
    submission = plan.submissions.filter(state="pending").first()
    if submission is None:
        messages.warning(request, _("Nothing waits for approval here: the submission was recalled or decided."))
        return redirect("plans:submissions", plan_id)
    first = {"submission": submission.number}
    forms = {"form": DecisionForm(initial=first), "return_form": ReturnForm(initial=first, auto_id="return-%s")}
    return _decision_page(request, plan, submission, **forms)


@require_POST
def approve(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Record the signed decision."""
    plan, submission = _to_decide(request, plan_id)
    form = DecisionForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            decision = _approve(request, submission, form)
        except DomainError as refusal:
            form.add_error(None, why(refusal, plan))
        else:
            messages.success(request, _("Approved by decision %(number)s.") % {"number": decision.number})
            return redirect("plans:decision", decision.pk)
    return_form = ReturnForm(initial={"submission": submission.number}, auto_id="return-%s")
    return _decision_page(request, plan, submission, form=form, return_form=return_form)


@transaction.atomic
def _approve(request: HttpRequest, submission: PlanSubmission, form: DecisionForm):
    """Keep the scan only when the decision is recorded: a refusal leaves no row behind."""
    typed = {name: form.cleaned_data[name] for name in ("number", "issued_on", "signer_name", "signer_post")}
    return approve_plan(submission=submission, scan=_scan(request, form), by=request.user, **typed)


def _scan(request: HttpRequest, form: DecisionForm) -> StoredFile | None:
    sent = form.cleaned_data["scan"]
    if not sent:
        return None
    kind = sent.content_type or "application/octet-stream"
    return store_file(content=sent.read(), name=sent.name, content_type=kind, by=request.user)


@require_POST
def send_back(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Return the submission with one sentence."""
    plan, submission = _to_decide(request, plan_id)
    form = ReturnForm(request.POST, auto_id="return-%s")
    try:
        if form.is_valid():
            return_plan(submission=submission, remarks=form.cleaned_data["remarks"], by=request.user)
    except DomainError as refusal:
        form.add_error(None, why(refusal, plan))
    if form.errors:
        first = DecisionForm(initial={"submission": submission.number})
        return _decision_page(request, plan, submission, form=first, return_form=form)
    messages.success(request, _("Returned to %(owner)s for completion.") % {"owner": plan.owner.name})
    return redirect("plans:submissions", plan_id)


def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Show a decision with what it approved. At most 10 queries."""
    rows = policies.decisions_visible_to(request.user).select_related("issuer", "scan")
    found = get_object_or_404(rows, pk=decision_id)
    about = found.submissions.filter(plan__in=policies.plans_visible_to(request.user))
    return render(request, "plans/decision.html", {"decision": found, "approved": about.select_related("plan__owner")})


def scan(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Send the scanned decision as it came in."""
    rows = policies.decisions_visible_to(request.user).select_related("scan")
    found = get_object_or_404(rows, pk=decision_id)
    if found.scan is None:
        raise Http404
    response = HttpResponse(stored_bytes(found.scan), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.scan.name)
    return response


def _to_decide(request: HttpRequest, plan_id: int) -> tuple[TrainingPlan, PlanSubmission]:
    plan = screens.plan_or_404(request, plan_id)
    if not policies.may_record_decision(request.user, plan):
        raise PermissionDenied
    text = request.POST.get("submission", "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    return plan, screens.submission_or_404(plan, number)


def _decision_page(
    request: HttpRequest, plan: TrainingPlan, submission: PlanSubmission, *, form: Form, return_form: Form
) -> HttpResponse:
    page = approval.approval_page(plan, submission)
    context = {"plan": plan, "view": page, "form": form, "return_form": return_form}
    context["is_planner"] = not policies.may_approve_plan(request.user, plan)
    context["amends"] = approved_submission(plan)
    if page.changes:
        context["changed"] = approval.told_changes(page.changes)
    return render(request, "plans/decide.html", context)
