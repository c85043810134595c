"""Somebody at a screen, who presses and fills as people do."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import TimeoutError as PageTimeout

from tests.browser.conftest import Watched
from tests.browser.thread_world import PASSWORD


class Desk:
    """Somebody at a screen: presses, fills and waits; every page that comes is checked."""

    def __init__(self, watched: Watched, username: str) -> None:
        self.watched, self.page = watched, watched.page
        watched.sign_in(username, PASSWORD)
        watched.check_page()

    def go(self, name: str, *args, **words) -> None:
        self.watched.go(reverse(name, args=args, kwargs=words))
        self.watched.check_page()

    def press(self, name: str, *, arrive: str = "") -> None:
        """Press the button of that name; a page whose address matches `arrive` must come."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        if arrive:
            self.arrive(arrive)

    def follow(self, name: str, arrive: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.arrive(arrive)

    def confirm(self, name: str, arrive: str, **fields: str) -> None:
        """Press, read the question, fill what it asks for, say yes."""
        self.press(name)
        self.page.wait_for_selector("dialog[open]")
        self.watched.check_page()
        for field, value in fields.items():
            self.page.fill(f"dialog[open] [name={field}]", value)
        self.page.locator("dialog[open] button:not([type=button])").click()
        self.arrive(arrive)

    def arrive(self, pattern: str) -> None:
        try:
            self.page.wait_for_url(re.compile(pattern))
        except PageTimeout:
            pytest.fail(f"no page {pattern} came; {self.page.url} says: {self.page.inner_text('main')}")
        self.watched.check_page()

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.fill(f"#id_{name}", value)

    def choose(self, name: str, words: str) -> None:
        """Choose a record in a field with search, by keyboard."""
        self.page.fill(f"#id_{name}", words)
        self.page.keyboard.press("Enter")

    def says(self, text: str) -> bool:
        return text in " ".join(self.page.inner_text("main").split())
