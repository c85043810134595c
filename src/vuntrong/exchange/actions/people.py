"""People from a list: what the list would do, and doing it, all or nothing."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from vuntrong.documents.columns import SheetMapping
from vuntrong.documents.workbooks import Workbook
from vuntrong.exchange import queries
from vuntrong.exchange.actions.updating import update_people
from vuntrong.exchange.actions.writing import Tell, insert_people
from vuntrong.exchange.documents import read_sheet
from vuntrong.exchange.enums import RowKind
from vuntrong.exchange.models import Import
from vuntrong.exchange.rules.differences import Changes, KnownFacts, differences
from vuntrong.exchange.rules.identity import Identities, identify
from vuntrong.exchange.rules.people_fields import Choices, people_fields
from vuntrong.exchange.rules.reading import Columns, Field, Problem
from vuntrong.exchange.rules.typed import TypedPeople, typed_people
from vuntrong.kernel import log
from vuntrong.kernel.errors import Violation, refuse_if
from vuntrong.kernel.transitions import stand_in_line
from vuntrong.registry.models import Person, Unit

LINE = "people"
"""What imports of people stand in line for."""


@dataclass(frozen=True)
class Wish:
    """What a person said about a list: where its people go, what it may change, who is meant where it is not clear."""

    home: Unit
    update: frozenset[str] | None = None
    """Fields that may change people who exist; null for all that the list has."""
    zeros: bool = False
    """Whether leading zeros that a spreadsheet ate are put back."""
    decisions: Mapping[int, str] = field(default_factory=dict)
    reachable: frozenset[int] | None = None
    """Units whose people the importing person may enter; null for all."""


@dataclass
class Check:
    """What a list would do."""

    columns: Columns
    typed: TypedPeople
    found: Identities
    known: KnownFacts
    changes: Changes
    left: Changes
    """Differences in fields that may not update."""

    @property
    def problems(self) -> list[Problem]:
        return self.columns.problems

    def wrong_rows(self) -> set[int]:
        """Return the numbers of the rows with errors."""
        return {problem.row for problem in self.problems if problem.remark.is_error}

    def kinds(self) -> list[str]:
        """Return what becomes of each row."""
        wrong = self.wrong_rows()
        return [
            RowKind.ERROR
            if number in wrong
            else RowKind.NEW
            if person is None
            else RowKind.CHANGED
            if at in self.changes
            else RowKind.SAME
            for at, (number, person) in enumerate(zip(self.columns.numbers, self.found.people, strict=True))
        ]

    def counts(self) -> dict[str, int]:
        """Return rows, created, updated, unchanged, errors and warnings."""
        kinds = Counter(self.kinds())
        wrong = sum(problem.remark.is_error for problem in self.problems)
        return {
            "rows": len(self.columns),
            "created": kinds[RowKind.NEW],
            "updated": kinds[RowKind.CHANGED],
            "unchanged": kinds[RowKind.SAME],
            "errors": wrong,
            "warnings": len(self.problems) - wrong,
        }


@dataclass
class Reading:
    """A sheet after everything that needs no knowledge of the people of the registry."""

    columns: Columns
    typed: TypedPeople


def read_people(book: Workbook, mapping: SheetMapping, wish: Wish) -> Reading:
    """Read and convert a sheet. 9 queries. Raises WorkbookError."""
    columns = read_sheet(book, mapping, fields_for(mapping, zeros=wish.zeros))
    return Reading(columns, typed_people(columns, queries.places(wish.home)))


def fields_for(mapping: SheetMapping, *, zeros: bool = False) -> dict[str, Field]:
    """Return the fields of a list of people as they are read on this day. 2 queries."""
    choices = Choices(timezone.localdate().year, zeros, mapping.date_orders)
    return people_fields(queries.catalogues(), choices)


def check_people(reading: Reading, wish: Wish) -> Check:
    """Compare a list with the registry. Queries as `register_for` and `known_facts`; may be repeated."""
    columns = Columns(**{**vars(reading.columns), "problems": list(reading.columns.problems)})
    typed = reading.typed
    found = identify(columns, typed, queries.register_for(typed, wish.reachable), wish.decisions)
    known = queries.known_facts({person for person in found.people if person is not None})
    changes, left = differences(columns, typed, found.people, known, may=wish.update)
    return Check(columns, typed, found, known, changes, left)


@transaction.atomic
def import_people(
    *,
    reading: Reading,
    wish: Wish,
    run: Import | None,
    source: str,
    by: log.Actor | None,
    tell: Tell = lambda *_: None,
) -> Check:
    """Write a list, all rows or none; imports stand in line, so that two of one list make nobody twice.

    The list is compared again here: what a preview said may have changed. `source` is the name of the file.
    Raises RuleBroken rows-with-errors. A list that changes nothing writes nothing.
    """
    stand_in_line(LINE)
    tell("compare", 0, len(reading.columns))
    check = check_people(reading, wish)
    if wrong := check.wrong_rows():
        refuse_if([Violation("rows-with-errors", values={"count": len(wrong), "rows": sorted(wrong)[:20]})])
    new = [at for at, person in enumerate(check.found.people) if person is None]
    if new or check.changes:
        subjects = _write(check, new, tell)
        after = check.counts() | {"file": source, "unit": wish.home.name}
        entry = log.record_many("import_people", Person, subjects, by=by, label=source, after=after)
        if run is not None:
            run.entry = entry
    return check


def _write(check: Check, new: Sequence[int], tell: Tell) -> list[tuple[int, Mapping[str, Any]]]:
    """Enter and update; returns everybody made or changed, with the changes, in the order of the file."""
    ids = insert_people(check.typed, new, tell) if new else []
    tell("update", len(new), len(check.columns))
    _hold([check.found.people[at] or 0 for at in check.changes])
    update_people(check.typed, check.found.people, check.changes, check.known, timezone.localdate())
    told: list[tuple[int, int, Mapping[str, Any]]] = [(at, key, {}) for at, key in zip(new, ids, strict=True)]
    told += [(at, check.found.people[at] or 0, check.changes[at]) for at in check.changes]
    return [(key, changes) for _at, key, changes in sorted(told, key=lambda one: one[0])]


def _hold(people: Collection[int]) -> None:
    """Hold the rows of people until the transaction ends, in one order, so that no two block each other."""
    ordered = sorted(people)
    for start in range(0, len(ordered), queries.CHUNK):
        rows = Person.objects.select_for_update(no_key=True).filter(pk__in=ordered[start : start + queries.CHUNK])
        list(rows.order_by("pk").values_list("pk"))
