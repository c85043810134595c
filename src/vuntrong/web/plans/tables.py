"""The list of plans."""

from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from vuntrong.planning.models import PlanSubmission, TrainingPlan
from vuntrong.web.kit import columns, numbers, states, tables

TONES = {"draft": "none", "submitted": "wait", "returned": "bad", "approved": "ok", "amending": "run"}
states.declare(TrainingPlan, "state", TONES)
SUBMISSION_TONES = {"pending": "wait", "approved": "ok", "returned": "bad", "recalled": "none"}
states.declare(PlanSubmission, "state", SUBMISSION_TONES)


class MoneyColumn(columns.NumberColumn):
    """A sum of đồng, in millions; exact in the workbook."""

    def render(self, value: Any) -> str:
        return numbers.money(value) if value else "–"


class CountColumn(columns.NumberColumn):
    """Classes or learners of a plan; 0 means that no line says how many."""

    def render(self, value: Any, record: Any) -> str:
        return super().render(value, record) if value else "–"


class DecisionColumn(columns.KitColumn):
    """The last decision on the plan, a link to it."""

    def render(self, value: Any, record: Any) -> str:
        day = date_format(record.decided_on, "SHORT_DATE_FORMAT")
        url = reverse("plans:decision", args=[record.decision_key])
        return format_html('<a class="vt-link" href="{}">{}</a><small>{}</small>', url, value, day)


class PlanTable(tables.ListTable):
    """Plans of several owners and of both sides."""

    unit = _("plans")
    sums = {"class_total": Sum("class_total"), "learner_total": Sum("learner_total")}
    title = columns.NameColumn(
        verbose_name=_("Plan"),
        linkify=lambda record: reverse("plans:plan", args=[record.pk]),
        second=lambda plan: plan.owner.name,
    )
    year = columns.KitColumn(verbose_name=_("Year"), phone="hide")
    side = columns.KitColumn(verbose_name=_("Side"))
    class_total = CountColumn(verbose_name=_("Number of classes"))
    learner_total = CountColumn(verbose_name=_("Number of learners"))
    budget_total = MoneyColumn(verbose_name=_("Budget"))
    decision_number = DecisionColumn(verbose_name=_("Decision"))
    state = columns.StateColumn(order_by="state", verbose_name=_("State"))

    def render_year(self, value: int) -> str:
        return str(value)
