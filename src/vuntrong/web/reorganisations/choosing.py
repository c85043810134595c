"""Things of ended units without a plain successor, to be mapped by hand: posts, classes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from vuntrong.registry.models import Reorganisation
from vuntrong.registry.queries.reorganisation import Preview
from vuntrong.registry.rules.events import Choice, from_plain

SHOWN = 100
"""So many rows of one kind stand on the page; the next ones come when these are said."""
ENDS = "-"
"""The answer that a thing ends with its unit."""


@dataclass(frozen=True)
class OpenRow:
    """One thing that waits."""

    id: int
    label: str
    detail: str


@dataclass(frozen=True)
class OpenGroup:
    """The things of one kind that wait."""

    what: str
    label: str
    count: int
    rows: tuple[OpenRow, ...]

    @property
    def takes_post(self) -> bool:
        """Whether a new post may be said."""
        return self.what == "posting"


def open_groups(seen: Preview) -> list[OpenGroup]:
    """Return what waits, the first rows of each kind. 2 queries for each kind."""
    found = []
    for group in seen.groups:
        if group.is_open and (count := group.count()):
            rows = tuple(OpenRow(one.id, one.label, one.detail) for one in group.refs(0, SHOWN))
            found.append(OpenGroup(group.code.removesuffix("-open"), str(group.label), count, rows))
    return found


def goals(seen: Preview) -> list[tuple[str, str]]:
    """Return (code, name) of the units to which things may go: those that the events make or lead into."""
    names = {slug: unit.said.name for slug, unit in seen.known.items() if unit.last_day is None}
    names |= {slug: said.name for slug, said in {**seen.outcome.created, **seen.outcome.changed}.items()}
    near = dict.fromkeys(one.unit for event in seen.outcome.events for one in event.targets)
    near |= dict.fromkeys(event.rest for event in seen.outcome.events if event.rest)
    return [(slug, names[slug]) for slug in near if slug in names and slug not in seen.outcome.ended]


def said_choices(sent: QueryDict, groups: Iterable[OpenGroup]) -> list[Choice]:
    """Return what the form says of the things that wait; what is left empty still waits."""
    found = []
    for group in groups:
        for row in group.rows:
            to = sent.get(f"{group.what}-{row.id}", "")
            if to:
                post = sent.get(f"{group.what}-{row.id}-post", "").strip()[:200]
                found.append(Choice(group.what, row.id, "" if to == ENDS else to, post_text=post))
    return found


def counted_choices(draft: Reorganisation) -> Mapping[str, int]:
    """Return how many things of each kind were said already."""
    counts: dict[str, int] = {}
    for event in from_plain(draft.rows):
        for choice in event.choices:
            counts[choice.what] = counts.get(choice.what, 0) + 1
    return counts


def unknown_goals(choices: Sequence[Choice], known: Iterable[str]) -> bool:
    """Say whether some choice names a unit that is not offered."""
    offered = {"", *known}
    return any(one.to not in offered for one in choices)
