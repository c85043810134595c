"""Filters of the list of turns."""

from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.enums import Sex
from vuntrong.reports.enums import Result
from vuntrong.web.kit.filters import ListFilter, choice_chip, choice_menu

SEXES = [*Sex.choices, ("none", _("Not stated"))]


class TurnFilter(ListFilter):
    """By result and sex."""

    chip = "result"
    tones = {Result.GOOD: "ok", Result.FAILED: "bad", Result.WITHDRAWN: "bad", Result.PENDING: "run"}

    result = choice_chip(Result.choices)
    sex = choice_menu(_("Sex"), SEXES, method="by_sex")

    def by_sex(self, rows: QuerySet[Any], _name: str, chosen: list[str]) -> QuerySet[Any]:
        """Keep the chosen sexes; "none" stands for not stated."""
        return rows.filter(sex__in=["" if one == "none" else one for one in chosen]) if chosen else rows

    def chip_counts(self, rows: QuerySet[Any]) -> dict[str, int]:
        """Return the number of turns for each result: a computed column. 1 query."""
        return dict(rows.order_by().values_list("result").annotate(rows=Count("pk")))


class PersonFilter(ListFilter):
    """By sex."""

    chip = "sex"

    sex = choice_chip(SEXES, method="by_sex")

    def by_sex(self, rows: QuerySet[Any], _name: str, chosen: str) -> QuerySet[Any]:
        """Keep one sex; "none" stands for not stated."""
        return rows.filter(sex="" if chosen == "none" else chosen) if chosen else rows

    def chip_counts(self, rows: QuerySet[Any]) -> dict[str, int]:
        """Return the number of people for each sex. 1 query."""
        people = rows.order_by().values("sex").annotate(people=Count("person_id", distinct=True))
        return {row["sex"] or "none": row["people"] for row in people}
