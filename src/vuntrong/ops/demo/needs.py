"""Surveys of the past: who was asked and what was answered."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from vuntrong.ops.demo.shelf import Row, Shelf
from vuntrong.ops.demo.times import day, moment
from vuntrong.planning.enums import AnswerState, SurveyState
from vuntrong.planning.models import NeedsSurvey, SurveyAnswer, SurveyRecipient, TrainingNeed
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Person, Unit

LATE = "Chờ cấp ủy họp thống nhất danh sách"
NIL = "Các đồng chí thuộc đối tượng đã học đủ chương trình"


@dataclass(frozen=True)
class Wish:
    """What a unit needs of one programme: named people, and the whole number where it gave one."""

    programme: Programme
    people: Sequence[Person] = ()
    headcount: int | None = None


@dataclass(frozen=True)
class Reply:
    """The answer of one unit; one without wishes says that it needs nothing."""

    unit: Unit
    at: dt.datetime
    by: str
    wishes: Sequence[Wish] = field(default_factory=tuple)
    is_draft: bool = False


def write_survey(shelf: Shelf, row: Row, asked: Iterable[Unit], programmes: Iterable[Programme]) -> NeedsSurvey:
    """Enter a survey and the units that it asks."""
    survey = NeedsSurvey.objects.create(
        owner=shelf.units[row["slug_owner"]],
        year=row["year"],
        title=row["title"],
        letter_number=row["letter"],
        letter_on=day(row["letter_on"]),
        opened_at=moment(day(row["opened"]), 8),
        closes_at=moment(day(row["closes"]), 17),
        state=row.get("state", SurveyState.CLOSED),
        note=row.get("note", ""),
    )
    survey.programmes.set(programmes)
    SurveyRecipient.objects.bulk_create(SurveyRecipient(survey=survey, unit=unit) for unit in asked)
    return survey


def write_replies(survey: NeedsSurvey, replies: Sequence[Reply]) -> None:
    """Enter the answers and their needs."""
    answers = SurveyAnswer.objects.bulk_create(_answer(survey, reply) for reply in replies)
    TrainingNeed.objects.bulk_create(
        need
        for answer, reply in zip(answers, replies, strict=True)
        for wish in reply.wishes
        for need in _needs(answer, wish)
    )


def _answer(survey: NeedsSurvey, reply: Reply) -> SurveyAnswer:
    is_late = reply.at > survey.closes_at and not reply.is_draft
    is_nil = not reply.wishes and not reply.is_draft
    return SurveyAnswer(
        survey=survey,
        unit=reply.unit,
        state=AnswerState.DRAFT if reply.is_draft else AnswerState.SENT,
        is_nil=is_nil,
        nil_reason=NIL if is_nil else "",
        sent_at=None if reply.is_draft else reply.at,
        sent_by_name="" if reply.is_draft else reply.by,
        is_late=is_late,
        late_reason=LATE if is_late else "",
    )


def _needs(answer: SurveyAnswer, wish: Wish) -> Iterable[TrainingNeed]:
    for person in wish.people:
        yield TrainingNeed(answer=answer, programme=wish.programme, person=person)
    if wish.headcount:
        yield TrainingNeed(answer=answer, programme=wish.programme, headcount=wish.headcount)


@dataclass
class Office:
    """Whoever acted in the past, by name; the accounts of the demonstration had no part in it."""

    name: str
    pk: Any = None

    def get_full_name(self) -> str:
        """Return the name that the log shows."""
        return self.name
