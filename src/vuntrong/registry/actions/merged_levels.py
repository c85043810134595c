"""Levels that were typed on a person without a row, when one record takes over another: none is lost."""

from collections.abc import Iterable, Mapping

from vuntrong.registry import rules
from vuntrong.registry.actions.repeating import LEVEL_COLUMNS, columns_with_rows
from vuntrong.registry.models import Person, Qualification


def settle_typed(kept: Person, gone: Person) -> dict[str, str]:
    """Let what was typed on either record outlive the merge; returns the levels of the rows made for it, by key.

    Without rows in either record the kept one gets the higher level, and the standing in the Party where it has none.
    Where the other record has rows, which win from now on, a higher typed level becomes a row of its own. `kept` is not
    saved. 4 queries, 1 more for each row.
    """
    with_rows = {one.pk: columns_with_rows(one.pk) for one in (kept, gone)}
    speaking = with_rows[kept.pk] | with_rows[gone.pk]
    made: dict[str, str] = {}
    for column, kind in LEVEL_COLUMNS.items():
        levels = [getattr(kept, column), getattr(gone, column)]
        if column not in speaking:
            setattr(kept, column, rules.highest(kind, levels) or levels[0] or levels[1])
            continue
        for one, other in ((kept, gone), (gone, kept)):
            level = getattr(one, column)
            if column not in with_rows[one.pk] and rules.highest(kind, levels) == level != getattr(other, column):
                row = Qualification.objects.create(person=one, kind=kind, level=level)
                made[str(row.pk)] = level
    if "party_status" not in speaking:
        kept.party_status = kept.party_status or gone.party_status
    return made


def take_back_typed(made: Mapping[str, str]) -> None:
    """Remove the rows that a merge made, except those to which somebody has added something since. 2 queries."""
    rows = Qualification.objects.filter(pk__in=made)
    Qualification.objects.filter(pk__in=_untouched(rows, made)).delete()


def _untouched(rows: Iterable[Qualification], made: Mapping[str, str]) -> list[int]:
    names = [one.attname for one in Qualification._meta.concrete_fields if not one.primary_key]
    untouched = []
    for row in rows:
        as_made = Qualification(person_id=row.person_id, kind=row.kind, level=made[str(row.pk)])
        if all(getattr(row, name) == getattr(as_made, name) for name in names):
            untouched.append(row.pk)
    return untouched
