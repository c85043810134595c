"""Filters that a person keeps under a name of her own."""

import pytest

from tests.factories import make_user
from vuntrong.accounts.models import SavedFilter
from vuntrong.kernel.models import ActionLogEntry

pytestmark = pytest.mark.django_db
PEOPLE = "/registry/people/"


@pytest.fixture
def user(client):
    user = make_user(is_superuser=True)
    client.force_login(user)
    return user


def save(client, name: str = "Thiếu số định danh", query: str = "missing=id&sort=-full_name", page: str = PEOPLE):
    return client.post("/lists/filters/save/", {"name": name, "query": query, "page": page}, follow=True)


def test_a_filter_is_saved_and_offered_on_its_list_only(client, user):
    response = save(client)

    assert response.redirect_chain == [(f"{PEOPLE}?missing=id&sort=-full_name", 302)]
    here = client.get(f"/lists/filters/menu/?{response.context['listing'].save_query}").content.decode()
    assert f'href="{PEOPLE}?missing=id&amp;sort=-full_name">Thiếu số định danh</a>' in here
    assert 'name="query" value="missing=id&amp;sort=-full_name"' in here
    assert "Thiếu" not in client.get("/lists/filters/menu/?page=/registry/units/").content.decode()
    assert ActionLogEntry.objects.filter(action="save_filter", actor_id=user.pk).count() == 1


@pytest.mark.usefixtures("user")
def test_the_same_name_is_replaced_and_an_empty_one_refused(client):
    save(client)
    save(client, query="missing=post")
    save(client, name=" ")

    assert [one.query for one in SavedFilter.objects.all()] == ["missing=post"]


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("page", ["https://example.vn/", "//example.vn/", "/khong-co/", ""])
def test_a_filter_leads_to_a_page_of_ours(client, page):
    assert save(client, page=page).status_code == 404
    assert not SavedFilter.objects.exists()


def test_a_filter_is_renamed_and_deleted_by_its_owner_only(client, user):
    save(client, name="Một")
    save(client, name="Hai")
    one = user.saved_filters.get(name="Một")

    client.post(f"/lists/filters/{one.pk}/rename/", {"name": "Hai"})
    client.post(f"/lists/filters/{one.pk}/rename/", {"name": "Ba"})
    assert sorted(user.saved_filters.values_list("name", flat=True)) == ["Ba", "Hai"]
    client.force_login(make_user())
    assert client.post(f"/lists/filters/{one.pk}/delete/").status_code == 404
    client.force_login(user)
    client.post(f"/lists/filters/{one.pk}/delete/")

    assert [one.name for one in user.saved_filters.all()] == ["Hai"]
    assert "Hai" in client.get("/lists/filters/").content.decode()
