"""What the answer page of a unit shows."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from vuntrong.kernel.log import history
from vuntrong.planning.enums import AnswerState, SurveyState
from vuntrong.planning.models import NeedsSurvey, SurveyAnswer, TrainingNeed
from vuntrong.planning.policies import surveys as policies
from vuntrong.planning.queries import survey_answers
from vuntrong.planning.queries import surveys as queries
from vuntrong.planning.rules.surveys import is_late, unit_total
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Unit
from vuntrong.web.history.entries import entries_of
from vuntrong.web.surveys import answer_forms, pages
from vuntrong.web.surveys.sentences import stale


@dataclass(frozen=True)
class Asked:
    """A unit, the survey that asks it, and its answer so far."""

    survey: NeedsSurvey
    unit: Unit
    answer: SurveyAnswer | None

    @property
    def is_sent(self) -> bool:
        return self.answer is not None and self.answer.state == AnswerState.SENT

    @property
    def is_begun(self) -> bool:
        return self.answer is not None and self.answer.revision > 0

    @property
    def is_open(self) -> bool:
        return self.survey.state == SurveyState.OPEN

    @property
    def is_late(self) -> bool:
        """Whether an answer sent now would be late."""
        return is_late(timezone.now(), self.survey.closes_at)

    @property
    def may_recall(self) -> bool:
        return self.is_sent and self.is_open and not self.is_late


@dataclass(frozen=True)
class SentGroup:
    """One programme of an answer that can only be read."""

    programme: Programme
    people: list[TrainingNeed]
    number: int

    @property
    def total(self) -> int:
        return unit_total(len(self.people), self.number)


def asked(request: HttpRequest, survey_id: int, unit_id: int) -> Asked:
    """Return the request to a unit. Raises Http404 for strangers. 2 queries besides those of the scope."""
    recipient = get_object_or_404(
        policies.requests_visible_to(request.user).select_related("survey__owner", "unit"),
        survey=survey_id,
        unit=unit_id,
    )
    return Asked(recipient.survey, recipient.unit, survey_answers.answer_of(recipient.survey, recipient.unit))


def show(
    request: HttpRequest, asked: Asked, *, may_write: bool, form: answer_forms.AnswerForm | None = None
) -> HttpResponse:
    """Show the answer: as a form while the person may write, else as it stands."""
    context = {
        "asked": asked,
        "survey": asked.survey,
        "unit": asked.unit,
        "answer": asked.answer,
        "state": pages.answer_standing(queries.standing_of(asked.answer)),
        "facts": pages.side_facts(asked.survey),
        "history": entries_of(asked.answer),
        "may_read_survey": policies.may_read_survey(request.user, asked.survey),
        "may_run": policies.may_run_survey(request.user, asked.survey),
        "may_write": may_write,
        "is_on_behalf": may_write and asked.unit.pk not in policies.units_answered_for(request.user),
    }
    if may_write and asked.is_open and not asked.is_sent:
        typed = form or _saved(asked, is_prefilled="prefill" in request.GET)
        context |= {"form": typed, "last_year": _offered_again(request, asked)}
        return render(request, "surveys/answer.html", context, status=422 if form else 200)
    groups = _groups(survey_answers.needs_of(asked.answer))
    total = sum(group.total for group in groups)
    return render(request, "surveys/answer_sent.html", {**context, "groups": groups, "total": total})


def overtaken(asked: Asked, form: answer_forms.AnswerForm) -> None:
    """Let the form keep what was typed and save over the new version, knowingly. 2 queries."""
    fresh = survey_answers.answer_of(asked.survey, asked.unit)
    if fresh is None:
        return
    last = history(fresh).first()
    form.revision = fresh.revision
    form.errors.append(stale(last.actor_name if last else "", pages.moment(last.at if last else None)))


def _saved(asked: Asked, *, is_prefilled: bool) -> answer_forms.AnswerForm:
    needs = _last_year(asked) if is_prefilled and not asked.is_begun else survey_answers.needs_of(asked.answer)
    return answer_forms.from_needs(asked.unit, queries.offered(asked.survey), needs, asked.answer)


def _offered_again(request: HttpRequest, asked: Asked) -> list[TrainingNeed]:
    """Return last year's people while they may still be filled in."""
    return [] if asked.is_begun or "prefill" in request.GET else _last_year(asked)


def _last_year(asked: Asked) -> list[TrainingNeed]:
    return survey_answers.needs_of_last_year(asked.survey, asked.unit)


def _groups(needs: list[TrainingNeed]) -> list[SentGroup]:
    """Return the needs by programme; `needs` come in the order of the catalogue."""
    groups = []
    for _key, rows in groupby(needs, key=lambda need: need.programme_id):
        own = list(rows)
        people = [need for need in own if need.person_id]
        number = sum(need.headcount for need in own if not need.person_id)
        groups.append(SentGroup(own[0].programme, people, number))
    return groups
