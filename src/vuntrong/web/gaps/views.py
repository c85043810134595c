"""The gap list of a day, and its way into the needs survey."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vuntrong.accounts import policies
from vuntrong.kernel.errors import RuleBroken
from vuntrong.planning.actions.gap_needs import GapNeeds, add_gap_needs
from vuntrong.planning.policies.surveys import may_run_survey
from vuntrong.programmes.queries.gaps import Gaps, lacking
from vuntrong.programmes.queries.rules import STANDARD, rule_sets_on
from vuntrong.programmes.rules.verdicts import Answer
from vuntrong.programmes.sentences import sentences
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.enums import Purpose, ReadKind
from vuntrong.registry.models import Person
from vuntrong.web.gaps.forms import NeedsForm
from vuntrong.web.gaps.lists import GapFilter, GapTable
from vuntrong.web.gaps.sentences import explain
from vuntrong.web.kit.listing import answer, build_listing
from vuntrong.web.units.forms import DayForm

FROM_GAPS = "Chưa đạt chuẩn chức vụ"
"""The note of a need that a gap list made; it stands in the survey of the unit, in Vietnamese like the papers."""


def gaps(request: HttpRequest) -> HttpResponse:
    """List the holders of posts in scope who do not meet a standard, on a day."""
    form = DayForm(request.GET or None)
    listing = _listing(request, form.day())
    found = listing.filters.found
    listing.table.said = _sayer(found)
    if listing.count:
        _note(request, found.table["id"].n_unique())
    may_plan = policies.may_plan(request.user)
    shown = {
        "form": form,
        "needs": NeedsForm(user=request.user) if may_plan else None,
        "query": request.GET.urlencode(),
    }
    return answer(request, "gaps/list.html", listing, context=shown)


@require_POST
def to_needs(request: HttpRequest) -> HttpResponse:
    """Name everybody of the list, as it is filtered, in a survey for a programme."""
    form = NeedsForm(request.POST, user=request.user)
    if not policies.may_plan(request.user):
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, _("Choose an open survey and a programme."))
        return redirect("gaps:list")
    survey, programme = form.cleaned_data["survey"], form.cleaned_data["programme"]
    if not may_run_survey(request.user, survey):
        raise PermissionDenied
    people = list(_listing(request, DayForm(request.GET or None).day()).table.data.data.values_list("pk", flat=True))
    try:
        done = add_gap_needs(survey=survey, programme=programme, people=people, note=FROM_GAPS, by=request.user)
    except RuleBroken as refusal:
        messages.error(request, " ".join(explain([one.code for one in refusal.violations])))
        return redirect("gaps:list")
    messages.success(request, " ".join(_told(done)))
    return redirect("surveys:survey", survey.pk)


def _listing(request: HttpRequest, day: dt.date) -> Any:
    """Return the list of the day with the filters of the address."""
    request.day, request.standards = day, rule_sets_on(day, STANDARD)
    return build_listing(
        request,
        _lacking(request),
        table=GapTable,
        filters=GapFilter,
        title=_("Qualification gaps"),
        empty={"title": _("No gap on this day"), "text": _("Everybody in scope meets the standards that are known.")},
    )


def _lacking(request: HttpRequest) -> QuerySet[Person]:
    """Return the people in scope with any gap."""
    people = policies.people_visible_to(request.user).filter(merged_into=None, left_on=None).select_related("unit")
    keys = [lacking(people, request.standards, request.day, one).order_by().values("pk") for one in GAP_KINDS]
    return people.filter(pk__in=keys[0]) | people.filter(pk__in=keys[1])


GAP_KINDS = (Answer.NOT_ELIGIBLE, Answer.MISSING_DATA)


def _sayer(found: Gaps) -> Callable[[int], list[str]]:
    """Return the function that says what somebody lacks, post by post."""
    posts = dict(found.table.group_by("id").agg("post").iter_rows())

    def said(key: int) -> list[str]:
        return [line for code in posts.get(key, ()) for line in sentences(found.swept.verdict((code, ""), key))]

    return said


def _told(done: GapNeeds) -> list[str]:
    """Return what was done and who was left out."""
    said = [ngettext("%(count)s person was named.", "%(count)s people were named.", done.added) % {"count": done.added}]
    if done.present:
        said.append(_("%(count)s were named before.") % {"count": done.present})
    if done.already_sent:
        said.append(_("%(count)s left out: their unit has sent its answer.") % {"count": len(done.already_sent)})
    if done.not_asked:
        said.append(_("%(count)s left out: the survey does not ask their unit.") % {"count": len(done.not_asked)})
    return said


def _note(request: HttpRequest, count: int) -> None:
    """Write down the read: conditions of degrees look at the ethnic group."""
    kind = ReadKind.EXPORT if request.GET.get("export") else ReadKind.PAGE
    fields = ("registry.Person.ethnicity",)
    note_read(user=request.user, kind=kind, purpose=Purpose.ELIGIBILITY, fields=fields, count=count, note="gaps")
