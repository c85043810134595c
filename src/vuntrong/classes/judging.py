"""The verdict on people for a class, as a nomination keeps it; where else they sit; where they may go instead."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import override

from vuntrong.classes.enums import ENROLLING_STATES, OPEN_NOMINATIONS, EnrolmentState
from vuntrong.classes.models import ClassRun, Enrolment, Nomination
from vuntrong.programmes.enums import Mode
from vuntrong.programmes.queries.rules import rule_sets_on
from vuntrong.programmes.queries.sweep import sweep
from vuntrong.programmes.rules.verdicts import Answer, Reason, Verdict, with_full_time
from vuntrong.programmes.sentences import sentence
from vuntrong.registry.models import Person

LANGUAGE = "vi"
"""Kept sentences are those that the office will show years later."""


@dataclass(frozen=True)
class KeptVerdict:
    """A verdict as plain data; the fields are those of `Nomination`."""

    answer: str
    judged_for: dt.date
    reasons: list[dict[str, Any]]
    rule_rows: list[int]
    holds_from: dt.date | None = None
    fits_full_time: bool = False
    exception_by: str = ""

    @property
    def is_eligible(self) -> bool:
        return self.answer == Answer.ELIGIBLE


def begins_on(class_run: ClassRun) -> dt.date | None:
    """Return the reference day of verdicts: the opening day, else the planned start."""
    return class_run.opened_on or class_run.planned_start


def judge(class_run: ClassRun, people: Collection[int]) -> dict[int, KeptVerdict]:
    """Return the verdicts on people for a class with a first day, by key. As many queries as `sweep`, and 1."""
    day = begins_on(class_run)
    assert day is not None  # noqa: S101 - the caller has refused a class without a day
    course, full_time = [(class_run.programme.code, mode) for mode in (class_run.mode, Mode.FULL_TIME.value)]
    swept = sweep(
        Person.objects.filter(pk__in=people),
        rule_sets_on(day),
        list(dict.fromkeys([course, full_time])),
        day,
    )
    found = {}
    for key, verdict in swept.explained(course):
        whole = verdict
        if course != full_time:
            whole = with_full_time(verdict, swept.courses[full_time], swept.row(key), day)
        found[key] = kept(whole, day)
    return found


def kept(verdict: Verdict, day: dt.date) -> KeptVerdict:
    """Return a verdict as plain data."""
    authorities = [reason.waiver or (reason.rule.exception_by if reason.rule else "") for reason in verdict.reasons]
    return KeptVerdict(
        answer=verdict.answer.value,
        judged_for=day,
        reasons=[_plain(reason, fits_full_time=verdict.fits_full_time) for reason in verdict.reasons],
        rule_rows=[rule.row_id for rule in verdict.rules if rule.row_id is not None],
        holds_from=verdict.holds_from,
        fits_full_time=verdict.fits_full_time,
        exception_by=next(filter(None, authorities), "") if all(authorities) else "",
    )


def _plain(reason: Reason, *, fits_full_time: bool) -> dict[str, Any]:
    rule = reason.rule
    with override(LANGUAGE):
        said = sentence(reason, fits_full_time=fits_full_time)
    return {
        "code": reason.code,
        "condition": reason.condition,
        "row": rule.row_id if rule else None,
        "instrument": rule.instrument if rule else "",
        "article": rule.article if rule else "",
        "confidence": reason.confidence,
        "sentence": said,
        "fields": list(reason.fields),
        "holds_from": reason.holds_from.isoformat() if reason.holds_from else None,
    }


def clashes(class_run: ClassRun, people: Collection[int]) -> dict[int, list[str]]:
    """Return the codes of other classes at the same time in which people sit or for which they are proposed. 2 queries.

    They inform only. A class whose end nobody knows counts as its first day.
    """
    start, end = begins_on(class_run), class_run.closed_on or class_run.planned_end
    if start is None:
        return {}
    begins = Coalesce("class_run__opened_on", "class_run__planned_start")
    overlapping = Q(begins__lte=max(end or start, start)) & Q(ends__gte=start)
    same = {"class_run__state__in": sorted(ENROLLING_STATES), "person__in": list(people)}
    found: dict[int, set[str]] = {}
    for rows, states in (
        (Enrolment.objects, [EnrolmentState.STUDYING]),
        (Nomination.objects, sorted(OPEN_NOMINATIONS)),
    ):
        dated = rows.filter(state__in=states, **same).exclude(class_run=class_run).order_by()
        dated = dated.annotate(
            begins=begins, ends=Coalesce("class_run__closed_on", "class_run__planned_end", F("begins"))
        )
        for person_id, code in dated.filter(overlapping).values_list("person_id", "class_run__code"):
            found.setdefault(person_id, set()).add(code)
    return {person_id: sorted(codes) for person_id, codes in found.items()}


def classes_instead(class_run: ClassRun, unit_id: int, *, mode: str = "") -> QuerySet[ClassRun]:
    """Return the classes of the same programme that take nominations of the unit, in a mode, the earliest first."""
    runs = ClassRun.objects.filter(
        programme=class_run.programme_id, state__in=sorted(ENROLLING_STATES), quotas__unit=unit_id
    ).exclude(pk=class_run.pk)
    runs = runs.filter(mode=mode) if mode else runs
    return runs.annotate(begins=Coalesce("opened_on", "planned_start")).order_by("begins", "pk")
