"""The training block: what is in it, what stands apart, and that both forms read back to the same rows."""

import datetime as dt
import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.factories import make_class, make_enrolment, make_person, make_programme, make_unit
from vuntrong.documents.sheets import to_xlsx
from vuntrong.exchange.training_block import (
    HEADER,
    NAMES,
    TrainingRow,
    from_json,
    from_values,
    to_json,
    to_sheets,
)
from vuntrong.exchange.training_rows import EMPTY, training_rows
from vuntrong.kernel.dates import PartialDate, Period
from vuntrong.registry.enums import QualificationKind
from vuntrong.registry.models import Person, Qualification

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "training-block.schema.json"
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf")), max_size=20).map(str.strip)
ROWS = st.lists(st.tuples(*[TEXT] * len(NAMES)).map(from_values), max_size=6)


def by_key(rows: list[TrainingRow]) -> list[TrainingRow]:
    return [row for row in rows if row.has_key] + [row for row in rows if not row.has_key]


@given(ROWS)
def test_json_reads_back_to_the_same_rows(rows):
    text = "".join(to_json(iter(rows), scope="vinh-ha", period=("", ""), made_on="2026-11-22"))

    assert from_json(text) == by_key(rows)


@settings(max_examples=30)
@given(ROWS)
def test_the_workbook_reads_back_to_the_same_rows(rows):
    book = load_workbook(BytesIO(to_xlsx(to_sheets(iter(rows), title="Khối"))))

    read = []
    for sheet, skipped in zip(book.worksheets, (3, 4), strict=True):
        lines = list(sheet.iter_rows(min_row=skipped, values_only=True))
        assert lines[0] == tuple(HEADER.values())
        read += [from_values(value or "" for value in line) for line in lines[1:]]
    assert read == by_key(rows)


def test_another_format_is_refused():
    with pytest.raises(ValueError, match="not vuntrong-training-block 1"):
        from_json('{"format": "other", "version": 1, "rows": [], "without_key": []}')


def test_the_schema_tells_every_field():
    row = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]["row"]

    assert list(row["properties"]) == list(NAMES)
    assert row["required"] == list(NAMES)
    assert set(HEADER) == set(NAMES)
    assert set(row["properties"]["kind"]["enum"]) == set(QualificationKind.values)


@pytest.mark.parametrize(
    ("change", "expected"),
    [({}, False), ({"personal_id": "012185009999"}, True), ({"profile_code": "BTC-7"}, True)],
)
def test_a_row_has_a_key_by_either_number(change, expected):
    assert replace(EMPTY, **change).has_key is expected


# ---- from the database ----


@pytest.mark.django_db
def test_papers_and_finished_classes_of_a_person_are_rows():
    centre = make_unit("Trung tâm Chính trị Tân Phong", slug="ttct-tan-phong")
    person = make_person("Lò Thị Vân", born_on="1986-04", personal_id="012186004312")
    paper = Qualification.objects.create(
        person=person,
        kind="political",
        level="trung-cap",
        number="TC-42",
        issued_on=PartialDate(2015),
        funding="Ngân sách",
    )
    programme = make_programme("Bồi dưỡng bí thư chi bộ", level="elementary")
    words = {"owner": centre, "programme": programme, "state": "closed", "mode": "part_time"}
    run = make_class(**words, opened_on=dt.date(2026, 3, 2), closed_on=dt.date(2026, 3, 6))
    make_enrolment(class_run=run, person=person, state="completed", grade="good")

    first, second = training_rows(Person.objects.all())

    assert (first.personal_id, first.born_on, first.level, first.number) == (
        "012186004312",
        "1986-04",
        "trung-cap",
        "TC-42",
    )
    assert (first.issued_on, first.funding, first.source) == ("2015", "Ngân sách", f"qualification:{paper.pk}")
    assert (second.kind, second.level, second.field) == ("political", "so-cap", "Bồi dưỡng bí thư chi bộ")
    assert (second.institution, second.institution_code) == ("Trung tâm Chính trị Tân Phong", "ttct-tan-phong")
    assert (second.studied_from, second.studied_to, second.mode) == ("2026-03-02", "2026-03-06", "part_time")
    assert (second.grade, second.source) == ("good", f"class:{run.pk}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("run", "turn"),
    [({"state": "running"}, {}), ({}, {"state": "withdrawn"}), ({}, {"state": "not_completed"})],
)
def test_only_finished_classes_that_were_completed_count(run, turn):
    person = make_person()
    words = {"state": "closed", "closed_on": dt.date(2027, 3, 5)} | run
    make_enrolment(class_run=make_class(owner=person.unit, **words), person=person, **{"state": "completed"} | turn)

    assert list(training_rows(Person.objects.all())) == []


@pytest.mark.django_db
def test_a_class_whose_paper_is_entered_comes_once_for_this_person_only():
    entered, other = make_person("Lò Vân"), make_person("Hà Mai")
    run = make_class(owner=entered.unit, state="closed", closed_on=dt.date(2027, 3, 5))
    for person in (entered, other):
        make_enrolment(class_run=run, person=person, state="completed")
    Qualification.objects.create(person=entered, kind="political", source=f"class:{run.pk}")

    rows = list(training_rows(Person.objects.all()))

    assert sorted((row.full_name, row.source.partition(":")[0]) for row in rows) == [
        ("Hà Mai", "class"),
        ("Lò Vân", "qualification"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"issued_on": "2026-01-01"}, True),
        ({"issued_on": "2025-12-31"}, False),
        ({"issued_on": "2026-12-31"}, True),
        ({"issued_on": "2027-01-01"}, False),
        ({"issued_on": "2026"}, True),
        ({"studied_from": "2024-09", "studied_to": "2026-06"}, True),
        ({"studied_from": "2024-09", "studied_to": "2025-06"}, False),
        ({}, False),
    ],
)
def test_a_period_holds_what_touches_it(dates, expected):
    known = {name: PartialDate.parse(text) for name, text in dates.items()}
    Qualification.objects.create(person=make_person(), kind="political", **known)

    assert bool(list(training_rows(Person.objects.all(), Period.year(2026)))) is expected


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_people(count, django_assert_num_queries):
    for _number in range(count):
        person = make_person()
        Qualification.objects.create(person=person, kind="political")
        run = make_class(owner=person.unit, state="closed", closed_on=dt.date(2027, 3, 5))
        make_enrolment(class_run=run, person=person, state="completed")

    with django_assert_num_queries(2):
        assert len(list(training_rows(Person.objects.all()))) == 2 * count
