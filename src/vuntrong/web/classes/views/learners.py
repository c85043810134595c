"""Learners of a class: the list, enrolling one by one and from the survey, leaving and coming back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vuntrong.accounts.policies import people_visible_to
from vuntrong.classes import policies
from vuntrong.classes.actions import enrolment, results
from vuntrong.classes.enums import ENROLLING_STATES
from vuntrong.classes.models import Enrolment
from vuntrong.classes.queries import learners_of, needs_behind, needs_by_unit
from vuntrong.classes.seats import seats_taken
from vuntrong.kernel.errors import DomainError
from vuntrong.planning.models import TrainingNeed
from vuntrong.web.classes.access import actor, managed_class, seen_class
from vuntrong.web.classes.filters import LearnerFilter
from vuntrong.web.classes.keys import whole
from vuntrong.web.classes.learner_forms import DepartForm, NewPersonForm, ReinstateForm
from vuntrong.web.classes.people import candidates
from vuntrong.web.classes.sentences import explain
from vuntrong.web.classes.tables import LearnerTable, SeenLearnerTable
from vuntrong.web.classes.views.detail import frame_of
from vuntrong.web.kit.listing import answer_list


def learners(request: HttpRequest, class_id: int) -> HttpResponse:
    """List the learners of a class whom the person may see."""
    run = seen_class(request, class_id)
    shown = frame_of(request, run, "learners") | {"is_enrolling": run.state in ENROLLING_STATES}
    rows = learners_of(run).filter(pk__in=policies.learners_visible_to(request.user, run).values("pk"))
    return answer_list(
        request,
        "classes/learners.html",
        rows,
        table=LearnerTable if shown["may_manage"] else SeenLearnerTable,
        filters=LearnerFilter,
        title=_("Learners of %(code)s") % {"code": run.code},
        search="person__search_key",
        empty={"title": _("Nobody is enrolled yet"), "text": _("Enrol by name, from the survey or from a workbook.")},
        context=shown,
    )


def enrol(request: HttpRequest, class_id: int) -> HttpResponse:
    """Find people to enrol; the fragment answers while a name is typed."""
    run = managed_class(request, class_id)
    words = request.GET.get("q", "").strip()
    found = candidates(people_visible_to(request.user), run, words)
    shown = {**frame_of(request, run, "learners"), "words": words, "found": found}
    return render(request, "classes/_candidates.html" if request.htmx else "classes/enrol.html", shown)


@require_POST
def enrol_person(request: HttpRequest, class_id: int) -> HttpResponse:
    """Put one known person on the list."""
    run = managed_class(request, class_id)
    person = get_object_or_404(people_visible_to(request.user), pk=whole(request.POST.get("person")))
    try:
        enrolment.enrol(class_run=run, person=person, by=actor(request))
        messages.success(request, _("%(name)s is enrolled.") % {"name": person.full_name})
    except DomainError as refusal:
        _say(request, refusal)
    return redirect("classes:enrol", run.pk)


def enrol_new(request: HttpRequest, class_id: int) -> HttpResponse:
    """Enter somebody who is not known yet and put her on the list."""
    run = managed_class(request, class_id)
    form = NewPersonForm(request.POST or None, initial={"full_name": request.GET.get("name", "")})
    if request.method == "POST" and form.is_valid():
        try:
            enrolment.enrol_new_person(
                class_run=run, new=form.person, note=form.cleaned_data["note"], by=actor(request)
            )
            messages.success(request, _("%(name)s is enrolled.") % {"name": form.cleaned_data["full_name"]})
            return redirect("classes:enrol", run.pk)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "classes/enrol_new.html", {"form": form, "run": run})


def from_needs(request: HttpRequest, class_id: int) -> HttpResponse:
    """Tick people whom units named in the survey behind the plan."""
    run = managed_class(request, class_id)
    needs = needs_behind(run)
    chosen = {pk for text in request.POST.getlist("needs") if (pk := whole(text))}
    refused: list[str] = []
    if request.method == "POST":
        try:
            count = enrolment.enrol_from_needs(class_run=run, needs=_chosen(needs, chosen), by=actor(request))
            messages.success(request, _enrolled(count))
            return redirect("classes:learners", run.pk)
        except DomainError as refusal:
            refused = explain(refusal)
    left = None if run.capacity is None else max(0, run.capacity - seats_taken(run))
    shown = {"run": run, "groups": needs_by_unit(needs), "chosen": chosen, "refused": refused, "left": left}
    return render(request, "classes/from_needs.html", shown)


def _chosen(needs: list[Any], chosen: set[int]) -> list[TrainingNeed]:
    return [one.need for one in needs if one.need.pk in chosen]


def _enrolled(count: int) -> str:
    return ngettext("%(count)s learner is enrolled.", "%(count)s learners are enrolled.", count) % {"count": count}


def depart(request: HttpRequest, class_id: int) -> HttpResponse:
    """Record who left or never came; first the ticked people are shown with a form."""
    run = managed_class(request, class_id)
    keys = [whole(text) for text in request.POST.getlist("rows")]
    people = list(learners_of(run).filter(pk__in=keys))
    form = DepartForm(request.POST if "on" in request.POST else None, run=run, people=people)
    if form.is_valid():
        try:
            results.mark_departed(class_run=run, enrolments=form.seen, **form.said, by=actor(request))
            messages.success(request, _("The list is changed."))
            return redirect("classes:learners", run.pk)
        except DomainError as refusal:
            form.refuse(refusal)
    return render(request, "classes/depart.html", {"form": form, "run": run, "people": people})


def reinstate(request: HttpRequest, class_id: int, enrolment_id: int) -> HttpResponse:
    """Take somebody back who left or was thought absent."""
    run = managed_class(request, class_id)
    row: Enrolment = get_object_or_404(learners_of(run), pk=enrolment_id)
    form = ReinstateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            results.reinstate(enrolment=row, reason=form.cleaned_data["reason"], by=actor(request))
            messages.success(request, _("%(name)s is on the list again.") % {"name": row.person.full_name})
            return redirect("classes:learners", run.pk)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "classes/reinstate.html", {"form": form, "run": run, "row": row})


def _say(request: HttpRequest, refusal: DomainError) -> None:
    for sentence in explain(refusal):
        messages.error(request, sentence)
