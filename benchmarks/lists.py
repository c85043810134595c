"""Queries of every list page with 25 and with 100 rows on ten years of data: the same number, and few."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.timing import Queries
from vuntrong.accounts.models import User

LIMIT = 12
LISTS = (
    "classes:list",
    "history:log",
    "plans:list",
    "registry:people",
    "registry:programmes",
    "registry:units",
    "reports:list",
    "surveys:list",
)


def run() -> Iterator[Queries]:
    """Open each list as somebody who sees the whole province."""
    reader, _made = User.objects.get_or_create(username="do-toc-do", defaults={"is_superuser": True})
    client = Client(HTTP_HOST="localhost")
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name in LISTS:
        address = reverse(name) + "?sort="
        _count(client, address)
        yield Queries(name, _count(client, f"{address}&per_page=25"), _count(client, f"{address}&per_page=100"), LIMIT)


def _count(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    if response.status_code != 200:
        raise AssertionError(f"{address} answered {response.status_code}")
    return len(queries)
