"""Ten years of a large province, made by bare SQL: 1,000 classes and 110,000 enrolments a year, 100,000 people."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from vuntrong.classes.models import Enrolment
from vuntrong.kernel.text import search_key, sort_key
from vuntrong.ops.demo.names import People
from vuntrong.programmes.models import Programme
from vuntrong.registry.actions import create_unit
from vuntrong.registry.models import Unit

LONG_AGO = dt.date(2010, 1, 1)


@dataclass(frozen=True)
class Size:
    """How much is made."""

    people: int = 100_000
    years: int = 10
    classes: int = 1_000
    """Each year."""
    learners: int = 110
    """In each class."""
    centres: int = 20
    communes: int = 130

    @property
    def enrolments(self) -> int:
        return self.years * self.classes * self.learners


LARGE, SMALL = Size(), Size(people=10_000, classes=100)
FIRST_YEAR = 2017


def make(size: Size) -> None:
    """Fill an empty database, deterministically."""
    with transaction.atomic():
        units = _units(size)
        programmes = _programmes()
        _people(size, units["communes"])
        _classes(size, [units["school"], *units["centres"]], programmes)
        _enrolments(size, len(units["communes"]), units["communes"][0].pk)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _units(size: Size) -> dict[str, Any]:
    words: dict[str, Any] = {"valid_from": LONG_AGO, "by": None}
    province = create_unit(
        slug="tinh", name="Tỉnh ủy", short_name="Tỉnh ủy", kind="provincial_committee", parent=None, **words
    )
    words["parent"] = province
    name = "Trường Chính trị tỉnh"
    school = create_unit(slug="truong", name=name, short_name=name, kind="provincial_school", **words)
    communes = [
        create_unit(slug=f"xa-{n}", name=f"Đảng ủy xã {n}", short_name=f"Xã {n}", kind="commune_committee", **words)
        for n in range(size.communes)
    ]
    centres = []
    for n in range(size.centres):
        words["parent"] = communes[n]
        name = f"Trung tâm Chính trị xã {n}"
        centres.append(create_unit(slug=f"tt-{n}", name=name, short_name=name, kind="commune_centre", **words))
    return {"school": school, "centres": centres, "communes": communes}


def _programmes() -> list[Programme]:
    kinds = ("training", "retraining", "updating")
    return Programme.objects.bulk_create(
        [
            Programme(
                code=f"ct-{n}",
                name=f"Chương trình {n}",
                short_name=f"CT {n}",
                kind=kinds[n % 3],
                field="political_theory",
                search_key=f"chuong trinh {n}",
            )
            for n in range(30)
        ]
    )


def _people(size: Size, communes: list[Unit]) -> None:
    maker = People("benchmarks")
    columns = "id, full_name, sex, born_on, unit_id, post_text, search_key, sort_key, revision"

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(size.people):
            one = maker.make(communes[n % len(communes)].pk, "Cán bộ", (1965, 2004))
            born = one.born_on.iso() if one.born_on else None
            keys = search_key(one.full_name), sort_key(one.full_name)
            yield n + 1, one.full_name, one.sex, born, one.unit_id, one.post_text, *keys, 0

    insert("registry_person", columns, rows())


def _classes(size: Size, owners: list[Unit], programmes: list[Programme]) -> None:
    modes = ("full_time", "part_time")
    columns = (
        "id, owner_id, programme_id, side, code, name, year, cohort, mode, venue, planned_start, planned_learners, "
        "opened_on, closed_on, state, cancel_reason, modules_total, modules_finished, recorded_at, search_key, revision"
    )

    def rows() -> Iterator[tuple[Any, ...]]:
        for n in range(size.years * size.classes):
            year, nth = FIRST_YEAR + n // size.classes, n % size.classes
            day = dt.date(year, 1, 5) + dt.timedelta(days=nth * 350 // size.classes)
            yield (
                n + 1,
                owners[nth % len(owners)].pk,
                programmes[nth % len(programmes)].pk,
                "party" if nth % 4 else "government",
                f"L{nth}",
                f"Lớp {nth}",
                year,
                "",
                modes[nth % 2],
                "",
                day,
                size.learners,
                day,
                day + dt.timedelta(days=5),
                "closed",
                "",
                0,
                0,
                dt.datetime.combine(day, dt.time(8), dt.UTC),
                f"l{nth} lop {nth}",
                0,
            )

    insert("classes_classrun", columns, rows())


def _enrolments(size: Size, communes: int, first_commune: int) -> None:
    grades = ("good", "fair", "fair", "average", "passed", "failed")
    columns = (
        "id, class_run_id, person_id, unit_id, post_text, enrolled_on, state, state_on, state_reason, grade, note, "
        "recorded_at, revision"
    )

    def rows() -> Iterator[tuple[Any, ...]]:
        key = 0
        for class_id in range(1, size.years * size.classes + 1):
            year, nth = FIRST_YEAR + (class_id - 1) // size.classes, (class_id - 1) % size.classes
            day = dt.date(year, 1, 5) + dt.timedelta(days=nth * 350 // size.classes)
            at = dt.datetime.combine(day, dt.time(8), dt.UTC)
            start = class_id * 7919
            for seat in range(size.learners):
                key += 1
                person = (start + seat * 101) % size.people
                state = "no_show" if key % 50 == 0 else "completed"
                yield (
                    key,
                    class_id,
                    person + 1,
                    first_commune + person % communes,
                    "Cán bộ",
                    day,
                    state,
                    day,
                    "",
                    grades[key % 6],
                    "",
                    at,
                    0,
                )

    insert("classes_enrolment", columns, rows())


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
    count = Enrolment.objects.count()
    if count not in {0, size.enrolments}:
        raise ValueError(f"The database holds {count} enrolments, not {size.enrolments}: name an empty one.")
    return count == 0
