"""The people command: the contract of its JSON, its order, its refusals."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.factories import make_person, make_unit

pytestmark = pytest.mark.django_db


def people(capsys, *words: str) -> list[dict[str, object]]:
    call_command("people", *words, "--format", "json")
    return json.loads(capsys.readouterr().out)


def test_matches_as_json_in_vietnamese_order(capsys):
    commune = make_unit("Đảng ủy xã Thuận Hóa", slug="thuan-hoa")
    make_person("Nguyễn Thị Ánh", unit=commune)
    make_person("Nguyễn Văn Đạt", unit=commune)
    an = make_person("Nguyễn Văn An", unit=commune, born_on="1990", personal_id="044090001234", post_text="Bí thư")
    make_person("Nguyễn Văn Biên", unit=commune, left_on="2024")

    found = people(capsys, "--search", "nguyen")

    assert [one["name"] for one in found] == ["Nguyễn Văn An", "Nguyễn Thị Ánh", "Nguyễn Văn Đạt"]
    assert found[0] == {
        "id": an.pk,
        "name": "Nguyễn Văn An",
        "birth_date": "1990",
        "unit": "Đảng ủy xã Thuận Hóa",
        "unit_code": "thuan-hoa",
        "post": "Bí thư",
        "personal_id": "044090001234",
    }


def test_only_a_unit_and_what_is_below_it_and_not_more_than_asked_for(capsys):
    district = make_unit(kind="district_committee", slug="huyen")
    make_person("Lê An", unit=make_unit(parent=district))
    make_person("Lê Bình", unit=district)
    make_person("Lê Cường")

    assert [one["name"] for one in people(capsys, "--search", "le", "--unit", "huyen")] == ["Lê An", "Lê Bình"]
    assert [one["name"] for one in people(capsys, "--search", "le", "--limit", "1")] == ["Lê An"]
    assert people(capsys, "--search", "khong") == []


def test_text_is_a_line_for_each(capsys):
    person = make_person("Lê An", unit=make_unit("Xã Một"), born_on="1990-05-01")

    call_command("people", "--search", "an le")

    assert capsys.readouterr().out == f"Lê An\t1990-05-01\tXã Một\t{person.pk}\n"


@pytest.mark.parametrize(("words", "said"), [(("--unit", "khong-co"), "no unit"), (("--limit", "0"), "--limit")])
def test_what_cannot_be_answered_is_refused(words, said):
    with pytest.raises(CommandError, match=said):
        call_command("people", "--search", "an", *words)
