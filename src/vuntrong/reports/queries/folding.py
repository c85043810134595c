"""What a report says of units that changed since: who took over, and who sent how many."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F

from vuntrong.classes.enums import COUNTED_ENROLMENTS
from vuntrong.registry.models import Unit, UnitVersion
from vuntrong.registry.queries import fold, predecessors, subtree_ids
from vuntrong.registry.rules.succession import Fold
from vuntrong.reports.enums import Reading
from vuntrong.reports.models import ReportSubmission
from vuntrong.reports.queries.scopes import JOIN_TEXT, Scope
from vuntrong.reports.rules import folding
from vuntrong.reports.rules.folding import Sent, UnitLine
from vuntrong.reports.rules.periods import ReportPeriod

SENT = """
    SELECT unit_id, {day}, {join}(CAST(person_id AS text), ',') FROM classes_enrolment
    WHERE class_run_id IN ({classes}) AND state IN ({states}) GROUP BY unit_id {grouped}
"""


@dataclass(frozen=True)
class Folding:
    """How the units of a report fold into those of today; empty for the reading of then."""

    fold: Fold
    names: Mapping[int, str]
    """Of today, for every unit that something may be folded into."""


NO_FOLDING = Folding(Fold(), {})


def folded_scope(unit: Unit, period: ReportPeriod) -> Scope:
    """Return what the report covers in today's units. 5 queries."""
    then = subtree_ids({unit.pk}, period.end)
    today = subtree_ids({unit.pk}) if unit.is_alive else frozenset({unit.pk})
    came = predecessors(today, whole=False)
    covered = folding.covered_ids(then, today, came, fold(then | came), is_alive=unit.is_alive)
    return Scope(unit, period, tuple(sorted(covered)), Reading.TODAY)


def folding_of(unit_ids: Collection[int]) -> Folding:
    """Return how these units fold into those of today, with the names of today. 3 queries, none without units."""
    if not unit_ids:
        return NO_FOLDING
    found = fold(unit_ids)
    reached = {link.to_id for links in found.links.values() for link in links} | set(unit_ids)
    return Folding(found, dict(Unit.objects.filter(pk__in=reached).values_list("pk", "name")))


def senders(scope: Scope, class_ids: Sequence[int]) -> tuple[UnitLine, ...]:
    """Return the units that sent the turns of these classes, in the reading of the scope. 2 queries, in today's 4."""
    sent = _sent(class_ids, with_days=scope.reading == Reading.TODAY)
    ids = {one.unit_id for one in sent}
    if scope.reading == Reading.TODAY:
        known = folding_of(ids)
        return folding.folded_lines(sent, known.fold, known.names)
    return folding.then_lines(sent, names_until(ids, scope.period.end))


def _sent(class_ids: Sequence[int], *, with_days: bool) -> list[Sent]:
    if not class_ids:
        return []
    states = sorted(str(state) for state in COUNTED_ENROLMENTS)
    statement = SENT.format(
        day="enrolled_on" if with_days else "NULL",
        grouped=", enrolled_on" if with_days else "",
        join=JOIN_TEXT[connection.vendor],
        classes=", ".join(["%s"] * len(class_ids)),
        states=", ".join(["%s"] * len(states)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*class_ids, *states])
        return [Sent(unit_id, _day(since), tuple(keys.split(","))) for unit_id, since, keys in cursor.fetchall()]


def _day(value: dt.date | str | None) -> dt.date | None:
    """SQLite answers a bare statement with text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def names_until(unit_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Return the names that units bore on a day, or at their end before it, the first one if they began later.

    1 query.
    """
    rows = UnitVersion.objects.filter(unit__in=list(unit_ids)).order_by("-valid_from")
    found: dict[int, str] = {}
    first: dict[int, str] = {}
    for unit_id, name, begins in rows.values_list("unit_id", "name", "valid_from"):
        first[unit_id] = name
        if begins <= day:
            found.setdefault(unit_id, name)
    return first | found


def frozen_senders(submission: ReportSubmission) -> tuple[UnitLine, ...]:
    """Return the sending units of a submitted report by the words of its day. 1 query."""
    rows = submission.rows.order_by().values(label=F("unit_name"))
    counted = rows.annotate(turns=Count("id"), learners=Count("person_id", distinct=True))
    lines = [UnitLine(row["label"], row["label"], row["learners"], row["turns"]) for row in counted]
    return tuple(sorted(lines, key=lambda line: (-line.turns, line.label)))


def told_units(unit_ids: Collection[int]) -> dict[int, str]:
    """Return for each unit that changed hands the words for it in today's units: its heir, or its parts with shares.

    3 queries, none without units.
    """
    known = folding_of(unit_ids)
    return {unit_id: _told(unit_id, known) for unit_id in unit_ids if unit_id in known.fold.links}


def _told(unit_id: int, known: Folding) -> str:
    parts = known.fold.parts(unit_id)
    if len(parts) == 1:
        return known.names[parts[0].unit_id]
    return ", ".join(f"{known.names[part.unit_id]} ({round(part.share * 100)}%)" for part in parts)
