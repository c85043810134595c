"""What is in force on a day, the history of a rule, and its next row: proposed by one person, decided by another."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts import policies
from vuntrong.kernel.errors import IllegalTransition, RuleBroken, StaleState
from vuntrong.programmes.queries.gaps import changed_by, impact_of
from vuntrong.regulations.actions import approve_rule, propose_rule, reject_rule
from vuntrong.regulations.enums import RuleState
from vuntrong.regulations.models import RuleRow
from vuntrong.regulations.queries import history_of, rules_on
from vuntrong.web.history.entries import entries_of
from vuntrong.web.kit.listing import answer, answer_list, build_listing
from vuntrong.web.regulations.forms import DecisionForm, RuleForm
from vuntrong.web.regulations.impact import (
    WORDS,
    ImpactFilter,
    ImpactTable,
    figures_of,
    note_impact,
    people_in_scope,
)
from vuntrong.web.regulations.sentences import explain
from vuntrong.web.regulations.showing import lines_of, rule_facts
from vuntrong.web.regulations.tables import InstrumentTable, RuleFilter, RuleTable
from vuntrong.web.units.forms import DayForm


def rules(request: HttpRequest) -> HttpResponse:
    """List the rules in force on a day; all rows of all times, proposals included, when asked."""
    form = DayForm(request.GET or None)
    form.fields["on"].label = _("In force on")
    everything = policies.rules_visible_to(request.user).select_related("instrument")
    shown = everything if request.GET.get("all") else everything & rules_on(form.day())
    context = {"form": form, "day": form.day(), "waiting": everything.filter(state=RuleState.PROPOSED)}
    return answer_list(
        request,
        "regulations/rules.html",
        shown,
        table=RuleTable,
        filters=RuleFilter,
        title=_("Rules"),
        empty={"title": _("No rule in force on this day"), "text": _("Choose another day.")},
        context=context,
    )


def instruments(request: HttpRequest) -> HttpResponse:
    """List the papers that rules stand on."""
    return answer_list(
        request,
        "regulations/instruments.html",
        policies.instruments_visible_to(request.user).select_related("replaces").annotate(rule_count=Count("rules")),
        table=InstrumentTable,
        title=_("Legal papers"),
        empty={"title": _("No paper yet"), "text": _("The administrator enters papers in the administration.")},
    )


def rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Show one rule row in words, with the history of the rule."""
    found = get_object_or_404(policies.rules_visible_to(request.user).select_related("instrument"), pk=rule_id)
    is_open = found.state == RuleState.PROPOSED
    is_own = found.proposed_by_id is not None and found.proposed_by_id == request.user.pk
    shown = {
        "rule": found,
        "facts": rule_facts(found),
        "lines": lines_of(found),
        "rows": history_of(found),
        "entries": entries_of(found),
        "may_follow": policies.may_propose_rules(request.user) and found.state == RuleState.APPROVED,
        "has_impact": found.topic in WORDS and is_open,
        "may_decide": is_open and not is_own and policies.may_decide_rules(request.user),
        "decision": DecisionForm(),
    }
    return render(request, "regulations/rule.html", shown)


def impact_figures(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Answer the card of a proposed row that asks for whom it would change something; it comes after the page."""
    found = _counted_rule(request, rule_id)
    impact = impact_of(found, people_in_scope(request.user))
    note_impact(request, found, len(impact.gained | impact.lost))
    shown = {"rule": found, "impact": impact, "figures": figures_of(found, impact)}
    return render(request, "regulations/_impact.html", shown)


def impact(request: HttpRequest, rule_id: int) -> HttpResponse:
    """List the people for whom a row would change something on its first day, or has changed it."""
    found = request.rule = _counted_rule(request, rule_id)
    listing = build_listing(
        request,
        changed_by(found, people_in_scope(request.user).select_related("unit")),
        table=ImpactTable,
        filters=ImpactFilter,
        title=found.title,
        empty={"title": _("The row changes nothing for anybody in scope"), "text": _("Choose another unit or post.")},
    )
    note_impact(request, found, listing.filters.counted)
    return answer(request, "regulations/impact.html", listing, context={"rule": found})


def _counted_rule(request: HttpRequest, rule_id: int) -> RuleRow:
    """Return a row of a topic that judges people. Raises Http404 for other rows."""
    visible = policies.rules_visible_to(request.user).select_related("instrument")
    return get_object_or_404(visible, pk=rule_id, topic__in=WORDS)


def follow(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Propose the row that follows a rule."""
    visible = policies.rules_visible_to(request.user).select_related("instrument")
    old = get_object_or_404(visible, pk=rule_id, state=RuleState.APPROVED)
    if not policies.may_propose_rules(request.user):
        raise PermissionDenied
    form = RuleForm(request.POST or None, old=old)
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_rule(words=form.words, is_readable=form.is_readable, by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("The rule waits for another person's decision."))
            return redirect("regulations:rule", made.pk)
    return render(request, "regulations/follow.html", {"form": form, "rule": old, "lines": lines_of(old)})


@require_POST
def decide(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Approve or reject a proposed row."""
    found = get_object_or_404(policies.rules_visible_to(request.user).select_related("follows"), pk=rule_id)
    if not policies.may_decide_rules(request.user):
        raise PermissionDenied
    form = DecisionForm(request.POST)
    act = reject_rule if "reject" in request.POST else approve_rule
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        act(row=found, note=note, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, " ".join(explain(refusal)))
    except (StaleState, IllegalTransition):
        messages.error(request, _("Somebody else has decided meanwhile. The page shows the decision."))
    return redirect("regulations:rule", found.pk)
