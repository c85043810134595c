"""The commands `eligibility` and `rules`: the contract of their JSON, and what they refuse."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.factories import make_person
from tests.programmes.rule_data import fit_record

pytestmark = pytest.mark.django_db
TC = ("eligibility", "--programme", "trung-cap-llct", "--mode", "khong-tap-trung", "--on", "2027-03-15")


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def people_file(tmp_path, *records):
    path = tmp_path / "people.jsonl"
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return str(path)


def test_one_line_for_each_person_with_every_reason(tmp_path, capsys):
    records = [
        fit_record(id="lien", born_on="1999-08-14"),
        fit_record(id="toan", sex="male", born_on="1997-03-15"),
        fit_record(id="pao", sex="male", born_on="1997"),
        fit_record(id="cuong", degree="upper-secondary", party_status="none"),
    ]

    call_command(*TC, "--people", people_file(tmp_path, *records))

    found = lines(capsys)
    assert [(one["id"], one["verdict"]) for one in found] == [
        ("lien", "not-eligible"),
        ("toan", "eligible"),
        ("pao", "missing-data"),
        ("cuong", "not-eligible"),
    ]
    assert [reason["code"] for reason in found[3]["reasons"]] == ["party-status", "degree-below"]
    [young] = found[0]["reasons"]
    assert (young["code"], young["instrument"]) == ("age-below", "350-QĐ/TW")
    assert young["message"] == (
        "Chưa đủ tuổi tối thiểu (nữ 28, nam 30). Đủ tuổi từ ngày 14/08/2027. "
        "Có thể học hình thức tập trung, hình thức này không quy định tuổi tối thiểu. (350-QĐ/TW)"
    )
    assert found[2]["reasons"][0]["fields"] == ["born_on"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"id": 1}\n{"id": 2', "line 2"),
        ("[1]", "line 1: a JSON object is expected"),
        ('\n{"id": 1, "sex": "nữ"}', "line 2, sex: “nữ” is not a value of this field"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text, message, tmp_path):
    path = tmp_path / "people.jsonl"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=message) as refusal:
        call_command(*TC, "--people", str(path))

    assert refusal.value.returncode == 2


def test_without_a_file_everybody_in_the_registry_is_judged(capsys):
    person = make_person(born_on="2003-01-01", sex="female")

    call_command(*TC)

    [found] = lines(capsys)
    assert (found["id"], found["verdict"]) == (person.pk, "not-eligible")
    assert found["reasons"][0]["code"] == "age-below"


def test_rules_on_a_day_as_json(capsys):
    call_command("rules", "--on", "2023-02-10", "--format", "json", "--topic", "eligibility")

    answer = json.loads(capsys.readouterr().out)
    rows = {(row["subject"], row["mode"]): row for row in answer["rules"]}
    row = rows["trung-cap-llct", "part_time"]
    assert answer["on"] == "2023-02-10"
    assert row["instrument"]["number"] == "57-QĐ/TW"
    assert row["values"]["conditions"][0] == {"kind": "age", "female": 33, "male": 35}
    assert (row["valid_from"], row["valid_to"], row["confidence"]) == ("2022-02-08", "2025-08-28", "seen")


def test_rules_as_lines_for_people(capsys):
    call_command("rules", "--on", "2026-01-01", "--topic", "eligibility")

    out = capsys.readouterr().out
    assert "29/08/2025 - … | Trung cấp LLCT, không tập trung | trung-cap-llct part_time | 350-QĐ/TW" in out
