"""Values of the pages about duplicates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.text import search_key
from vuntrong.registry.actions.merged_rows import Plan
from vuntrong.registry.actions.merging import CHOICES
from vuntrong.registry.enums import DuplicateReason, Sex
from vuntrong.registry.models import Person
from vuntrong.registry.rules.duplicates import Candidate
from vuntrong.web.duplicates.sentences import CHOICES_SAID, KINDS

AT_MOST = 2000
"""Pairs that one list shows; the surest stand first."""


RANKS = {reason: at for at, reason in enumerate(DuplicateReason.values)}


@dataclass(frozen=True)
class Pair:
    """Two records that may be one human being, as a list shows them."""

    first: Person
    second: Person
    reasons: Sequence[str]

    @property
    def url(self) -> str:
        return reverse("registry:merge", args=[self.first.pk, self.second.pk])

    @property
    def why(self) -> str:
        """The reasons in words."""
        return ", ".join(str(DuplicateReason(one).label) for one in self.reasons)

    @property
    def rank(self) -> int:
        """How sure the surest reason is; the surest is 0."""
        return RANKS[self.reasons[0]]

    def holds(self, words: Sequence[str]) -> bool:
        """Say whether every word stands in one of the names, IDs, birth dates or units."""
        text = " ".join(_searched(one) for one in (self.first, self.second))
        return all(word in text for word in words)


def _searched(person: Person) -> str:
    """Return the words by which a record of a pair is found."""
    ids = (person.personal_id, person.old_personal_id)
    return " ".join((person.search_key, person.unit.search_key, *ids, str(person.born_on or "")))


def pairs_of(found: Sequence[Candidate], people: QuerySet[Person]) -> list[Pair]:
    """Return the candidates with their records. 1 query."""
    shown = found[:AT_MOST]
    keys = {key for one in shown for key in (one.first, one.second)}
    records = {one.pk: one for one in people.filter(pk__in=keys).select_related("unit")}
    return [
        Pair(records[one.first], records[one.second], one.reasons)
        for one in shown
        if one.first in records and one.second in records
    ]


@dataclass(frozen=True)
class Line:
    """One field of two records side by side."""

    key: str
    label: str
    kept: str
    gone: str
    differs: bool
    takes_gone: bool
    """Whether the value of the record that goes is proposed: only it has one, or a fuller date of birth."""


def lines_of(kept: Person, gone: Person, chosen: Mapping[str, str]) -> list[Line]:
    """Return the fields that at least one record has, those that differ first. `chosen` is what was ticked before."""
    lines = []
    for key in CHOICES:
        here, there = said(kept, key), said(gone, key)
        if here or there:
            is_fuller = there != here and there.endswith(here) if key == "born_on" else bool(there and not here)
            proposed = chosen.get(key, "gone" if is_fuller else "kept") == "gone"
            lines.append(Line(key, str(CHOICES_SAID[key]), here, there, here != there, proposed))
    return sorted(lines, key=lambda one: not one.differs)


def said(person: Person, key: str) -> str:
    """Return what a record says in a choice, in words."""
    if key == "name":
        return person.full_name
    if key == "work":
        return ", ".join(one for one in (person.post_text, person.unit.name) if one)
    if key == "sex":
        return str(Sex(person.sex).label) if person.sex else ""
    if key == "photo":
        return _("There is a photo") if person.photo_id else ""
    value: Any = getattr(person, key)
    if value is None or value == "":
        return ""
    return date_format(value, "SHORT_DATE_FORMAT") if hasattr(value, "strftime") else _plain(value)


def _plain(value: Any) -> str:
    return value.display() if isinstance(value, PartialDate) else str(value)


@dataclass(frozen=True)
class Rows:
    """How many rows of one kind go along, and how many both records have."""

    label: str
    moving: int
    same: int


def rows_of(plans: Sequence[Plan]) -> list[Rows]:
    """Return what moves, in words."""
    return [
        Rows(str(KINDS.get(plan.link.model._meta.label, plan.link.label)), len(plan.moving), len(plan.twins))
        for plan in plans
        if plan.moving or plan.twins
    ]


def words_in(text: str) -> list[str]:
    """Return the words of a search."""
    return search_key(text).split()
