"""The report command: the contract of its JSON, its files, its refusals."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import load_workbook

from tests.reports.builders import PROGRAMMES, make_tuyen_hoa

pytestmark = pytest.mark.django_db
HALF_YEAR = ("report", "half-year", "--unit", "tuyen-hoa", "--from", "2022-01-01", "--to", "2022-06-30")


def test_json_of_tuyen_hoa_is_what_the_article_says(capsys):
    make_tuyen_hoa()

    call_command(*HALF_YEAR)

    assert json.loads(capsys.readouterr().out) == {
        "unit": "tuyen-hoa",
        "from": "2022-01-01",
        "to": "2022-06-30",
        "classes": 6,
        "learners": 327,
        "turns": 327,
        "planned_classes": 20,
        "share_of_plan": 0.3,
        "by_programme": [
            {"programme": name, "classes": len(sizes), "learners": sum(sizes), "turns": sum(sizes)}
            for name, sizes in PROGRAMMES
        ],
        "hosted": [
            {
                "programme": "Trung cấp lý luận chính trị",
                "cohort": "XII",
                "mode": "không tập trung",
                "owner": "Trường Chính trị tỉnh",
                "modules_finished": 5,
            }
        ],
    }


def test_json_keeps_its_keys_in_order(capsys):
    make_tuyen_hoa()

    call_command(*HALF_YEAR)

    assert list(json.loads(capsys.readouterr().out)) == [
        "unit",
        "from",
        "to",
        "classes",
        "learners",
        "turns",
        "planned_classes",
        "share_of_plan",
        "by_programme",
        "hosted",
    ]


def test_the_annual_report_covers_the_year(capsys):
    make_tuyen_hoa()

    call_command("report", "annual", "--unit", "tuyen-hoa", "--year", "2022")

    found = json.loads(capsys.readouterr().out)
    assert (found["from"], found["to"], found["classes"]) == ("2022-01-01", "2022-12-31", 6)


@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_papers_and_workbook_go_into_a_file(tmp_path, form, magic, capsys):
    make_tuyen_hoa()
    target = tmp_path / f"bao-cao.{form}"

    call_command(*HALF_YEAR, "--format", form, "--output", str(target))

    assert target.read_bytes().startswith(magic)
    assert capsys.readouterr().out == f"{target}: {target.stat().st_size} bytes\n"


def test_the_workbook_holds_every_turn(tmp_path):
    make_tuyen_hoa()
    target = tmp_path / "bao-cao.xlsx"

    call_command(*HALF_YEAR, "--format", "xlsx", "--output", str(target))

    book = load_workbook(target)
    assert book.sheetnames[0] == "Chương trình"
    assert book["Danh sách"].max_row == 6 + 327


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--unit", "tuyen-hoaa"), "no unit has the code 'tuyen-hoaa'; near it: tuyen-hoa"),
        (("--unit", "khong-co-don-vi-nay-dau"), "no unit has the code 'khong-co-don-vi-nay-dau'"),
        (
            ("--from", "2022-02-30"),
            "'2022-02-30' is not a day in the calendar; write yyyy-mm-dd, for example 2022-06-30",
        ),
        (("--from", "2022-07-01"), "the last day lies before the first"),
        (("--from", "2022-01-02"), "a half-year report begins on 1 January or 1 July"),
        (("--to", "2022-07-01"), "a half-year report begins on 1 January or 1 July"),
        (("--from", "1900-01-01"), "the years must lie from 1950 to 2200"),
        (("--year", "2022"), "--year belongs to `report annual`"),
        (("--format", "pdf"), "--format pdf needs --output FILE"),
        (("--output", "/khong/co/thu-muc/nay.json"), "/khong/co/thu-muc/nay.json: No such file or directory"),
    ],
)
def test_a_mistake_is_named_with_its_remedy(words, says):
    make_tuyen_hoa()

    with pytest.raises(CommandError) as refusal:
        call_command(*HALF_YEAR, *words)

    assert says in str(refusal.value)


def test_days_are_needed():
    make_tuyen_hoa()

    with pytest.raises(CommandError, match="--from and --to are needed"):
        call_command("report", "period", "--unit", "tuyen-hoa")
