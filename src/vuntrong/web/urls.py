"""Addresses of the pages, one module for each part of the product."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from vuntrong.web.accounts.views import demo, demo_list
from vuntrong.web.registry.search import search
from vuntrong.web.today.views import today

urlpatterns = [
    path("", today, name="today"),
    path("account/", include("vuntrong.web.accounts.urls")),
    path("demo/", demo, name="demo"),
    path("demo/list/", demo_list, name="demo-list"),
    path("i18n/setlang/", login_not_required(require_POST(set_language)), name="set_language"),
    path("surveys/", include("vuntrong.web.surveys.urls")),
    path("plans/", include("vuntrong.web.plans.urls")),
    path("classes/", include("vuntrong.web.classes.urls")),
    path("nominations/", include("vuntrong.web.nominations.urls")),
    path("papers/", include("vuntrong.web.papers.urls")),
    path("gaps/", include("vuntrong.web.gaps.urls")),
    path("rules/", include("vuntrong.web.regulations.urls")),
    path("eligibility/", include("vuntrong.web.eligibility.urls")),
    path("reports/", include("vuntrong.web.reports.urls")),
    path("registry/search/", search, name="search"),
    path("registry/reorganisations/", include("vuntrong.web.reorganisations.urls")),
    path("registry/", include("vuntrong.web.people.urls")),
    path("registry/", include("vuntrong.web.registry.urls")),
    path("", include("vuntrong.web.kit.urls")),
    path("inbox/", include("vuntrong.web.inbox.urls")),
    path("privacy/", include("vuntrong.web.privacy.urls")),
    path("imports/", include("vuntrong.web.imports.urls")),
    path("exports/", include("vuntrong.web.exports.urls")),
    path("history/", include("vuntrong.web.history.urls")),
    path("jobs/", include("vuntrong.web.jobs.urls")),
]
