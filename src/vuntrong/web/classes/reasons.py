"""State cells of the year's table in words, and the reason behind a coloured one."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vuntrong.classes.enums import Attention, Stage
from vuntrong.classes.rules.attention import StageCell
from vuntrong.web.classes.sentences import shown
from vuntrong.web.kit.numbers import number
from vuntrong.web.kit.values import Fact, State

TITLES = {
    Attention.START_LATE: gettext_lazy("Why is the start late?"),
    Attention.DECISION_DUE: gettext_lazy("Why is a decision due?"),
    Attention.NO_DECISION: gettext_lazy("Which decision is missing?"),
    Attention.OVER_FULL: gettext_lazy("Why are there more learners than places?"),
    Attention.NOBODY: gettext_lazy("Why is nobody enrolled?"),
    Attention.UNDER_FILLED: gettext_lazy("Why are there fewer learners than planned?"),
    Attention.START_DUE: gettext_lazy("Why is the start not recorded?"),
    Attention.CLOSING_LATE: gettext_lazy("Why is the closing late?"),
}
# plan, fact, cause, effect
REASONS: Mapping[str, tuple[Any, Any, Any, Any]] = {
    Attention.START_LATE: (
        gettext_lazy("Start by %(planned)s"),
        gettext_lazy("Not started on %(today)s"),
        gettext_lazy("No opening day was decided, or the day decided has passed"),
        gettext_lazy("The class is missing from the figures of the period"),
    ),
    Attention.DECISION_DUE: (
        gettext_lazy("Start by %(planned)s"),
        gettext_lazy("No opening decision on %(today)s"),
        gettext_lazy("The opening decision is not recorded"),
        gettext_lazy("Learners cannot be called up"),
    ),
    Attention.NO_DECISION: (
        gettext_lazy("An opening decision before the first day"),
        gettext_lazy("Opened on %(opened_on)s without a decision"),
        gettext_lazy("The number and date of the decision are not recorded"),
        gettext_lazy("The file of the class is incomplete"),
    ),
    Attention.OVER_FULL: (
        gettext_lazy("At most %(limit)s learners"),
        gettext_lazy("%(learners)s learners, %(over)s too many"),
        gettext_lazy("More people were enrolled than the plan has places for"),
        gettext_lazy("Room, materials and budget are short for %(over)s people"),
    ),
    Attention.NOBODY: (
        gettext_lazy("Start on %(begins)s"),
        gettext_lazy("No learner on the list"),
        gettext_lazy("Units have not sent their lists, or the lists are not entered"),
        gettext_lazy("The class cannot be held"),
    ),
    Attention.UNDER_FILLED: (
        gettext_lazy("%(planned)s learners"),
        gettext_lazy("%(learners)s learners, %(missing)s missing"),
        gettext_lazy("People did not come, left, or are not entered"),
        gettext_lazy("The plan is not reached by %(missing)s people"),
    ),
    Attention.START_DUE: (
        gettext_lazy("Opening on %(opened_on)s"),
        gettext_lazy("Start not recorded on %(today)s"),
        gettext_lazy("The class began without record, or did not begin"),
        gettext_lazy("The class is missing from the figures of the period"),
    ),
    Attention.CLOSING_LATE: (
        gettext_lazy("Closing on %(planned)s"),
        gettext_lazy("Still running on %(today)s; %(left)s learners without result"),
        gettext_lazy("Results are missing, or the closing is not recorded"),
        gettext_lazy("Certificates and the annual figures wait"),
    ),
}


def label_of(cell: StageCell) -> str:
    """Return the short word of a cell."""
    if cell.shown in SPOKEN:
        return SPOKEN[cell.shown](cell.values)
    return str(PLAIN[cell.shown])


def _days_late(values: Mapping[str, Any]) -> str:
    days = values["days"]
    if not days:
        return _("begins today")
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": number(days)}


def _short(day: Any) -> str:
    return date_format(day, "d/m")


SPOKEN: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    Attention.START_LATE: _days_late,
    Attention.CLOSING_LATE: _days_late,
    Attention.START_DUE: _days_late,
    Attention.DECISION_DUE: lambda values: _("due %(day)s") % {"day": _short(values["planned"])},
    Attention.OVER_FULL: lambda values: _("%(count)s too many") % {"count": number(values["over"])},
    Attention.UNDER_FILLED: lambda values: _("%(count)s missing") % {"count": number(values["missing"])},
    "of": lambda values: f"{number(values['done'])}/{number(values['total'])}",
    "day": lambda values: _short(values["day"]),
    "count": lambda values: number(values["learners"]),
}
PLAIN: dict[str, Any] = {
    Attention.NO_DECISION: gettext_lazy("no decision"),
    Attention.NOBODY: gettext_lazy("nobody yet"),
    "unplanned": gettext_lazy("outside the plan"),
    "cancelled": gettext_lazy("cancelled"),
    "running": gettext_lazy("running"),
    "not-yet": gettext_lazy("not yet"),
}


def state_of_cell(cell: StageCell) -> State:
    """Return tone and word of a cell."""
    return State(cell.tone, label_of(cell))


def facts_of(cell: StageCell, who: str) -> list[Fact]:
    """Return what stands in the note of a coloured cell; `who` is the unit that acts."""
    if cell.reason is None:
        return []
    values = shown(cell.reason.values)
    plan, fact, cause, effect = (str(sentence % values) for sentence in REASONS[cell.reason.code])
    return [
        Fact(_("Plan"), plan),
        Fact(_("In fact"), fact, tone=cell.reason.tone),
        Fact(_("Cause"), cause),
        Fact(_("Effect"), effect),
        Fact(_("Who acts"), who),
    ]


def one_line(cell: StageCell) -> str:
    """Return a coloured cell as one line, for a workbook."""
    if cell.reason is None:
        return ""
    values = shown(cell.reason.values)
    plan, fact, _cause, _effect = (str(sentence % values) for sentence in REASONS[cell.reason.code])
    return f"{Stage(cell.stage).label}: {fact} ({plan})"
