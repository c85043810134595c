"""How a survey stands: the matrix of needs, the answers, the names behind a figure, and what goes out as XLSX."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.documents.sheets import to_xlsx
from vuntrong.kernel.errors import DomainError, RuleBroken
from vuntrong.planning.actions.answers import reopen_answer
from vuntrong.planning.actions.surveys import remind
from vuntrong.planning.documents.needs_sheets import consolidated_needs, silent_units
from vuntrong.planning.policies import surveys as policies
from vuntrong.planning.queries import surveys as queries
from vuntrong.registry.models import Unit
from vuntrong.web.history.entries import entries_of
from vuntrong.web.kit import exports, listing
from vuntrong.web.surveys import matrices, pages
from vuntrong.web.surveys.downloads import workbook
from vuntrong.web.surveys.pages import signed_in
from vuntrong.web.surveys.sentences import explain_all
from vuntrong.web.surveys.tables import AnswerFilter, AnswerTable, NeedTable


def survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show the needs live, by programme and unit."""
    shown = pages.survey_for(request, survey_id)
    now, programmes = queries.standing(shown), queries.offered(shown)
    context = {
        "survey": shown,
        "now": now,
        "state": pages.survey_state(shown),
        "facts_line": pages.facts_line(shown),
        "figures": pages.figures(shown, now),
        "tabs": pages.tabs(shown, "survey"),
        "grid": matrices.grid(shown, now, programmes, request.GET),
        "may_run": policies.may_run_survey(request.user, shown),
        "history": entries_of(shown, limit=5),
        "programme_count": len(programmes),
    }
    return render(request, "surveys/survey.html", context)


def answers(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show who answered, when and how, and who did not."""
    shown = pages.survey_for(request, survey_id)
    found = listing.build_listing(
        request,
        queries.requests_with_standing(shown.recipients.all()),
        table=AnswerTable,
        filters=AnswerFilter,
        title=_("Answers to the survey"),
        search="unit__search_key",
        empty={"title": _("No unit is asked yet"), "text": _("Choose the units that are to answer.")},
    )
    found.table.totals = queries.totals_by_unit(queries.need_cells(shown))
    found.table.habits = queries.habits_before(shown)
    return _answer_page(request, found, shown)


def needs(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show the people and numbers behind a figure."""
    shown = pages.survey_for(request, survey_id)
    asked = matrices.asked_for(request.GET)
    title, found = matrices.needs_title(shown, asked), queries.needs_behind(shown, **asked)
    total = sum(cell.total for cell in matrices.cells_behind(queries.standing(shown), asked))
    empty = {"title": _("No need here"), "text": _("Only answers that were sent are counted.")}
    return listing.answer_list(
        request,
        "surveys/needs.html",
        found,
        table=NeedTable,
        title=title,
        search="person__search_key",
        empty=empty,
        context={"survey": shown, "title": title, "total": total},
    )


@require_POST
def remind_units(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Remind the clerks of the ticked units."""
    shown = pages.survey_for(request, survey_id)
    if not policies.may_run_survey(request.user, shown):
        raise PermissionDenied
    keys = [key for key in request.POST.getlist("rows") if key.isdecimal()]
    units = Unit.objects.filter(asked_in__survey=shown, asked_in__pk__in=keys)
    try:
        told = remind(survey=shown, units=list(units), url=reverse("surveys:requests"), by=signed_in(request))
    except RuleBroken as refusal:
        messages.error(request, " ".join(explain_all(refusal.violations)))
    else:
        messages.success(request, pages.reminded(told))
    return redirect("surveys:answers", shown.pk)


@require_POST
def send_back(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Send an answer back to its unit."""
    shown = pages.survey_for(request, survey_id)
    if not policies.may_run_survey(request.user, shown):
        raise PermissionDenied
    answer = get_object_or_404(shown.answers.select_related("survey", "unit"), unit=unit_id)
    try:
        reopen_answer(answer=answer, reason=request.POST.get("reason", "")[:300], by=signed_in(request))
    except RuleBroken as refusal:
        messages.error(request, " ".join(explain_all(refusal.violations)))
    except DomainError:
        messages.error(request, _("The answer was sent back or taken back meanwhile. This page shows it as it is now."))
    else:
        messages.success(request, _("The answer of %(unit)s is sent back.") % {"unit": answer.unit.name})
    return redirect("surveys:answer", shown.pk, unit_id)


def consolidated(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Download the consolidated needs of now, with the silent units."""
    shown = pages.survey_for(request, survey_id)
    now = queries.standing(shown)
    needs_sheet = consolidated_needs(
        shown,
        cells=now.cells,
        programmes=queries.offered(shown),
        unit_names={row.unit.pk: row.unit.name for row in now.rows},
        cut_off=timezone.now(),
        answered=now.answered,
        asked=now.asked,
    )
    content = to_xlsx([needs_sheet, silent_units(shown, now.silent, queries.habits_before(shown))])
    return workbook(content, "tong hop nhu cau", shown.year, shown.owner.slug)


def silent(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Download the units that have not answered."""
    shown = pages.survey_for(request, survey_id)
    silent_rows = queries.standing(shown).silent
    content = to_xlsx([silent_units(shown, silent_rows, queries.habits_before(shown))])
    return workbook(content, "don vi chua tra loi", shown.year, shown.owner.slug)


def _answer_page(request: HttpRequest, found: listing.Listing, shown: pages.NeedsSurvey) -> HttpResponse:
    if request.GET.get("export") == "xlsx":
        return exports.answer_export(request, found)
    context = {
        "listing": found,
        "survey": shown,
        "state": pages.survey_state(shown),
        "facts_line": pages.facts_line(shown),
        "tabs": pages.tabs(shown, "answers"),
        "may_run": policies.may_run_survey(request.user, shown),
    }
    return render(request, listing.fragment_or(request, "surveys/answers.html"), context)
