"""The answer of one unit: typed, saved, sent, taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.kernel.errors import DomainError, RuleBroken, StaleState
from vuntrong.kernel.text import nfc, search_key
from vuntrong.planning.actions import answers as actions
from vuntrong.planning.policies import surveys as policies
from vuntrong.planning.queries import survey_answers
from vuntrong.planning.queries import surveys as queries
from vuntrong.web.surveys import answer_forms, answer_pages
from vuntrong.web.surveys.pages import signed_in
from vuntrong.web.surveys.sentences import explain_all

SHORTEST_SEARCH = 1


def answer(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Show the answer of a unit, and take it while it may be written."""
    asked = answer_pages.asked(request, survey_id, unit_id)
    may_write = policies.may_answer(request.user, asked.survey, unit_id)
    if request.method != "POST":
        return answer_pages.show(request, asked, may_write=may_write)
    if not may_write:
        raise PermissionDenied
    form = answer_forms.from_post(asked.unit, queries.offered(asked.survey), request.POST)
    if not form.is_valid:
        return answer_pages.show(request, asked, may_write=True, form=form)
    return _write(request, asked, form)


@require_POST
def recall(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Take a sent answer back to change it."""
    asked = answer_pages.asked(request, survey_id, unit_id)
    if not policies.may_answer(request.user, asked.survey, unit_id):
        raise PermissionDenied
    given = get_object_or_404(asked.survey.answers.select_related("survey", "unit"), unit=asked.unit)
    try:
        actions.recall_answer(answer=given, by=signed_in(request))
    except RuleBroken as refusal:
        messages.error(request, " ".join(explain_all(refusal.violations)))
    except DomainError:
        messages.error(request, _("The answer was taken back meanwhile. This page shows it as it is now."))
    else:
        messages.success(request, _("The answer is open again and does not count until it is sent."))
    return redirect("surveys:answer", survey_id, unit_id)


def people(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Answer the people of the unit whose name holds what was typed."""
    asked = answer_pages.asked(request, survey_id, unit_id)
    if not policies.may_answer(request.user, asked.survey, unit_id):
        raise PermissionDenied
    typed = nfc(request.GET.get("q", ""))[:120]
    found = survey_answers.people_like(asked.unit, search_key(typed)) if len(typed) >= SHORTEST_SEARCH else []
    rows = [answer_forms.row_of(person, 0) for person in found]
    return render(request, "surveys/_people.html", {"rows": rows, "typed": typed})


def _write(request: HttpRequest, asked: answer_pages.Asked, form: answer_forms.AnswerForm) -> HttpResponse:
    """Save or send what was typed; a refusal shows the page again with everything on it."""
    is_sending = request.POST.get("act") == "send"
    said: dict[str, Any] = {"content": form.content(), "revision": form.revision, "by": signed_in(request)}
    act = actions.send_answer if is_sending else actions.save_answer
    late = {"late_reason": form.late_reason} if is_sending else {}
    try:
        act(survey=asked.survey, unit=asked.unit, **said, **late)
    except RuleBroken as refusal:
        return _refused(request, asked, form, refusal)
    except StaleState:
        answer_pages.overtaken(asked, form)
        return answer_pages.show(request, asked, may_write=True, form=form)
    done = _("The answer is sent.") if is_sending else _("The draft is saved. It is not counted until it is sent.")
    messages.success(request, done)
    return redirect("surveys:answer", asked.survey.pk, asked.unit.pk)


def _refused(
    request: HttpRequest, asked: answer_pages.Asked, form: answer_forms.AnswerForm, refusal: RuleBroken
) -> HttpResponse:
    """Show why nothing was written; a second click on Send only finds that the answer is sent."""
    if any(one.code == "answer-already-sent" for one in refusal.violations):
        messages.info(request, " ".join(explain_all(refusal.violations)))
        return redirect("surveys:answer", asked.survey.pk, asked.unit.pk)
    form.mark(refusal.violations)
    return answer_pages.show(request, asked, may_write=True, form=form)
