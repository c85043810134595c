"""What is kept of one person, sealed or not, and the days of her requests."""

import datetime as dt
from copy import copy
from typing import Any, NamedTuple

from django.db.models import Case, DateField, F, QuerySet, When
from django.db.models.functions import Coalesce

from vuntrong.kernel.errors import Violation, refuse_if
from vuntrong.registry.enums import RequestState
from vuntrong.registry.models import DataRequest, Person, SealedIdentity
from vuntrong.registry.rules.requests import ANSWER, EXTENSION, Clocks, Term, clocks, term_code
from vuntrong.regulations.enums import Confidence, DayUnit
from vuntrong.regulations.models import StatutoryTerm
from vuntrong.regulations.queries import terms_on, work_calendar

LONGEST = dt.timedelta(days=90)
"""No term of the law on personal data, extended and prolonged by holidays, is longer."""
FORMER_NAMES = "former_names"


def unsealed(person: Person) -> Person:
    """Return the person as she was before her record was restricted; a copy that nobody must save. 1 query."""
    sealed = SealedIdentity.objects.filter(person=person).first()
    shown = copy(person)
    if sealed:
        restore(shown, sealed.content)
    return shown


def restore(person: Person, content: dict[str, Any]) -> None:
    """Put what was sealed back into the object; saves nothing."""
    for name, value in content.items():
        if name != FORMER_NAMES:
            field: Any = Person._meta.get_field(name)
            setattr(person, field.attname, field.to_python(value))


class SealedPerson(NamedTuple):
    """By what a restricted record is recognised when a list names her again; `born_on` is ISO, empty if unknown."""

    id: int
    search_key: str
    born_on: str
    unit_id: int
    personal_id: str
    old_personal_id: str


def sealed_people() -> list[SealedPerson]:
    """Return by what restricted records are recognised: for matching alone, never to be shown or kept. 1 query.

    Nothing of it is stored beside the seal, so that no second copy has to be forgotten with it.
    """
    rows = SealedIdentity.objects.order_by("person_id").values_list("person_id", "person__unit_id", "content")
    return [
        SealedPerson(
            person,
            content["search_key"],
            content["born_on"] or "",
            unit,
            content["personal_id"],
            content["old_personal_id"],
        )
        for person, unit, content in rows
    ]


def request_clocks(kind: str, received_on: dt.date, *, has_processor: bool) -> Clocks:
    """Return by when a request must be answered and carried out, by the terms of the day it came. 2 queries.

    Raises RuleBroken where no term is entered for that day.
    """
    terms = {code: _term(row) for code, row in terms_on("privacy-", received_on).items()}
    missing = [code for code in (ANSWER, term_code(kind, has_processor=has_processor)) if code not in terms]
    refuse_if(Violation("term-unknown", "", {"term": code, "day": received_on}) for code in missing)
    return clocks(
        kind,
        received_on,
        has_processor=has_processor,
        terms=terms,
        calendar=work_calendar(received_on, received_on + LONGEST),
    )


def latest_extension(received_on: dt.date, carry_out_by: dt.date) -> dt.date:
    """Return the last day to which the term of a request may be extended; no later one without a term. 2 queries."""
    row = terms_on(EXTENSION, received_on).get(EXTENSION)
    if row is None:
        return carry_out_by
    return _term(row).end(carry_out_by, work_calendar(carry_out_by, carry_out_by + LONGEST))


def terms_behind(kind: str, received_on: dt.date, *, has_processor: bool) -> list[StatutoryTerm]:
    """Return the dated rows from which the days of a request were computed. 1 query."""
    known = terms_on("privacy-", received_on)
    return [known[code] for code in (ANSWER, term_code(kind, has_processor=has_processor), EXTENSION) if code in known]


def is_verified(terms: list[StatutoryTerm]) -> bool:
    """Say whether every term was read in the text of the law."""
    return all(term.confidence == Confidence.SEEN for term in terms)


def _term(row: StatutoryTerm) -> Term:
    return Term(row.days, row.unit == DayUnit.WORKING)


def with_due(requests: QuerySet[DataRequest]) -> QuerySet[DataRequest]:
    """Add the next day that binds the office, `due`; null for closed requests."""
    return requests.annotate(
        due=Case(
            When(state=RequestState.RECEIVED, then=F("answer_by")),
            When(state=RequestState.ANSWERED, then=Coalesce("extended_to", "carry_out_by")),
            output_field=DateField(),
        )
    )
