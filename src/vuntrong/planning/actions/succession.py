"""Surveys and plans through a re-organisation. They bear no dates, so that what follows does so on the day itself."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.undo import Undo
from vuntrong.planning.enums import AnswerState, PlanState, SurveyState
from vuntrong.planning.models import PlanLine, SurveyAnswer, SurveyRecipient, TrainingPlan
from vuntrong.registry.following import Change, Group


class PlanningFollower:
    """Sent answers, snapshots, submissions and approved plans stay; what still waits for a unit goes on."""

    repeats: Mapping[str, tuple[str, str]] = {}

    def touched(self, change: Change) -> Iterable[Group]:
        """Return answers, silent units of open surveys, plans and plan lines of the year and later. No queries."""
        answers = SurveyAnswer.objects.filter(unit__in=change.ended, survey__year__gte=change.on.year)
        rows = answers.select_related("survey", "unit")
        stays = _("Stays with the unit that sent it; figures fold it into the successor.")
        yield Group("survey-answer", _("Survey answers"), rows, _of_survey, stays)
        waits = _silent(change).select_related("survey", "unit")
        asked = _("On the day the successor is asked instead.")
        yield Group("survey-recipient", _("Units asked that have not answered"), waits, _of_survey, asked)
        plans = TrainingPlan.objects.filter(owner__in=change.ended, year__gte=change.on.year).select_related("owner")
        goes = _("A draft goes to the successor; an approved plan stays and the successor carries it out.")
        yield Group("plan", _("Plans"), plans, lambda row: (row.title, row.owner.name), goes)
        named = Q(opener__in=change.ended) | Q(lead__in=change.ended) | Q(plan__owner__in=change.ended)
        lines = _lines(change).filter(named | Exists(_partners(change.ended).filter(planline=OuterRef("pk"))))
        says = _("The working line names the successor from the day; submitted copies never change.")
        yield Group("plan-line", _("Plan lines"), lines.select_related("plan__owner", "programme"), _line, says)

    def follow(self, change: Change, undo: Undo) -> None:
        """Nothing ahead of the day."""

    def take_effect(self, change: Change, undo: Undo) -> None:
        """Ask the successor, give it the drafts, and name it in working lines. Some queries for each unit concerned."""
        for old, heir in sorted(
            {*_concerned(_silent(change), "unit", change), *_concerned(_begun(change), "unit", change)}
        ):
            _hand_over_survey(change, old, heir, undo)
        plans = TrainingPlan.objects.filter(year__gte=change.on.year, state__in=[PlanState.DRAFT, PlanState.RETURNED])
        for old, heir in _concerned(plans, "owner", change):
            titles = TrainingPlan.objects.filter(owner=heir, year=OuterRef("year"), title=OuterRef("title"))
            undo.update(plans.filter(~Exists(titles), owner=old), owner=heir)
        for column, rows in (("approver", plans), ("opener", _lines(change)), ("lead", _lines(change))):
            for old, heir in _concerned(rows, column, change):
                undo.update(rows.filter(**{column: old}), **{column: heir})
        for old, heir in _concerned(_partners(change.ended), "unit", change):
            there = _partners([heir]).filter(planline=OuterRef("planline"))
            undo.update(_partners([old]).filter(~Exists(there), planline__in=_lines(change)), unit=heir)

    def refresh(self, today: dt.date) -> None:
        """Nothing here repeats dated rows."""


def _hand_over_survey(change: Change, old: int, heir: int, undo: Undo) -> None:
    """Let the successor be asked once, and let it finish the answer that was begun."""
    waiting = _silent(change).filter(unit=old)
    for model, rows in ((SurveyRecipient, waiting), (SurveyAnswer, _begun(change).filter(unit=old))):
        there = model._default_manager.filter(unit=heir, survey=OuterRef("survey"))
        ids = list(rows.filter(~Exists(there)).values_list("pk", flat=True))
        undo.update_ids(model, ids, unit=heir)
    asked_too = SurveyRecipient.objects.filter(unit=heir, survey=OuterRef("survey"))
    undo.remove(
        SurveyRecipient.objects.filter(pk__in=list(waiting.filter(Exists(asked_too)).values_list("pk", flat=True)))
    )


def _open(change: Change) -> dict[str, Any]:
    """Return the condition that a survey is not over on the day."""
    return {"survey__state__in": [SurveyState.DRAFT, SurveyState.OPEN], "survey__closes_at__date__gte": change.on}


def _silent(change: Change) -> QuerySet[SurveyRecipient]:
    sent = SurveyAnswer.objects.filter(survey=OuterRef("survey"), unit=OuterRef("unit"), state=AnswerState.SENT)
    return SurveyRecipient.objects.filter(~Exists(sent), unit__in=change.ended, **_open(change))


def _begun(change: Change) -> QuerySet[SurveyAnswer]:
    return SurveyAnswer.objects.exclude(state=AnswerState.SENT).filter(**_open(change))


def _lines(change: Change) -> QuerySet[PlanLine]:
    return PlanLine.objects.filter(plan__year__gte=change.on.year, is_removed=False)


def _partners(unit_ids: Iterable[int]) -> QuerySet[Any]:
    """Return the rows that say which unit co-operates in which working line."""
    rows: QuerySet[Any] = PlanLine.cooperating.through.objects.filter(unit__in=list(unit_ids))
    return rows


def _concerned(rows: QuerySet[Any], column: str, change: Change) -> list[tuple[int, int]]:
    """Return the ended units that the column names, each with its heir. 1 query."""
    found = rows.filter(**{f"{column}__in": list(change.heirs)}).order_by().values_list(column, flat=True).distinct()
    return [(old, change.heirs[old]) for old in sorted(found)]


def _of_survey(row: Any) -> tuple[str, str]:
    return row.unit.name, row.survey.title


def _line(row: PlanLine) -> tuple[str, str]:
    return str(row), f"{row.plan.title} · {row.plan.owner.name}"
