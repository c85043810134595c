"""What waits for a person: one provider for each kind of work, each with its cards and its tasks."""

import datetime as dt
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuntrong.accounts.enums import PLANNERS, Role
from vuntrong.accounts.models import User
from vuntrong.accounts.queries import grants_today, scope
from vuntrong.classes.enums import Attention, Tone
from vuntrong.planning.enums import PlanState, SurveyState
from vuntrong.planning.models import TrainingPlan
from vuntrong.planning.policies.surveys import requests_to, surveys_run_by
from vuntrong.planning.queries.surveys import requests_with_standing, with_counts
from vuntrong.reports.models import ReportSubmission
from vuntrong.reports.policies import reporting_units
from vuntrong.reports.queries.overview import year_overview
from vuntrong.reports.rules.periods import ReportPeriod
from vuntrong.reports.rules.submissions import ReportStanding
from vuntrong.web.classes.year import ShownRow, rows_of
from vuntrong.web.kit.values import Card
from vuntrong.web.reports.access import report_url
from vuntrong.web.reports.sentences import day, period_words
from vuntrong.web.today.privacy import data_requests
from vuntrong.web.today.things import Task, Work

WEEK = 7
LATE = "late"
"""The chip of the list of classes that holds what is late or stuck."""
FIRST = 8
"""So many tasks stand on the page; the cards lead to the rest."""


def work_of(request: HttpRequest, today: dt.date, year: int) -> Work:
    """Return what waits for the person in the order in which the day should go. At most 21 queries."""
    found = Work()
    for provider in (approvals, requests, data_requests, running_surveys, plans, late_classes, reports):
        found += provider(request, today, year)
    return found


def first_tasks(tasks: Iterable[Task], today: dt.date) -> list[Task]:
    """Return what should be done first: late, then due today, then soonest."""
    return sorted(tasks, key=lambda task: (task.days_left(today), task.since or today))[:FIRST]


def headline(tasks: Sequence[Task], today: dt.date) -> str:
    """Return the line under the title: the day, what is due this week, what is late."""
    late = sum(task.days_left(today) < 0 for task in tasks)
    week = sum(0 <= task.days_left(today) < WEEK for task in tasks)
    facts = [
        f"{date_format(today, 'l')}, {day(today)}",
        _("week %(week)s") % {"week": today.isocalendar().week},
        ngettext("%(count)s thing due this week", "%(count)s things due this week", week) % {"count": week},
    ]
    if late:
        facts.append(ngettext("%(count)s thing late", "%(count)s things late", late) % {"count": late})
    return " · ".join(facts)


def approvals(request: HttpRequest, today: dt.date, _year: int) -> Work:
    """Plans that wait for the person's decision. 1 query besides the scope."""
    units = scope(request.user, {Role.APPROVER})
    waiting = TrainingPlan.objects.filter(approver__in=units, state=PlanState.SUBMITTED) if units else []
    if units:
        waiting = waiting.select_related("owner").annotate(sent=Max("submissions__submitted_at")).order_by("sent")
    tasks = [
        Task(
            _("Decide on the plan of %(year)s") % {"year": plan.year},
            plan.owner.name,
            reverse("plans:plan", args=[plan.pk]),
            _("See and decide"),
            since=timezone.localdate(plan.sent) if plan.sent else today,
        )
        for plan in waiting
    ]
    card = Card(
        len(tasks),
        _("To approve"),
        _("Plans submitted for approval"),
        _listed("plans:list", state="submitted"),
        "gavel",
        "wait" if tasks else "none",
        _longest(tasks, today),
    )
    return Work([card] if units else [], tasks)


def _longest(tasks: Sequence[Task], today: dt.date) -> str:
    waited = max(((today - task.since).days for task in tasks if task.since), default=0)
    return ngettext("Longest: %(days)s day", "Longest: %(days)s days", waited) % {"days": waited} if tasks else ""


def requests(request: HttpRequest, today: dt.date, _year: int) -> Work:
    """Surveys that a unit of the person has not answered yet. 1 query besides the scope."""
    asked = requests_with_standing(requests_to(request.user)).filter(survey__state=SurveyState.OPEN)
    open_ones = asked.filter(standing__in=["silent", "draft"]).order_by("survey__closes_at", "unit__sort_key")[:50]
    tasks = [
        Task(
            _("Answer the needs survey of %(year)s") % {"year": one.survey.year},
            f"{one.unit.short_name} · {one.survey.owner.short_name}",
            reverse("surveys:answer", args=[one.survey_id, one.unit_id]),
            _("Go on answering") if one.standing == "draft" else _("Answer now"),
            due=timezone.localdate(one.survey.closes_at),
        )
        for one in open_ones
    ]
    if not tasks and not _holds(request.user, {Role.UNIT_CLERK}):
        return Work()
    first = min((task.due for task in tasks if task.due), default=None)
    meta = _("Due %(day)s") % {"day": day(first)} if first else _("Everything is answered")
    tone = _tone(tasks, today)
    return Work(
        [Card(len(tasks), _("To answer"), _("Needs surveys"), reverse("surveys:requests"), "message", tone, meta)],
        tasks,
    )


def running_surveys(request: HttpRequest, today: dt.date, _year: int) -> Work:
    """Units that have not answered the person's own open surveys. 1 query besides the scope."""
    owners = scope(request.user, PLANNERS)
    if not owners:
        return Work()
    surveys = with_counts(surveys_run_by(request.user).filter(owner__in=owners, state=SurveyState.OPEN)).order_by(
        "closes_at"
    )
    silent = [(survey, survey.asked - survey.answered) for survey in surveys]
    tasks = [
        Task(
            ngettext("Remind %(count)s unit", "Remind %(count)s units", count) % {"count": count},
            survey.title,
            f"{reverse('surveys:answers', args=[survey.pk])}?standing=unsent",
            _("Remind units"),
            due=timezone.localdate(survey.closes_at),
        )
        for survey, count in silent
        if count
    ]
    count = sum(count for _survey, count in silent)
    url = tasks[0].url if len(tasks) == 1 else _listed("surveys:list", state="open")
    meta = _("Closes %(day)s") % {"day": day(tasks[0].due)} if tasks and tasks[0].due else ""
    card = Card(count, _("Units to answer"), _("Open needs surveys"), url, "message", _tone(tasks, today), meta)
    return Work([card] if silent else [], tasks)


def plans(request: HttpRequest, today: dt.date, year: int) -> Work:
    """The person's plans that were returned, or are not submitted yet. 1 query besides the scope."""
    owners = scope(request.user, PLANNERS)
    if not owners:
        return Work()
    open_states = (PlanState.RETURNED, PlanState.DRAFT)
    found = TrainingPlan.objects.filter(owner__in=owners, state__in=open_states, year__gte=year)
    found = list(found.select_related("owner").annotate(decided=Max("submissions__decided_at")).order_by("year", "id"))
    returned = [plan for plan in found if plan.state == PlanState.RETURNED]
    drafts = [plan for plan in found if plan.state == PlanState.DRAFT]
    tasks = [
        Task(
            _("Complete the returned plan of %(year)s") % {"year": plan.year},
            plan.owner.name,
            reverse("plans:plan", args=[plan.pk]),
            _("See the remarks"),
            since=timezone.localdate(plan.decided) if plan.decided else today,
        )
        for plan in returned
    ]
    cards = []
    if returned:
        what = _("With the approver's remarks")
        cards.append(Card(len(returned), _("Returned plans"), what, _plans_url(returned), "arrow-back-up", "wait"))
    if drafts:
        what = _("Not submitted yet")
        cards.append(Card(len(drafts), _("Plans in preparation"), what, _plans_url(drafts), "checklist", "run"))
    return Work(cards, tasks)


def _plans_url(found: Sequence[TrainingPlan]) -> str:
    """The list must hold the very plans that were counted: of these owners and years, in this state."""
    owners, years = sorted({plan.owner_id for plan in found}), sorted({plan.year for plan in found})
    narrowed = owners if len(owners) <= 10 else []
    return (
        f"{reverse('plans:list')}?{urlencode({'state': found[0].state, 'year': years, 'owner': narrowed}, doseq=True)}"
    )


def late_classes(request: HttpRequest, today: dt.date, year: int) -> Work:
    """Classes of the year that are late or stuck, as the list of classes says it. 6 queries besides the scope."""
    if not scope(request.user, PLANNERS):
        return Work()
    late = [row for row in rows_of(request, year, today) if LATE in row.statuses]
    tasks = [_late_task(row, today) for row in late if row.may_act]
    latest = max((-task.days_left(today) for task in tasks), default=0)
    meta = ngettext("Latest by %(days)s day", "Latest by %(days)s days", latest) % {"days": latest} if tasks else ""
    card = Card(
        len(late),
        _("Late classes"),
        _("Not begun, not closed or without decision"),
        f"{reverse('classes:list')}?status={LATE}",
        "alert-triangle",
        "bad" if late else "none",
        meta,
    )
    return Work([card], tasks)


def _late_task(row: ShownRow, today: dt.date) -> Task:
    reason = next(cell.reason for cell in row.cells.values() if cell.reason and cell.reason.tone == Tone.BAD)
    days = [value for value in reason.values.values() if isinstance(value, dt.date) and value < today]
    title, about = str(Attention(reason.code).label), f"{row.code} · {row.name}"
    return Task(title, about, row.url, _("See the class"), due=max(days, default=today))


def reports(request: HttpRequest, today: dt.date, year: int) -> Work:
    """Reports of the person's own units that are due, or differ from what was submitted. 4 queries."""
    own = {grant.unit_id for grant in grants_today(request.user) if grant.role in PLANNERS}
    units = list(reporting_units(request.user).filter(pk__in=own)) if own else []
    if not units:
        return Work()
    cells = [(row.unit, cell) for row in year_overview(units, year, today) for cell in row.reports]
    due = [(unit, cell) for unit, cell in cells if cell.standing == ReportStanding.DUE and cell.classes]
    changed = [(unit, cell) for unit, cell in cells if cell.standing == ReportStanding.CHANGED]
    tasks = [
        Task(
            _("Submit the report: %(period)s") % {"period": period_words(cell.period)},
            unit.name,
            report_url(unit, cell.period),
            _("Check and submit"),
            due=cell.period.end,
        )
        for unit, cell in due
    ]
    tasks += [
        Task(
            _("Figures changed since submission: %(period)s") % {"period": period_words(cell.period)},
            unit.name,
            report_url(unit, _submitted(cell.submission), "differences"),
            _("See the causes"),
            since=timezone.localdate(cell.submission.submitted_at),
        )
        for unit, cell in changed
        if cell.submission
    ]
    what = _("Due, or changed since submission")
    return Work(
        [Card(len(tasks), _("Reports"), what, reverse("reports:list"), "chart-bar", _tone(tasks, today))], tasks
    )


def _submitted(submission: ReportSubmission) -> ReportPeriod:
    """The cut-off of what was submitted may lie before the end of the period."""
    return ReportPeriod(submission.kind, submission.period_from, submission.period_to)


def _holds(user: User, roles: set[str]) -> bool:
    return any(grant.role in roles for grant in grants_today(user))


def _tone(tasks: Sequence[Task], today: dt.date) -> str:
    if not tasks:
        return "none"
    return "bad" if min(task.days_left(today) for task in tasks) < 0 else "wait"


def _listed(view: str, **filters: str) -> str:
    return f"{reverse(view)}?{urlencode(filters)}"
