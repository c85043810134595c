"""Filters of the year's table, whose rows are no query set, and of the learners of a class."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuntrong.classes.enums import ClassState, EnrolmentState, Grade
from vuntrong.classes.models import Enrolment
from vuntrong.registry.models import Unit
from vuntrong.web.classes.year import STATUSES, ShownRow
from vuntrong.web.kit import filters
from vuntrong.web.kit.address import with_query
from vuntrong.web.kit.values import GLYPHS, Choice

LABELS = {
    "late": gettext_lazy("Late or stuck"),
    "waiting": gettext_lazy("Waits for somebody"),
    "to-open": gettext_lazy("Not begun"),
    "running": ClassState.RUNNING.label,
    "closed": ClassState.CLOSED.label,
    "cancelled": ClassState.CANCELLED.label,
}
TONES = {"late": "bad", "waiting": "wait", "running": "run", "closed": "ok"}
MENUS = ("programme", "owner", "host")


class YearFilter:
    """Chips and menus over rows in memory; looks like a ListFilter to the parts of a page."""

    chip = "status"
    others: tuple[()] = ()

    def __init__(self, request: HttpRequest, rows: list[ShownRow]) -> None:
        self.request = request
        self.rows = rows
        self.form = _menus(rows)(request.GET)
        self.form.is_valid()

    def menus(self) -> list[forms.BoundField]:
        """Return the menus that offer a choice at all."""
        return [self.form[name] for name in MENUS if len(self.form.fields[name].choices) > 1]

    def names(self) -> list[str]:
        return [self.chip, *MENUS]

    @property
    def is_narrowed(self) -> bool:
        return any(self.request.GET.getlist(name) for name in self.names())

    def chips(self) -> list[Choice]:
        """Return the chips with the number of rows behind each, under the menus. No queries."""
        rows, chosen = self.without_chip(), self._chosen
        chips = [Choice(_("All"), len(rows), with_query(self.request, status=""), not chosen)]
        for status in STATUSES:
            count = sum(status in row.statuses for row in rows)
            if count or status in {"late", "waiting", "running", "closed"}:
                icon = GLYPHS.get(TONES.get(status, ""), "")
                url = with_query(self.request, status=status)
                chips.append(Choice(str(LABELS[status]), count, url, status == chosen, icon))
        return chips

    def kept(self) -> list[ShownRow]:
        """Return the rows that fit the menus and the chip."""
        return [row for row in self.without_chip() if not self._chosen or self._chosen in row.statuses]

    def without_chip(self) -> list[ShownRow]:
        """Return the rows that fit the menus."""
        wanted = {name: set(self.form.cleaned_data.get(name) or ()) for name in MENUS}
        return [row for row in self.rows if all(not keys or keys & _keys(row, name) for name, keys in wanted.items())]

    @property
    def _chosen(self) -> str:
        status = self.request.GET.get(self.chip, "")
        return status if status in STATUSES else ""


def _keys(row: ShownRow, name: str) -> set[str]:
    """Return the choices under which a row is found: a class of a unit that was divided stands under each part."""
    if name == "owner":
        return {str(one) for one in row.run_by.ids}
    return {str(row.programme_id) if name == "programme" else row.host}


def _menus(rows: list[ShownRow]) -> type[forms.Form]:
    """Return a form whose menus offer what the rows hold."""
    offered: dict[str, dict[str, Any]] = {name: {} for name in MENUS}
    for row in rows:
        about = row.row.class_run or row.row.line
        offered["programme"][str(row.programme_id)] = about.programme.short_name if about else ""
        offered["owner"] |= zip(map(str, row.run_by.ids), row.run_by.names, strict=True)
        offered["host"][row.host] = row.host
    labels = {"programme": _("Programme"), "owner": _("Run by"), "host": _("Venue")}
    fields = {
        name: forms.MultipleChoiceField(
            label=labels[name],
            required=False,
            choices=sorted(choices.items(), key=lambda pair: str(pair[1])),
            widget=forms.CheckboxSelectMultiple,
        )
        for name, choices in offered.items()
    }
    return type("Menus", (forms.Form,), fields)


class LearnerFilter(filters.ListFilter):
    """Learners by state, unit, sex and result."""

    chip = "state"
    tones = {"studying": "run", "completed": "ok", "not_completed": "wait", "no_show": "bad"}
    state = filters.choice_chip(EnrolmentState.choices)
    unit = filters.record_menu(gettext_lazy("Unit"), Unit.objects.none())
    grade = filters.choice_menu(gettext_lazy("Result"), [one for one in Grade.choices if one[0]])

    class Meta:
        model = Enrolment
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sending = self.queryset.order_by().values("unit")
        self.filters["unit"].queryset = Unit.objects.filter(pk__in=sending)
