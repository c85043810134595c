"""The names that units bore, for the check of a paper's words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from vuntrong.registry.models import EndedBody, UnitEventLink, UnitVersion
from vuntrong.registry.rules.wording import Lexicon, Mention, Named, ended_mentions, lexicon

Row = tuple[int, str, dt.date, dt.date | None]
"""Unit, name, first and last day of a dated row."""


def names_on(day: dt.date) -> Lexicon:
    """Return every name of a unit or a kind of body, with its end where nobody bears it on `day`. 3 queries."""
    rows: dict[int, list[Row]] = defaultdict(list)
    found = UnitVersion.objects.order_by("unit_id", "valid_from")
    for row in found.values_list("unit_id", "name", "valid_from", "valid_to"):
        rows[row[0]].append(row)
    after = _successors(rows, day)
    units = [named for unit_id, own in rows.items() for named in _names(own, after.get(unit_id, ""), day)]
    bodies = EndedBody.objects.filter(ended_on__lt=day).values_list("words", "ended_on", "successor_text")
    return lexicon([*units, *(Named(*body) for body in bodies)])


def ended_in(texts: Iterable[str], day: dt.date) -> list[Mention]:
    """Return what the words of a paper of `day` name that had ended. 3 queries, none for empty words."""
    said = "\n".join(text for text in texts if text.strip())
    return ended_mentions(said, names_on(day)) if said else []


def _names(rows: list[Row], successor: str, day: dt.date) -> list[Named]:
    """Return the names of one unit; a former name of a unit that goes on is followed by the one it bears."""
    now = _name_on(rows, day)
    return [
        Named(name) if name == now or begins > day else Named(name, ends, now or successor)
        for _unit, name, begins, ends in rows
    ]


def _name_on(rows: list[Row], day: dt.date) -> str:
    held = [name for _unit, name, begins, ends in rows if begins <= day and (ends is None or ends >= day)]
    return held[-1] if held else ""


def _successors(rows: dict[int, list[Row]], day: dt.date) -> dict[int, str]:
    """Return the names of the units into which each unit went, as they are on `day`. 1 query."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    links = UnitEventLink.objects.filter(from_unit__isnull=False, to_unit__isnull=False, event__happened_on__lte=day)
    for from_id, to_id in links.order_by("event__happened_on", "id").values_list("from_unit_id", "to_unit_id"):
        if name := _name_on(rows.get(to_id, []), day):
            found[from_id][name] = None
    return {unit_id: ", ".join(names) for unit_id, names in found.items()}
