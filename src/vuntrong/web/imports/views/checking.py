"""Checking a list: while the person waits, or by the worker."""

from django.http import HttpResponse
from django.shortcuts import redirect

from vuntrong.accounts.models import User
from vuntrong.exchange.models import Import
from vuntrong.web.imports import running
from vuntrong.web.imports.tasks import check_import


def checked_or_begun(run: Import, user: User) -> HttpResponse:
    """Check a short list and show its preview, a long one by a job. Raises WorkbookError."""
    if running.is_short(run):
        running.checked(run, user)
        return redirect("imports:import", run.pk)
    job = running.begin(run, user, kind="check-import", title=running.check_title(run), task=check_import)
    return redirect("jobs:page", job.pk)
