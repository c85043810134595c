"""Answers of units: kept as a draft, sent once, taken back or sent back."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from vuntrong.documents.models import StoredFile
from vuntrong.kernel import log
from vuntrong.kernel.errors import StaleState, Violation, refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import edit, lock_row, move
from vuntrong.planning.enums import ANSWER_MOVES, AnswerState, SurveyState
from vuntrong.planning.models import NeedsSurvey, SurveyAnswer, TrainingNeed
from vuntrong.planning.queries.answer_contents import AnswerContent, Resolution, resolve
from vuntrong.planning.rules import surveys as rules
from vuntrong.registry.actions import enter_people
from vuntrong.registry.models import Unit
from vuntrong.registry.queries import subtree_ids


@transaction.atomic
def save_answer(
    *, survey: NeedsSurvey, unit: Unit, content: AnswerContent, revision: int, by: log.Actor | None
) -> SurveyAnswer:
    """Keep an answer as a draft that is not counted. `revision` is the one that the person saw, 0 for none.

    New people enter the registry. Raises RuleBroken with everything that forbids even a draft, StaleState when
    somebody else saved meanwhile.
    """
    answer = _locked_answer(survey, unit)
    found = resolve(content.named, unit)
    facts = _facts(answer, content, found.people)
    _refuse(answer, revision, [*rules.saving_violations(facts), *found.violations])
    _store(answer, content, found, by)
    log.record("save_survey_answer", answer, by=by, label=_label(answer), after=_figures(content))
    return answer


@transaction.atomic
def send_answer(
    *,
    survey: NeedsSurvey,
    unit: Unit,
    content: AnswerContent,
    revision: int,
    by: log.Actor | None,
    late_reason: str = "",
    now: dt.datetime | None = None,
) -> SurveyAnswer:
    """Keep an answer and send it; after the deadline it is late and says why.

    `now` is for loading what happened before; the clock when absent. Raises RuleBroken with everything that is wrong,
    StaleState when somebody else saved meanwhile.
    """
    answer = _locked_answer(survey, unit)
    moment = now or timezone.now()
    found = resolve(content.named, unit)
    facts = _facts(answer, content, found.people, now=moment, late_reason=late_reason)
    _refuse(answer, revision, [*rules.sending_violations(facts), *found.violations])
    _store(answer, content, found, by)
    is_late = rules.is_late(moment, facts.closes_at)
    move(
        answer,
        AnswerState.SENT,
        table=ANSWER_MOVES,
        sent_at=moment,
        sent_by_name=by.get_full_name() if by else log.SYSTEM,
        is_late=is_late,
        late_reason=nfc(late_reason) if is_late else "",
    )
    after = {**_figures(content), "is_late": is_late}
    log.record("send_survey_answer", answer, by=by, label=_label(answer), after=after, reason=answer.late_reason)
    return answer


@transaction.atomic
def recall_answer(*, answer: SurveyAnswer, by: log.Actor | None, now: dt.datetime | None = None) -> SurveyAnswer:
    """Let the unit take its own answer back before the deadline; it counts no more until it is sent again.

    Raises RuleBroken after the deadline, StaleState when it was taken back meanwhile.
    """
    survey = lock_row(answer.survey)
    moment = now or timezone.now()
    refuse_if(rules.recall_violations(is_open=survey.state == SurveyState.OPEN, now=moment, closes_at=survey.closes_at))
    return _reopened(answer, "recall_survey_answer", reason="", by=by)


@transaction.atomic
def reopen_answer(*, answer: SurveyAnswer, reason: str, by: log.Actor | None) -> SurveyAnswer:
    """Send an answer back to the unit to be completed; it counts no more until it is sent again.

    Raises RuleBroken without a reason or when the survey is closed, StaleState when it was sent back meanwhile.
    """
    survey = lock_row(answer.survey)
    refuse_if(rules.send_back_violations(is_open=survey.state == SurveyState.OPEN, reason=reason))
    return _reopened(answer, "send_back_survey_answer", reason=nfc(reason), by=by)


@transaction.atomic
def attach_workbook(*, survey: NeedsSurvey, unit: Unit, workbook: StoredFile, by: log.Actor | None) -> SurveyAnswer:
    """Keep the workbook that a unit sent beside its answer; nothing of it is written yet.

    Raises RuleBroken when the survey takes no answers or the answer is already sent.
    """
    answer = _locked_answer(survey, unit)
    refuse_if(rules.saving_violations(_facts(answer, AnswerContent(), [])))
    SurveyAnswer.objects.filter(pk=answer.pk).update(workbook=workbook)
    answer.workbook = workbook
    log.record("attach_survey_workbook", answer, by=by, label=_label(answer), after={"file": workbook.name})
    return answer


def _locked_answer(survey: NeedsSurvey, unit: Unit) -> SurveyAnswer:
    """Return the answer fresh; its survey stays locked, so that snapshots and other clerks wait."""
    fresh = lock_row(survey)
    answer, _made = SurveyAnswer.objects.get_or_create(survey=fresh, unit=unit)
    answer.survey, answer.unit = fresh, unit
    return answer


def _facts(
    answer: SurveyAnswer,
    content: AnswerContent,
    people: Sequence[rules.NamedPerson],
    *,
    now: dt.datetime | None = None,
    late_reason: str = "",
) -> rules.AnswerFacts:
    """Return what the rules need to know. 3 queries."""
    survey = answer.survey
    return rules.AnswerFacts(
        is_open=survey.state == SurveyState.OPEN,
        is_sent=answer.state == AnswerState.SENT,
        is_asked=survey.recipients.filter(unit=answer.unit_id).exists(),
        offered=dict(survey.programmes.values_list("pk", "name")),
        unit_ids=subtree_ids({answer.unit_id}),
        numbers=content.numbers,
        named=people,
        is_nil=content.is_nil,
        nil_reason=content.nil_reason,
        now=now or timezone.now(),
        closes_at=survey.closes_at,
        late_reason=late_reason,
    )


def _refuse(answer: SurveyAnswer, revision: int, violations: Sequence[Violation]) -> None:
    """Raise StaleState when somebody else saved a draft meanwhile, else RuleBroken for what is wrong."""
    if answer.state == AnswerState.DRAFT and answer.revision != revision:
        raise StaleState(f"answer {answer.pk} is no longer at revision {revision}")
    refuse_if(violations)


def _store(answer: SurveyAnswer, content: AnswerContent, found: Resolution, by: log.Actor | None) -> None:
    """Make the rows say what the content says. Rows that stay keep their ids: enrolments point at them."""
    notes = [nfc(need.note) for need in content.named]
    ids = _entered(found, reason=_label(answer), by=by)
    wanted: dict[tuple[int, int | None], tuple[int, str]] = {
        (one.programme_id, person_id): (1, note) for one, person_id, note in zip(found.people, ids, notes, strict=True)
    }
    wanted |= {(programme_id, None): (number, "") for programme_id, number in content.numbers.items() if number}
    present = {(need.programme_id, need.person_id): need for need in answer.needs.all()}
    answer.needs.filter(pk__in=[need.pk for key, need in present.items() if key not in wanted]).delete()
    changed = [need for key, need in present.items() if key in wanted and (need.headcount, need.note) != wanted[key]]
    for need in changed:
        need.headcount, need.note = wanted[need.programme_id, need.person_id]
    TrainingNeed.objects.bulk_update(changed, ["headcount", "note"], batch_size=500)
    TrainingNeed.objects.bulk_create(
        TrainingNeed(answer=answer, programme_id=programme_id, person_id=person_id, headcount=headcount, note=note)
        for (programme_id, person_id), (headcount, note) in wanted.items()
        if (programme_id, person_id) not in present
    )
    edit(answer, revision=answer.revision, is_nil=content.is_nil, nil_reason=nfc(content.nil_reason))


def _entered(found: Resolution, *, reason: str, by: log.Actor | None) -> list[int]:
    """Enter the newcomers in the registry; returns the ids of all people in the order of `found.people`."""
    made = enter_people(new=found.newcomers, by=by, reason=reason) if found.newcomers else []
    return [one.person_id if one.person_id > 0 else made[-one.person_id - 1] for one in found.people]


def _reopened(answer: SurveyAnswer, action: str, *, reason: str, by: log.Actor | None) -> SurveyAnswer:
    """Make a sent answer a draft again; the moment of sending stays until it is sent anew."""
    before = {"sent_at": answer.sent_at, "is_late": answer.is_late}
    move(answer, AnswerState.DRAFT, table=ANSWER_MOVES, revision=F("revision") + 1)
    answer.refresh_from_db()
    log.record(action, answer, by=by, label=_label(answer), before=before, reason=reason)
    return answer


def _label(answer: SurveyAnswer) -> str:
    return f"{answer.survey.title} - {answer.unit.name}"


def _figures(content: AnswerContent) -> dict[str, int | bool]:
    return {
        "named": len(content.named),
        "numbers": sum(content.numbers.values()),
        "is_nil": content.is_nil,
    }
