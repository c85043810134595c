"""Every page that the links of the demonstration lead to, as each role, at both widths, in both languages."""

from collections import deque
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import Resolver404, resolve

from vuntrong.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROLES = ["trung-tam-tan-phong", "xa-tan-phong", "dang-uy-tan-phong", "phong-dao-tao", "ban-to-chuc", "can-bo-hoc-vien"]
ENGLISH = ["/", "/surveys/", "/plans/", "/classes/", "/reports/", "/registry/people/"]
LEAST, AGAIN = 45, 3
"""Kinds of pages seen at one width, and pages opened for each kind: fewer kinds mean that links are lost, more pages of
one kind that links multiply."""
FILES = (".xlsx", ".docx", ".pdf", ".png", ".json")
LINKS = """[...document.querySelectorAll("nav a[href], main a[href]")]
    .filter((a) => !a.hasAttribute("download")).map((a) => a.href.split("#")[0])"""


@pytest.fixture
def demo(monkeypatch):
    monkeypatch.setattr(settings, "DEMO", True)
    monkeypatch.setattr(settings, "DEMO_PASSWORD", "hoc-de-lam-viec", raising=False)
    call_command("load_demo", stdout=StringIO())


def view_of(url: str) -> str:
    """Return the name of the page behind an address; "" for files, other hosts and what is no page."""
    parts = urlsplit(url)
    if parts.hostname not in {"localhost", "127.0.0.1"} or parts.path.endswith(FILES):
        return ""
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return ""


class Walk:
    """What was seen at one width by all roles together."""

    def __init__(self) -> None:
        self.seen: dict[str, str] = {}
        self.opened = 0
        self.wrong: list[str] = []

    def look(self, watched, view: str) -> None:
        """Check the page that is open; axe once for each kind of page."""
        self.opened += 1
        try:
            watched.check_page(axe=view not in self.seen)
        except AssertionError as fault:
            self.wrong.append(str(fault).partition("\nassert")[0])
            watched.errors.clear()
        self.seen.setdefault(view, watched.page.url)

    def go_round(self, watched, *, again: bool) -> None:
        """Follow the links to every kind of page not seen yet; `again` opens the navigation for each role."""
        self.look(watched, "today")
        waiting = deque((url, again) for url in watched.page.evaluate(LINKS))
        planned: set[str] = set()
        while waiting:
            url, is_first = waiting.popleft()
            view = view_of(url)
            if not view or view in planned or (view in self.seen and not is_first):
                continue
            planned.add(view)
            response = watched.page.goto(url)
            if response is None or response.status != 200:
                self.wrong.append(f"{url}: answered {response and response.status}")
                continue
            self.look(watched, view)
            waiting.extend((link, False) for link in watched.page.evaluate(LINKS))

    def read_in_english(self, watched) -> None:
        """Open the main pages in English, which shows too that English would be noticed in a Vietnamese page."""
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": watched.address}
        watched.page.context.add_cookies([cookie])
        for path in ENGLISH:
            watched.go(path)
            self.wrong += [] if watched.language() == "en" and watched.english_words() else [f"{path} is not English"]
            self.look(watched, f"{path} in English")


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_every_page_that_links_lead_to_is_sound_and_speaks_vietnamese(demo, enter, width):
    walk = Walk()

    for username in ROLES:
        watched = enter(User.objects.get(username=username), "/", width)
        walk.go_round(watched, again=width == "wide")
        watched.page.context.close()
    walk.read_in_english(enter(User.objects.get(username="phong-dao-tao"), "/", width))

    assert walk.wrong == []
    assert len(walk.seen) > LEAST
    assert walk.opened < AGAIN * len(walk.seen)


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_the_pages_before_sign_in_are_sound(demo, open_browser, width):
    watched = open_browser(width)

    for path in ("/account/sign-in/", "/demo/", "/account/sign-in/?next=/plans/"):
        watched.go(path)

        watched.check_page()
