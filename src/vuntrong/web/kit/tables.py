"""The table of a list: what it adds up, which columns can be hidden, and an order that never leaves two rows equal."""

from collections.abc import Mapping
from typing import Any, ClassVar

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.functional import Promise

from vuntrong.web.kit import numbers


class ListTable(tables.Table):
    """The rows of one list.

    `sums` gives a column the aggregate of its foot: {"learners": Sum("learners")}; 1 query for all of them.
    `unit` is the word after the number of rows in the foot ("classes").
    `opens_rows`: a press anywhere on the row follows the link of its name.
    `look`: more classes of the table, such as "is-states".
    `search_hint`: what the search field says that it looks for, where that is more than names.
    `bulk_template`: the buttons for ticked rows (needs a TickColumn); the list then stands in a POST form.
    """

    sums: ClassVar[Mapping[str, Any]] = {}
    unit: ClassVar[str | Promise] = ""
    opens_rows: ClassVar[bool] = True
    look: ClassVar[str] = ""
    bulk_template: ClassVar[str] = ""
    search_hint: ClassVar[str | Promise] = ""

    class Meta:
        template_name = "parts/_table.html"
        default = ""
        order_by_field = "sort"
        per_page_field = "per_page"

    def settle_order(self) -> None:
        """Let the primary key decide between equal rows; without it a row could show on two pages or on none."""
        rows = self.data.data
        if isinstance(rows, QuerySet):
            ordering = rows.query.order_by or tuple(rows.model._meta.ordering)
            self.data.data = rows.order_by(*ordering, "pk")

    def add_up(self) -> None:
        """Compute the foot over all rows, not only those of the page. 1 query when there is something to add up."""
        self.totals = self.data.data.aggregate(**self._sums()) if self._sums() else {}

    @property
    def foot(self) -> list[tuple[str, str, str]]:
        """Return (label, class, total) of the visible columns after the name; empty when nothing is added up."""
        totals = getattr(self, "totals", {})
        if not totals:
            return []
        after = [column for column in self.columns if column.name != self.name_column and not _is_tick(column)]
        cells = [(column, totals.get(f"sum_{column.name}")) for column in after]
        return [
            (str(column.header), column.attrs["td"].get("class", ""), "" if total is None else numbers.number(total))
            for column, total in cells
        ]

    @property
    def foot_span(self) -> int:
        """How many columns the first cell of the foot covers: the name, and the boxes before it."""
        return 1 + sum(_is_tick(column) for column in self.columns)

    @property
    def count_words(self) -> str:
        """The number of rows with their unit: 48 classes."""
        return f"{numbers.number(self.paginator.count)} {self.unit}".strip()

    @property
    def name_column(self) -> str:
        """The column that names the row: the first NameColumn, else the first column."""
        named = [column.name for column in self.columns if getattr(column.column, "is_row_header", False)]
        return named[0] if named else self.columns[0].name

    @property
    def choosable(self) -> list[tuple[str, str, bool]]:
        """Return (name, header, is shown) of the columns that may be hidden."""
        columns = [column for column in self.columns.iterall() if getattr(column.column, "can_hide", True)]
        return [(column.name, str(column.header), column.visible) for column in columns]

    def show_only(self, names: list[str]) -> None:
        """Hide the columns that may be hidden and are not among `names`; without any known name all stay."""
        known = {name for name, _header, _shown in self.choosable}
        wanted = known & set(names)
        if not wanted:
            return
        for name in known - wanted:
            self.columns.hide(name)

    def _sums(self) -> dict[str, Any]:
        return {f"sum_{name}": total for name, total in self.sums.items()}


def _is_tick(column: Any) -> bool:
    return getattr(column.column, "is_tick", False)
