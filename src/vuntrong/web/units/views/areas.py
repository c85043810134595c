"""The hard areas in which a unit lies: entering, correcting, ending, taking out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts import policies
from vuntrong.kernel.errors import RuleBroken, StaleState
from vuntrong.registry.actions.areas import add_area, change_area, remove_area
from vuntrong.registry.models import Unit, UnitArea
from vuntrong.web.registry.sentences import explain
from vuntrong.web.units.areas import AreaForm


def area_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a unit lies in a hard area."""
    found = _changeable(request, slug)
    form = AreaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_area(unit=found, words=form.words, by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, explain(refusal))
        else:
            return redirect("registry:unit", found.slug)
    return render(request, "units/area.html", {"form": form, "unit": found, "area": None})


def area_change(request: HttpRequest, slug: str, area_id: int) -> HttpResponse:
    """Correct or end a row about an area."""
    found = _changeable(request, slug)
    row = get_object_or_404(found.areas, pk=area_id)
    form = AreaForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid() and _saved(request, form, row):
        return redirect("registry:unit", found.slug)
    return render(request, "units/area.html", {"form": form, "unit": found, "area": row})


@require_POST
def area_remove(request: HttpRequest, slug: str, area_id: int) -> HttpResponse:
    """Take a row out that was entered by mistake."""
    found = _changeable(request, slug)
    remove_area(row=get_object_or_404(found.areas, pk=area_id), by=request.user)
    messages.success(request, _("The area was taken out."))
    return redirect("registry:unit", found.slug)


def _saved(request: HttpRequest, form: AreaForm, row: UnitArea) -> bool:
    try:
        change_area(row=row, words=form.words, revision=form.cleaned_data["revision"], by=request.user)
    except RuleBroken as refusal:
        form.add_error(None, explain(refusal))
    except StaleState:
        form.add_error(None, _("Somebody else has changed this row meanwhile. Open it again and compare."))
    return not form.errors


def _changeable(request: HttpRequest, slug: str) -> Unit:
    """Return a unit of the scope. Raises Http404 for a stranger's, PermissionDenied for one that may only be read."""
    found = get_object_or_404(policies.units_visible_to(request.user), slug=slug)
    if not policies.may_change_unit(request.user, found):
        raise PermissionDenied
    return found
