"""How other packages take part in a re-organisation: each says what of its own a change touches, and lets it follow.

The registry knows no users, plans or classes. A package registers one `Follower` in its `AppConfig.ready`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from django.db.models import QuerySet
from django.utils.functional import Promise

from vuntrong.kernel.undo import Undo
from vuntrong.registry.rules.events import Choice

Text = str | Promise


@dataclass(frozen=True)
class Change:
    """What happens to units on a day, by key. As a preview it knows no key of a unit that is yet to be made."""

    on: dt.date
    """First day of the new units; the old ones end the day before."""
    ended: frozenset[int]
    kept: frozenset[int]
    """Renamed, changed in kind or moved: the same unit before and after."""
    heir_names: Mapping[int, str]
    """For an ended unit whose things follow without being asked about: the slug of the unit that takes over."""
    lasting: Mapping[str, int] = field(default_factory=dict)
    """Of these units by slug those that exist already, with their keys."""
    heirs: Mapping[int, int] = field(default_factory=dict)
    """The unit that takes over, by ended unit; empty in a preview."""
    choices: Mapping[str, Mapping[int, Choice]] = field(default_factory=dict)
    """What the maker said, by what it is about and its key."""
    chosen_units: Mapping[str, int] = field(default_factory=dict)
    """Keys of the units that choices name by slug; empty in a preview."""

    @property
    def eve(self) -> dt.date:
        """The last day of the old units."""
        return self.on - dt.timedelta(days=1)

    @classmethod
    def from_plain(cls, said: Mapping[str, Any], choices: Iterable[Choice]) -> "Change":
        """Return the change that `to_plain` wrote."""
        by_kind: dict[str, dict[int, Choice]] = {}
        for one in choices:
            by_kind.setdefault(one.what, {})[one.id] = one
        return cls(
            on=dt.date.fromisoformat(said["on"]),
            ended=frozenset(said["ended"]),
            kept=frozenset(said["kept"]),
            heir_names={int(key): name for key, name in said["heir_names"].items()},
            lasting=said["lasting"],
            heirs={int(key): heir for key, heir in said["heirs"].items()},
            choices=by_kind,
            chosen_units=said["chosen_units"],
        )

    def to_plain(self) -> dict[str, Any]:
        """Return the change as JSON keeps it, without the choices: these stand in the list of events."""
        return {
            "on": self.on.isoformat(),
            "ended": sorted(self.ended),
            "kept": sorted(self.kept),
            "heir_names": dict(self.heir_names),
            "lasting": dict(self.lasting),
            "heirs": dict(self.heirs),
            "chosen_units": dict(self.chosen_units),
        }

    def has_choice(self, what: str) -> list[int]:
        """Return the keys of the things of a kind about which the maker said something."""
        return sorted(self.choices.get(what, {}))

    def heir_of(self, unit_id: int, what: str, key: int) -> int | None:
        """Return the unit to which a thing of an ended unit goes: the chosen one, else the heir, else nobody."""
        if choice := self.choices.get(what, {}).get(key):
            return self.chosen_units.get(choice.to)
        return self.heirs.get(unit_id)


class Ref(NamedTuple):
    """One row of a list, without an address: `model` and `id` name it."""

    model: str
    id: int
    label: str
    detail: str = ""


@dataclass(frozen=True)
class Group:
    """The things of one kind that a change touches. Counting is 1 query, a page of rows 1 query."""

    code: str
    label: Text
    rows: QuerySet[Any]
    show: Callable[[Any], tuple[str, str]] | tuple[str, ...]
    """Label and detail of a row; for what may be many, the columns that say them, the label first."""
    follows: Text = ""
    """What will be done, in one sentence."""
    is_open: bool = False
    """Whether these wait for the maker: nothing is guessed."""
    unit: str = "unit_id"
    """Column of `rows` that names the unit that ends; asked for where they wait."""

    def count(self) -> int:
        """Return how many there are. 1 query."""
        return self.rows.count()

    def refs(self, start: int = 0, stop: int | None = None) -> list[Ref]:
        """Return the rows from `start` on. 1 query."""
        label, rows = self.rows.model._meta.label_lower, self.rows[start:stop]
        if callable(self.show):
            return [Ref(label, row.pk, *self.show(row)) for row in rows]
        told = rows.values_list("pk", *self.show)
        return [Ref(label, key, name, " · ".join(filter(None, details))) for key, name, *details in told]


class Follower(Protocol):
    """The part of one package."""

    repeats: Mapping[str, tuple[str, str]]
    """Columns that only repeat dated rows: see `kernel.undo.referring`."""

    def touched(self, change: Change) -> Iterable[Group]:
        """Return what the change touches, and what of it waits for the maker. No queries."""

    def follow(self, change: Change, undo: Undo) -> None:
        """Write the dated rows from the day on, with `undo`. Runs again on the day itself for what came meanwhile."""

    def take_effect(self, change: Change, undo: Undo) -> None:
        """On the day, change what bears no dates, with `undo`."""

    def refresh(self, today: dt.date) -> None:
        """Let columns that repeat dated rows say what holds today."""


FOLLOWERS: list[Follower] = []


def register(follower: Follower) -> None:
    """Let a package take part; called once, in the order in which apps are ready, lowest first."""
    FOLLOWERS.append(follower)
