"""The whole list of people as a workbook against XlsxWriter writing the same cells with the same looks."""

import resource
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import xlsxwriter
from django.test import RequestFactory

from benchmarks.timing import Ratio, ratio
from vuntrong.accounts.models import User
from vuntrong.accounts.policies import people_visible_to
from vuntrong.documents.sheets import to_xlsx
from vuntrong.web.kit.listing import build_listing
from vuntrong.web.registry.people_filters import PersonFilter
from vuntrong.web.registry.tables import PersonTable

LIMIT = 1.5


def exported(reader: User) -> bytes:
    """Return the workbook as the worker writes it."""
    request = RequestFactory().get("/registry/people/", {"export": "xlsx"})
    request.user = reader
    people = people_visible_to(reader).select_related("unit")
    listing = build_listing(request, people, table=PersonTable, filters=PersonFilter, title="Cán bộ")
    return to_xlsx([listing.sheet()])


def bare(rows: list[list[Any]]) -> bytes:
    """Write the same cells, already in memory, with the same memory-saving mode of XlsxWriter."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_urls": False}) as book:
        look = book.add_format({"border": 1, "valign": "top", "num_format": "@", "text_wrap": True})
        sheet = book.add_worksheet()
        for index, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write_string(index, column, value, look)
    return stream.getvalue()


def run() -> Iterator[Ratio]:
    """Compare, and tell the most memory that the process ever held."""
    reader, _made = User.objects.get_or_create(username="do-toc-do", defaults={"is_superuser": True})
    request = RequestFactory().get("/registry/people/", {"export": "xlsx"})
    request.user = reader
    listing = build_listing(request, people_visible_to(reader), table=PersonTable, filters=PersonFilter, title="Cán bộ")
    exported(reader)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rows = [[str(value) for value in row] for row in listing.sheet().rows]
    yield ratio(
        f"export of {len(rows)} people (at most {held} MB held)",
        lambda: exported(reader),
        lambda: bare(rows),
        limit=LIMIT,
        runs=3,
    )
