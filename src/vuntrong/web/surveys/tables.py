"""Lists of surveys: those that are run, those that wait for an answer, answers, and the needs behind a figure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuntrong.planning.enums import SurveyState
from vuntrong.planning.models import SurveyRecipient, TrainingNeed
from vuntrong.planning.queries.surveys import Habit
from vuntrong.web.kit import columns, filters, tables
from vuntrong.web.kit.columns import MomentColumn
from vuntrong.web.kit.values import State
from vuntrong.web.surveys.pages import answer_standing, survey_state, time_left


class SurveyTable(tables.ListTable):
    """Surveys that the person runs or may read."""

    unit = _("surveys")
    title = columns.NameColumn(
        verbose_name=_("Survey"),
        linkify=lambda record: reverse("surveys:survey", args=[record.pk]),
        second=lambda survey: survey.owner.name,
    )
    year = columns.KitColumn(verbose_name=_("Year"), phone="hide")
    closes_at = MomentColumn(verbose_name=_("Deadline"))
    answered = columns.NumberColumn(verbose_name=_("Answered"), orderable=True)
    asked = columns.NumberColumn(verbose_name=_("Units asked"))
    late = columns.NumberColumn(verbose_name=_("Late answers"), phone="hide")
    state = columns.StateColumn(state=survey_state, order_by="state", verbose_name=_("State"))

    def render_year(self, value: int) -> str:
        return str(value)


class SurveyFilter(filters.ListFilter):
    """State as chips."""

    chip = "state"
    tones = {SurveyState.OPEN: "run", SurveyState.CLOSED: "ok"}
    state = filters.choice_chip(SurveyState.choices)


def request_state(record: SurveyRecipient) -> State:
    """Return the badge of a request: an answer that is missing after the deadline is late."""
    shown = answer_standing(record.standing)
    if record.standing in {"silent", "draft"} and record.survey.state == SurveyState.OPEN:
        if not time_left(record.survey):
            return State("bad", gettext("Overdue"))
        return State("wait", shown.label)
    return shown


class RequestTable(tables.ListTable):
    """Surveys that wait for an answer of the person's units."""

    unit = _("surveys")
    title = columns.NameColumn(
        accessor="survey__title",
        verbose_name=_("Survey"),
        linkify=lambda record: reverse("surveys:answer", args=[record.survey_id, record.unit_id]),
        second=lambda record: record.survey.owner.name,
    )
    unit_name = columns.KitColumn(
        accessor="unit__short_name", order_by="unit__sort_key", verbose_name=_("Answering unit")
    )
    closes_at = MomentColumn(
        accessor="survey__closes_at", second=lambda record: time_left(record.survey), verbose_name=_("Deadline")
    )
    sent_at = MomentColumn(verbose_name=_("Sent"), orderable=True, phone="hide")
    standing = columns.StateColumn(state=request_state, order_by="standing", verbose_name=_("State"))


class AnswerTable(tables.ListTable):
    """The units that are asked, with their answers. The view hands over `totals` and `habits` by unit."""

    unit = _("units")
    bulk_template = "surveys/_remind.html"
    totals: Mapping[int, int] = MappingProxyType({})
    habits: Mapping[int, Habit] = MappingProxyType({})

    tick = columns.TickColumn()
    name = columns.NameColumn(
        accessor="unit__name",
        order_by="unit__sort_key",
        verbose_name=_("Unit"),
        linkify=lambda record: reverse("surveys:answer", args=[record.survey_id, record.unit_id]),
    )
    sent_at = MomentColumn(verbose_name=_("Sent"))
    sent_by = columns.KitColumn(verbose_name=_("Sent by"), phone="hide")
    total = columns.NumberColumn(accessor="unit_id", orderable=False, verbose_name=_("Needs"))
    reminder_count = columns.NumberColumn(empty_values=(None, "", 0), default="", verbose_name=_("Reminders"))
    reminded_at = MomentColumn(verbose_name=_("Last reminder"), phone="hide")
    habit = columns.KitColumn(accessor="unit_id", orderable=False, verbose_name=_("Years before"), phone="hide")
    standing = columns.StateColumn(
        state=lambda record: answer_standing(record.standing), order_by="standing", verbose_name=_("State")
    )

    def render_total(self, value: int, record: SurveyRecipient) -> str:
        return str(self.totals.get(value, "" if record.standing in {"silent", "draft"} else 0))

    def value_total(self, value: int) -> int:
        return self.totals.get(value, 0)

    def render_habit(self, value: int) -> str:
        return habit_words(self.habits.get(value))

    def value_habit(self, value: int) -> str:
        return habit_words(self.habits.get(value))


def habit_words(habit: Habit | None) -> str:
    """Return how a unit answered before: late 1, silent 2 of 3; empty for a unit without lapses."""
    if habit is None or not (habit.late or habit.silent):
        return ""
    return gettext("late %(late)s, silent %(silent)s of %(asked)s") % {
        "late": habit.late,
        "silent": habit.silent,
        "asked": habit.asked,
    }


UNSENT = ("silent", "draft")
STANDING_CHOICES = [
    ("unsent", _("Not answered yet")),
    ("sent", _("Answered")),
    ("late", _("Late answer")),
    ("nil", _("No need")),
]


class AnswerFilter(filters.ListFilter):
    """How the unit stands, as chips; a draft is not an answer yet."""

    chip = "standing"
    tones = {"sent": "ok", "nil": "ok", "late": "wait", "unsent": "none"}
    standing = filters.choice_chip(STANDING_CHOICES, method="with_standing")

    def with_standing(self, rows: Any, _name: str, value: str) -> Any:
        """Return the rows of a chip."""
        return rows.filter(standing__in=UNSENT if value == "unsent" else [value])

    def chip_counts(self, rows: Any) -> dict[str, int]:
        """Return the number of units in each standing. 1 query."""
        counts: dict[str, int] = {}
        for standing in rows.order_by().values_list("standing", flat=True):
            chip = "unsent" if standing in UNSENT else standing
            counts[chip] = counts.get(chip, 0) + 1
        return counts


class NeedTable(tables.ListTable):
    """The people and numbers behind a figure."""

    unit = _("rows")
    opens_rows = False
    person = columns.NameColumn(
        order_by="person__sort_key",
        empty_values=(),
        verbose_name=_("Full name"),
        second=lambda need: need.person.post_text if need.person else "",
    )
    born_on = columns.DateColumn(accessor="person__born_on", verbose_name=_("Date of birth"))
    sex = columns.KitColumn(accessor="person__sex", verbose_name=_("Sex"), phone="hide")
    programme = columns.KitColumn(accessor="programme__name", verbose_name=_("Programme"))
    unit_name = columns.KitColumn(
        accessor="answer__unit__short_name", order_by="answer__unit__sort_key", verbose_name=_("Unit")
    )
    note = columns.KitColumn(verbose_name=_("Note"))

    def render_person(self, record: TrainingNeed) -> str:
        return need_name(record)

    def value_person(self, record: TrainingNeed) -> str:
        return need_name(record)

    def render_sex(self, record: TrainingNeed) -> str:
        return record.person.get_sex_display() if record.person else ""


def need_name(need: TrainingNeed) -> str:
    """Return the name, or the whole number that the unit gave."""
    if need.person:
        return need.person.full_name
    return gettext("%(count)s people in all, as the unit registers") % {"count": need.headcount}
