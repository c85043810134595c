"""Long work of imports, done by a worker."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from vuntrong.accounts import letters
from vuntrong.accounts.actions import tell
from vuntrong.accounts.models import User
from vuntrong.documents.inspection import WorkbookError
from vuntrong.exchange.actions.imports import keep_check, write_import
from vuntrong.exchange.actions.people import check_people
from vuntrong.exchange.models import Import
from vuntrong.exchange.policies import may_change_import
from vuntrong.exchange.sentences import explain_workbook
from vuntrong.kernel import jobs
from vuntrong.kernel.enums import JobState
from vuntrong.kernel.errors import DomainError
from vuntrong.kernel.models import Job
from vuntrong.web.imports.running import reading_of
from vuntrong.web.imports.sentences import explain
from vuntrong.web.kit.numbers import number


@task()
def check_import(job_id: int) -> None:
    """Check a list that is too long to wait for; safe to come twice."""
    jobs.run(job_id, lambda job: _guarded(job, _check))


@task()
def write_people(job_id: int) -> None:
    """Write a checked list; safe to come twice."""
    jobs.run(job_id, lambda job: _guarded(job, _write_or_tell))


def _guarded(job: Job, work: Callable[[Job, Import, User], dict[str, Any]]) -> dict[str, Any]:
    """Do the work in the person's language; a refusal becomes the sentences of a failed job."""
    user = User.objects.get(pk=job.parameters["user_id"])
    run = Import.objects.select_related("file", "unit").get(pk=job.parameters["import_id"])
    with translation.override(job.parameters["language"]):
        if not may_change_import(user, run):
            raise jobs.JobFailed({"title": _("This account may not enter people of this unit any more.")})
        try:
            return work(job, run, user)
        except WorkbookError as error:
            raise jobs.JobFailed(_failed(job, [explain_workbook(error)])) from error
        except DomainError as refusal:
            raise jobs.JobFailed(_failed(job, explain(refusal))) from refusal


def _failed(job: Job, sentences: list[str]) -> dict[str, Any]:
    return {
        "title": _("Nothing was written"),
        "sentences": sentences,
        "url": job.parameters["url"],
        "label": _("Back to the import"),
    }


def _check(job: Job, run: Import, user: User) -> dict[str, Any]:
    jobs.advance(job, 0, 3, _("Reading the workbook"))
    reading, wish = reading_of(run, user)
    jobs.advance(job, 1, 3, _("Comparing with the list of officials"))
    check = check_people(reading, wish)
    jobs.advance(job, 2, 3, _("Preparing the preview"))
    keep_check(run=run, check=check)
    rows = _("%(count)s rows were read.") % {"count": number(len(check.columns))}
    return {
        "title": _("The list is checked"),
        "sentences": [rows],
        "url": job.parameters["url"],
        "label": _("See the preview"),
    }


def _write(job: Job, run: Import, user: User) -> dict[str, Any]:
    """Read, write and close the job in one transaction: a killed process leaves nothing, a finished one everything."""
    jobs.advance(job, 0, 0, _("Reading the workbook"))
    reading, wish = reading_of(run, user)
    with transaction.atomic():
        check = write_import(
            run=run,
            reading=reading,
            wish=wish,
            by=user,
            tell=lambda what, done, total: jobs.advance(job, done, total, _doing(what)),
        )
        result = _result(check.counts(), job.parameters["url"])
        rows = number(sum(check.counts()[name] for name in ("created", "updated", "unchanged")))
        _tell(letters.IMPORT_DONE, job, run, user, count=rows)
        jobs.finish(job, JobState.DONE, result)
    return result


def _write_or_tell(job: Job, run: Import, user: User) -> dict[str, Any]:
    """Write; who has left the page hears of a refusal too."""
    try:
        return _write(job, run, user)
    except (WorkbookError, DomainError):
        _tell(letters.IMPORT_FAILED, job, run, user)
        raise


def _tell(letter: letters.Letter, job: Job, run: Import, user: User, **words: str) -> None:
    unit = run.unit.name if run.unit else _("units named in its rows")
    url = job.parameters["url"]
    tell(letter=letter, words={"unit": unit, **words}, url=url, about=run, users=[user], once=f"job {job.pk}", by=user)


def _doing(what: str) -> str:
    return {
        "compare": _("Comparing with the list of officials"),
        "people": _("Entering new people"),
        "records": _("Entering postings, levels and dates"),
        "update": _("Updating people who exist"),
    }[what]


def _result(counts: dict[str, int], url: str) -> dict[str, Any]:
    said = _("%(new)s new people, %(changed)s updated, %(same)s unchanged.") % {
        "new": number(counts["created"]),
        "changed": number(counts["updated"]),
        "same": number(counts["unchanged"]),
    }
    return {
        "title": _("The list is imported"),
        "sentences": [said],
        "url": url,
        "label": _("See the result"),
    }
