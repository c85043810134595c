"""Tags and filters of the kit; built in, so no template loads them."""

import datetime as dt
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    MultiWidget,
    RadioSelect,
    Select,
    SelectMultiple,
    Textarea,
)
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from vuntrong.web.accounts.browsers import browser_name
from vuntrong.web.kit import numbers
from vuntrong.web.kit.address import with_query
from vuntrong.web.kit.states import state_of
from vuntrong.web.kit.values import Number, State

register = template.Library()
register.filter("browser_name", browser_name)
register.filter("vn_number", numbers.number)
register.filter("vn_percent", numbers.percent)
register.filter("vn_money", numbers.money)


@register.filter
def day(value: Any) -> str:
    """Return dd/mm/yyyy of a day or instant; a date known in part as far as it is known; a dash for none."""
    if value in (None, ""):
        return "–"
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else str(value)


@register.filter
def plain(value: Any) -> str:
    """Return a number without separators: years, keys, attributes."""
    return str(value)


@register.filter
def shown(value: Any) -> str:
    """Return words as they are, numbers with separators."""
    return value if isinstance(value, str) else numbers.number(value)


@register.filter
def page_numbers(paginator: Paginator[Any], page: int) -> list[int]:
    """Return the page numbers to offer; 0 stands for a gap."""
    return [
        one if isinstance(one, int) else 0 for one in paginator.get_elided_page_range(page, on_each_side=1, on_ends=1)
    ]


@register.filter
def initials(name: str) -> str:
    """Return two letters for a person: Đặng Thu Hằng is ĐH."""
    words = str(name).split()
    return "".join(word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words))


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite; `size` is s or l. Always beside a word, so hidden from screen readers."""
    look = f"i i-{size}" if size else "i"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', look, static("build/icons.svg"), name
    )


def _second_line(column: Any, record: Any) -> str:
    """Return the small second line of a row's name."""
    say = getattr(column.column, "cell_second", None)
    text = say(record) if say else ""
    return format_html("<small>{}</small>", text) if text else ""


@register.simple_tag
def table_lines(table: Any) -> SafeString:
    """Draw the rows of a list. What is equal in a column is drawn once: a template for each cell was half of a page."""
    columns = [(column, *_cell_ends(column, is_name=column.name == table.name_column)) for column in table.columns]
    lines = [_table_line(row, columns) for row in table.paginated_rows]
    return mark_safe("\n".join(lines))  # noqa: S308 - every part went through format_html or conditional_escape


def _cell_ends(column: Any, *, is_name: bool) -> tuple[str, str]:
    """Return what stands before and after every cell of a column."""
    if is_name:
        return '<th scope="row" data-phone="name">', "</th>"
    attrs, label = column.attrs["td"], strip_tags(str(column.header))
    place = attrs.get("data-phone", "line")
    opening = format_html('<td class="{}" data-phone="{}" data-label="{}">', attrs.get("class", ""), place, label)
    return opening, "</td>"


def _table_line(row: Any, columns: list[tuple[Any, str, str]]) -> str:
    look = row.attrs.get("class", "")
    cells = (
        f"{before}{conditional_escape(row.get_cell(column.name))}"
        f"{_second_line(column, row.record) if after == '</th>' else ''}{after}"
        for column, before, after in columns
    )
    opening = format_html('<tr class="{}">', look) if look else "<tr>"
    return f"{opening}{''.join(cells)}</tr>"


@register.inclusion_tag("parts/_state.html")
def state_badge(state: Any, label: str = "") -> dict[str, State]:
    """Show a State, the state of a record, or a tone with its label."""
    if isinstance(state, State):
        return {"state": state}
    return {"state": State(state, label) if isinstance(state, str) else state_of(state)}


@register.simple_tag
def bar(share: Number | None, tone: str = "", label: str = "") -> SafeString:
    """Draw a share of one as a bar; numbers beyond 1 fill it. `label` is read out, else the percentage."""
    width = 0.0 if share is None else max(0.0, min(100.0, float(share) * 100))
    return format_html(
        '<svg class="vt-bar{}" role="img" aria-label="{}" preserveAspectRatio="none"><rect class="track" width="100%" '
        'height="6" rx="3"/><rect class="value" width="{}%" height="6" rx="3"/></svg>',
        f" is-{tone}" if tone else "",
        label or numbers.percent(share),
        f"{width:.1f}",
    )


@register.simple_tag(takes_context=True)
def query_string(context: Context, **changes: Any) -> str:
    """Return the present query with changes; the page number falls away (kit.address)."""
    return with_query(context["request"], **changes)


@register.inclusion_tag("parts/_crumb.html")
def crumb(label: str, view: str = "", *args: Any) -> dict[str, str]:
    """One step of the way to this page; the last has no view."""
    return {"label": label, "url": reverse(view, args=args) if view else ""}


@register.simple_block_tag(takes_context=True)
def part(context: Context, content: str, name: str, **values: Any) -> str:
    """Show parts/<name>.html with the values; what stands between the tags is its `slot`."""
    chosen = context.template.engine.get_template(f"parts/{name}.html")  # type: ignore[union-attr]
    with context.push(slot=content, **values):
        return chosen.render(context)


def _look(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, (CheckboxInput, RadioSelect, CheckboxSelectMultiple)):
        return "form-check-input"
    return "form-select" if isinstance(widget, (Select, SelectMultiple)) else "form-control"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw the field itself with the look of the kit, unless its widget brings its own."""
    if isinstance(field.field.widget, MultiWidget):
        return field.as_widget()
    own = field.field.widget.attrs.get("class")
    attrs = {"class": own or _look(field)}
    if isinstance(field.field.widget, Textarea):
        attrs["rows"] = "3"
    return field.as_widget(attrs=attrs)


@register.filter
def options(field: BoundField) -> list[tuple[SafeString, str]]:
    """Return (box, label) of each choice of a field of boxes or radio buttons."""
    field.field.widget.attrs.setdefault("class", "form-check-input")
    return [(one.tag(), one.choice_label) for one in field]


@register.filter
def is_box(field: BoundField) -> bool:
    """Whether the field is a single box, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_choices(field: BoundField) -> bool:
    """Whether the field is a group of boxes or radio buttons, which needs a legend."""
    return isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple))


@register.filter
def is_set(field: BoundField) -> bool:
    """Whether the field has several controls: a fieldset with a legend instead of a label."""
    return is_choices(field) or isinstance(field.field.widget, MultiWidget)


@register.filter
def is_wide(field: BoundField) -> bool:
    """Whether the field takes both columns of its form."""
    tall = field.widget_type in {"textarea", "file", "clearablefile", "upload"}
    return tall or is_set(field) or is_box(field) or field.name in getattr(field.form, "wide", ())


@register.filter
def words(text: str) -> list[str]:
    """Return the words of a text."""
    return text.split()
