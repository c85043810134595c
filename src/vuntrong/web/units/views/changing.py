"""Entering a unit, and correcting or changing its words."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from vuntrong.accounts import policies
from vuntrong.kernel.errors import RuleBroken
from vuntrong.registry.actions.reorganise import draft_reorganisation
from vuntrong.registry.actions.units import change_unit, create_unit
from vuntrong.registry.models import Unit
from vuntrong.web.registry.sentences import explain
from vuntrong.web.units.event_forms import EventForm
from vuntrong.web.units.forms import NewUnitForm, UnitForm, words_of


def unit_create(request: HttpRequest) -> HttpResponse:
    """Enter a unit below one that the person may change; only a superuser enters one at the top."""
    if not policies.may_change_units(request.user):
        raise PermissionDenied
    parents = policies.units_changeable_by(request.user)
    form = NewUnitForm(request.POST or None, parents=parents, needs_parent=not policies.is_superuser(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            made = create_unit(**form.cleaned_data, by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, explain(refusal))
        else:
            return redirect("registry:unit", made.slug)
    return render(request, "units/form.html", {"form": form, "unit": None})


def unit_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft one event of a unit with its paper; the preview that follows shows what it touches before it counts."""
    found = get_object_or_404(policies.units_visible_to(request.user), slug=slug)
    if not policies.may_change_unit(request.user, found):
        raise PermissionDenied
    form = EventForm(request.POST or None, unit=found, units=policies.units_changeable_by(request.user))
    if request.method == "POST" and form.is_valid():
        draft = draft_reorganisation(**form.draft, by=request.user)
        return redirect("reorganisations:page", draft.pk)
    return render(request, "units/event.html", {"form": form, "unit": found})


def unit_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Rename or move a unit from a day on."""
    found = get_object_or_404(policies.units_visible_to(request.user), slug=slug)
    if not policies.may_change_unit(request.user, found):
        raise PermissionDenied
    form = _change_form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            change_unit(unit=found, words=form.words, valid_from=form.cleaned_data["valid_from"], by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, explain(refusal))
        else:
            return redirect("registry:unit", found.slug)
    return render(request, "units/form.html", {"form": form, "unit": found})


def _change_form(request: HttpRequest, found: Unit) -> UnitForm:
    """Start from the newest row; a unit at the top of somebody's scope keeps its parent, whoever that is."""
    last = found.versions.select_related("parent").order_by("-valid_from")[0]
    parents = policies.units_changeable_by(request.user)
    held = [one for one in (last.parent_id, last.state_parent_id) if one]
    if held:
        parents = parents | Unit.objects.filter(pk__in=held)
    return UnitForm(request.POST or None, initial=words_of(last), parents=parents, needs_parent=bool(last.parent_id))
