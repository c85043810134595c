"""Enrolling from a workbook of 5,000 rows against reading it and inserting the same rows without a question."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from django.db import transaction
from python_calamine import CalamineWorkbook

from benchmarks.data import insert
from benchmarks.timing import Ratio, ratio
from vuntrong.classes.actions.enrolment import enrol_from_workbook
from vuntrong.classes.documents import read_learners
from vuntrong.classes.models import ClassRun
from vuntrong.documents.sheets import Sheet, to_xlsx
from vuntrong.documents.workbooks import reopen_workbook
from vuntrong.ops.demo.names import People
from vuntrong.registry.models import Person, Unit

ROWS = 5_000
LIMIT = 4.0
SHEET = "Danh sách"
HEADER = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị", "Chức vụ", "Ghi chú")
DAY = dt.date(2026, 11, 2)


def workbook(known: int) -> bytes:
    """So many of the people are in the registry, the others are new."""
    units = dict(Unit.objects.filter(is_alive=True).values_list("pk", "name"))
    communes = list(Unit.objects.filter(is_alive=True, kind="commune_committee").values_list("pk", flat=True))
    rows: list[tuple[Any, ...]] = []
    for number, (name, born_on, sex, unit_id, post) in enumerate(_known(known), start=1):
        rows.append((number, name, born_on.display(), "Nữ" if sex == "female" else "Nam", units[unit_id], post, ""))
    maker = People("newcomers")
    for number in range(len(rows) + 1, ROWS + 1):
        unit_id = communes[number % len(communes)]
        one = maker.make(unit_id, "Cán bộ", (1915, 1930))  # born before anybody of the province
        sex = "Nữ" if one.sex == "female" else "Nam"
        rows.append((number, one.full_name, one.born_on.display(), sex, units[unit_id], one.post_text, ""))
    return to_xlsx([Sheet(title=SHEET, header=HEADER, rows=rows)])


def _known(count: int) -> list[tuple[Any, ...]]:
    """People whose name and birth date nobody shares."""
    people = Person.objects.order_by("pk").values_list("full_name", "born_on", "sex", "unit_id", "post_text")
    namesakes = Counter((name, born_on) for name, born_on, *_rest in people)
    return [one for one in people if namesakes[one[:2]] == 1][:count]


def undone(act: Callable[[], object]) -> Callable[[], None]:
    """Return `act` in a transaction that is rolled back, so that every turn meets the same database."""

    def turn() -> None:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)

    return turn


def run() -> Iterator[Ratio]:
    """Write into an empty class of the benchmark's own: a list of strangers, and one of which half are known."""
    class_run = _class()
    for name, known in (("all new", 0), ("half known", ROWS // 2)):
        content = workbook(known)
        yield ratio(
            f"enrolling {ROWS} rows from a workbook, {name}",
            undone(lambda content=content, known=known: enrolled(content, class_run, known)),
            undone(lambda content=content, known=known: bare(content, class_run, known)),
            limit=LIMIT,
        )


def enrolled(content: bytes, class_run: ClassRun, known: int) -> None:
    """Read, judge against 100,000 people, enter who is new, enrol, log."""
    table = read_learners(reopen_workbook(content, "danh-sach.xlsx"))
    outcome = enrol_from_workbook(
        class_run=class_run, rows=table.rows, seen_units=None, source="danh-sach.xlsx", on=DAY, by=None
    )
    if (outcome.new, outcome.known) != (ROWS - known, known):
        raise AssertionError(f"expected {known} known of {ROWS}, got {outcome}")


def bare(content: bytes, class_run: ClassRun, known: int) -> None:
    """Parse the file and insert a person with her posting for each new row and an enrolment for each row."""
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(SHEET).to_python()[1:]
    first = 10_000_000
    new = [
        (first + n, row[1], "male", "1990-01-01", 1, row[5], row[1], row[1], 0) for n, row in enumerate(rows[known:])
    ]
    insert("registry_person", "id, full_name, sex, born_on, unit_id, post_text, search_key, sort_key, revision", new)
    postings = ((first + n, row[0], 1, row[5]) for n, row in enumerate(new))
    insert("registry_posting", "id, person_id, unit_id, post_text", postings)
    at = dt.datetime.combine(DAY, dt.time(8), dt.UTC)
    people = [*range(1, known + 1), *(row[0] for row in new)]
    turns = (
        (first + n, class_run.pk, person, 1, "", DAY, "studying", DAY, "", "", "", at, 0)
        for n, person in enumerate(people)
    )
    columns = (
        "id, class_run_id, person_id, unit_id, post_text, enrolled_on, state, state_on, state_reason, grade, note, "
        "recorded_at, revision"
    )
    insert("classes_enrolment", columns, turns)


def _class() -> ClassRun:
    copied = ClassRun.objects.order_by("pk")[0]
    words = {"pk": None, "code": "BENCH", "state": "running", "closed_on": None, "capacity": None}
    found = ClassRun.objects.filter(code="BENCH").first()
    if found is None:
        found = replace_fields(copied, words)
        found.save(force_insert=True)
    return found


def replace_fields(record: ClassRun, values: dict[str, Any]) -> ClassRun:
    """Return the record with other values, not saved."""
    for name, value in values.items():
        setattr(record, name, value)
    return record
