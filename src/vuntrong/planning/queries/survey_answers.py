"""The answer of one unit, and what it starts from."""

from django.db.models import QuerySet

from vuntrong.planning.enums import AnswerState
from vuntrong.planning.models import NeedsSurvey, SurveyAnswer, TrainingNeed
from vuntrong.planning.queries.surveys import kind_rank
from vuntrong.registry.models import Person, Unit
from vuntrong.registry.queries import subtree_ids

LISTED_PEOPLE = 8
"""People offered while a name is typed."""


def answer_of(survey: NeedsSurvey, unit: Unit) -> SurveyAnswer | None:
    """Return what the unit has written so far. 1 query."""
    return SurveyAnswer.objects.filter(survey=survey, unit=unit).first()


def needs_of(answer: SurveyAnswer | None) -> list[TrainingNeed]:
    """Return the needs of one answer with people, by programme and name. 1 query, none without answer."""
    if answer is None:
        return []
    related = answer.needs.select_related("person", "programme")
    return list(related.order_by(kind_rank("programme__"), "programme__name", "person__sort_key", "id"))


def needs_of_last_year(survey: NeedsSurvey, unit: Unit) -> list[TrainingNeed]:
    """Return the named needs that the unit sent to the owner's survey before this one, to start from. 3 queries.

    People who left the unit and programmes that are no longer offered are left out.
    """
    earlier = SurveyAnswer.objects.filter(
        survey__owner=survey.owner_id, survey__year__lt=survey.year, unit=unit, state=AnswerState.SENT
    )
    last = earlier.order_by("-survey__year", "-sent_at").first()
    if last is None:
        return []
    return list(
        last.needs.filter(person__unit__in=subtree_ids({unit.pk}), programme__in=survey.programmes.all())
        .select_related("person", "programme")
        .order_by(kind_rank("programme__"), "programme__name", "person__sort_key")
    )


def people_like(unit: Unit, key: str) -> QuerySet[Person]:
    """Return the first people of the unit and of those below it whose name holds the search key. 2 queries."""
    people = Person.objects.filter(unit_id__in=subtree_ids({unit.pk}), search_key__contains=key)
    return people.select_related("unit").order_by("sort_key", "id")[:LISTED_PEOPLE]
