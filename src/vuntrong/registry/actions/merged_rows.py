"""Rows of other tables when one record takes over another: which there are, which clash, how they move and come back.

The tables are found in the app registry, so that a new one cannot be forgotten.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import models

from vuntrong.kernel.errors import StaleState
from vuntrong.registry.models import Person
from vuntrong.registry.rules.duplicates import Clash

OWN_WAY = frozenset(
    {
        "registry.PersonMerge.kept",
        "registry.PersonMerge.gone",
        "registry.DistinctPair.first",
        "registry.DistinctPair.second",
    }
)
"""Links that do not move: earlier merges stay as they were, and pairs that are different people are joined anew."""
PASSING = frozenset({"revision"})
"""Fields in which two rows may differ and still say the same; so are those that the clock fills."""


@dataclass(frozen=True)
class Link:
    """A foreign key to a person: registry.Posting.person."""

    model: type[models.Model]
    name: str

    @property
    def label(self) -> str:
        return f"{self.model._meta.label}.{self.name}"

    @property
    def field(self) -> Any:
        return self.model._meta.get_field(self.name)

    def values(self, row: models.Model, names: Sequence[str]) -> list[Any]:
        """Return columns of a row as they are stored: a key for a foreign key."""
        fields: list[Any] = [self.model._meta.get_field(name) for name in names]
        return [getattr(row, one.attname) for one in fields]

    def rows_of(self, person_id: int) -> list[models.Model]:
        """Return the rows of a person. 1 query."""
        return list(self.model._default_manager.filter(**{self.name: person_id}).order_by("pk"))


@dataclass
class Moved:
    """What was done to the rows of the record that is gone; plain values, so that it can be kept and undone."""

    moved: dict[str, list[int]] = field(default_factory=dict)
    """Keys of rows by link."""
    dropped: list[dict[str, Any]] = field(default_factory=list)
    """Rows that the kept record has word for word, serialised."""


def links_to_person() -> list[Link]:
    """Return every foreign key to Person of every installed app, except those that go their own way."""
    found = [
        Link(model, one.name)
        for model in apps.get_models(include_auto_created=True)
        for one in model._meta.concrete_fields
        if isinstance(one, models.ForeignKey) and one.remote_field.model is Person
    ]
    return [link for link in found if link.label not in OWN_WAY]


@dataclass(frozen=True)
class Plan:
    """What would happen to the rows of one link."""

    link: Link
    moving: Sequence[models.Model]
    twins: Sequence[models.Model]
    """Rows that the kept record has word for word."""
    clashes: Sequence[Clash]


def plan_rows(kept_id: int, gone_id: int) -> list[Plan]:
    """Return what a merge would do. 1 query for each link, 1 more where the record that goes has rows."""
    plans = []
    for link in links_to_person():
        leaving = link.rows_of(gone_id)
        if leaving:
            plans.append(_plan(link, link.rows_of(kept_id), leaving))
    return plans


def _plan(link: Link, staying: Sequence[models.Model], leaving: Sequence[models.Model]) -> Plan:
    known = {_said(row, link) for row in staying}
    is_owned = link.field.remote_field.on_delete is models.CASCADE
    moving: list[models.Model] = []
    twins: list[models.Model] = []
    clashes: list[Clash] = []
    for row in leaving:
        clash = _clash(row, link, staying)
        is_twin = _said(row, link) in known and (is_owned or clash) and not _is_referred_to(row)
        if is_twin:
            twins.append(row)
        elif clash:
            clashes.append(clash)
        else:
            moving.append(row)
    return Plan(link, moving, twins, clashes)


def _said(row: models.Model, link: Link) -> tuple[str, ...]:
    """Return all that a row says, besides whose it is and when it was written."""
    said = []
    for one in row._meta.concrete_fields:
        is_clock = getattr(one, "auto_now_add", False) or getattr(one, "auto_now", False)
        if not (one.primary_key or is_clock or one.name == link.name or one.name in PASSING):
            said.append(str(one.value_to_string(row)))
    return tuple(said)


def _clash(row: models.Model, link: Link, staying: Sequence[models.Model]) -> Clash | None:
    """Return what the row is about where a constraint lets a person have only one such row, and the kept one has it."""
    for names in _constrained(link):
        values = link.values(row, names)
        for other in staying:
            if values == link.values(other, names):
                about = ", ".join(str(getattr(row, name)) for name in names)
                return Clash(link.model._meta.label, about or str(row))
    return None


def _constrained(link: Link) -> Iterator[list[str]]:
    """Yield the other fields of each constraint that holds the link: the class of "a person once in a class"."""
    meta = link.model._meta
    groups = [one.fields for one in meta.constraints if isinstance(one, models.UniqueConstraint)]
    groups += [tuple(one) for one in meta.unique_together]
    if link.field.unique:
        groups.append((link.name,))
    for group in groups:
        if link.name in group:
            yield [name for name in group if name != link.name]


def _is_referred_to(row: models.Model) -> bool:
    return any(
        one.related_model._default_manager.filter(**{one.field.name: row.pk}).exists()
        for one in row._meta.get_fields(include_hidden=True)
        if isinstance(one, models.ManyToOneRel)
    )


def move_rows(plans: Sequence[Plan], kept_id: int) -> Moved:
    """Carry out the plans. 1 update for each link with rows, 1 deletion for each with twins."""
    done = Moved()
    for plan in plans:
        rows = plan.link.model._default_manager
        if plan.twins:
            done.dropped += _plain(plan.twins)
            rows.filter(pk__in=[row.pk for row in plan.twins]).delete()
        if plan.moving:
            done.moved[plan.link.label] = [row.pk for row in plan.moving]
            rows.filter(pk__in=done.moved[plan.link.label]).update(**{plan.link.name: kept_id})
    return done


def _plain(rows: Sequence[models.Model]) -> list[dict[str, Any]]:
    """Return rows as JSON holds them, instants to the microsecond."""
    plain: list[dict[str, Any]] = json.loads(json.dumps(serializers.serialize("python", rows), default=str))
    return plain


def lost_rows(moved: dict[str, list[int]], kept_id: int) -> dict[str, int]:
    """Return by model how many moved rows no longer belong to the kept record. 1 query for each link."""
    lost = {}
    for label, keys in moved.items():
        link = _link(label)
        here = link.model._default_manager.filter(**{"pk__in": keys, link.name: kept_id}).count()
        if here != len(keys):
            lost[link.model._meta.label] = len(keys) - here
    return lost


def return_rows(done: Moved, kept_id: int, gone_id: int) -> None:
    """Give the rows back to the record that was gone. Raises StaleState when one has left meanwhile."""
    for label, keys in done.moved.items():
        link = _link(label)
        rows = link.model._default_manager.filter(**{"pk__in": keys, link.name: kept_id})
        if rows.update(**{link.name: gone_id}) != len(keys):
            raise StaleState(f"rows of {label} left record {kept_id} meanwhile")
    for row in serializers.deserialize("python", done.dropped):
        row.save(force_insert=True)


def _link(label: str) -> Link:
    model, _dot, name = label.rpartition(".")
    return Link(apps.get_model(model), name)
