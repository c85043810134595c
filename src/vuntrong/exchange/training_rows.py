"""Rows of the training block from the registry and from our own finished classes."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from vuntrong.classes.enums import ClassState, EnrolmentState
from vuntrong.classes.models import Enrolment
from vuntrong.exchange.training_block import TrainingRow
from vuntrong.kernel.dates import PartialDate, Period
from vuntrong.programmes.enums import Field, Level
from vuntrong.registry.enums import PoliticalLevel, QualificationKind
from vuntrong.registry.models import Person, Qualification

KINDS = {Field.POLITICAL_THEORY: QualificationKind.POLITICAL, Field.PROFESSIONAL: QualificationKind.SKILLS}
LEVELS = {
    Level.ELEMENTARY: PoliticalLevel.ELEMENTARY,
    Level.INTERMEDIATE: PoliticalLevel.INTERMEDIATE,
    Level.ADVANCED: PoliticalLevel.ADVANCED,
}
EXPORTED_FIELDS = ("registry.Person.personal_id", "registry.Qualification.number")
"""What a reader of the log of exports is told was in the file."""
CHUNK = 2000
EMPTY = TrainingRow(*[""] * 26)


def training_rows(people: QuerySet[Person], period: Period | None = None) -> Iterator[TrainingRow]:
    """Yield papers, then finished classes, of people in the order of names; of a period those that touch it.

    A row without any date is left out of a period. A class whose paper is entered already (source class:7) comes once.
    2 queries, read in chunks.
    """
    for paper in _papers(people).iterator(chunk_size=CHUNK):
        if _touches(period, paper.studied_from or paper.issued_on, paper.studied_to or paper.issued_on):
            yield _of_paper(paper)
    for turn in _turns(people).iterator(chunk_size=CHUNK):
        run = turn.class_run
        if _touches(period, _partial(run.opened_on), _partial(run.closed_on)):
            yield _of_turn(turn)


def _papers(people: QuerySet[Person]) -> QuerySet[Qualification]:
    rows = Qualification.objects.filter(person__in=people).select_related("person__unit", "institution_unit")
    return rows.order_by("person__sort_key", "person_id", "id")


def _turns(people: QuerySet[Person]) -> QuerySet[Enrolment]:
    code = Concat(Value("class:"), Cast(OuterRef("class_run_id"), CharField()))
    entered = Qualification.objects.filter(person=OuterRef("person"), source=code)
    done = Enrolment.objects.filter(
        ~Exists(entered), person__in=people, state=EnrolmentState.COMPLETED, class_run__state=ClassState.CLOSED
    )
    rows = done.select_related("person__unit", "class_run__programme", "class_run__owner")
    return rows.order_by("person__sort_key", "person_id", "id")


def _of_person(person: Person) -> TrainingRow:
    return replace(
        EMPTY,
        personal_id=person.personal_id,
        profile_code=person.profile_code,
        full_name=person.full_name,
        born_on=_iso(person.born_on),
        sex=person.sex,
        unit=person.unit.name,
        unit_code=person.unit.slug,
    )


def _of_paper(paper: Qualification) -> TrainingRow:
    plain = ("kind", "level", "field", "institution", "mode", "paper", "number", "register_number", "grade")
    told: dict[str, Any] = {name: getattr(paper, name) for name in plain}
    told |= {name: getattr(paper, name) for name in ("sending_decision", "funding", "verified_by", "verified_from")}
    return replace(
        _of_person(paper.person),
        **told,
        institution_code=paper.institution_unit.slug if paper.institution_unit else "",
        studied_from=_iso(paper.studied_from),
        studied_to=_iso(paper.studied_to),
        issued_on=_iso(paper.issued_on),
        verified_on=paper.verified_on.isoformat() if paper.verified_on else "",
        source=f"qualification:{paper.pk}",
    )


def _of_turn(turn: Enrolment) -> TrainingRow:
    run = turn.class_run
    programme = run.programme
    return replace(
        _of_person(turn.person),
        kind=KINDS[Field(programme.field)].value,
        level=LEVELS[Level(programme.level)].value if programme.level in LEVELS else "",
        field=programme.name,
        institution=run.owner.name,
        institution_code=run.owner.slug,
        studied_from=_iso(_partial(run.opened_on)),
        studied_to=_iso(_partial(run.closed_on)),
        mode=run.mode,
        grade=turn.grade,
        source=f"class:{run.pk}",
    )


def _touches(period: Period | None, start: PartialDate | None, end: PartialDate | None) -> bool:
    if period is None:
        return True
    first, last = start or end, end or start
    if first is None or last is None or last.last_day() < first.first_day():
        return False
    return period.overlaps(Period(first.first_day(), last.last_day()))


def _partial(day: dt.date | None) -> PartialDate | None:
    return PartialDate.from_date(day) if day else None


def _iso(date: PartialDate | None) -> str:
    return date.iso() if date else ""
