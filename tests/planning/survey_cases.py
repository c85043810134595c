"""Surveys, units and contents that several tests of surveys start from."""

import datetime as dt

from django.utils import timezone

from tests.factories import make_survey, make_unit
from vuntrong.kernel.dates import PartialDate
from vuntrong.planning.models import NeedsSurvey, SurveyRecipient
from vuntrong.planning.queries.answer_contents import AnswerContent, NamedNeed
from vuntrong.registry.actions import NewPerson
from vuntrong.registry.models import Unit

HOUR = dt.timedelta(hours=1)


def make_centre() -> Unit:
    """A centre below the committee whose communes it asks."""
    committee = make_unit("Huyện ủy Tuyên Hóa", kind="district_committee")
    return make_unit("Trung tâm Chính trị huyện", parent=committee, kind="district_centre")


def ask(owner: Unit, units: int = 1, **extra) -> tuple[NeedsSurvey, list[Unit]]:
    """A survey that is open for an hour, and the units it asks."""
    survey = make_survey(owner=owner, **{"closes_at": timezone.now() + HOUR} | extra)
    asked = [make_unit(parent=owner.parent) for _ in range(units)]
    SurveyRecipient.objects.bulk_create([SurveyRecipient(survey=survey, unit=unit) for unit in asked])
    return survey, asked


def new_person(name: str = "Trần Thị Bình", born_on: str = "1991-02-03", unit_id: int = 0) -> NewPerson:
    return NewPerson(name, "female", PartialDate.parse(born_on) if born_on else None, unit_id, "Công chức")


def names(programme_id: int, *people: int | NewPerson) -> list[NamedNeed]:
    return [
        NamedNeed(programme_id, person) if isinstance(person, int) else NamedNeed(programme_id, new=person)
        for person in people
    ]


def number(programme_id: int, count: int = 3) -> AnswerContent:
    return AnswerContent(numbers={programme_id: count})
