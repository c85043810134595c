"""A large province by the product's own maker, and the fastest insert that each engine has.

What a size makes is told by `vuntrong make-province`: here 1,000 classes and 110,000 enrolments a year for 100,000
people, whatever the day on which it is made.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import connection

from vuntrong.classes.models import Enrolment
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.ops.province.making import make_province
from vuntrong.ops.province.size import Size
from vuntrong.registry.models import Unit

UNTIL = dt.date(2026, 12, 31)


def _size(people: int) -> Size:
    return Size(slug="thanh-giang", name="Thanh Giang", people=people, years=10, seed=1, until=UNTIL)


LARGE, SMALL = _size(100_000), _size(10_000)


def make(size: Size) -> None:
    """Fill an empty database, deterministically."""
    make_province(size, lambda line: print(line, flush=True))
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def province() -> Unit:
    """Return the provincial committee, above everything."""
    return Unit.objects.get(slug=LARGE.slug)


def centre(day: dt.date) -> Unit:
    """Return a centre that was there on the day, the one with the most classes in that year."""
    centres = Unit.objects.filter(kind="district_centre", versions__valid_from__lte=day, classes__year=day.year)
    keys = list(centres.values_list("pk", flat=True))
    return Unit.objects.get(pk=max(sorted(set(keys)), key=keys.count))


def insert(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows the fastest way that the engine has: executemany, or COPY."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join("?" * len(columns.split(",")))
            cursor.cursor.connection.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})", (_plain(row) for row in rows)
            )
        else:
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """SQLite's driver takes dates as text."""
    return tuple(
        value.isoformat(sep=" ")
        if isinstance(value, dt.datetime)
        else value.isoformat()
        if isinstance(value, dt.date)
        else value
        for value in row
    )


def is_missing(size: Size) -> bool:
    """Say whether the database is empty. Raises ValueError where it holds something else than these data."""
    made = ActionLogEntry.objects.filter(action="make_province").first()
    if made is None and not Enrolment.objects.exists():
        return True
    if made is None or (made.subject_label, made.after["people"]) != (size.name, size.people):
        raise ValueError(f"The database does not hold a province of {size.people} people: name an empty one.")
    return False
