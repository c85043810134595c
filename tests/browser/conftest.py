"""A real Chromium against the real product, at both widths, watched for foreign requests and for axe's findings."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import polib
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import required
from vuntrong.accounts.models import User
from vuntrong.ops.messages import PLACEHOLDER, catalogues

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {
    "wide": {"width": 1440, "height": 900},
    "tablet": {"width": 820, "height": 1180},
    "phone": {"width": 390, "height": 844},
}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WORDS = """[document.body.innerText, ...[...document.querySelectorAll("[aria-label],[title],[placeholder]")].flatMap(
    (e) => ["aria-label", "title", "placeholder"].map((name) => e.getAttribute(name) ?? ""))].join("\\n")"""
PIECES = re.compile(PLACEHOLDER.pattern + r"|<[^>]+>")
WAIT = 15_000
"""Milliseconds after which a step counts as failed."""


@pytest.fixture(scope="session", autouse=True)
def _orm_beside_playwright() -> Iterator[None]:
    """Playwright's synchronous interface keeps an event loop; the tests' own ORM calls are still synchronous."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def _committing(transactional_db) -> None:
    """The server reads what a test wrote through a connection of its own."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        required("Chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@cache
def english() -> set[str]:
    """Return the fixed words of all sentences that have another Vietnamese, long enough not to be met by chance."""
    found = set()
    for path in catalogues():
        for entry in polib.pofile(str(path)):
            said = " ".join([entry.msgstr, *entry.msgstr_plural.values()])
            parts = [part for text in (entry.msgid, entry.msgid_plural) for part in PIECES.split(text or "") if part]
            found |= {part.strip() for part in parts if len(part.strip()) > 8 and part.strip() not in said}
    return found


class Watched:
    """A browser context that remembers what went wrong in it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(WAIT)
        self.address = address
        self.strangers: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", lambda request: self._note_request(request.url))
        self.page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note_request(self, url: str) -> None:
        if urlsplit(url).scheme in {"http", "https"} and not url.startswith(self.address):
            self.strangers.append(url)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self, username: str, password: str) -> None:
        self.go("/account/sign-in/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def findings(self) -> list[str]:
        """Return what axe finds on the page."""
        answer = self.page.evaluate(AXE.read_text(encoding="utf-8") + "; axe.run({resultTypes: ['violations']})")
        return [
            f"{finding['id']}: {node['target']} {node.get('failureSummary', '')}"
            for finding in answer["violations"]
            for node in finding["nodes"]
        ]

    def language(self) -> str:
        return self.page.evaluate("document.documentElement.lang")

    def english_words(self) -> list[str]:
        """Return the English sentences of the catalogues that stand on the page, hidden names included."""
        words = self.page.evaluate(WORDS)
        return sorted(one for one in english() if one in words)

    def check_page(self, *, axe: bool = True) -> None:
        """Fail on anything that axe finds, on sideways overflow, on errors of scripts or the policy, on requests to
        strangers, and on English in a Vietnamese page.
        """
        found = self.findings() if axe else []
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert found == [], f"{self.page.url}: {found}"
        assert overflow <= 0, f"{self.page.url} scrolls sideways by {overflow} px"
        assert self.errors == [], f"{self.page.url}: {self.errors}"
        assert self.strangers == []
        assert self.language() != "vi" or self.english_words() == [], self.page.url


@pytest.fixture
def open_browser(browser: Browser, live_server) -> Iterator[Callable[[str], Watched]]:
    """Return a function that opens a fresh context at "wide", "tablet" or "phone" width."""
    opened: list[Watched] = []

    def open_one(width: str = "wide") -> Watched:
        context = browser.new_context(viewport=WIDTHS[width], locale="vi-VN", has_touch=width != "wide")
        opened.append(Watched(context, live_server.url))
        return opened[-1]

    yield open_one
    for number, watched in enumerate(opened):
        if (folder := os.environ.get("VUNTRONG_TEST_SHOTS")) and not watched.page.is_closed():
            watched.page.screenshot(path=Path(folder) / f"{number}.png", full_page=True)
        watched.page.context.close()


@pytest.fixture
def enter(open_browser) -> Callable[..., Watched]:
    """Return a function that opens a page as somebody who has signed in."""

    def open_as(user: User, path: str = "/", width: str = "wide") -> Watched:
        client = Client()
        client.force_login(user)
        watched = open_browser(width)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
        watched.page.context.add_cookies([{**cookie, "url": watched.address}])
        watched.go(path)
        watched.page.wait_for_load_state("networkidle")
        return watched

    return open_as
