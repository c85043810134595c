"""Checking and writing an import: at once for a short list, by a worker for a long one."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuntrong.accounts.models import User
from vuntrong.documents.columns import SheetMapping
from vuntrong.exchange.actions.imports import keep_check
from vuntrong.exchange.actions.people import Check, Reading, Wish, check_people, read_people
from vuntrong.exchange.models import Import
from vuntrong.exchange.policies import units_reachable_by
from vuntrong.kernel import jobs
from vuntrong.kernel.models import Job
from vuntrong.web.imports.access import book_of

SHORT_BYTES = 300_000
"""A workbook of at most so many bytes (some 3,000 rows) is checked while the person waits."""


def wish_of(run: Import, user: User) -> Wish:
    """Return what the person said about the list."""
    options = run.options
    update = options.get("update")
    return Wish(
        home=run.unit,
        update=None if update is None else frozenset(update),
        zeros=bool(options.get("zeros")),
        decisions={int(row): str(who) for row, who in options.get("decisions", {}).items()},
        reachable=units_reachable_by(user),
    )


def reading_of(run: Import, user: User) -> tuple[Reading, Wish]:
    """Read the sheet of an import. Raises WorkbookError."""
    wish = wish_of(run, user)
    return read_people(book_of(run), SheetMapping.from_plain(run.mapping), wish), wish


def checked(run: Import, user: User) -> Check:
    """Check an import and keep what was found. Raises WorkbookError."""
    reading, wish = reading_of(run, user)
    check = check_people(reading, wish)
    keep_check(run=run, check=check)
    return check


def is_short(run: Import) -> bool:
    """Say whether the list is checked while the person waits."""
    return run.file.size <= SHORT_BYTES


def begin(run: Import, user: User, *, kind: str, title: str, task: Any) -> Job:
    """Enter a job for the import and hand it to the worker once it is committed."""
    parameters = {
        "import_id": run.pk,
        "user_id": user.pk,
        "language": get_language(),
        "url": reverse("imports:import", args=[run.pk]),
    }
    with transaction.atomic():
        job = jobs.create(kind=kind, title=title, by=user, parameters=parameters)
        Import.objects.filter(pk=run.pk).update(job=job)
        transaction.on_commit(lambda: task.enqueue(job.pk))
    return job


def check_title(run: Import) -> str:
    """Return what the job of a check is called."""
    return _("Checking %(file)s") % {"file": run.file.name}


def write_title(run: Import) -> str:
    """Return what the job of writing is called."""
    return _("Importing officials from %(file)s") % {"file": run.file.name}
