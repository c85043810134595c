"""Columns of a list. Each knows its side (words left, numbers right), its place on the phone and its value in XLSX.

`phone` is name (the card's title), side (right of it), line (a line of its own, with its label) or hide.
"""

from collections.abc import Callable
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vuntrong.web.kit import numbers
from vuntrong.web.kit.states import state_of
from vuntrong.web.kit.values import State

Show = Callable[[Any], Any]


class KitColumn(tables.Column):
    """A column of words.

    `field` is where a workbook of many rows takes the value from without an object for each (a lookup or an
    expression), `says` turns it into what the cell shows.
    """

    align = ""
    phone = "line"

    def __init__(
        self,
        *args: Any,
        phone: str = "",
        can_hide: bool = True,
        field: Any = "",
        says: Show | None = None,
        **extra: Any,
    ) -> None:
        self.can_hide, self.field, self.says = can_hide, field, says
        side = {"class": self.align} if self.align else {}
        own = extra.pop("attrs", {})
        cell = {**side, "data-phone": phone or self.phone, **own.get("td", {})}
        extra["attrs"] = {"th": side, "tf": side, **own, "td": cell}
        super().__init__(*args, **extra)

    def value(self, value: Any) -> Any:
        """Return the cell of an XLSX sheet: the value itself, never its HTML."""
        return value if isinstance(value, (int, str)) else str(value)


class NameColumn(KitColumn):
    """The row's name, a link to the object (`linkify`), with a small second line (`second`: of the record)."""

    phone = "name"
    is_row_header = True

    def __init__(self, *args: Any, second: Show | None = None, **extra: Any) -> None:
        self.second = second
        super().__init__(*args, can_hide=False, **extra)

    def cell_second(self, record: Any) -> Any:
        """Return the small second line, outside the link."""
        return self.second(record) if self.second else ""


class NumberColumn(KitColumn):
    """A number, right; `digits` decimals; a link to the rows that it counts (`opens`: record -> address)."""

    align = "n"

    def __init__(self, *args: Any, digits: int | None = None, opens: Show | None = None, **extra: Any) -> None:
        self.digits = digits
        self.opens = opens
        super().__init__(*args, **extra)

    def render(self, value: Any, record: Any) -> str:
        shown = numbers.number(value, self.digits)
        if not self.opens:
            return shown
        return format_html('<a class="vt-link" href="{}">{}</a>', self.opens(record), shown)

    def value(self, value: Any) -> Any:
        return value


class PercentColumn(KitColumn):
    """A share of one, shown as percent."""

    align = "n"

    def render(self, value: Any) -> str:
        return numbers.percent(value)

    def value(self, value: Any) -> Any:
        return value


class DateColumn(KitColumn):
    """A day, or a date known in part, dd/mm/yyyy; `second` (record -> text) says something about it below."""

    align = "d"

    def __init__(self, *args: Any, second: Show | None = None, **extra: Any) -> None:
        self.second = second
        super().__init__(*args, **extra)

    def render(self, value: Any, record: Any) -> str:
        shown = date_format(value, "SHORT_DATE_FORMAT") if hasattr(value, "strftime") else str(value)
        said = self.second(record) if self.second else ""
        return format_html("{}<small>{}</small>", shown, said) if said else shown

    def value(self, value: Any) -> Any:
        return value


class MomentColumn(DateColumn):
    """An instant in local time, 17:00 23/10/2026; `second` says something about it below."""

    def render(self, value: Any, record: Any) -> str:
        said = self.second(record) if self.second else ""
        return format_html("{}<small>{}</small>", self.value(value), said) if said else self.value(value)

    def value(self, value: Any) -> str:
        return date_format(timezone.localtime(value), "H:i d/m/Y")


class StateColumn(KitColumn):
    """The state of the record as a badge: declared with kit.states.declare, or given by `state` (record -> State)."""

    phone = "side"
    template = "parts/_state.html"

    def __init__(self, *args: Any, state: Callable[[Any], State] = state_of, **extra: Any) -> None:
        self.state = state
        extra.setdefault("empty_values", ())
        super().__init__(*args, **extra)

    def render(self, record: Any) -> SafeString:
        return render_to_string(self.template, {"state": self.state(record)})

    def value(self, record: Any) -> str:
        return self.state(record).label


class StateCellColumn(StateColumn):
    """A state that fills its cell; "not yet" is only a dash. On the phone one of the squares under the name."""

    phone = "line"
    align = "vt-sc"
    template = "parts/_state_cell.html"


class TickColumn(tables.Column):
    """Boxes for bulk work; needs the bulk form around the table (parts/_listing.html makes it when `bulk` is given)."""

    is_tick = True

    def __init__(self, **extra: Any) -> None:
        attrs = {"th": {"class": "select"}, "td": {"class": "select", "data-phone": "tick"}, "tf": {"class": "select"}}
        super().__init__(accessor="pk", orderable=False, exclude_from_export=True, attrs=attrs, **extra)
        self.can_hide = False

    @property
    def header(self) -> SafeString:
        return format_html('<input class="form-check-input" type="checkbox" data-all aria-label="{}">', _("Select all"))

    def render(self, value: Any, record: Any) -> SafeString:
        box = '<input class="form-check-input" type="checkbox" name="rows" value="{}" data-row aria-label="{}">'
        return format_html(box, str(value), record)


class ActionColumn(tables.TemplateColumn):
    """Buttons of a row, from a fragment of the domain's templates."""

    def __init__(self, template_name: str, **extra: Any) -> None:
        attrs = {"th": {"class": "acts"}, "td": {"class": "acts", "data-phone": "line"}}
        extra.setdefault("verbose_name", _("Next step"))
        super().__init__(template_name=template_name, orderable=False, exclude_from_export=True, attrs=attrs, **extra)
        self.can_hide = False
