"""The life of a class: opening, start, modules, closing, cancelling."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vuntrong.classes import policies
from vuntrong.classes.actions import life
from vuntrong.classes.models import ClassRun
from vuntrong.kernel.errors import DomainError
from vuntrong.web.classes.access import actor, managed_class, seen_class
from vuntrong.web.classes.forms import CancelForm, CloseForm, DecisionForm, ModulesForm, StartForm
from vuntrong.web.classes.sentences import explain
from vuntrong.web.kit.forms import KitForm

Act = Callable[[KitForm], Any]


def open_class(request: HttpRequest, class_id: int) -> HttpResponse:
    """Open a class by a decision."""
    run = managed_class(request, class_id)
    start = {"issuer_text": run.owner.name, "opens_on": run.planned_start, "ends_on": run.planned_end}
    form = DecisionForm(request.POST or None, initial=start)

    def act(typed: KitForm) -> None:
        days = {name: typed.cleaned_data[name] for name in ("opens_on", "ends_on")}
        life.open_class(class_run=run, decision=form.decision(run.owner), **days, by=actor(request))

    return _answer(request, run, form, act, _("Open the class"), _("The class is opened."))


def start(request: HttpRequest, class_id: int) -> HttpResponse:
    """Record the first day of a class."""
    run = managed_class(request, class_id)
    form = StartForm(request.POST or None, initial={"on": run.opened_on})

    def act(typed: KitForm) -> None:
        life.start_class(class_run=run, on=typed.cleaned_data["on"], by=actor(request))

    return _answer(request, run, form, act, _("Record the start"), _("The class is running."))


def modules(request: HttpRequest, class_id: int) -> HttpResponse:
    """Record how many modules are finished."""
    run = seen_class(request, class_id)
    if not policies.may_record_modules(request.user, run):
        raise PermissionDenied
    form = ModulesForm(request.POST or None, initial={"finished": run.modules_finished})

    def act(typed: KitForm) -> None:
        life.record_modules(class_run=run, finished=typed.cleaned_data["finished"], by=actor(request))

    return _answer(request, run, form, act, _("Record finished modules"), _("The finished modules are saved."))


def close(request: HttpRequest, class_id: int) -> HttpResponse:
    """Close a class."""
    run = managed_class(request, class_id)
    form = CloseForm(request.POST or None)

    def act(typed: KitForm) -> None:
        life.close_class(class_run=run, on=typed.cleaned_data["on"], by=actor(request))

    return _answer(request, run, form, act, _("Close the class"), _("The class is closed."))


def cancel(request: HttpRequest, class_id: int) -> HttpResponse:
    """Give a class up."""
    run = managed_class(request, class_id)
    form = CancelForm(request.POST or None)

    def act(typed: KitForm) -> None:
        life.cancel_class(class_run=run, reason=typed.cleaned_data["reason"], by=actor(request))

    return _answer(request, run, form, act, _("Cancel the class"), _("The class is cancelled."))


def _answer(request: HttpRequest, run: ClassRun, form: KitForm, act: Act, verb: str, done: str) -> HttpResponse:
    """Show the form; once it is sent, act, and show it again with what was typed where the act is refused."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, done)
            return redirect("classes:class", run.pk)
    return render(request, "classes/form.html", {"form": form, "run": run, "title": verb, "verb": verb})
