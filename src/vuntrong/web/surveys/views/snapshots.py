"""Frozen figures: take, list, open, compare, print."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.documents.sheets import to_xlsx
from vuntrong.kernel.errors import RuleBroken
from vuntrong.planning.actions import snapshots as actions
from vuntrong.planning.documents.needs_sheets import consolidated_needs, silent_names
from vuntrong.planning.models import NeedsSnapshot, NeedsSurvey
from vuntrong.planning.policies import surveys as policies
from vuntrong.planning.queries import snapshots as frozen_figures
from vuntrong.planning.queries import surveys as queries
from vuntrong.registry.models import Unit
from vuntrong.web.kit.values import Figure
from vuntrong.web.surveys import pages
from vuntrong.web.surveys.downloads import workbook
from vuntrong.web.surveys.pages import signed_in
from vuntrong.web.surveys.sentences import explain_all


def snapshots(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show the frozen figures of a survey, newest first."""
    survey = pages.survey_for(request, survey_id)
    now = queries.standing(survey)
    context = {
        "survey": survey,
        "now": now,
        "state": pages.survey_state(survey),
        "facts_line": pages.facts_line(survey),
        "tabs": pages.tabs(survey, "snapshots"),
        "snapshots": list(survey.snapshots.annotate(total=Sum("lines__total")).order_by("-taken_at", "-id")),
        "may_run": policies.may_run_survey(request.user, survey),
    }
    return render(request, "surveys/snapshots.html", context)


@require_POST
def take(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Freeze the figures of now."""
    survey = pages.survey_for(request, survey_id)
    if not policies.may_run_survey(request.user, survey):
        raise PermissionDenied
    try:
        snapshot = actions.take_snapshot(survey=survey, by=signed_in(request))
    except RuleBroken as refusal:
        messages.error(request, " ".join(explain_all(refusal.violations)))
        return redirect("surveys:survey", survey.pk)
    said = {"moment": pages.moment(snapshot.taken_at), "answered": snapshot.answered, "asked": snapshot.asked}
    messages.success(request, _("Frozen as of %(moment)s: %(answered)s of %(asked)s units.") % said)
    return redirect("surveys:snapshot", survey.pk, snapshot.pk)


def snapshot(request: HttpRequest, survey_id: int, snapshot_id: int) -> HttpResponse:
    """Show one frozen set of figures."""
    survey = pages.survey_for(request, survey_id)
    frozen = get_object_or_404(survey.snapshots, pk=snapshot_id)
    programmes = frozen_figures.totals_by_programme(frozen)
    context = {
        "survey": survey,
        "snapshot": frozen,
        "moment": pages.moment(frozen.taken_at),
        "programmes": programmes,
        "total": sum(total for _programme, total, _named, _units in programmes),
        "figures": _figures(frozen, sum(total for _programme, total, _named, _units in programmes)),
        "may_plan": policies.may_run_survey(request.user, survey),
    }
    return render(request, "surveys/snapshot.html", context)


def compare(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show two frozen sets of figures side by side, by programme."""
    survey = pages.survey_for(request, survey_id)
    older, newer = _chosen(survey, request.GET.get("older", "")), _chosen(survey, request.GET.get("newer", ""))
    if older.taken_at > newer.taken_at:
        older, newer = newer, older
    differences = frozen_figures.compare(older, newer)
    context = {
        "survey": survey,
        "older": older,
        "newer": newer,
        "differences": differences,
        "before": sum(one.before for one in differences),
        "after": sum(one.after for one in differences),
        "change": sum(one.change for one in differences),
    }
    return render(request, "surveys/compare.html", context)


def snapshot_workbook(request: HttpRequest, survey_id: int, snapshot_id: int) -> HttpResponse:
    """Download the consolidated needs of a snapshot."""
    survey = pages.survey_for(request, survey_id)
    frozen = get_object_or_404(survey.snapshots, pk=snapshot_id)
    units = Unit.objects.filter(snapshot_lines__snapshot=frozen).distinct().order_by("sort_key")
    sheet = consolidated_needs(
        survey,
        cells=frozen_figures.cells_of(frozen),
        programmes=[programme for programme, *_rest in frozen_figures.totals_by_programme(frozen)],
        unit_names=dict(units.values_list("pk", "name")),
        cut_off=frozen.taken_at,
        answered=frozen.answered,
        asked=frozen.asked,
    )
    content = to_xlsx([sheet, silent_names(frozen.silent_units)])
    return workbook(content, "tong hop nhu cau", survey.year, survey.owner.slug, pages.moment(frozen.taken_at))


def _chosen(survey: NeedsSurvey, key: str) -> NeedsSnapshot:
    return get_object_or_404(survey.snapshots, pk=int(key) if key.isdecimal() and len(key) < 18 else 0)


def _figures(frozen: NeedsSnapshot, total: int) -> list[Figure]:
    share = frozen.answered / frozen.asked if frozen.asked else None
    return [
        Figure(_("Answered"), f"{frozen.answered} / {frozen.asked}", _("units"), share=share),
        Figure(_("No need"), frozen.nil_answers, _("units")),
        Figure(_("Not answered"), len(frozen.silent_units), _("units")),
        Figure(_("Needs"), total),
    ]
