"""People and units: lists, pages, forms."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from vuntrong.accounts import policies
from vuntrong.kernel.errors import RuleBroken
from vuntrong.registry import actions
from vuntrong.registry.models import Unit
from vuntrong.registry.queries import version_on
from vuntrong.web.history.entries import entries_of
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.registry import showing
from vuntrong.web.registry.filters import PersonFilter, UnitFilter
from vuntrong.web.registry.forms import DayForm, NewUnitForm, PersonForm, UnitForm, words_of
from vuntrong.web.registry.sentences import explain
from vuntrong.web.registry.tables import PersonTable, UnitTable


def catalogue(request: HttpRequest) -> HttpResponse:
    """Show the ways to units, programmes, target groups and the action log."""
    return render(request, "registry/catalogue.html", {"may_see_log": policies.may_see_log(request.user)})


def people(request: HttpRequest) -> HttpResponse:
    """List the people of the units that the person answers for or serves."""
    visible = policies.people_visible_to(request.user).select_related("unit")
    may_enter = policies.units_enterable_by(request.user).exists()
    return answer_list(
        request,
        "registry/people.html",
        visible,
        table=PersonTable,
        filters=PersonFilter,
        title=_("Officials"),
        empty={
            "title": _("Nobody yet"),
            "text": _("People come in with the answers of units, with workbooks, or one by one."),
        },
        context={"may_enter": may_enter},
    )


def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show a person with postings, classes and history."""
    found = get_object_or_404(policies.people_visible_to(request.user).select_related("unit"), pk=person_id)
    shown = {
        "person": found,
        "facts": showing.person_facts(found),
        "postings": found.postings.select_related("unit").order_by("-valid_from", "-id"),
        "enrolments": showing.enrolments_of(found),
        "entries": entries_of(found),
    }
    return render(request, "registry/person.html", shown)


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


def units(request: HttpRequest) -> HttpResponse:
    """List the units that the person answers for or serves."""
    visible = policies.units_visible_to(request.user).select_related("parent")
    return answer_list(
        request,
        "registry/units.html",
        visible.annotate(people_count=Count("people")),
        table=UnitTable,
        filters=UnitFilter,
        title=_("Units"),
        empty={"title": _("No unit"), "text": _("Units show when the account has a role in them.")},
        context={"may_change": policies.may_change_units(request.user)},
    )


def unit_tree(request: HttpRequest) -> HttpResponse:
    """Show the units as a tree, as it was on a day."""
    form = DayForm(request.GET or None)
    day = form.day()
    tree = showing.tree_on(policies.units_visible_to(request.user), day)
    return render(request, "registry/unit_tree.html", {"tree": tree, "day": day, "form": form})


def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a unit as it was on a day, with all its dated rows."""
    visible = policies.units_visible_to(request.user)
    found = get_object_or_404(visible, slug=slug)
    form = DayForm(request.GET or None)
    day = form.day()
    version = version_on(found, day)
    shown = {
        "unit": found,
        "version": version,
        "facts": showing.unit_facts(version, visible.values_list("pk", flat=True)),
        "form": form,
        "day": day,
        "below": showing.below_on(visible, found, day),
        "versions": found.versions.select_related("parent").order_by("-valid_from"),
        "may_change": policies.may_change_unit(request.user, found),
        "entries": entries_of(found),
    }
    return render(request, "registry/unit.html", shown)


def unit_create(request: HttpRequest) -> HttpResponse:
    """Enter a unit below one that the person may change; only a superuser enters one at the top."""
    if not policies.may_change_units(request.user):
        raise PermissionDenied
    parents = policies.units_changeable_by(request.user)
    form = NewUnitForm(request.POST or None, parents=parents, needs_parent=not policies.is_superuser(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_unit(**form.cleaned_data, by=request.user)
        except RuleBroken as refusal:
            form.add_error(None, explain(refusal))
        else:
            return redirect("registry:unit", made.slug)
    return render(request, "registry/unit_form.html", {"form": form, "unit": None})


def unit_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Rename or move a unit from a day on."""
    found = get_object_or_404(policies.units_visible_to(request.user), slug=slug)
    if not policies.may_change_unit(request.user, found):
        raise PermissionDenied
    form = _change_form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_unit(
                unit=found, words=form.words, valid_from=form.cleaned_data["valid_from"], by=request.user
            )
        except RuleBroken as refusal:
            form.add_error(None, explain(refusal))
        else:
            return redirect("registry:unit", found.slug)
    return render(request, "registry/unit_form.html", {"form": form, "unit": found})


def _change_form(request: HttpRequest, found: Unit) -> UnitForm:
    """Start from the newest row; a unit at the top of somebody's scope keeps its parent, whoever that is."""
    last = found.versions.select_related("parent").order_by("-valid_from")[0]
    parents = policies.units_changeable_by(request.user)
    if last.parent_id:
        parents = parents | Unit.objects.filter(pk=last.parent_id)
    return UnitForm(request.POST or None, initial=words_of(last), parents=parents, needs_parent=bool(last.parent_id))
