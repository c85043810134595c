"""The command that imports people: its answer and its exit codes."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.documents.workbook_files import xlsx
from tests.exchange.builders import HEADER, home_unit
from tests.factories import make_unit
from vuntrong.exchange.models import Import
from vuntrong.registry.models import Person

pytestmark = pytest.mark.django_db
GOOD = [HEADER, [1, "Lê An", "01/01/1980", "Nam", "", "", "Bí thư"], [2, "Lê Bình", "1981", "Nam", "", "Xã Lạ", ""]]


def run(capsys, tmp_path: Path, rows: Any, *words: str, name: str = "danh-sach.xlsx") -> tuple[int, dict[str, Any]]:
    """Return the exit code and the JSON answer."""
    file = tmp_path / name
    file.write_bytes(rows if isinstance(rows, bytes) else xlsx(rows))
    code = 0
    try:
        call_command("import_people", str(file), "--format", "json", *words)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(capsys.readouterr().out)


def test_a_good_list_is_written_and_answered(capsys, tmp_path):
    home_unit()

    code, answer = run(capsys, tmp_path, GOOD)

    assert code == 0
    assert {key: answer[key] for key in ("rows", "created", "updated", "unchanged", "errors")} == {
        "rows": 2,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "errors": [],
    }
    assert [(one["row"], one["column"], one["code"]) for one in answer["warnings"]] == [
        (0, "", "unit-assumed"),
        (3, "F", "unit-unknown"),
    ]
    assert set(answer["warnings"][1]) == {"sheet", "row", "column", "code", "message"}
    assert "Xã Lạ" in answer["warnings"][1]["message"]
    assert Import.objects.get().state == "written"


def test_the_second_run_says_that_nothing_changed(capsys, tmp_path):
    home = home_unit()
    run(capsys, tmp_path, GOOD, "--unit", home.slug)

    code, answer = run(capsys, tmp_path, GOOD, "--unit", home.slug)

    assert (code, answer["created"], answer["updated"], answer["unchanged"]) == (0, 0, 0, 2)


def test_a_dry_run_writes_nothing(capsys, tmp_path):
    home_unit()

    code, answer = run(capsys, tmp_path, GOOD, "--dry-run")

    assert (code, answer["created"], Person.objects.count(), Import.objects.count()) == (0, 2, 0, 0)


def test_rows_with_errors_end_with_one_and_write_nothing(capsys, tmp_path):
    home_unit()

    code, answer = run(capsys, tmp_path, [*GOOD, [3, "Lê Ba", "31/02/1980"]])

    assert (code, Person.objects.count(), answer["created"]) == (1, 0, 0)
    assert [(one["row"], one["column"], one["code"]) for one in answer["errors"]] == [(4, "C", "date-day-out-of-range")]


@pytest.mark.parametrize(
    ("content", "code"), [(b"hello", "not-a-workbook"), (b"", "empty"), ([["a", "b"], ["c", "d"]], "no-header")]
)
def test_a_file_that_cannot_be_read_ends_with_two(capsys, tmp_path, content, code):
    home_unit()

    exit_code, answer = run(capsys, tmp_path, content)

    assert (exit_code, [one["code"] for one in answer["errors"]]) == (2, [code])
    assert "(" not in answer["errors"][0]["message"]


def test_a_file_that_is_not_there_ends_with_two(capsys, tmp_path):
    home_unit()

    with pytest.raises(SystemExit) as end:
        call_command("import_people", str(tmp_path / "x.xlsx"), "--format", "json")

    assert end.value.code == 2
    assert json.loads(capsys.readouterr().out)["errors"][0]["code"] == "no-file"


def test_a_mapping_says_what_the_columns_hold_and_what_may_change(capsys, tmp_path):
    home = make_unit("Đảng ủy xã A")
    mapping = tmp_path / "cot.json"
    mapping.write_text(json.dumps({"columns": {"A": "name", "B": "born"}, "header_row": 1, "update": ["phone"]}))

    code, answer = run(
        capsys, tmp_path, [["x", "y"], ["Lê An", "1980"]], "--mapping", str(mapping), "--unit", home.slug
    )

    assert (code, answer["created"]) == (0, 1)
    assert Person.objects.get().unit_id == home.pk


def test_words_for_people_come_without_json(capsys, tmp_path):
    home_unit()
    file = tmp_path / "a.xlsx"
    file.write_bytes(xlsx(GOOD))

    call_command("import_people", str(file), stdout=StringIO())

    assert "rows: 2, created: 2, updated: 0, unchanged: 0" in capsys.readouterr().out
