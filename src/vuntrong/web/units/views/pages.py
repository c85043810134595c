"""Units: the list, the tree, one unit, each as it was on a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from vuntrong.accounts import policies
from vuntrong.web.context import current_year
from vuntrong.web.history.entries import entries_of
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.units import showing
from vuntrong.web.units.counts import counted_units
from vuntrong.web.units.filters import UnitFilter
from vuntrong.web.units.forms import DayForm
from vuntrong.web.units.readings import asked_units
from vuntrong.web.units.tables import UnitTable


def unit_list(request: HttpRequest) -> HttpResponse:
    """List the units that the person answers for or serves, with the words of the day asked for."""
    asked = asked_units(request)
    return answer_list(
        request,
        "units/list.html",
        counted_units(request.user, asked, current_year(request)),
        table=UnitTable,
        filters=UnitFilter,
        search=showing.found_by_name,
        title=_("Units"),
        empty={"title": _("No unit"), "text": _("Units show when the account has a role in them.")},
        context={"may_change": policies.may_change_units(request.user), "asked": asked},
        units=asked,
    )


def unit_tree(request: HttpRequest) -> HttpResponse:
    """Show the units as a tree, as it was on a day, on the Party or the State line."""
    form = DayForm(request.GET or None)
    day, line = form.day(), form.line()
    tree = showing.tree_on(policies.units_visible_to(request.user), day, line)
    shown = {"tree": tree, "day": day, "form": form, "line": line, "lines": showing.line_tabs(line, day)}
    return render(request, "units/tree.html", shown)


def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a unit as it was on a day, with all its dated rows and what happened to it."""
    visible = policies.units_visible_to(request.user)
    found = get_object_or_404(visible, slug=slug)
    form = DayForm(request.GET or None)
    shown = {
        **showing.unit_page(found, visible, form.day()),
        "form": form,
        "may_change": policies.may_change_unit(request.user, found),
        "entries": entries_of(found),
    }
    return render(request, "units/unit.html", shown)
