"""Preparing, changing, opening and closing a survey."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.kernel.errors import DomainError, IllegalTransition, RuleBroken, StaleState
from vuntrong.planning.actions import surveys as actions
from vuntrong.planning.models import NeedsSurvey
from vuntrong.planning.policies import surveys as policies
from vuntrong.web.context import current_unit, current_year
from vuntrong.web.surveys import choices
from vuntrong.web.surveys.forms import ReopenForm, SurveyForm, initial_of
from vuntrong.web.surveys.pages import signed_in, survey_for
from vuntrong.web.surveys.sentences import explain_all


def create(request: HttpRequest) -> HttpResponse:
    """Prepare a survey."""
    owners = policies.owners_for(request.user)
    if not owners.exists():
        raise PermissionDenied
    form = _form(request, None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen: dict[str, Any] = {name: said[name] for name in ("owner", "programmes", "units")}
        try:
            survey = actions.create_survey(words=form.words(), by=signed_in(request), **chosen)
        except RuleBroken as refusal:
            form.add_error(None, explain_all(refusal.violations))
        else:
            return redirect("surveys:survey", survey.pk)
    return _form_page(request, form, None)


def edit(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Change a survey."""
    survey = _run_by(request, survey_id)
    form = _form(request, survey)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kept: dict[str, Any] = {"words": form.words(), "programmes": said["programmes"], "units": said["units"]}
        try:
            actions.edit_survey(survey=survey, revision=said["revision"] or 0, by=signed_in(request), **kept)
        except RuleBroken as refusal:
            form.add_error(None, explain_all(refusal.violations))
        except StaleState:
            form.add_error(None, _("Somebody else saved the survey meanwhile. Open it again and repeat the change."))
        else:
            return redirect("surveys:survey", survey.pk)
    return _form_page(request, form, survey)


@require_POST
def open_survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Open a survey for answers."""
    survey = _run_by(request, survey_id)
    try:
        actions.open_survey(survey=survey, by=signed_in(request))
    except DomainError as error:
        _tell(request, error)
    else:
        messages.success(
            request, _("The survey is open: %(count)s units can answer.") % {"count": survey.recipients.count()}
        )
    return redirect("surveys:survey", survey.pk)


@require_POST
def close_survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Take no more answers."""
    survey = _run_by(request, survey_id)
    try:
        actions.close_survey(survey=survey, by=signed_in(request))
    except DomainError as error:
        _tell(request, error)
    else:
        messages.success(request, _("The survey is closed. It can be opened again."))
    return redirect("surveys:survey", survey.pk)


def reopen_survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Take answers again."""
    survey = _run_by(request, survey_id)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, closes_at = form.cleaned_data["reason"], form.deadline()
        try:
            actions.reopen_survey(survey=survey, reason=reason, closes_at=closes_at, by=signed_in(request))
        except RuleBroken as refusal:
            form.add_error(None, explain_all(refusal.violations))
        except (StaleState, IllegalTransition) as error:
            _tell(request, error)
            return redirect("surveys:survey", survey.pk)
        else:
            return redirect("surveys:survey", survey.pk)
    return render(request, "surveys/reopen.html", {"survey": survey, "form": form})


def _run_by(request: HttpRequest, survey_id: int) -> NeedsSurvey:
    survey = survey_for(request, survey_id)
    if not policies.may_run_survey(request.user, survey):
        raise PermissionDenied
    return survey


def _tell(request: HttpRequest, error: DomainError) -> None:
    """Say why a survey stayed as it was."""
    if isinstance(error, RuleBroken):
        for sentence in explain_all(error.violations):
            messages.error(request, sentence)
    else:
        messages.error(request, _("Somebody else changed the survey meanwhile. This page shows its present state."))


def _form(request: HttpRequest, survey: NeedsSurvey | None) -> SurveyForm:
    unit = current_unit(request)
    first = initial_of(survey) if survey else {"year": current_year(request), "owner": unit and unit.pk}
    return SurveyForm(
        request.POST or None,
        initial=first,
        owners=policies.owners_for(request.user),
        programmes=choices.offered_programmes(survey),
        units=choices.units_to_ask(request.user, survey),
        is_new=survey is None,
    )


def _form_page(request: HttpRequest, form: SurveyForm, survey: NeedsSurvey | None) -> HttpResponse:
    programmes = choices.programme_groups(form.fields["programmes"].queryset, form.chosen_programmes)
    units = choices.unit_groups(form.fields["units"].queryset, form.chosen_units)
    shown = {"form": form, "survey": survey, "programme_groups": programmes, "unit_groups": units}
    return render(request, "surveys/form.html", shown)
