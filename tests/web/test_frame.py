"""The frame: navigation by role, unit and year, and the pages for errors."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.accounts.models import Grant
from vuntrong.web import errors, navigation
from vuntrong.web.context import current_unit, years

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    school = make_unit("Trường Chính trị tỉnh Vĩnh Hà")
    return make_user_with(Role.TRAINING_OFFICE, school)


def keys(roles, path="/", **extra):
    return [item.key for item in navigation.items(roles, path, **extra)]


def test_navigation_shows_only_work_of_the_role_that_exists(monkeypatch):
    monkeypatch.setattr(navigation, "reverse", lambda name: f"/{name}/")

    assert keys({Role.UNIT_CLERK}) == ["today", "surveys", "people", "eligibility", "nominations"]
    assert keys({Role.APPROVER}) == [
        *("today", "surveys", "plans", "classes"),
        *("people", "eligibility", "nominations", "reports"),
    ]
    assert keys({Role.CENTRE_STAFF})[-1] == "catalogue"
    assert keys(set()) == ["today"]
    assert keys(set(), may_all=True)[-1] == "catalogue"


def test_an_entry_without_a_page_is_left_out():
    entry = navigation.Entry("x", "X", "X", "x", "no-such-view", (), ())

    assert entry.url() == ""


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/", "today"),
        ("/classes/7/", "classes"),
        ("/registry/people/3/", "people"),
        ("/registry/", "catalogue"),
        ("/x/", ""),
    ],
)
def test_the_longest_path_says_where_one_is(path, key):
    assert navigation.current(path) == key


def test_unit_switch_remembers_one_of_the_own_units_and_goes_back(client, office):
    second = make_unit("TTCT xã Tân Phong")
    Grant.objects.create(user=office, role=Role.CENTRE_STAFF, unit=second, valid_from="2020-01-01")
    client.force_login(office)

    response = client.post("/switch/unit/", {"unit": second.pk, "next": "/classes/?state=open"})

    assert response.headers["Location"] == "/classes/?state=open"
    assert client.session["unit"] == second.pk


def test_unit_switch_refuses_a_unit_of_others_and_foreign_addresses(client, office):
    client.force_login(office)

    stranger = client.post("/switch/unit/", {"unit": make_unit().pk})
    own = client.post("/switch/unit/", {"unit": office.grants.get().unit_id, "next": "https://example.com/"})

    assert stranger.status_code == 404
    assert own.headers["Location"] == "/"


def test_a_unit_taken_away_is_no_longer_the_current_one(office):
    request = RequestFactory().get("/")
    request.user, request.session = office, {"unit": make_unit().pk}

    assert current_unit(request) == office.grants.get().unit


@pytest.mark.parametrize(("year", "status"), [("2022", 302), ("1999", 404), ("x", 404), ("", 404)])
def test_year_switch_takes_the_years_on_offer(client, office, year, status):
    client.force_login(office)

    response = client.post("/switch/year/", {"year": year})

    assert response.status_code == status


def test_next_year_is_on_offer_because_plans_are_made_ahead():
    assert years()[0] == timezone.localdate().year + 1
    assert years()[-1] == 2020


@pytest.mark.parametrize("name", ["switch-unit", "switch-year"])
def test_switches_change_by_post_only(client, office, name):
    client.force_login(office)

    assert client.get(reverse(name)).status_code == 405


def test_a_missing_page_stands_in_the_frame_for_those_who_signed_in(client, office):
    client.force_login(office)
    inside = client.get("/no-such-page/")
    client.logout()
    outside = client.get("/no-such-page/")

    assert inside.status_code == outside.status_code == 404
    assert b'id="nav"' in inside.content
    assert b'id="nav"' not in outside.content


def test_a_form_without_its_token_is_told_that_the_session_expired(office):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office)

    response = client.post("/switch/year/", {"year": "2022"})

    assert response.status_code == 403
    assert "Traceback" not in response.content.decode()
    assert b'class="pl"' in response.content
    assert "year" not in client.session


def test_forbidden_names_the_account(rf, office):
    request = rf.get("/")
    request.user, request.session, request.csp_nonce = office, {}, ""

    response = errors.forbidden(request, PermissionError())

    assert response.status_code == 403
    assert office.full_name in response.content.decode()


def test_the_page_of_a_broken_server_needs_no_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = errors.broken(rf.get("/"))

    assert response.status_code == 500


@pytest.mark.parametrize(("language", "word"), [("vi", 'lang="vi"'), ("en", 'lang="en"')])
def test_language_is_switched_by_post(client, office, language, word):
    client.force_login(office)

    client.post(reverse("set_language"), {"language": language, "next": "/no-such-page/"})

    assert word in client.get("/no-such-page/").content.decode()


@pytest.mark.parametrize(("cookie", "language"), [("", "vi"), ("en", "en"), ("vi", "vi"), ("xx", "vi")])
def test_language_is_vietnamese_until_somebody_chooses_whatever_the_browser_asks_for(client, office, cookie, language):
    client.force_login(office)
    client.cookies["django_language"] = cookie

    response = client.get("/no-such-page/", headers={"Accept-Language": "en-US,en"})

    assert f'<html lang="{language}">' in response.content.decode()
    assert response["Content-Language"] == language
