"""Papers of a class: what can be issued, preparing one with a preview, issuing it, and who is in charge."""

import re
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vuntrong.accounts.policies import people_visible_to
from vuntrong.classes.actions.papers import issue_class_paper, set_duties, violations_of
from vuntrong.classes.enums import ClassPaper
from vuntrong.classes.models import ClassRun
from vuntrong.classes.papers.content import gather
from vuntrong.kernel.errors import RuleBroken
from vuntrong.registry.models import Person
from vuntrong.web.classes.access import actor, managed_class
from vuntrong.web.classes.views.detail import frame_of
from vuntrong.web.papers import drafts, showing
from vuntrong.web.papers.forms import DutiesForm
from vuntrong.web.papers.sentences import explain, explained


def class_papers(request: HttpRequest, class_id: int) -> HttpResponse:
    """Show which papers a class can have, which it has, and who is in charge of it."""
    run = managed_class(request, class_id)
    shown = {
        **frame_of(request, run, "papers"),
        "choices": showing.choices(run),
        "facts": showing.duty_facts(run),
    }
    return render(request, "papers/class.html", shown)


def prepare(request: HttpRequest, class_id: int, paper: str) -> HttpResponse:
    """Fill in a paper beside its preview; issue it when nothing is missing."""
    if paper not in ClassPaper.values:
        raise Http404
    run = managed_class(request, class_id)
    form = drafts.form_of(request, run, paper)
    made = drafts.drafts_of(run, paper, form) if form.is_valid() else []
    problems = [explained(one) for one in violations_of(made[0])] if made else []
    if "issue" in request.POST and made and not problems:
        return _issued(request, run, made)
    shown = {
        **frame_of(request, run, "papers"),
        "paper": ClassPaper(paper),
        "form": form,
        "problems": problems,
        "pages": showing.previewed(made[0]) if made else [],
        "count": len(made),
    }
    return render(request, "papers/prepare.html", shown)


def _issued(request: HttpRequest, run: ClassRun, made: list[Any]) -> HttpResponse:
    """Issue every draft in a transaction of its own, so that nobody waits for all of them."""
    issued = []
    try:
        for draft in made:
            issued.append(issue_class_paper(draft=draft, by=actor(request)))  # noqa: PERF401 - some may be issued when one is refused
    except RuleBroken as refusal:
        messages.error(request, " ".join(explain(refusal)))
    if issued:
        numbers = ", ".join(one.reference for one in issued)
        messages.success(request, _("Issued: %(numbers)s.") % {"numbers": numbers})
    return redirect("papers:paper", issued[0].pk) if len(issued) == 1 else redirect("papers:class", run.pk)


def page_image(request: HttpRequest, class_id: int, key: str, page: int) -> HttpResponse:
    """Send one page of a preview as a picture."""
    run = managed_class(request, class_id)
    images = cache.get(showing.cache_name(run.pk, key)) if re.fullmatch(r"[0-9a-f]{64}", key) else None
    if not images or not 1 <= page <= len(images):
        raise Http404
    return HttpResponse(images[page - 1], content_type="image/png")


def duties(request: HttpRequest, class_id: int) -> HttpResponse:
    """Name form-master and class committee from a day on."""
    run = managed_class(request, class_id)
    learners = Person.objects.filter(pk__in=[one.person_id for one in gather(run, timezone.localdate()).enrolments])
    masters = people_visible_to(request.user).filter(unit=run.owner)
    form = DutiesForm(request.POST or None, masters=masters, learners=learners, initial=drafts.held(run))
    if request.method == "POST" and form.is_valid():
        set_duties(class_run=run, holders=form.holders, on=form.cleaned_data["on"], by=actor(request))
        messages.success(request, _("Form-master and class committee are named."))
        return redirect("papers:class", run.pk)
    return render(request, "papers/duties.html", {"run": run, "form": form})
