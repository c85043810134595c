"""The desk of requests: enter, answer, extend, carry out, refuse."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vuntrong.accounts import policies
from vuntrong.kernel.errors import DomainError
from vuntrong.registry.actions import requests as actions
from vuntrong.registry.models import DataRequest
from vuntrong.registry.queries.privacy import latest_extension, with_due
from vuntrong.web.history.entries import entries_of
from vuntrong.web.kit.forms import KitForm
from vuntrong.web.kit.listing import answer_list, matching
from vuntrong.web.privacy import showing
from vuntrong.web.privacy.filters import RequestFilter
from vuntrong.web.privacy.forms import AnswerForm, EnterForm, ExtendForm, FindForm, OutcomeForm, ReasonForm
from vuntrong.web.privacy.sentences import explain
from vuntrong.web.privacy.tables import RequestTable

FOUND = 20


def requests(request: HttpRequest) -> HttpResponse:
    """List the requests that the office answers, the next due first."""
    if not policies.may_keep_privacy(request.user):
        raise PermissionDenied
    return answer_list(
        request,
        "privacy/requests.html",
        with_due(policies.requests_visible_to(request.user)).select_related("person__unit"),
        table=RequestTable,
        filters=RequestFilter,
        title=_("Requests about personal data"),
        search="person__search_key",
        empty={"title": _("No request yet"), "text": _("People ask on their page, or you enter what they wrote.")},
    )


def find(request: HttpRequest) -> HttpResponse:
    """Find the person for whom a request is entered."""
    if not policies.may_keep_privacy(request.user):
        raise PermissionDenied
    form = FindForm(request.GET or None)
    found = []
    if form.is_valid():
        people = policies.records_kept_by(request.user).filter(merged_into=None, anonymised_on=None)
        found = matching(people.select_related("unit"), form.cleaned_data["q"], ["search_key"])[:FOUND]
    return render(request, "privacy/find.html", {"form": form, "found": found})


def enter(request: HttpRequest, person_id: int) -> HttpResponse:
    """Enter what a person without an account asks."""
    person = get_object_or_404(policies.records_kept_by(request.user), pk=person_id)
    form = EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_request(person=person, **form.cleaned_data, by=request.user)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            return redirect("privacy:request", made.pk)
    return render(request, "privacy/enter.html", {"form": form, "person": person})


def one(request: HttpRequest, request_id: int) -> HttpResponse:
    """Show a request with its days; the person herself sees her own."""
    found = _found(request, request_id)
    shown = {
        "asked": found,
        "state": showing.due_state(found, timezone.localdate()),
        "facts": showing.request_facts(found),
        "terms": showing.terms_of(found),
        "may_answer": policies.may_answer_request(request.user, found),
        "may_extend": found.extended_to is None,
        "entries": entries_of(found),
    }
    return render(request, "privacy/request.html", shown)


def answer(request: HttpRequest, request_id: int) -> HttpResponse:
    """Tell the person what will be done."""
    found = _answerable(request, request_id)
    form = AnswerForm(request.POST or None)
    done = _("The answer is recorded.")
    return _act(request, found, form, _("Answer"), done, lambda typed: actions.answer_request(request=found, **typed))


def extend(request: HttpRequest, request_id: int) -> HttpResponse:
    """Extend the term once."""
    found = _answerable(request, request_id)
    latest = latest_extension(found.received_on, found.carry_out_by)
    form = ExtendForm(request.POST or None, initial={"until": latest})
    revision = int(request.POST.get("revision") or 0)
    return _act(
        request,
        found,
        form,
        _("Extend the term"),
        _("The term is extended."),
        lambda typed: actions.extend_request(request=found, revision=revision, **typed),
    )


def carry_out(request: HttpRequest, request_id: int) -> HttpResponse:
    """Record what was done, and do to the record what was chosen."""
    found = _answerable(request, request_id)
    form = OutcomeForm(request.POST or None, request=found)
    return _act(
        request,
        found,
        form,
        _("Carry out"),
        _("The request is closed."),
        lambda typed: actions.carry_out_request(request=found, **typed),
    )


def refuse(request: HttpRequest, request_id: int) -> HttpResponse:
    """Refuse, with the reason that the person is told."""
    found = _answerable(request, request_id)
    form = ReasonForm(request.POST or None)
    done = _("The refusal is recorded.")
    return _act(request, found, form, _("Refuse"), done, lambda typed: actions.refuse_request(request=found, **typed))


def _found(request: HttpRequest, request_id: int) -> DataRequest:
    visible = policies.requests_visible_to(request.user).select_related("person__unit", "made_by")
    return get_object_or_404(visible, pk=request_id)


def _answerable(request: HttpRequest, request_id: int) -> DataRequest:
    """Return the request. Raises PermissionDenied for the person herself, who does not answer her own."""
    found = _found(request, request_id)
    if not policies.may_answer_request(request.user, found):
        raise PermissionDenied
    return found


def _act(
    request: HttpRequest, found: DataRequest, form: KitForm, verb: str, done: str, act: Callable[..., Any]
) -> HttpResponse:
    """Show the form; once it is sent, act, and show it again with what was typed where the act is refused."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data | {"by": request.user})
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, done)
            return redirect("privacy:request", found.pk)
    return render(request, "privacy/act.html", {"form": form, "asked": found, "verb": verb})
