"""A list page in one call: filters, search without accents, order, pages, totals, XLSX, the fragment for htmx."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from vuntrong.documents.sheets import Sheet
from vuntrong.kernel.text import search_key
from vuntrong.web.kit import exports
from vuntrong.web.kit.address import kept_fields, with_query
from vuntrong.web.kit.download import XLSX as XLSX
from vuntrong.web.kit.filters import ListFilter
from vuntrong.web.kit.tables import ListTable
from vuntrong.web.kit.values import Choice

PAGE_SIZES = (25, 50, 100)
FRAGMENT = "parts/_listing.html"
FRAGMENTS = {"results": "parts/_listing_changes.html", "more-filters": "parts/_filter_more.html"}
"""What htmx gets by the part that it fills: typing a letter should not draw again what stays."""

Search = str | Sequence[str] | Callable[[QuerySet[Any], str], QuerySet[Any]]
"""How words are looked for: the columns that hold search keys ("" for no search field), or a function of its own."""


@dataclass
class Listing:
    """Everything that parts/_listing.html shows."""

    request: HttpRequest
    table: ListTable
    filters: ListFilter | None
    title: str
    searches: bool
    empty: Mapping[str, str]
    chips: list[Choice] = field(default_factory=list)
    units: Any = None
    """The switch between units of a day and those of today (`units.readings.Asked`), for a list that has it."""

    @property
    def query(self) -> str:
        """The words searched for."""
        return self.request.GET.get("q", "").strip() if self.searches else ""

    @property
    def count(self) -> int:
        return self.table.paginator.count

    @property
    def is_narrowed(self) -> bool:
        """Whether words or filters leave rows out, so that an empty list is the filters' doing."""
        return bool(self.query) or bool(self.filters and self.filters.is_narrowed)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Order, page size and columns: what the filter form carries along, and the chip."""
        names = [name for name in self.filters.names() if name != self.filters.chip] if self.filters else []
        return kept_fields(self.request, ["q", *(["on"] if self.units else []), *names])

    @property
    def kept_for_columns(self) -> list[tuple[str, str]]:
        return kept_fields(self.request, ["cols"])

    @property
    def sizes(self) -> list[Choice]:
        """The page sizes; none where one page of the smallest size holds everything."""
        if self.count <= PAGE_SIZES[0]:
            return []
        chosen = self.table.paginator.per_page
        return [Choice(str(n), None, with_query(self.request, per_page=n), n == chosen) for n in PAGE_SIZES]

    @property
    def bare_url(self) -> str:
        """The address without words and filters; order, columns and page size stay."""
        names = self.filters.names() if self.filters else []
        return with_query(self.request, q="", **dict.fromkeys(names, ""))

    @property
    def save_query(self) -> str:
        """What the menu of saved filters must know: which list this is, and how it is filtered, ordered and shown."""
        return urlencode({"page": self.request.path, "query": with_query(self.request)[1:]})

    def sheet(self) -> Sheet:
        """Return all rows of the list, as filtered and sorted, for a workbook. 1 query, when they are read."""
        rows = plain_rows(self.table)
        said = (self.title, self.units.words) if self.units else (self.title,)
        return Sheet(title=self.title, header=next(rows), rows=rows, title_lines=said)

    @property
    def is_long(self) -> bool:
        """Whether the workbook takes so long that a worker writes it."""
        return self.count > exports.AT_ONCE

    @property
    def export_url(self) -> str:
        return with_query(self.request, export="xlsx")


def answer_list(
    request: HttpRequest,
    template: str,
    queryset: QuerySet[Any],
    *,
    table: type[ListTable],
    title: str,
    filters: type[ListFilter] | None = None,
    search: Search = "search_key",
    empty: Mapping[str, str] | None = None,
    context: Mapping[str, Any] | None = None,
    units: Any = None,
) -> HttpResponse:
    """Answer a list: the page, only its fragment when htmx asks, or the workbook for ?export=xlsx.

    At most 4 queries: count, rows, chips, totals. `empty` says what to do about an empty list: title, text, and url
    with label for the button.
    """
    listing = build_listing(request, queryset, table=table, title=title, filters=filters, search=search, empty=empty)
    listing.units = units
    return answer(request, template, listing, context=context)


def answer(
    request: HttpRequest, template: str, listing: Listing, *, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Answer a list that is already built: the page, its fragment, or the workbook."""
    if request.GET.get("export") == "xlsx":
        return exports.answer_export(request, listing)
    response = render(request, fragment_or(request, template), {"listing": listing, **(context or {})})
    patch_vary_headers(response, ["HX-Request"])
    return response


def fragment_or(request: HttpRequest, template: str) -> str:
    """Return the fragment when htmx asks for it; a page that the browser restores from its history is a whole page."""
    asked = getattr(request, "htmx", None)
    if not asked or asked.history_restore_request or asked.boosted:
        return template
    return FRAGMENTS.get(asked.target or "", FRAGMENT)


def build_listing(
    request: HttpRequest,
    queryset: QuerySet[Any],
    *,
    table: type[ListTable],
    title: str,
    filters: type[ListFilter] | None = None,
    search: Search = "search_key",
    empty: Mapping[str, str] | None = None,
) -> Listing:
    """Return the list as a value, for a page that holds more than a list. Queries as `answer_list`."""
    found = _found(queryset, request.GET.get("q", ""), search)
    filterset = filters(data=request.GET, queryset=found, request=request) if filters else None
    rows = table(filterset.qs if filterset else found, request=None)
    rows.request = request
    chips = filterset.chips() if filterset else []
    configure(rows, request, filterset.known_count(chips) if filterset else None)
    return Listing(request, rows, filterset, title, bool(search), empty or {}, chips)


def _found(queryset: QuerySet[Any], words: str, search: Search) -> QuerySet[Any]:
    if callable(search):
        return search(queryset, words)
    columns = [search] if isinstance(search, str) else search
    return matching(queryset, words, [column for column in columns if column])


def matching(queryset: QuerySet[Any], words: str, columns: Sequence[str]) -> QuerySet[Any]:
    """Keep the rows that hold every word in one of the columns, whatever its case and accents."""
    if not columns:
        return queryset
    for word in search_key(words).split():
        hit = Q()
        for column in columns:
            hit |= Q(**{f"{column}__contains": word})
        queryset = queryset.filter(hit)
    return queryset


class CountedPaginator(Paginator[Any]):
    """Pages of rows whose number may be known already; counting 100,000 rows a second time is half of a search."""

    def __init__(self, rows: Any, per_page: int, *, known: int | None = None, **extra: Any) -> None:
        super().__init__(rows, per_page, **extra)
        if known is not None:
            self.__dict__["count"] = known


def configure(table: ListTable, request: HttpRequest, known: int | None = None) -> None:
    """Apply order, columns, page size and page of the address; what makes no sense falls back to the first page.

    `known` is the number of rows where somebody has counted them.
    """
    table.order_by = request.GET.getlist("sort") or table.order_by
    table.settle_order()
    table.show_only(request.GET.getlist("cols"))
    if request.GET.get("export") == "xlsx" and request.method == "GET":
        return
    table.add_up()
    per_page = _whole(request.GET.get("per_page"), PAGE_SIZES[0])
    page = _whole(request.GET.get("page"), 1)
    try:
        size = per_page if per_page in PAGE_SIZES else PAGE_SIZES[0]
        table.paginate(paginator_class=CountedPaginator, page=page, per_page=size, known=known)
    except EmptyPage:
        table.page = table.paginator.page(table.paginator.num_pages if page > 1 else 1)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


def plain_rows(table: ListTable) -> Iterator[Sequence[Any]]:
    """Yield the header, then the rows; hidden columns are left out.

    Where every column says from which field it comes, rows are read without an object for each.
    """
    shown = [one for one in table.columns if not getattr(one.column, "exclude_from_export", False)]
    rows = table.data.data
    if not isinstance(rows, QuerySet) or not all(getattr(one.column, "field", None) for one in shown):
        hidden = [column.name for column in table.columns.iterall() if not column.visible]
        yield from table.as_values(exclude_columns=hidden)
        return
    yield [str(one.header) for one in shown]
    says = [one.column.says for one in shown]
    plain = rows.select_related(None).values_list(*(one.column.field for one in shown))
    for values in plain.iterator(chunk_size=2000):
        yield [say(value) if say else value for say, value in zip(says, values, strict=True)]
