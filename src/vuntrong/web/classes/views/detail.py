"""The page of one class."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vuntrong.classes import policies
from vuntrong.classes.models import ClassRun
from vuntrong.classes.queries import counts_of, named_for
from vuntrong.web.classes import showing
from vuntrong.web.classes.access import seen_class
from vuntrong.web.history.entries import as_entry


def frame_of(request: HttpRequest, run: ClassRun, current: str) -> dict[str, Any]:
    """Return what every tab of a class shows: title, tabs, rights. 3 queries besides the person's scope."""
    may_manage = policies.may_manage_class(request.user, run)
    counts = counts_of(run)
    roles = list(
        run.roles.on(timezone.localdate()).order_by("role", "unit__sort_key").values_list("role", "unit__name")
    )
    host = next((name for role, name in roles if role == "host"), "")
    return {
        "run": run,
        "counts": counts,
        "roles": roles,
        "line": showing.one_line(run, host),
        "may_manage": may_manage,
        "tabs": showing.tabs(run, current, counts.came + counts.absent, may_manage=may_manage),
    }


def detail(request: HttpRequest, class_id: int) -> HttpResponse:
    """Show a class: its next step, figures, where it comes from, who did what."""
    run = seen_class(request, class_id)
    shown = frame_of(request, run, "class")
    people, units = named_for(run)
    shown |= {
        "step": showing.next_step(run, shown["counts"]),
        "figures": showing.figures(run, shown["counts"]),
        "facts": showing.facts(run),
        "chain": showing.chain(run, people, units),
        "entries": showing.history(run),
        "may_record_modules": _may_record(request, run),
        "modules_share": run.modules_finished / run.modules_total if run.modules_total else 0,
    }
    return render(request, "classes/detail.html", shown)


def _may_record(request: HttpRequest, run: ClassRun) -> bool:
    has_modules = bool(run.modules_total) and run.state == "running"
    return has_modules and policies.may_record_modules(request.user, run)


def history(request: HttpRequest, class_id: int) -> HttpResponse:
    """Show everything that was done to a class."""
    run = seen_class(request, class_id)
    entries = [as_entry(row) for row in showing.log_of(run)[:200]]
    return render(request, "classes/history.html", {**frame_of(request, run, "history"), "entries": entries})
