"""The catalogue, and people: list, page, form."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vuntrong.accounts import policies
from vuntrong.registry import actions
from vuntrong.web.registry import showing
from vuntrong.web.registry.forms import PersonForm


def catalogue(request: HttpRequest) -> HttpResponse:
    """Show the ways to units, programmes, target groups and the action log."""
    shown = {
        "may_see_log": policies.may_see_log(request.user),
        "may_keep_privacy": policies.may_keep_privacy(request.user),
    }
    return render(request, "registry/catalogue.html", shown)


def person_create(request: HttpRequest) -> HttpResponse:
    """Enter a person; somebody of the same name and birth date must be looked at first."""
    units = policies.units_enterable_by(request.user)
    if not units.exists():
        raise PermissionDenied
    form = PersonForm(request.POST or None, units=units)
    known = []
    if request.method == "POST" and form.is_valid():
        visible = policies.people_visible_to(request.user)
        known = showing.namesakes(visible, form.cleaned_data["full_name"], form.cleaned_data["born_on"])
        if not known or form.cleaned_data["is_meant"]:
            made = actions.create_person(new=form.new_person, by=request.user)
            return redirect("registry:person", made.pk)
        form.warn()
    return render(request, "registry/person_create.html", {"form": form, "known": known})
