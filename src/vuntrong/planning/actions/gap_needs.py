"""From the gap list to the needs survey: one action names the people in the answers of their units."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from vuntrong.kernel import log
from vuntrong.kernel.errors import refuse_if
from vuntrong.kernel.transitions import lock_row
from vuntrong.planning.enums import AnswerState, SurveyState
from vuntrong.planning.models import NeedsSurvey, SurveyAnswer, TrainingNeed
from vuntrong.planning.rules.gaps import gap_needs_violations
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Person, Unit


@dataclass(frozen=True)
class GapNeeds:
    """What came of it: how many needs were added and were there already, and who was left out, by reason."""

    added: int
    present: int
    already_sent: tuple[int, ...]
    """People whose unit has sent its answer: it must be reopened first."""
    not_asked: tuple[int, ...]
    """People whose unit and the units above it are not asked by the survey."""


@transaction.atomic
def add_gap_needs(
    *, survey: NeedsSurvey, programme: Programme, people: Collection[int], note: str, by: log.Actor | None
) -> GapNeeds:
    """Name `people` (keys) for a programme in the draft answers of their units; run again it adds nobody twice.

    Constant number of queries. Raises RuleBroken when the survey is not open or does not offer the programme.
    """
    survey = lock_row(survey)
    offers = survey.programmes.filter(pk=programme.pk).exists()
    refuse_if(gap_needs_violations(is_open=survey.state == SurveyState.OPEN, is_offered=offers))
    units = dict(Person.objects.filter(pk__in=people, merged_into=None).values_list("pk", "unit_id"))
    asked = _asked_above(set(units.values()), set(survey.recipients.values_list("unit_id", flat=True)))
    answers = _answers(survey, {asked[unit] for unit in units.values() if unit in asked})
    sent = {unit for unit, answer in answers.items() if answer.state == AnswerState.SENT}
    wanted = {
        person: answers[asked[unit]] for person, unit in units.items() if unit in asked and asked[unit] not in sent
    }
    added = _add(wanted, programme, note)
    done = GapNeeds(
        added=added,
        present=len(wanted) - added,
        already_sent=tuple(person for person, unit in units.items() if asked.get(unit) in sent),
        not_asked=tuple(person for person, unit in units.items() if unit not in asked),
    )
    log.record("add_gap_needs", survey, by=by, after={"programme": programme.code, "count": added})
    return done


def _asked_above(units: Collection[int], recipients: Collection[int]) -> dict[int, int]:
    """Return for each unit the nearest unit at or above it that the survey asks. 1 query."""
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    found = {}
    for unit in units:
        at: int | None = unit
        while at is not None and at not in recipients:
            at = parents.get(at)
        if at is not None:
            found[unit] = at
    return found


def _answers(survey: NeedsSurvey, units: set[int]) -> dict[int, SurveyAnswer]:
    """Return the answers of units, made as drafts where there is none. 3 queries."""
    known = set(survey.answers.filter(unit__in=units).values_list("unit_id", flat=True))
    SurveyAnswer.objects.bulk_create(SurveyAnswer(survey=survey, unit_id=unit) for unit in sorted(units - known))
    return {answer.unit_id: answer for answer in survey.answers.filter(unit__in=units)}


def _add(wanted: Mapping[int, SurveyAnswer], programme: Programme, note: str) -> int:
    """Add named needs, let the whole number of a unit cover them, and let open forms know. 5 queries."""
    answers = {answer.pk for answer in wanted.values()}
    needs = TrainingNeed.objects.filter(answer__in=answers, programme=programme)
    present = set(needs.filter(person__in=wanted).values_list("answer_id", "person_id"))
    new = [
        TrainingNeed(answer=answer, programme=programme, person_id=person, note=note)
        for person, answer in wanted.items()
        if (answer.pk, person) not in present
    ]
    TrainingNeed.objects.bulk_create(new)
    named: dict[int, int] = {}
    for answer in needs.filter(person__isnull=False).values_list("answer_id", flat=True):
        named[answer] = named.get(answer, 0) + 1
    short = [one for one in needs.filter(person=None) if one.headcount < named.get(one.answer_id, 0)]
    for one in short:
        one.headcount = named[one.answer_id]
    TrainingNeed.objects.bulk_update(short, ["headcount"])
    changed = {need.answer_id for need in new}
    SurveyAnswer.objects.filter(pk__in=changed).update(revision=F("revision") + 1, is_nil=False)
    return len(new)
