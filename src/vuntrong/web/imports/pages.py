"""What the pages of an import need from the database."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from vuntrong.accounts.models import User
from vuntrong.accounts.policies import people_visible_to, units_enterable_by
from vuntrong.documents.annotated import Remark
from vuntrong.exchange.actions.people import check_people
from vuntrong.exchange.models import Import
from vuntrong.exchange.sentences import say_remark
from vuntrong.kernel.models import ActionLogSubject
from vuntrong.kernel.text import search_key
from vuntrong.registry.models import Person, Posting
from vuntrong.web.imports import showing
from vuntrong.web.imports.running import reading_of
from vuntrong.web.imports.values import labels_for
from vuntrong.web.kit.values import Figure
from vuntrong.web.workbooks.forms import TemplateForm
from vuntrong.web.workbooks.remarks import remarked
from vuntrong.web.workbooks.sentences import notes_of
from vuntrong.web.workbooks.steps import steps_of

MADE, CHANGED = "new", "changed"


def preview_page(request: HttpRequest, run: Import) -> dict[str, Any]:
    """Return what the preview shows. 4 queries."""
    kind = request.GET.get("kind", "")
    rows = showing.shown_rows(run, labels_for(run), kind)
    wrong = showing.wrong_rows(run)
    return {
        "run": run,
        "report": run.report,
        "rows": rows[: showing.SHOWN],
        "row_count": run.counts["rows"],
        "kind": kind,
        "chips": showing.chips_of(run, request, wrong),
        "codes": showing.codes_of(run),
        "fields": showing.fields_of(run),
        "notes": notes_of(run.report.get("notes", {})),
        "dock": showing.dock_of(run, wrong),
        "has_choices": any(row.choices for row in rows[: showing.SHOWN]),
        "wrong": wrong,
        "writes": run.counts["created"] + run.counts["updated"],
        "steps": steps_of(3, has_errors=bool(wrong)),
        "template_form": TemplateForm(),
        "dock_text": _dock_text(run, wrong),
        "may_write": not wrong and run.counts["created"] + run.counts["updated"] > 0,
        "discard_url": reverse("imports:discard", args=[run.pk]),
    }


def _dock_text(run: Import, wrong: int) -> str:
    """Return why nothing can be written, or that all is written together."""
    if wrong:
        return _("Repair the marked rows in the file, or choose who is meant. Nothing is written before.")
    if run.counts["created"] + run.counts["updated"]:
        return _("All rows are written together.")
    return _("The list says nothing new.")


def result_page(request: HttpRequest, run: Import) -> dict[str, Any]:
    """Return what the result shows."""
    counts = run.counts
    address = f"{request.path}people/"
    figures = [
        Figure(_("New people"), counts.get("created", 0), url=f"{address}?kind={MADE}"),
        Figure(_("Updated people"), counts.get("updated", 0), url=f"{address}?kind={CHANGED}"),
        Figure(_("Unchanged"), counts.get("unchanged", 0)),
        Figure(_("Warnings"), counts.get("warnings", 0)),
    ]
    return {"run": run, "figures": figures, "steps": steps_of(5)}


def people_of(request: HttpRequest, run: Import) -> QuerySet[Person]:
    """Return the people whom the import made or changed and whom the person may see."""
    subjects = ActionLogSubject.objects.filter(entry_id=run.entry_id)
    kind = request.GET.get("kind", "")
    if kind == MADE:
        subjects = subjects.filter(changes={})
    elif kind == CHANGED:
        subjects = subjects.exclude(changes={})
    people = people_visible_to(request.user).filter(pk__in=subjects.values("subject_id"))
    return people.select_related("unit")


def texts_to_match(user: User) -> QuerySet[Posting]:
    """Return one posting of each text that the registry does not know in each unit, with `people` who carry it."""
    units = units_enterable_by(user)
    unknown = Posting.objects.filter(unit__in=units.values("pk")).exclude(unit_text="").order_by()
    firsts = unknown.values("unit_id", "unit_text").annotate(first=Min("pk")).values("first")
    alike = Posting.objects.filter(unit=OuterRef("unit"), unit_text=OuterRef("unit_text")).order_by()
    people = alike.values("unit_id").annotate(people=Count("person", distinct=True)).values("people")
    rows = Posting.objects.filter(pk__in=firsts).select_related("unit")
    return rows.annotate(people=Subquery(people)).order_by("-people", "unit_text", "pk")


def with_text(rows: QuerySet[Posting], words: str) -> QuerySet[Posting]:
    """Return the texts in which the words stand, accents left aside. 1 query."""
    key = search_key(words)
    texts = {text for text in rows.order_by().values_list("unit_text", flat=True) if key in search_key(text)}
    return rows.filter(unit_text__in=texts)


def alike_texts(rows: QuerySet[Posting], chosen: Collection[int]) -> list[Posting]:
    """Return the chosen texts and, after them, the same words where other units carry them. 1 query."""
    every = list(rows)
    keys = {search_key(one.unit_text) for one in every if one.pk in chosen}
    found = [one for one in every if search_key(one.unit_text) in keys]
    return sorted(found, key=lambda one: one.pk not in chosen)


def annotated_workbook(run: Import, user: User) -> HttpResponse:
    """Return the workbook as it came with what is to be said in its cells and on a sheet of their own.

    Raises WorkbookError.
    """
    reading, wish = reading_of(run, user)
    check = check_people(reading, wish)
    letters, sheet = check.columns.letters, check.columns.sheet
    remarks = [
        Remark(sheet, one.row, letters.get(one.column, ""), one.remark.is_error, say_remark(one.remark))
        for one in check.problems
    ]
    return remarked(run.file, remarks)
