"""Which column of a list of officials is read as what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from vuntrong.documents.columns import Column, SheetMapping
from vuntrong.documents.tables import Table
from vuntrong.documents.workbooks import Workbook
from vuntrong.exchange.actions.people import fields_for
from vuntrong.exchange.documents import columns_of, read_table
from vuntrong.exchange.models import Import, ImportTemplate
from vuntrong.exchange.rules.people_fields import ALIASES, GRADING_KEY
from vuntrong.web.imports.access import book_of
from vuntrong.web.workbooks.reading import ListKind, reading_page
from vuntrong.web.workbooks.steps import steps_of

YEARS_BACK = 5
"""Gradings of so many years can be chosen by hand."""


def people_list() -> ListKind:
    """Return what the step needs to know of lists of officials, this year's gradings included."""
    this_year = timezone.localdate().year
    years = [f"{GRADING_KEY}{year}" for year in range(this_year, this_year - YEARS_BACK, -1)]
    return ListKind(_find, _columns, (*ALIASES, *years), columns_of)


def _columns() -> list[Column]:
    return [field.column() for field in fields_for(SheetMapping()).values()]


def _find(book: Workbook, mapping: SheetMapping) -> Table:
    return read_table(book, mapping, fields_for(mapping))


def page_of(request: HttpRequest, run: Import, templates: Sequence[ImportTemplate]) -> dict[str, Any]:
    """Return what the page of the second step shows."""
    settled = run.mapping, bool(run.options.get("zeros"))
    shown = reading_page(request, book_of(run), settled, templates, people_list())
    return {**shown, "run": run, "steps": steps_of(2)}


def said_options(post: QueryDict, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that were chosen on the page; decisions about rows are forgotten with the reading."""
    return {**{key: value for key, value in before.items() if key == "update"}, "zeros": "zeros" in post}
