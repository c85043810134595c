"""One search box for everything: each kind of record in its own group, only what the person may open."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from vuntrong.accounts.models import User
from vuntrong.accounts.policies import (
    instruments_visible_to,
    people_visible_to,
    rules_visible_to,
    units_visible_to,
)
from vuntrong.classes.policies import classes_visible_to
from vuntrong.kernel.text import search_key
from vuntrong.planning.models import Decision, TrainingPlan
from vuntrong.planning.policies.plans import decisions_visible_to, plans_visible_to
from vuntrong.programmes.policies import programmes_visible_to
from vuntrong.registry.models import Person, Unit
from vuntrong.registry.queries import people_found, people_in_use
from vuntrong.regulations.models import RuleRow
from vuntrong.regulations.queries import rules_on
from vuntrong.web.kit.listing import matching
from vuntrong.web.units.showing import found_by_name

IN_FRAGMENT, ON_PAGE = 4, 20
SHORTEST = 2
"""Letters below which a search would find everything."""
YEAR = re.compile(r"20\d\d")
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Hit:
    """One record that was found."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    """The records of one kind; `more_url` opens the list of all of them."""

    label: str
    icon: str
    hits: Sequence[Hit]
    more_url: str
    has_more: bool


@dataclass(frozen=True)
class Source:
    """Where records of one kind come from, and how one is shown."""

    label: Callable[[], str]
    icon: str
    find: Callable[[User | AnonymousUser, str], QuerySet[Any]]
    show: Callable[[Any], Hit]
    list_view: str
    """A list that searches by the same words; empty where there is none."""


def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; htmx gets the fragment. One query for each kind of record besides the scope."""
    words = request.GET.get("q", "").strip()
    is_fragment = bool(getattr(request, "htmx", None))
    groups = found(request.user, words, IN_FRAGMENT if is_fragment else ON_PAGE)
    shown = {"words": words, "groups": groups, "is_too_short": len(words) < SHORTEST}
    return render(request, "registry/_search.html" if is_fragment else "registry/search.html", shown)


def found(user: User | AnonymousUser, words: str, limit: int) -> list[Group]:
    """Return the groups in which something was found. 1 query for each kind of record besides the scope."""
    if len(words) < SHORTEST:
        return []
    groups = [_group(source, user, words, limit) for source in SOURCES]
    return [group for group in groups if group.hits]


def _group(source: Source, user: User | AnonymousUser, words: str, limit: int) -> Group:
    rows = list(source.find(user, words)[: limit + 1])
    hits = [source.show(row) for row in rows[:limit]]
    more = f"{reverse(source.list_view)}?{urlencode({'q': words})}" if source.list_view else ""
    return Group(source.label(), source.icon, hits, more, len(rows) > limit)


def _address(view: str, key: int) -> str:
    """Return the address of a record, or "" while its part has no page."""
    try:
        return reverse(view, args=[key])
    except NoReverseMatch:
        return ""


def _joined(parts: Iterable[object]) -> str:
    return " · ".join(str(part) for part in parts if part)


def plans_found(user: User | AnonymousUser, words: str) -> QuerySet[TrainingPlan]:
    """Return the plans of the owners named, of the year named; the words "ke hoach" say nothing."""
    plans = plans_visible_to(user).select_related("owner")
    for word in search_key(words).split():
        if YEAR.fullmatch(word):
            plans = plans.filter(year=int(word))
        elif word not in ("ke", "hoach"):
            plans = plans.filter(owner__search_key__contains=word)
    return plans


def decisions_found(user: User | AnonymousUser, words: str) -> QuerySet[Decision]:
    """Return the decisions with these words in their number, or with the number that the words begin with."""
    hit = Q(number__icontains=words) | Q(number__icontains=words.upper())
    if number := NUMBER.match(words):
        hit |= Q(number__startswith=f"{number[0]}-") | Q(number__startswith=f"{number[0]}/")
    return decisions_visible_to(user).filter(hit)


def _class(row: Any) -> Hit:
    return Hit(
        row.name, _joined((row.code, row.get_state_display(), row.owner.name)), _address("classes:class", row.pk)
    )


def _plan(row: Any) -> Hit:
    return Hit(row.title, _joined((row.owner.name, row.get_state_display())), _address("plans:plan", row.pk))


def _decision(row: Any) -> Hit:
    said = (date_format(row.issued_on, "SHORT_DATE_FORMAT"), row.issuer_text)
    return Hit(row.number, _joined(said), _address("plans:decision", row.pk))


def people_hit(user: User | AnonymousUser, words: str) -> QuerySet[Person]:
    """Return the people of the list that its own search finds, with the names they bore besides."""
    people = people_in_use(people_visible_to(user)).select_related("unit").prefetch_related("former_names")
    return people_found(people, words)


def units_hit(user: User | AnonymousUser, words: str) -> QuerySet[Unit]:
    """Return the units that some name calls so, those that exist first, with all their names."""
    units = found_by_name(units_visible_to(user), words).prefetch_related("versions")
    return units.order_by("-is_alive", *Unit._meta.ordering)


def rules_hit(user: User | AnonymousUser, words: str) -> QuerySet[RuleRow]:
    """Return the rules in force today with these words in their title or the number of their legal paper."""
    rules = rules_visible_to(user) & rules_on(timezone.localdate())
    return matching(rules, words, ["search_key"])


def _person(row: Any) -> Hit:
    names = [one.full_name for one in row.former_names.all()]
    said = (row.born_on, row.post_text, row.unit.name, _once(names))
    return Hit(row.full_name, _joined(said), reverse("registry:person", args=[row.pk]))


def _unit(row: Any) -> Hit:
    names = {one.name for one in row.versions.all()} - {row.name}
    until = _("until %(day)s") % {"day": date_format(row.ended_on, "SHORT_DATE_FORMAT")} if row.ended_on else ""
    said = (row.get_kind_display(), until, _once(sorted(names)))
    return Hit(row.name, _joined(said), reverse("registry:unit", args=[row.slug]))


def _once(names: Sequence[str]) -> str:
    """Say under which other names somebody may have looked for the record."""
    return _("formerly %(names)s") % {"names": ", ".join(names)} if names else ""


def _rule(row: Any) -> Hit:
    said = (row.get_topic_display(), row.article, row.instrument)
    return Hit(row.title, _joined(said), reverse("regulations:rule", args=[row.pk]))


def _instrument(row: Any) -> Hit:
    address = f"{reverse('regulations:instruments')}?{urlencode({'q': row.number})}"
    return Hit(str(row), _joined((date_format(row.issued_on, "SHORT_DATE_FORMAT"), row.subject)), address)


def _programme(row: Any) -> Hit:
    return Hit(row.name, row.get_kind_display(), reverse("registry:programme", args=[row.code]))


SOURCES = [
    Source(
        lambda: _("Officials"),
        "users",
        people_hit,
        _person,
        "registry:people",
    ),
    Source(
        lambda: _("Classes"),
        "school",
        lambda user, words: matching(classes_visible_to(user).select_related("owner"), words, ["search_key"]),
        _class,
        "",
    ),
    Source(lambda: _("Plans"), "checklist", plans_found, _plan, ""),
    Source(lambda: _("Decisions"), "gavel", decisions_found, _decision, ""),
    Source(
        lambda: _("Units"),
        "building",
        units_hit,
        _unit,
        "registry:units",
    ),
    Source(
        lambda: _("Programmes"),
        "books",
        lambda user, words: matching(programmes_visible_to(user), words, ["search_key"]),
        _programme,
        "registry:programmes",
    ),
    Source(lambda: _("Rules"), "scale", rules_hit, _rule, "regulations:rules"),
    Source(
        lambda: _("Legal papers"),
        "file-text",
        lambda user, words: matching(instruments_visible_to(user), words, ["search_key"]),
        _instrument,
        "regulations:instruments",
    ),
]
