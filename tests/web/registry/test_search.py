import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import make_class, make_decision, make_person, make_plan, make_unit, make_user, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.registry.models import FormerName, Unit
from vuntrong.regulations.queries import rules_on
from vuntrong.web.registry.search import found

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return make_unit("Huyện ủy Tuyên Hóa", kind="district_committee")


@pytest.fixture
def board(district):
    return make_user_with(Role.ORGANISATION_BOARD, district)


def titles(user, words: str) -> list[str]:
    return [hit.title for group in found(user, words, 20) for hit in group.hits]


@pytest.mark.parametrize("words", ["boi duong bi thu", "BÍ THƯ", "K12"])
def test_a_class_is_found_by_name_and_code(board, district, words):
    make_class(owner=district, code="K12", name="Bồi dưỡng bí thư chi bộ")
    make_class(owner=make_unit(), code="K12", name="Bồi dưỡng bí thư chi bộ nơi khác")

    [group] = [one for one in found(board, words, 20) if one.icon == "school"]
    assert [hit.title for hit in group.hits] == ["Bồi dưỡng bí thư chi bộ"]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("ke hoach tuyen hoa", True), ("tuyen hoa 2027", True), ("2027", True), ("2026", False), ("quang ninh", False)],
)
def test_a_plan_is_found_by_owner_and_year(board, district, words, is_found):
    make_plan(owner=district, title="Kế hoạch năm 2027")
    make_plan(owner=make_unit("Huyện ủy Tuyên Hóa khác"), title="Kế hoạch nơi khác")

    assert ("Kế hoạch năm 2027" in titles(board, words)) is is_found
    assert "Kế hoạch nơi khác" not in titles(board, words)


@pytest.mark.parametrize(
    ("words", "is_found"), [("718-QĐ/HU", True), ("718-qđ/hu", True), ("718", True), ("718-qd", True), ("719", False)]
)
def test_a_decision_is_found_by_its_number(board, district, words, is_found):
    make_decision(issuer=district, number="718-QĐ/HU")
    make_decision(issuer=make_unit(), number="718-QĐ/TU")

    assert ("718-QĐ/HU" in titles(board, words)) is is_found
    assert "718-QĐ/TU" not in titles(board, words)


def test_a_stranger_finds_nothing(district):
    make_class(owner=district, name="Lớp Tuyên Hóa")
    make_plan(owner=district)

    assert found(make_user(), "tuyen hoa", 20) == []


def test_one_more_than_the_limit_is_told(board, district):
    for _ in range(3):
        make_class(owner=district, name="Lớp bồi dưỡng")

    [exact], [more] = found(board, "lop boi duong", 3), found(board, "lop boi duong", 2)

    assert (len(exact.hits), exact.has_more) == (3, False)
    assert (len(more.hits), more.has_more) == (2, True)


@pytest.mark.parametrize("words", ["ng thi hoa", "HOÀ nguyen", "tran hoa", "0010900", "1979", "12/03/1979"])
def test_a_person_is_found_by_parts_of_any_name_by_figures_and_birth(board, district, words):
    words_of = {"born_on": "1979-03-12", "personal_id": "001090012345"}
    person = make_person("Nguyễn Thị Hòa", unit=district, **words_of)
    FormerName.objects.create(person=person, full_name="Trần Thị Hòa", search_key="tran thi hoa")
    make_person("Nguyễn Thị Hòa", **words_of)

    [group] = [one for one in found(board, words, 20) if one.icon == "users"]

    assert [hit.title for hit in group.hits] == ["Nguyễn Thị Hòa"]
    assert "Tên khác hoặc tên cũ: Trần Thị Hòa" in group.hits[0].detail


def test_a_unit_is_found_by_a_former_name_and_says_so(board, district):
    renamed = make_unit("Đảng ủy xã Tân Phú", parent=district)
    renamed.versions.create(
        name="Đảng ủy xã Thuận Hóa",
        short_name="Thuận Hóa",
        kind=renamed.kind,
        valid_from=dt.date(1990, 1, 1),
        valid_to=dt.date(1999, 12, 31),
    )
    ended = make_unit("Đảng ủy xã Thuận Hóa Bắc", parent=district)
    Unit.objects.filter(pk=ended.pk).update(is_alive=False, ended_on=dt.date(2025, 6, 30))
    make_unit("Đảng ủy xã Thuận Hóa khác")

    [group] = [one for one in found(board, "thuan hoa", 20) if one.icon == "building"]

    assert [hit.title for hit in group.hits] == ["Đảng ủy xã Tân Phú", ended.name]
    assert "Tên khác hoặc tên cũ: Đảng ủy xã Thuận Hóa" in group.hits[0].detail
    assert "đến ngày 30/06/2025" in group.hits[1].detail


def test_rules_and_legal_papers_are_found_by_those_who_may_read_them(board):
    rule = rules_on(timezone.localdate()).first()

    by_title, by_paper = titles(board, rule.title), titles(board, rule.instrument.number)

    assert rule.title in by_title
    assert rule.title in by_paper
    assert str(rule.instrument) in by_paper
    assert titles(make_user(), rule.title) == []


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_whatever_it_finds(board, district, count, django_assert_num_queries):
    for _ in range(count):
        make_person("Nguyễn Hòa", unit=make_unit("Đảng ủy xã Hòa", parent=district))
        make_class(owner=district, name="Lớp Hòa")
    board = type(board).objects.get(pk=board.pk)

    with django_assert_num_queries(16):
        found(board, "hoa", 4)
