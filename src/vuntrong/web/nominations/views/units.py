"""The desk of a sending unit: its places in classes, whom it nominates, and what became of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts.policies import people_visible_to
from vuntrong.classes import policies
from vuntrong.classes.actions import nomination as actions
from vuntrong.classes.judging import begins_on
from vuntrong.classes.models import Quota
from vuntrong.classes.seats import quota_uses
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.enums import Purpose, ReadKind
from vuntrong.web.classes.access import actor
from vuntrong.web.classes.keys import whole
from vuntrong.web.eligibility.asked import SENSITIVE
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.nominations.access import admit, do_or_say, seen_places
from vuntrong.web.nominations.showing import found_people, verdict_state
from vuntrong.web.nominations.tables import PlacesTable, with_use


def places(request: HttpRequest) -> HttpResponse:
    """List the places of units in classes."""
    text = _("Places appear here when the owner of a class has entered the decision that gives them.")
    return answer_list(
        request,
        "nominations/list.html",
        with_use(policies.quotas_visible_to(request.user)).order_by(
            "-class_run__planned_start", "unit__sort_key", "pk"
        ),
        table=PlacesTable,
        title=_("Nominations"),
        search=("class_run__search_key", "unit__search_key"),
        empty={"title": _("No places yet"), "text": text},
        context={"sees_exceptions": policies.exceptions_visible_to(request.user).exists()},
    )


def unit(request: HttpRequest, quota_id: int) -> HttpResponse:
    """Show the places of a unit in a class; the fragment answers with verdicts while a name is typed."""
    quota = seen_places(request, quota_id)
    words = request.GET.get("q", "").strip()
    found = found_people(request.user, quota, words)
    note_read(user=actor(request), kind=ReadKind.PAGE, purpose=Purpose.ELIGIBILITY, fields=SENSITIVE, count=len(found))
    shown = {"quota": quota, "run": quota.class_run, "words": words, "found": found}
    shown |= {"may_nominate": policies.may_nominate(request.user, quota), "day": begins_on(quota.class_run)}
    if request.htmx:
        return render(request, "nominations/_found.html", shown)
    return render(request, "nominations/unit.html", shown | _rows_of(quota))


def _rows_of(quota: Quota) -> dict[str, Any]:
    rows = quota.class_run.nominations.filter(unit=quota.unit_id).select_related("person").in_order()
    use = quota_uses(quota.class_run, [quota.unit_id])[0]
    return {"rows": [(row, verdict_state(row)) for row in rows], "use": use}


@require_POST
def nominate(request: HttpRequest, quota_id: int) -> HttpResponse:
    """Nominate one person of the unit."""
    quota = seen_places(request, quota_id)
    admit(request, quota, policies.may_nominate)
    person = get_object_or_404(people_visible_to(request.user), pk=whole(request.POST.get("person")))

    def do() -> str:
        actions.nominate(class_run=quota.class_run, unit=quota.unit, people=[person], by=actor(request))
        return _("%(name)s is nominated.") % {"name": person.full_name}

    return do_or_say(request, do, reverse("nominations:unit", args=[quota.pk]))
