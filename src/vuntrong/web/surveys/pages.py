"""What the pages of a survey have in common: states in words, tabs, key figures."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuntrong.accounts.actions import Told
from vuntrong.accounts.models import User
from vuntrong.planning.enums import AnswerState, SurveyState
from vuntrong.planning.models import NeedsSurvey, SurveyAnswer
from vuntrong.planning.policies import surveys as policies
from vuntrong.planning.queries.surveys import Standing
from vuntrong.web.kit.values import Fact, Figure, State, Tab

STANDINGS = {
    "sent": ("ok", lambda: _("Answered")),
    "late": ("wait", lambda: _("Late answer")),
    "nil": ("ok", lambda: _("No need")),
    "draft": ("run", lambda: _("Draft, not sent")),
    "silent": ("none", lambda: _("Not answered yet")),
}


def answer_standing(standing: str) -> State:
    """Return the badge of a unit's answer: sent, late, nil, draft or silent."""
    tone, label = STANDINGS[standing]
    return State(tone, label())


def moment(at: dt.datetime | None) -> str:
    """Return 17:00 23/10/2026 in local time; a dash for none."""
    return date_format(timezone.localtime(at), "H:i d/m/Y") if at else "–"


def survey_state(survey: NeedsSurvey) -> State:
    """Return the badge of a survey; after the deadline an open survey still takes late answers."""
    if survey.state == SurveyState.DRAFT:
        return State("none", survey.get_state_display())
    if survey.state == SurveyState.CLOSED:
        return State("ok", survey.get_state_display())
    if survey.closes_at < timezone.now():
        return State("wait", _("Past the deadline, late answers are taken"))
    return State("run", _("Collecting answers"))


def time_left(survey: NeedsSurvey) -> str:
    """Return how much time a unit has to answer, in words; empty when the survey is not open or the time is over."""
    left = survey.closes_at - timezone.now()
    if survey.state != SurveyState.OPEN or left < dt.timedelta():
        return ""
    if left.days:
        return ngettext("%(number)s day left", "%(number)s days left", left.days) % {"number": left.days}
    hours = left.seconds // 3600
    return ngettext("%(number)s hour left", "%(number)s hours left", hours) % {"number": hours}


def signed_in(request: HttpRequest) -> User:
    """Return the person who acts. Raises PermissionDenied for nobody, whom the middleware has sent to the sign-in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def survey_for(request: HttpRequest, survey_id: int) -> NeedsSurvey:
    """Return a survey that the person may read as a whole. Raises Http404. 1 query besides those of the scope."""
    return get_object_or_404(policies.surveys_run_by(request.user).select_related("owner"), pk=survey_id)


def facts_line(survey: NeedsSurvey) -> str:
    """Return the line below the name of a survey."""
    parts = [survey.owner.short_name, _("deadline %(moment)s") % {"moment": moment(survey.closes_at)}]
    if survey.letter_number:
        parts.insert(1, _("letter %(number)s") % {"number": survey.letter_number})
    return " · ".join([*parts, left] if (left := time_left(survey)) else parts)


def tabs(survey: NeedsSurvey, current: str) -> list[Tab]:
    """Return the tabs of a survey."""
    entries = [("survey", _("Needs")), ("answers", _("Answers")), ("snapshots", _("Frozen figures"))]
    return [Tab(label, reverse(f"surveys:{name}", args=[survey.pk]), None, name == current) for name, label in entries]


def figures(survey: NeedsSurvey, now: Standing) -> list[Figure]:
    """Return the key figures of a survey; each opens the list that it counts."""
    answers = reverse("surveys:answers", args=[survey.pk])
    needs = reverse("surveys:needs", args=[survey.pk])
    share = now.answered / now.asked if now.asked else None
    drafts = _("%(count)s with a draft") % {"count": now.drafts} if now.drafts else ""
    added = _("%(count)s after the last freezing") % {"count": now.added_needs} if now.added_needs else ""
    return [
        Figure(_("Answered"), f"{now.answered} / {now.asked}", _("units"), url=answers, share=share),
        Figure(_("No need"), now.nil, _("units"), url=f"{answers}?standing=nil"),
        Figure(
            _("Not answered yet"),
            len(now.silent),
            _("units"),
            drafts,
            f"{answers}?standing=unsent",
            tone="wait" if now.silent and survey.state == SurveyState.OPEN else "",
        ),
        Figure(_("Needs"), now.total, "", added, needs),
        Figure(_("Late needs"), now.late_needs, "", _late(now), f"{answers}?standing=late"),
    ]


def _late(now: Standing) -> str:
    return ngettext("%(number)s late answer", "%(number)s late answers", now.late_answers) % {
        "number": now.late_answers
    }


def side_facts(survey: NeedsSurvey) -> list[Fact]:
    """Return the key facts of a survey for the unit that answers."""
    facts = [
        Fact(_("Asked by"), survey.owner.name),
        Fact(_("Needs of the year"), str(survey.year)),
        Fact(_("Deadline"), moment(survey.closes_at)),
    ]
    if survey.letter_number:
        day = f" ({survey.letter_on:%d/%m/%Y})" if survey.letter_on else ""
        facts.insert(1, Fact(_("Letter"), f"{survey.letter_number}{day}"))
    if left := time_left(survey):
        facts.append(Fact(_("Time left"), left, tone="run"))
    return facts


def may_still_write(answer: SurveyAnswer | None, survey: NeedsSurvey) -> bool:
    """Say whether the answer can be written now."""
    return survey.state == SurveyState.OPEN and (answer is None or answer.state == AnswerState.DRAFT)


def reminded(told: Told | None) -> str:
    """Return whom a reminder reached, and for how many units nobody signs in."""
    if told is None:
        return _("All ticked units have answered meanwhile; nobody was reminded.")
    said = _("%(units)s units were reminded: %(inboxes)s inboxes, %(mails)s e-mails.") % {
        "units": told.units,
        "inboxes": told.inboxes,
        "mails": told.mails,
    }
    if not told.silent_units:
        return said
    return f"{said} " + _("For %(count)s units nobody signs in: telephone them.") % {"count": len(told.silent_units)}
