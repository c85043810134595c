"""Making classes: from the plan, outside the plan; changing their words and units."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuntrong.accounts.policies import may_plan
from vuntrong.classes import policies
from vuntrong.classes.actions import making
from vuntrong.classes.queries import line_facts, lines_with_left
from vuntrong.kernel.errors import DomainError
from vuntrong.web.classes.access import actor, makeable_line, managed_class
from vuntrong.web.classes.forms import ContentForm, MakeForm, RolesForm, UnplannedForm, content_now, roles_now
from vuntrong.web.classes.sentences import explain
from vuntrong.web.context import current_year


def choose_line(request: HttpRequest) -> HttpResponse:
    """Show the approved lines of the year with the classes that they still may have."""
    if not may_plan(request.user):
        raise PermissionDenied
    year = current_year(request)
    lines = lines_with_left(year, policies.lines_makeable_by(request.user))
    return render(request, "classes/choose_line.html", {"lines": lines, "year": year})


def make(request: HttpRequest, line_id: int) -> HttpResponse:
    """Make classes from a line."""
    line = makeable_line(request, line_id)
    facts = line_facts(line, None)
    form = MakeForm(request.POST or None, line=line, left=facts.wanted)
    if request.method == "POST" and form.is_valid():
        try:
            made = making.create_classes_from_line(line=line, **form.cleaned_data, by=actor(request))
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            words = ngettext("Made %(count)s class.", "Made %(count)s classes.", len(made))
            messages.success(request, words % {"count": len(made)})
            return redirect("classes:class", made[0].pk) if len(made) == 1 else redirect("classes:list")
    return render(request, "classes/make.html", {"form": form, "line": line, "facts": facts})


def create_unplanned(request: HttpRequest) -> HttpResponse:
    """Open a class outside every plan by its own decision."""
    if not may_plan(request.user):
        raise PermissionDenied
    form = UnplannedForm(request.POST or None, owners=policies.owners_open_to(request.user))
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("owner", "programme", "side", "opens_on")}
        paper = form.decision(typed["owner"])
        try:
            run = making.create_unplanned_class(
                **typed, content=form.content, decision=paper, roles=form.roles, by=actor(request)
            )
            return redirect("classes:class", run.pk)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
    return render(request, "classes/create_unplanned.html", {"form": form})


def edit(request: HttpRequest, class_id: int) -> HttpResponse:
    """Change the words and figures of a class."""
    run = managed_class(request, class_id)
    form = ContentForm(request.POST or None, initial=content_now(run))
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            making.edit_class(class_run=run, revision=revision, content=form.content, by=actor(request))
            messages.success(request, _("The class is saved."))
            return redirect("classes:class", run.pk)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
            form.refresh_revision(run)
    return render(request, "classes/form.html", {"form": form, "run": run, "title": _("Edit the class")})


def roles(request: HttpRequest, class_id: int) -> HttpResponse:
    """Say what units do in a class."""
    run = managed_class(request, class_id)
    form = RolesForm(request.POST or None, initial=roles_now(run))
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            making.set_roles(class_run=run, revision=revision, roles=form.roles, by=actor(request))
            messages.success(request, _("The units of the class are saved."))
            return redirect("classes:class", run.pk)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
            form.refresh_revision(run)
    return render(request, "classes/form.html", {"form": form, "run": run, "title": _("Units of the class")})
