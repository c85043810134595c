"""Results of a class: a grid down whose column grades are given."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vuntrong.classes.actions.results import NewResult, record_results
from vuntrong.classes.enums import Grade
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.classes.queries import learners_of
from vuntrong.classes.rules.enrolment import GRADED_STATES
from vuntrong.kernel.errors import DomainError, StaleState
from vuntrong.web.classes.access import actor, managed_class
from vuntrong.web.classes.sentences import STALE, explain


def results(request: HttpRequest, class_id: int) -> HttpResponse:
    """Show the grid, and write the whole column."""
    run = managed_class(request, class_id)
    rows = _rows(run)
    refused: list[str] = []
    if request.method == "POST":
        try:
            count = record_results(class_run=run, results=_typed(request, rows), by=actor(request))
            said = ngettext("%(count)s result is saved.", "%(count)s results are saved.", count)
            messages.success(request, said % {"count": count})
            return redirect("classes:results", run.pk)
        except DomainError as refusal:
            refused = explain(refusal)
            _keep(request, rows)
    return render(request, "classes/results.html", _shown(run, rows) | {"refused": refused})


@require_POST
def result(request: HttpRequest, class_id: int, enrolment_id: int) -> HttpResponse:
    """Write one cell and answer with its row."""
    run = managed_class(request, class_id)
    row = get_object_or_404(_graded(run), pk=enrolment_id)
    shown: dict[str, Any] = {"run": run, "row": row, "grades": Grade.choices, "is_saved": False}
    try:
        record_results(class_run=run, results=_typed(request, [row]), by=actor(request))
        row.refresh_from_db()
        shown["is_saved"] = True
    except StaleState:
        row.refresh_from_db()
        shown["error"] = _("Somebody else has entered this result meanwhile; it is shown now.")
    except DomainError as refusal:
        shown["error"] = explain(refusal)[0]
    return render(request, "classes/_result_row.html", shown)


def _graded(run: ClassRun) -> Any:
    return learners_of(run).filter(state__in=sorted(GRADED_STATES))


def _rows(run: ClassRun) -> list[Enrolment]:
    return list(_graded(run))


def _shown(run: ClassRun, rows: list[Enrolment]) -> dict[str, Any]:
    done = sum(1 for row in rows if row.grade)
    return {"run": run, "rows": rows, "grades": Grade.choices, "done": done, "stale": str(STALE)}


def _typed(request: HttpRequest, rows: Iterable[Enrolment]) -> list[NewResult]:
    """Return the grades that were sent, with the revisions that the person saw."""
    found = []
    for row in rows:
        seen = request.POST.get(f"revision-{row.pk}", "")
        if f"grade-{row.pk}" in request.POST:
            found.append(NewResult(row.pk, request.POST[f"grade-{row.pk}"], int(seen) if seen.isdecimal() else -1))
    return found


def _keep(request: HttpRequest, rows: Iterable[Enrolment]) -> None:
    """Show again what was typed; nothing of it is written."""
    for row in rows:
        row.grade = request.POST.get(f"grade-{row.pk}", row.grade)
