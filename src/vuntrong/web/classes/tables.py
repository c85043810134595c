"""Tables of classes and learners."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuntrong.classes.enums import EnrolmentState, Stage
from vuntrong.classes.models import Enrolment
from vuntrong.web.classes.reasons import TITLES, facts_of, state_of_cell
from vuntrong.web.classes.year import ShownRow
from vuntrong.web.kit import columns, tables
from vuntrong.web.kit.numbers import number


class StageColumn(columns.StateCellColumn):
    """A state cell; a coloured one opens its reason."""

    def __init__(self, stage: Stage, **extra: Any) -> None:
        self.stage = stage
        super().__init__(
            state=lambda row: state_of_cell(row.cells[stage]), orderable=False, verbose_name=stage.label, **extra
        )

    def render(self, record: ShownRow) -> SafeString:
        cell = record.cells[self.stage]
        if cell.reason is None:
            return super().render(record)
        shown = {
            "id": f"why-{record.pk}-{self.stage}",
            "state": state_of_cell(cell),
            "title": TITLES[cell.reason.code],
            "facts": facts_of(cell, record.owner),
            "slot": _remedy(record, self.stage),
        }
        return render_to_string("parts/_why.html", shown)


def _remedy(row: ShownRow, stage: Stage) -> SafeString | str:
    """Return the button that mends it, for somebody who may."""
    if not row.may_act or not row.url:
        return ""
    if row.is_class and stage == Stage.LEARNERS:
        url, verb = reverse("classes:learners", args=[row.pk]), _("Open the list of learners")
    else:
        url, verb = row.url, _("Open the class") if row.is_class else _("Make the class")
    return format_html('<a class="btn btn-sm btn-primary" href="{}">{}</a>', url, verb)


class StartColumn(columns.KitColumn):
    """When it began or is to begin; below, what the plan says."""

    align = "d"

    def render(self, record: ShownRow) -> SafeString:
        planned = record.planned_words
        if record.opened_on is None:
            return format_html("{}<small>{}</small>", planned or "–", _("planned"))
        look, said = "", _("on plan")
        if not planned:
            said = _("outside the plan")
        elif not record.is_on_plan:
            look, said = "t-wait", _("plan: %(when)s") % {"when": planned}
        shown = columns.date_format(record.opened_on, "SHORT_DATE_FORMAT")
        return format_html('{}<small class="{}">{}</small>', shown, look, said)


class LearnersColumn(columns.KitColumn):
    """Learners against plan: 58 / 60."""

    align = "n"
    phone = "side"

    def render(self, record: ShownRow) -> SafeString:
        tone = "t-bad vt-m" if record.is_over else ""
        plan = "–" if record.planned_learners is None else number(record.planned_learners)
        shown = number(record.learners)
        return format_html('<span class="{}">{}</span><span class="vt-sec"> / {}</span>', tone, shown, plan)


class YearTable(tables.ListTable):
    """One row for each planned class, made or not."""

    unit = gettext_lazy("classes")
    look = "is-states"
    code = columns.NameColumn(
        linkify=lambda record: record.url or None,
        second=lambda row: row.second_line,
        order_by=("code",),
        verbose_name=gettext_lazy("Class"),
    )
    host = columns.KitColumn(verbose_name=gettext_lazy("Venue"), phone="hide")
    start = StartColumn(
        order_by=("sort_start",), empty_values=(), verbose_name=gettext_lazy("Opening day"), phone="hide"
    )
    learners = LearnersColumn(order_by=("learners",), empty_values=(), verbose_name=gettext_lazy("Learners"))
    plan = StageColumn(Stage.PLAN)
    opening = StageColumn(Stage.OPENING)
    learning = StageColumn(Stage.LEARNERS)
    teaching = StageColumn(Stage.TEACHING)
    results = StageColumn(Stage.RESULTS)

    def add_up(self) -> None:
        """Add up learners against plan; rows in memory, no query."""
        rows: list[ShownRow] = list(self.data.data)
        planned = sum(row.planned_learners or 0 for row in rows)
        self.totals = {"sum_learners": f"{number(sum(row.learners for row in rows))} / {number(planned)}"}

    @property
    def foot(self) -> list[tuple[str, str, str]]:
        """Return the foot; the sum is already in words."""
        shown = [column for column in self.columns if column.name != self.name_column]
        totals = getattr(self, "totals", {})
        return [
            (str(column.header), column.attrs["td"].get("class", ""), totals.get(f"sum_{column.name}", ""))
            for column in shown
        ]


class LearnerTick(columns.TickColumn):
    """A box that is read out with the learner's name."""

    def render(self, value: Any, record: Enrolment) -> SafeString:
        return super().render(value, record.person)


class LearnerTable(tables.ListTable):
    """Learners of a class, by given name."""

    unit = gettext_lazy("learners")
    opens_rows = False
    bulk_template = "classes/_learners_bulk.html"
    tick = LearnerTick()
    person = columns.NameColumn(
        accessor="person__full_name",
        order_by=("person__sort_key", "pk"),
        linkify=lambda record: reverse("registry:person", args=[record.person_id]),
        second=lambda one: one.post_text,
        verbose_name=gettext_lazy("Full name"),
    )
    born_on = columns.DateColumn(accessor="person__born_on", verbose_name=gettext_lazy("Date of birth"))
    sex = columns.KitColumn(
        accessor="person__get_sex_display", order_by="person__sex", verbose_name=gettext_lazy("Sex")
    )
    unit_name = columns.KitColumn(
        accessor="unit__name", order_by=("unit__sort_key",), verbose_name=gettext_lazy("Unit")
    )
    enrolled_on = columns.DateColumn(verbose_name=gettext_lazy("Day of enrolment"), phone="hide")
    state = columns.StateColumn(order_by="state", verbose_name=gettext_lazy("State"))
    grade = columns.KitColumn(
        accessor="get_grade_display", order_by="grade", verbose_name=gettext_lazy("Result"), phone="line"
    )
    note = columns.KitColumn(verbose_name=gettext_lazy("Note"), phone="hide")

    back = columns.ActionColumn(
        "classes/_learner_actions.html", extra_context={"gone": (EnrolmentState.WITHDRAWN, EnrolmentState.NO_SHOW)}
    )

    def render_grade(self, record: Enrolment) -> str:
        return str(record.get_grade_display()) if record.grade else "–"

    def value_grade(self, record: Enrolment) -> str:
        return str(record.get_grade_display()) if record.grade else ""


class SeenLearnerTable(LearnerTable):
    """The same for somebody who may not change the list."""

    bulk_template = ""
    tick = None
    back = None
