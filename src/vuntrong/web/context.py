"""What the frame of every page shows: navigation, unit, year. Read only by pages that draw the frame."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from vuntrong.accounts.queries import roles_of, units_of, unread_known
from vuntrong.registry.models import Unit
from vuntrong.web import navigation

FIRST_YEAR = 2020
"""The oldest year of plans that the product was fed with."""


@dataclass(frozen=True)
class Frame:
    """The frame of one page for one person."""

    items: list[navigation.Item]
    unit: Unit | None
    units: list[Unit]
    year: int
    years: list[int]
    search_url: str
    unread: int | None
    """Messages that the person has not read; null while nobody has counted, then the bell asks for itself."""

    @property
    def is_demo(self) -> bool:
        """Whether this is the demonstration, which tells who can sign in."""
        return settings.DEMO

    @property
    def on_phone(self) -> list[navigation.Item]:
        return self.items[: navigation.ON_PHONE]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame, made when a template first asks for it. At most 1 query, shared with the person's grants."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def own_units(request: HttpRequest) -> list[Unit]:
    """Return the units of the person's grants, between which the frame switches. 1 query shared with the grants."""
    return units_of(request.user) if request.user.is_authenticated else []


def current_unit(request: HttpRequest) -> Unit | None:
    """Return the unit that the person works for now: the one chosen in the frame, else the first of her grants."""
    units = own_units(request)
    chosen = request.session.get("unit")
    return next((unit for unit in units if unit.pk == chosen), units[0] if units else None)


def current_year(request: HttpRequest) -> int:
    """Return the year that the person works on: of the address, else the one chosen in the frame, else this year."""
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdecimal() and int(asked) in years():
        return int(asked)
    chosen = request.session.get("year")
    return chosen if chosen in years() else timezone.localdate().year


def years() -> list[int]:
    """Return the years on offer, next year first: plans are made ahead."""
    return list(range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1))


def _frame(request: HttpRequest) -> Frame:
    user = request.user
    roles = roles_of(user) if user.is_authenticated else frozenset()
    items = navigation.items(roles, request.path, may_all=getattr(user, "is_superuser", False))
    unread = unread_known(user) if user.is_authenticated else None
    units, year = own_units(request), current_year(request)
    return Frame(items, current_unit(request), units, year, years(), _search_url(), unread)


def _search_url() -> str:
    try:
        return reverse("search")
    except NoReverseMatch:
        return ""
