"""Filters of a list: one field shown as chips with counts, the choices as menus, the rest in a panel."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Count, QuerySet
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django_filters.widgets import DateRangeWidget, RangeWidget, SuffixedMultiWidget

from vuntrong.web.kit.address import with_query
from vuntrong.web.kit.forms import DayInput, RecordField
from vuntrong.web.kit.values import GLYPHS, Choice

MENU_WIDGETS = (forms.CheckboxSelectMultiple, forms.RadioSelect)


class DayRange(DateRangeWidget):
    """Two days, "from" and "to", each with its calendar."""

    template_name = "parts/_range_input.html"

    def __init__(self) -> None:
        super().__init__()
        self.widgets = [DayInput({"aria-label": _("From")}), DayInput({"aria-label": _("To")})]


class NumberRange(RangeWidget):
    """Two whole numbers, "from" and "to"."""

    template_name = "parts/_range_input.html"

    def __init__(self) -> None:
        super().__init__()
        attrs = {"class": "form-control", "inputmode": "numeric", "min": "0"}
        self.widgets = [forms.NumberInput({**attrs, "aria-label": label}) for label in (_("From"), _("To"))]


class ListFilter(django_filters.FilterSet):
    """The filters of one list.

    `chip` names the choice filter that is shown as chips; `tones` gives its values their glyphs. Every other filter
    with choices becomes a menu, anything else stands under "More filters". `brings_later`: those are drawn when
    somebody opens them, for a list with a long choice. `chips_count_all`: every row has exactly one value of the chip
    filter, so that the chips tell how many rows there are.
    """

    chip: ClassVar[str] = ""
    tones: ClassVar[Mapping[str, str]] = {}
    brings_later: ClassVar[bool] = False
    chips_count_all: ClassVar[bool] = False

    def chips(self) -> list[Choice]:
        """Return the chips with the number of rows behind each, under the other filters. 1 query."""
        if not self.chip:
            return []
        counts = self.chip_counts(self._rows_without_chip())
        chosen = self.data.get(self.chip, "")
        chips = [Choice(str(_("All")), sum(counts.values()), with_query(self.request, **{self.chip: ""}), not chosen)]
        for value, label in self._chip_choices():
            url = with_query(self.request, **{self.chip: value})
            icon = GLYPHS.get(self.tones.get(value, ""), "")
            chips.append(Choice(str(label), counts.get(value, 0), url, value == chosen, icon))
        return chips

    def chip_counts(self, rows: QuerySet[Any]) -> dict[str, int]:
        """Return the number of rows for each value of the chip filter. 1 query. Override where no column has them."""
        column = self.filters[self.chip].field_name
        if rows.query.annotations:  # grouping an annotated query set would group by its annotations too
            rows = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk"))
        pairs = rows.order_by().values_list(column).annotate(rows=Count("pk", distinct=True))
        return {str(value): count for value, count in pairs}

    def known_count(self, chips: Iterable[Choice]) -> int | None:
        """Return how many rows there are where the chips tell, else None."""
        return next((chip.count for chip in chips if chip.is_on), None) if self.chips_count_all else None

    def menus(self) -> list[BoundField]:
        """Return the filters with choices, chips left out."""
        return [field for field in self._fields() if isinstance(field.field.widget, MENU_WIDGETS)]

    def others(self) -> list[BoundField]:
        """Return the filters that are typed: dates, numbers, words."""
        return [field for field in self._fields() if not isinstance(field.field.widget, MENU_WIDGETS)]

    def others_kept(self) -> list[tuple[str, str]]:
        """Return the (name, value) pairs of the typed filters that are set, for a form that does not show them."""
        names = [one for field in self.others() for one in _names_in_address(field.name, field.field.widget)]
        return [(name, value) for name in names for value in self.data.getlist(name) if value]

    @property
    def others_set(self) -> int:
        """How many of the typed filters are set."""
        return sum(any(self.data.get(one) for one in _names_in_address(f.name, f.field.widget)) for f in self.others())

    def names(self) -> list[str]:
        """Return the names that the filters have in an address; a range has two."""
        widgets = [(name, field.widget) for name, field in self.form.fields.items()]
        return [one for name, widget in widgets for one in _names_in_address(name, widget)]

    @property
    def is_narrowed(self) -> bool:
        """Whether some filter is set."""
        return any(value for name in self.names() for value in self.data.getlist(name)) if self.data else False

    def _fields(self) -> list[BoundField]:
        return [field for field in self.form if field.name != self.chip]

    def _chip_choices(self) -> list[tuple[str, Any]]:
        return [(str(value), label) for value, label in self.filters[self.chip].extra["choices"]]

    def filter_queryset(self, queryset: QuerySet[Any], *, without: str = "") -> QuerySet[Any]:
        """Apply every filter but the one named `without`."""
        for name, value in self.form.cleaned_data.items():
            if name != without:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def _rows_without_chip(self) -> QuerySet[Any]:
        if not self.data or not self.data.get(self.chip):
            return self.qs
        return self.filter_queryset(self.queryset.all(), without=self.chip) if self.form.is_valid() else self.qs


def _names_in_address(name: str, widget: forms.Widget) -> list[str]:
    return [f"{name}_{suffix}" for suffix in widget.suffixes] if isinstance(widget, SuffixedMultiWidget) else [name]


def choice_menu(label: Any, choices: Iterable[tuple[Any, Any]], **extra: Any) -> django_filters.MultipleChoiceFilter:
    """Return a filter of several ticked choices, shown as a menu."""
    return django_filters.MultipleChoiceFilter(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **extra
    )


def record_menu(label: Any, queryset: Any, **extra: Any) -> django_filters.ModelMultipleChoiceFilter:
    """Return a filter of several ticked records (at most some dozens), shown as a menu."""
    return django_filters.ModelMultipleChoiceFilter(
        label=label, queryset=queryset, widget=forms.CheckboxSelectMultiple, **extra
    )


def choice_chip(choices: Iterable[tuple[Any, Any]], **extra: Any) -> django_filters.ChoiceFilter:
    """Return the filter that is shown as chips; name it in `chip`."""
    return django_filters.ChoiceFilter(choices=choices, **extra)


class RecordFilter(django_filters.ModelChoiceFilter):
    """One record out of many, with a search that ignores accents."""

    field_class = RecordField


def words(label: Any, **extra: Any) -> django_filters.CharFilter:
    """Return a filter by words that a column holds."""
    return django_filters.CharFilter(label=label, lookup_expr="icontains", **extra)


def days(label: Any, **extra: Any) -> django_filters.DateFromToRangeFilter:
    """Return a filter from one day to another, both included."""
    return django_filters.DateFromToRangeFilter(label=label, widget=DayRange(), **extra)


def numbers_between(label: Any, **extra: Any) -> django_filters.RangeFilter:
    """Return a filter from one number to another, both included."""
    return django_filters.RangeFilter(label=label, widget=NumberRange(), **extra)
