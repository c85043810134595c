"""Which surveys there are: to run, and to answer."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vuntrong.planning.policies import surveys as policies
from vuntrong.planning.queries.surveys import requests_with_standing, with_counts
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.kit.values import Tab
from vuntrong.web.surveys.tables import RequestTable, SurveyFilter, SurveyTable


def survey_list(request: HttpRequest) -> HttpResponse:
    """Show the surveys that the person runs or reads; somebody who only answers sees what waits for her."""
    surveys = policies.surveys_run_by(request.user)
    is_owner = policies.owners_for(request.user).exists()
    if not is_owner and not surveys.exists():
        return requests(request)
    empty = {"title": _("No survey yet"), "text": _("A survey asks the units for their needs of one year.")}
    if is_owner:
        empty |= {"url": reverse("surveys:create"), "label": _("Prepare a survey")}
    return answer_list(
        request,
        "surveys/list.html",
        with_counts(surveys),
        table=SurveyTable,
        filters=SurveyFilter,
        title=_("Needs surveys"),
        search="owner__search_key",
        empty=empty,
        context={"is_owner": is_owner, "tabs": _tabs(request, "list")},
    )


def requests(request: HttpRequest) -> HttpResponse:
    """Show the surveys that the person's units have to answer."""
    empty = {"title": _("No survey to answer"), "text": _("A survey appears here as soon as it is opened.")}
    return answer_list(
        request,
        "surveys/list.html",
        requests_with_standing(policies.requests_to(request.user)).order_by("-survey__state", "survey__closes_at"),
        table=RequestTable,
        title=_("Surveys to answer"),
        search="unit__search_key",
        empty=empty,
        context={"is_owner": False, "tabs": _tabs(request, "requests")},
    )


def _tabs(request: HttpRequest, current: str) -> list[Tab]:
    """Return the two lists for a person who has both."""
    if not (policies.requests_to(request.user).exists() and policies.surveys_run_by(request.user).exists()):
        return []
    entries = [("list", _("Run by the unit")), ("requests", _("To be answered"))]
    return [Tab(label, reverse(f"surveys:{name}"), None, name == current) for name, label in entries]
