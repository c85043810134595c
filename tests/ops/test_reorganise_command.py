import json

import pytest
from django.core.management import call_command

from tests.documents.workbook_files import xlsx
from tests.factories import make_person
from tests.registry.reorganisation_cases import all_rows, province
from vuntrong.documents.workbooks import open_workbook
from vuntrong.registry.event_sheets import read_event_sheet
from vuntrong.registry.models import Reorganisation, Unit, UnitEvent

pytestmark = pytest.mark.django_db
HEADER = ["Biến động", "Đơn vị cũ", "Đơn vị mới", "Tỷ lệ (%)", "Nhận phần còn lại"]
MERGER = ["Sáp nhập", "Đảng ủy Xã A; Đảng ủy Xã B", "Đảng ủy Xã C", "", ""]


@pytest.fixture
def units() -> list[Unit]:
    _top, found = province("Xã A", "Xã B")
    make_person(unit=found[0])
    return found


def told(capsys, *words: object) -> tuple[int, dict]:
    code = 0
    try:
        call_command("reorganise", *map(str, words), "--format", "json")
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(capsys.readouterr().out)


def book(tmp_path, *rows):
    path = tmp_path / "sap-xep.xlsx"
    path.write_bytes(xlsx([HEADER, *rows]))
    return path


def ordered(path) -> list[object]:
    return [path, "--unit", "vinh-ha", "--on", "2026-03-01", "--instrument", "Nghị quyết 118"]


def test_a_list_is_carried_out_and_taken_back(capsys, tmp_path, units):
    before = all_rows()

    code, answer = told(capsys, *ordered(book(tmp_path, MERGER)))
    done = Reorganisation.objects.get()
    back, undone = told(capsys, "--undo", answer["id"])

    assert (code, answer["state"], answer["errors"]) == (0, "confirmed", [])
    assert (done.title, done.instrument_text) == ("sap-xep", "Nghị quyết 118")
    assert {group["code"]: group["count"] for group in answer["groups"]}["posting"] == 1
    assert (back, undone["state"]) == (0, "undone")
    assert all_rows() == before


def test_a_dry_run_names_what_is_touched_and_writes_nothing(capsys, tmp_path, units):
    before = all_rows()

    code, answer = told(capsys, *ordered(book(tmp_path, MERGER)), "--dry-run")

    groups = {group["code"]: group for group in answer["groups"]}
    assert (code, answer["id"]) == (0, None)
    assert [one["kind"] for one in answer["units"]] == ["ended", "ended", "created"]
    assert groups["posting"]["rows"][0]["label"] == "Nguyễn Văn An"
    assert (all_rows(), Reorganisation.objects.count()) == (before, 0)


def test_every_refusal_names_sheet_row_and_column(capsys, tmp_path, units):
    part = ["Chia tách", "Đảng ủy Xã A", "Đảng ủy Xã D", "60", "x"]
    rest = ["Chia tách", "Đảng ủy Xã A", "Đảng ủy Xã E", "30", ""]

    code, answer = told(capsys, *ordered(book(tmp_path, ["Đổi tên", "Xã lạ", "Xã X", "", ""], part, rest)))

    assert code == 1
    assert [(one["sheet"], one["row"], one["column"], one["code"]) for one in answer["errors"]] == [
        ("Danh sách", 2, "B", "event-cell-unit-unknown"),
        ("Danh sách", 2, "B", "change-needs-unit"),
        ("Danh sách", 3, "D", "split-shares-sum"),
    ]
    assert "90" in answer["errors"][2]["message"]
    assert not UnitEvent.objects.exists()


def test_a_file_that_cannot_be_read_ends_with_two(capsys, tmp_path, units):
    path = tmp_path / "hong.xlsx"
    path.write_bytes(b"PK no workbook")

    code, answer = told(capsys, *ordered(path))

    assert (code, len(answer["errors"])) == (2, 1)


def test_json_says_everything_and_leaves_nothing_to_options(capsys, tmp_path, units):
    said = {
        "title": "Sắp xếp năm 2026",
        "takes_effect_on": "2026-03-01",
        "instrument_text": "Nghị quyết 118",
        "unit": "vinh-ha",
        "events": [{"kind": "dissolve", "sources": [units[0].slug], "rest": units[1].slug}],
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps(said), encoding="utf-8")

    code, answer = told(capsys, path)

    assert (code, answer["state"]) == (0, "confirmed")
    assert Reorganisation.objects.get().title == "Sắp xếp năm 2026"


def test_the_template_is_read_as_an_empty_list(tmp_path, units):
    path = tmp_path / "mau.xlsx"

    call_command("reorganise", "--template", str(path))

    opened = open_workbook(path.read_bytes(), path.name)
    assert read_event_sheet(opened, opened.sheets[0]).rows == ()
