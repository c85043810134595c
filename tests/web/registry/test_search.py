import pytest

from tests.factories import make_class, make_decision, make_plan, make_unit, make_user, make_user_with
from vuntrong.accounts.enums import Role
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

    assert titles(board, words) == ["Bồi dưỡng bí thư chi bộ"]


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
