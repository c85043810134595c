import pytest
from django.urls import reverse

from tests.factories import make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.registry.models import Ethnicity, Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(client):
    user = make_user_with(Role.ORGANISATION_BOARD, make_unit())
    client.force_login(user)
    return user


def listed(response):
    return [row.record.name for row in response.context["listing"].table.page.object_list]


@pytest.mark.parametrize(
    ("catalogue", "words", "names"),
    [
        ("ethnicities", "hmong", ["Mông"]),
        ("ethnicities", "KHƠ ME", ["Khơ-me"]),
        ("religions", "thien chua", ["Công giáo"]),
        ("posts", "tct hieu truong pho", ["Phó Hiệu trưởng Trường Chính trị tỉnh"]),
        ("posts", "khong co gi", []),
    ],
)
def test_a_catalogue_is_searched_without_accents_in_names_and_other_writings(client, board, catalogue, words, names):
    response = client.get(reverse("people:catalogue", args=[catalogue]), {"q": words})

    assert listed(response) == names


@pytest.mark.parametrize("more", [0, 3])
def test_a_catalogue_costs_the_same_whatever_its_length(client, board, more, django_assert_num_queries):
    for number in range(more):
        Post.objects.create(code=f"p{number}", name=f"P{number}", rank=1)
    client.get(reverse("people:catalogue", args=["posts"]))

    with django_assert_num_queries(6):
        client.get(reverse("people:catalogue", args=["posts"]))


def test_the_office_adds_and_changes_rows(client, board):
    typed = {"code": "to-truong", "name": "Tổ trưởng", "aliases": "TT tổ\r\n\r\nTổ trưởng tổ", "rank": "900"}
    client.post(reverse("people:catalogue-add", args=["posts"]), typed | {"is_active": "on"})
    row = Post.objects.get(code="to-truong")

    url = reverse("people:catalogue-change", args=["posts", "to-truong"])
    seen = client.get(url).context["form"]["seen"].value()
    first = client.post(url, typed | {"seen": seen, "managing_level": "unit"})
    second = client.post(url, typed | {"seen": seen, "managing_level": "commune"})

    assert row.aliases == ["TT tổ", "Tổ trưởng tổ"]
    assert (first.status_code, Post.objects.get(code="to-truong").managing_level) == (302, "unit")
    assert "Người khác vừa sửa" in second.content.decode()


def test_a_word_of_another_row_is_refused_in_words(client, board):
    url = reverse("people:catalogue-change", args=["ethnicities", "2"])
    seen = client.get(url).context["form"]["seen"].value()

    typed = {"name": "Tày", "aliases": "Hmong", "confidence": "unverified", "seen": seen}
    response = client.post(url, typed)

    assert "“Hmong” đã là cách ghi của “Mông”" in response.content.decode()
    assert Ethnicity.objects.get(code=2).aliases == ["Thổ (Tày)"]


def test_a_catalogue_that_is_not_there_is_not_found(client, board):
    assert client.get(reverse("people:catalogue", args=["nothing"])).status_code == 404
    assert client.get(reverse("people:catalogue-add", args=["nothing"])).status_code == 404
