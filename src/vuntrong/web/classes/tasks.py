"""Long work of classes, done by a worker."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from vuntrong.accounts.models import User
from vuntrong.classes.actions.enrolment import WorkbookOutcome, enrol_from_workbook
from vuntrong.classes.models import ClassRun
from vuntrong.classes.policies import may_manage_class, units_that_send
from vuntrong.documents.models import FileReading, StoredFile
from vuntrong.kernel import jobs
from vuntrong.kernel.enums import JobState
from vuntrong.kernel.errors import RuleBroken
from vuntrong.kernel.models import Job
from vuntrong.web.classes.mapping import table_of
from vuntrong.web.classes.sentences import explain
from vuntrong.web.kit.numbers import number


@task()
def import_learners(job_id: int) -> None:
    """Enrol the learners of a kept workbook; safe to come twice."""
    jobs.run(job_id, _import)


def _import(job: Job) -> dict[str, Any]:
    with translation.override(job.parameters["language"]):
        try:
            return _write(job)
        except RuleBroken as refusal:
            raise jobs.JobFailed(
                {
                    "title": _("Nothing was written"),
                    "sentences": explain(refusal),
                    "url": job.parameters["url"],
                    "label": _("Back to the list of learners"),
                }
            ) from refusal


def _write(job: Job) -> dict[str, Any]:
    """Read, write and close the job in one transaction: a killed process leaves nothing, a finished one everything."""
    wanted = job.parameters
    user = User.objects.get(pk=wanted["user_id"])
    run = ClassRun.objects.get(pk=wanted["class_id"])
    if not may_manage_class(user, run):
        raise jobs.JobFailed({"title": _("This account may not change the class any more.")})
    stored = StoredFile.objects.get(pk=wanted["file_id"])
    jobs.advance(job, 0, 0, _("Reading the workbook"))
    table = table_of(stored, FileReading(file=stored, mapping=wanted["mapping"], zeros=wanted["zeros"]))
    with transaction.atomic():
        outcome = enrol_from_workbook(
            class_run=run,
            rows=table.rows,
            seen_units=units_that_send(user),
            source=stored.name,
            by=user,
            tell=lambda what, done, total: jobs.advance(job, done, total, _doing(what)),
        )
        result = _result(outcome, wanted["url"])
        jobs.finish(job, JobState.DONE, result)
    return result


def _doing(what: str) -> str:
    return {
        "read": _("Comparing with the list of officials"),
        "people": _("Entering new people"),
        "learners": _("Enrolling"),
    }[what]


def _result(outcome: WorkbookOutcome, url: str) -> dict[str, Any]:
    said = _("Enrolled %(count)s learners: %(new)s new people, %(known)s known people.") % {
        "count": number(outcome.new + outcome.known),
        "new": number(outcome.new),
        "known": number(outcome.known),
    }
    sentences = [said]
    if outcome.unchanged:
        same = _("%(count)s people were on the list already and stay as they are.")
        sentences.append(same % {"count": number(outcome.unchanged)})
    return {
        "title": _("The learners are enrolled"),
        "sentences": sentences,
        "url": url,
        "label": _("Open the list of learners"),
    }
