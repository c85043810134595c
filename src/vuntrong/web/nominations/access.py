"""Fetching what a page of nominations is about: strangers get 404, people without the right 403."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from vuntrong.accounts.queries import Somebody
from vuntrong.classes import policies
from vuntrong.classes.models import Nomination, Quota
from vuntrong.kernel.errors import DomainError
from vuntrong.web.classes.sentences import explain
from vuntrong.web.kit.forms import KitForm

May = Callable[[Somebody, Any], bool]


def seen_places(request: HttpRequest, quota_id: int) -> Quota:
    """Return the places of a unit in a class that the person may see. 1 query besides her scope."""
    rows = policies.quotas_visible_to(request.user).select_related("unit", "class_run__programme", "class_run__owner")
    return get_object_or_404(rows, pk=quota_id)


def seen_nomination(request: HttpRequest, nomination_id: int, may: May | None = None) -> Nomination:
    """Return a nomination that the person may see, and with which she may do what `may` asks. 1 query besides scope."""
    rows = policies.nominations_visible_to(request.user).select_related(
        "person__unit",
        "unit",
        "class_run__programme",
        "class_run__owner",
        "exception__letter",
        "replaced_by",
        "moved_to",
    )
    found = get_object_or_404(rows, pk=nomination_id)
    admit(request, found, may)
    return found


def admit(request: HttpRequest, record: Model, may: May | None) -> None:
    """Let go on who may. Raises PermissionDenied."""
    if may is not None and not may(request.user, record):
        raise PermissionDenied


def say(request: HttpRequest, refusal: DomainError) -> None:
    """Show the sentences of a refusal on the next page."""
    for sentence in explain(refusal):
        messages.error(request, sentence)


def answer_form(
    request: HttpRequest, form: KitForm, do: Callable[[], Any], *, done: str, back: str, **shown: Any
) -> HttpResponse:
    """Answer a page with one form: carry out `do` when it is filled in, then say `done` and go `back`."""
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    return render(request, "nominations/form.html", {"form": form, "back": back, **shown})


def do_or_say(request: HttpRequest, do: Callable[[], str], back: str) -> HttpResponse:
    """Carry out `do`, which says what was done, show that or the refusal, and go `back`."""
    try:
        messages.success(request, do())
    except DomainError as refusal:
        say(request, refusal)
    return redirect(back)
