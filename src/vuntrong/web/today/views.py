"""The page after sign-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vuntrong.web.context import current_unit, current_year
from vuntrong.web.today.classes import running_classes
from vuntrong.web.today.figures import year_figures
from vuntrong.web.today.work import first_tasks, headline, work_of


def today(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person, what to do first, and the figures of the year."""
    day, year, unit = timezone.localdate(), current_year(request), current_unit(request)
    work = work_of(request, day, year)
    shown = {
        "headline": headline(work.tasks, day),
        "cards": work.cards,
        "tasks": [(task, task.state(day)) for task in first_tasks(work.tasks, day)],
        "task_count": len(work.tasks),
        "running": running_classes(request.user, year),
        "year": year_figures(request.user, unit, year),
    }
    return render(request, "today/today.html", shown)
