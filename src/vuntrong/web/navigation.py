"""The navigation, by work and not by table. An entry shows when its page exists and the person has one of its roles."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vuntrong.accounts.enums import EVERYBODY, OVERSEERS, PLANNERS


@dataclass(frozen=True)
class Entry:
    """One kind of work: where it starts, and below which paths it goes on."""

    key: str
    label: object
    short: object
    icon: str
    view: str
    roles: Collection[str]
    paths: tuple[str, ...]

    def url(self) -> str:
        """Return the address, or "" while the page does not exist."""
        try:
            return reverse(self.view)
        except NoReverseMatch:
            return ""


ENTRIES = (
    Entry("today", _("Today"), _("Today"), "inbox", "today", EVERYBODY, ()),
    Entry(
        "surveys",
        _("Training needs"),
        pgettext_lazy("navigation", "Needs"),
        "clipboard-list",
        "surveys:list",
        EVERYBODY,
        ("/surveys/",),
    ),
    Entry(
        "plans",
        _("Training plans"),
        pgettext_lazy("navigation", "Plans"),
        "checklist",
        "plans:list",
        OVERSEERS,
        ("/plans/",),
    ),
    Entry("classes", _("Classes"), _("Classes"), "school", "classes:list", OVERSEERS, ("/classes/", "/papers/")),
    Entry(
        "people",
        _("Officials"),
        _("Officials"),
        "users",
        "registry:people",
        EVERYBODY,
        ("/registry/people/", "/imports/"),
    ),
    Entry(
        "eligibility",
        _("Who may attend"),
        pgettext_lazy("navigation", "May attend"),
        "user-check",
        "eligibility:overview",
        EVERYBODY,
        ("/eligibility/", "/gaps/"),
    ),
    Entry(
        "nominations",
        _("Nominations"),
        pgettext_lazy("navigation", "Nominate"),
        "user-plus",
        "nominations:list",
        EVERYBODY,
        ("/nominations/",),
    ),
    Entry("reports", _("Reports"), _("Reports"), "chart-bar", "reports:list", OVERSEERS, ("/reports/",)),
    Entry("catalogue", _("Catalogue"), _("Catalogue"), "books", "registry:catalogue", PLANNERS, ("/registry/",)),
)
ON_PHONE = 4
"""The bar at the bottom holds the first four of the role."""


@dataclass(frozen=True)
class Item:
    """An entry as one person sees it on one page."""

    key: str
    label: object
    short: object
    icon: str
    url: str
    is_current: bool


def items(roles: Collection[str], path: str, *, may_all: bool = False) -> list[Item]:
    """Return the navigation of somebody with `roles` who stands at `path`."""
    open_to = [entry for entry in ENTRIES if may_all or set(entry.roles) & set(roles) or not entry.paths]
    here = current(path)
    shown = [(entry, entry.url()) for entry in open_to]
    return [Item(e.key, e.label, e.short, e.icon, url, e.key == here) for e, url in shown if url]


def current(path: str) -> str:
    """Return the key of the entry that `path` belongs to; the longest fitting path decides."""
    fitting = [(len(start), entry.key) for entry in ENTRIES for start in entry.paths if path.startswith(start)]
    return max(fitting)[1] if fitting else ("today" if path == "/" else "")
