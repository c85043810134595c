"""Every address of the product, walked by nobody, by a stranger, by every role and by the roles of another province."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories import make_user
from tests.web.walk.guard import House, Page, among
from vuntrong.accounts.enums import Role
from vuntrong.accounts.models import User

pytestmark = pytest.mark.django_db

PUBLIC = {"account_login", "account_inactive", "mfa_authenticate", "demo", "demo-list", "set_language"}
"""Open without sign-in: the way in, the choice of language, and the demonstration, which exists nowhere else."""
CLOSED = (403, 404, 405)
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
INLINE = re.compile(rb"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.IGNORECASE)


def pages() -> list[Page]:
    """Return the rows of all parts."""
    found = sorted(Path(__file__).with_name("walk").glob("[!_]*.py"))
    return [page for path in found for page in getattr(import_module(f"tests.web.walk.{path.stem}"), "PAGES", [])]


PAGES = pages()
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def addresses(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every pattern with its full name."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace) if part)
            yield from addresses(pattern, inner)
        else:
            name = ":".join(part for part in (namespace, pattern.name or str(pattern.pattern)) if part)
            yield name, pattern


def policy(response) -> dict[str, str]:
    """Return the directives of the response's policy."""
    rules = response.headers["Content-Security-Policy"].split(";")
    return dict(rule.strip().split(" ", 1) for rule in rules if rule.strip())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, page: Page, house: House, url: str):
    """Send what the page is made for."""
    return client.get(url) if page.method == "GET" else client.post(url, page.data(house))


def test_every_address_is_public_by_list_or_has_a_row():
    named = {name for name, _pattern in addresses(get_resolver()) if not name.startswith("admin:")}

    assert named - PUBLIC - {page.name for page in PAGES} == set()


def test_every_row_has_an_address_and_only_one_row():
    named = {name for name, _pattern in addresses(get_resolver())}
    rows = [page.name for page in PAGES]

    assert set(rows) - named == set()
    assert sorted(rows) == sorted(set(rows))
    assert not PUBLIC & set(rows)


@every_page
def test_nobody_gets_further_than_the_sign_in_page(page):
    house = House()
    url = page.url(house)

    response = Client().generic(page.method, url)

    assert (response.status_code, response.url.split("?")[0]) == (302, reverse(settings.LOGIN_URL))


@every_page
def test_a_stranger_gets_nothing(page):
    house = House()
    url = page.url(house)

    response = send(signed_in(make_user()), page, house, url)

    assert among(response.status_code, page.stranger), response.status_code
    assert not (response.context and "listing" in response.context and response.context["listing"].count)


@every_page
def test_the_roles_of_the_row_get_in_and_the_others_do_not(page):
    house = House()
    url = page.url(house)

    answers = {role: send(signed_in(house.user_with(role)), page, house, url).status_code for role in Role}

    assert {role for role, status in answers.items() if status in CLOSED} == set(Role) - set(page.roles), answers
    assert {status for status in answers.values() if status in CLOSED and not among(status, page.denied)} == set()


@every_page
def test_another_province_is_another_world(page):
    house, other = House(), House()
    url = page.url(house)
    expected = page.stranger if page.foreign is None else page.foreign

    answers = {role: send(signed_in(other.user_with(role)), page, house, url) for role in Role}

    wrong = {role: answer.status_code for role, answer in answers.items() if not among(answer.status_code, expected)}
    assert wrong == {}


@every_page
def test_changes_are_made_by_post_only(page):
    if page.method == "GET":
        return
    house = House()
    url = page.url(house)
    user = house.user_with(next(iter(page.roles), Role.CENTRE_STAFF))

    response = signed_in(user).get(url)

    assert response.status_code == 405


@every_page
def test_pages_keep_the_strict_policy(page):
    if page.method != "GET":
        return
    house = House()
    url = page.url(house)
    administrator = make_user(is_superuser=True, is_staff=True)

    response = signed_in(administrator).get(url)

    assert response.status_code in (200, 302, 404)
    assert policy(response) == STRICT
    assert not response.streaming
    assert INLINE.findall(response.content) == []


ADMIN = [
    name
    for name, pattern in addresses(get_resolver())
    if name.startswith("admin:") and not pattern.pattern.regex.groups and pattern.name not in ("login", "logout", None)
]


@pytest.mark.parametrize("name", ADMIN)
def test_the_administration_is_for_superusers_only(name):
    url = reverse(name)
    administrator = make_user(is_superuser=True, is_staff=True)
    clerk = House().user_with(Role.ORGANISATION_BOARD)

    anonymous = Client().get(url, follow=True)
    refused, admitted = signed_in(clerk).get(url), signed_in(administrator).get(url)

    assert anonymous.redirect_chain[-1][0].split("?")[0] == reverse(settings.LOGIN_URL)
    assert refused.status_code == 404
    assert admitted.status_code in (200, 302, 403, 405)
    assert policy(admitted) == STRICT
    assert INLINE.findall(admitted.content) == []
