"""Lists around imports: all of them, their people, templates, units to match."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from vuntrong.exchange import policies
from vuntrong.exchange.actions.imports import delete_template
from vuntrong.exchange.actions.unit_texts import match_unit_texts
from vuntrong.exchange.sentences import field_label
from vuntrong.web.imports.access import importer, seen_import
from vuntrong.web.imports.forms import UnitMatchForm
from vuntrong.web.imports.pages import alike_texts, people_of, texts_to_match, with_text
from vuntrong.web.imports.tables import ImportFilter, ImportTable, TemplateTable, UnitTextFilter, UnitTextTable
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.registry.tables import PersonTable
from vuntrong.web.workbooks.columns import whole


def imports(request: HttpRequest) -> HttpResponse:
    """List the imports of the person."""
    user = importer(request)
    return answer_list(
        request,
        "imports/list.html",
        policies.imports_visible_to(user).select_related("file", "unit", "made_by"),
        table=ImportTable,
        filters=ImportFilter,
        search=("unit__search_key", "file__name"),
        title=_("Imports of officials"),
        empty={
            "title": _("Nothing has been imported yet"),
            "text": _("Upload a list of officials as your unit keeps it."),
            "url": reverse("imports:upload"),
            "label": _("Import from Excel"),
        },
        context={"to_match": texts_to_match(user).count()},
    )


def people(request: HttpRequest, import_id: int) -> HttpResponse:
    """List the people whom an import made or changed."""
    importer(request)
    run = seen_import(request, import_id)
    return answer_list(
        request,
        "imports/people.html",
        people_of(request, run),
        table=PersonTable,
        title=_("People of the import"),
        empty={"title": _("Nobody"), "text": _("The import changed nobody of this kind.")},
        context={"run": run, "kind": request.GET.get("kind", "")},
    )


def templates(request: HttpRequest) -> HttpResponse:
    """List the templates of the units of the person."""
    user = importer(request)
    return answer_list(
        request,
        "imports/templates.html",
        policies.templates_visible_to(user).select_related("unit"),
        table=TemplateTable,
        search=("unit__search_key",),
        title=_("Templates of columns"),
        empty={"title": _("No template yet"), "text": _("Save one from the preview of an import.")},
    )


def template(request: HttpRequest, template_id: int) -> HttpResponse:
    """Show how a template reads a list; POST deletes it."""
    user = importer(request)
    found = get_object_or_404(policies.templates_visible_to(user).select_related("unit"), pk=template_id)
    if request.method == "POST":
        delete_template(template=found, by=user)
        messages.success(request, _("The template was deleted."))
        return redirect("imports:templates")
    lines = [(header, field_label(key)) for header, key in found.mapping.get("columns", {}).items() if key]
    return render(request, "imports/template.html", {"template": found, "lines": lines})


def unit_texts(request: HttpRequest) -> HttpResponse:
    """List units that lists named and the registry does not know."""
    user = importer(request)
    return answer_list(
        request,
        "imports/units.html",
        texts_to_match(user),
        table=UnitTextTable,
        filters=UnitTextFilter,
        search=with_text,
        title=_("Units to match"),
        empty={
            "title": _("Every unit is known"),
            "text": _("When a list names a unit that the registry does not know, it stands here."),
        },
    )


def match(request: HttpRequest) -> HttpResponse:
    """Say which unit texts mean; the same text is offered wherever it stands."""
    user = importer(request)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = {whole(key) for key in asked.getlist("rows")}
    texts = alike_texts(texts_to_match(user), chosen)
    form = UnitMatchForm(request.POST if "unit" in request.POST else None, user=user)
    if form.is_valid() and chosen:
        wanted = [(one.unit, one.unit_text) for one in texts if one.pk in chosen]
        count = match_unit_texts(texts=wanted, unit=form.cleaned_data["unit"], by=user)
        messages.success(request, _("%(count)s people were moved to the unit.") % {"count": count})
        return redirect("imports:units")
    return render(request, "imports/match.html", {"texts": texts, "chosen": chosen, "form": form})
