"""The desk of the owner of a class: the list of nominations, places, bulk answers, enrolment by decision."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vuntrong.classes import policies
from vuntrong.classes.actions import nomination as actions
from vuntrong.classes.actions import nomination_answers as answers
from vuntrong.classes.enums import ENROLLING_STATES
from vuntrong.classes.models import ClassRun
from vuntrong.classes.rules.nominations import free_seats
from vuntrong.classes.seats import quota_uses, seats_taken
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.enums import Purpose, ReadKind
from vuntrong.web.classes.access import actor, managed_class, seen_class
from vuntrong.web.classes.keys import whole
from vuntrong.web.classes.views.detail import frame_of
from vuntrong.web.eligibility.asked import SENSITIVE
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.kit.values import Figure
from vuntrong.web.nominations.access import answer_form, do_or_say
from vuntrong.web.nominations.forms import EnrolForm, PlacesForm
from vuntrong.web.nominations.tables import NominationFilter, NominationTable, SeenNominationTable


def nominations(request: HttpRequest, class_id: int) -> HttpResponse:
    """List the nominations of a class that the person may see."""
    run = seen_class(request, class_id)
    shown = frame_of(request, run, "nominations") | _standing(run)
    rows = run.nominations.filter(pk__in=policies.nominations_visible_to(request.user).values("pk"))
    _note(request, rows.count(), run.code)
    empty = {"title": _("Nobody is nominated yet"), "text": _("Give places to units; then they nominate here.")}
    return answer_list(
        request,
        "nominations/class.html",
        rows.select_related("person", "unit").in_order(),
        table=NominationTable if shown["may_manage"] else SeenNominationTable,
        filters=NominationFilter,
        title=_("Nominations for %(code)s") % {"code": run.code},
        search="person__search_key",
        empty=empty,
        context=shown,
    )


def _note(request: HttpRequest, count: int, note: str) -> None:
    kind = ReadKind.EXPORT if request.GET.get("export") else ReadKind.PAGE
    purpose = Purpose.ELIGIBILITY
    note_read(user=actor(request), kind=kind, purpose=purpose, fields=SENSITIVE, count=count, note=note)


def _standing(run: ClassRun) -> dict[str, Any]:
    """Return the seats and the waiting list of a class. 3 queries."""
    taken = seats_taken(run)
    line = list(run.nominations.filter(state="waiting").in_order().values_list("person__full_name", flat=True))
    accepted = run.nominations.filter(state="accepted").count()
    url = reverse("nominations:class", args=[run.pk])
    most = _("no limit") if run.capacity is None else _("of %(count)s places") % {"count": run.capacity}
    least = "" if run.minimum is None else _("at least %(count)s") % {"count": run.minimum}
    figures = [
        Figure(_("Seats taken"), taken, meaning=most, url=url, share=taken / run.capacity if run.capacity else None),
        Figure(_("Accepted, not yet enrolled"), accepted, meaning=least, url=f"{url}?state=accepted"),
        Figure(_("On the waiting list"), len(line), url=f"{url}?state=waiting"),
    ]
    left = free_seats(run.capacity, taken)
    return {"figures": figures, "line_up": line[:10], "left": left, "is_enrolling": run.state in ENROLLING_STATES}


@require_POST
def accept(request: HttpRequest, class_id: int) -> HttpResponse:
    """Accept the ticked nominations; whoever finds no seat waits."""
    run = managed_class(request, class_id)

    def do() -> str:
        done = answers.accept(class_run=run, nominations=_ticked(request), by=actor(request))
        return accepted_words(done)

    return do_or_say(request, do, reverse("nominations:class", args=[run.pk]))


def accepted_words(done: answers.Accepted) -> str:
    """Return what became of accepted people."""
    shown = {"seated": done.seated, "waiting": done.waiting}
    return _("Accepted with a seat: %(seated)s. On the waiting list: %(waiting)s.") % shown


@require_POST
def judge(request: HttpRequest, class_id: int) -> HttpResponse:
    """Take the verdicts of the ticked nominations again."""
    run = managed_class(request, class_id)

    def do() -> str:
        return judged_words(actions.judge_again(class_run=run, nominations=_ticked(request), by=actor(request)))

    return do_or_say(request, do, reverse("nominations:class", args=[run.pk]))


def judged_words(count: int) -> str:
    """Return how many verdicts changed."""
    said = ngettext("%(count)s verdict has changed.", "%(count)s verdicts have changed.", count)
    return said % {"count": count}


def _ticked(request: HttpRequest) -> list[int]:
    return [whole(text) for text in request.POST.getlist("rows")]


def places(request: HttpRequest, class_id: int) -> HttpResponse:
    """Give places to units by a decision."""
    run = managed_class(request, class_id)
    form = PlacesForm(request.POST or None, uses=quota_uses(run))

    def do() -> None:
        source = form.cleaned_data["source"]
        actions.set_quotas(class_run=run, quotas=form.quotas, source=source, by=actor(request))

    back = reverse("nominations:class", args=[run.pk])
    words = {"title": _("Places of units"), "verb": _("Save the places"), "run": run}
    return answer_form(request, form, do, done=_("The places are saved."), back=back, **words)


def enrol(request: HttpRequest, class_id: int) -> HttpResponse:
    """Put everybody who is accepted on the list of the class by a decision."""
    run = managed_class(request, class_id)
    form = EnrolForm(request.POST or None)

    def do() -> None:
        answers.enrol_accepted(class_run=run, decision=form.cleaned_data["decision"], by=actor(request))

    count = run.nominations.filter(state="accepted").count()
    text = _("%(count)s accepted people become learners of the class; their verdicts stay as they are.")
    words = {"title": _("Enrol the accepted people"), "text": text % {"count": count}, "run": run}
    back, done = reverse("nominations:class", args=[run.pk]), _("The accepted people are enrolled.")
    return answer_form(request, form, do, done=done, back=back, verb=_("Enrol by decision"), **words)
