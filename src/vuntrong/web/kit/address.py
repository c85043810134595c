"""Addresses that keep the state of a list: filters, order, page size."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict


def with_query(request: HttpRequest, **changes: object) -> str:
    """Return "?…" with the present query and the changes; None or "" takes a name away, a list repeats it.

    The page number falls away unless it is what changes: another filter has other pages.
    """
    query = QueryDict(request.GET.urlencode(), mutable=True)
    query.pop("page", None)
    query.pop("export", None)
    for name, value in changes.items():
        query.pop(name, None)
        values = value if isinstance(value, (list, tuple)) else [value]
        if kept := [str(one) for one in values if one not in (None, "")]:
            query.setlist(name, kept)
    return f"?{query.urlencode()}"


def kept_fields(request: HttpRequest, without: Iterable[str]) -> list[tuple[str, str]]:
    """Return the (name, value) pairs of the query that a form must carry as hidden fields."""
    left_out = {*without, "page", "export"}
    return [(name, value) for name, values in request.GET.lists() if name not in left_out for value in values if value]
