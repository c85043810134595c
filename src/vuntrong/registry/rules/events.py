"""A list of events as a clerk types it or a workbook holds it, in plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

from vuntrong.registry.enums import EventKind

CHANGES = frozenset({EventKind.RENAME, EventKind.RETYPE, EventKind.REPARENT})
"""Events after which the unit is the same one."""


@dataclass(frozen=True)
class UnitSaid:
    """What an event says of a unit. Empty says nothing: a known unit stays as it was. Parents are slugs."""

    name: str = ""
    short_name: str = ""
    kind: str = ""
    parent: str = ""
    state_parent: str = ""
    code: str = ""
    seat: str = ""
    area_code: str = ""
    iso_code: str = ""

    def over(self, before: "UnitSaid") -> "UnitSaid":
        """Return what holds after this was said of a unit that was `before`."""
        return UnitSaid(**{one.name: getattr(self, one.name) or getattr(before, one.name) for one in fields(self)})


NOTHING = UnitSaid()


@dataclass(frozen=True)
class Target:
    """A unit into which an event leads; `share` is the part of the source at a split, above 0 to 1."""

    unit: str
    said: UnitSaid = NOTHING
    share: Decimal | None = None
    is_new: bool = False


@dataclass(frozen=True)
class Choice:
    """What the maker said of one thing that has no plain successor; `to` is a slug, empty: it ends with its unit."""

    what: str
    """posting, class, grant."""
    id: int
    to: str = ""
    post_text: str = ""
    """New post of a posting; empty for the old one."""
    post: str = ""
    """Its code in the catalogue."""


@dataclass(frozen=True)
class Event:
    """One typed event. Units are named by slug; those that it makes bring their words along."""

    kind: str
    sources: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    rest: str = ""
    """The unit that takes over whatever of the sources is not named in `choices`; empty: nothing is guessed."""
    choices: tuple[Choice, ...] = ()
    note: str = ""
    row: str = ""
    """Where it was typed: the row of a workbook; empty for the number in the list."""


def from_plain(rows: Iterable[Mapping[str, Any]]) -> tuple[Event, ...]:
    """Return the events of `Reorganisation.rows`. Raises KeyError, TypeError or ValueError for anything else."""
    return tuple(
        Event(
            kind=str(row["kind"]),
            sources=tuple(row.get("sources", ())),
            targets=tuple(_target(one) for one in row.get("targets", ())),
            rest=str(row.get("rest", "")),
            choices=tuple(Choice(**one) for one in row.get("choices", ())),
            note=str(row.get("note", "")),
            row=str(row.get("row", "")) or str(number),
        )
        for number, row in enumerate(rows, start=1)
    )


def to_plain(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return the events as JSON keeps them, without what is empty."""
    return [_shortened(asdict(one)) for one in events]


def _target(row: Mapping[str, Any]) -> Target:
    share = row.get("share")
    return Target(
        unit=str(row["unit"]),
        said=UnitSaid(**row.get("said", {})),
        share=None if share in {None, ""} else Decimal(str(share)),
        is_new=bool(row.get("is_new", False)),
    )


def _shortened(value: Any) -> Any:
    if isinstance(value, dict):
        shortened = {name: _shortened(one) for name, one in value.items()}
        return {name: one for name, one in shortened.items() if one not in ("", None, False, [], {})}
    if isinstance(value, list | tuple):
        return [_shortened(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value
