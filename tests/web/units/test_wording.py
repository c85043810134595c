"""The warning beside a form whose words name what has ended."""

import datetime as dt

import pytest

from tests.factories import make_unit, make_user_with
from vuntrong.accounts.enums import Role

pytestmark = pytest.mark.django_db
URL = "/registry/units/wording/"
LAST = dt.date(2020, 12, 31)


@pytest.fixture
def signed_in(client):
    make_unit("xã Phú Mỹ", kind="commune", valid_to=LAST)
    client.force_login(make_user_with(Role.UNIT_CLERK, make_unit()))
    return client


def test_the_name_its_end_and_the_choice_to_keep_it_are_shown(signed_in):
    page = signed_in.post(URL, {"title": "Lớp tại xã Phú Mỹ"}).content.decode()

    assert "“xã Phú Mỹ”: kết thúc ngày 31/12/2020" in page
    assert 'name="kept_history" value="xã Phú Mỹ">' in page


def test_what_is_kept_as_history_does_not_warn(signed_in):
    answer = signed_in.post(URL, {"title": "Lớp tại xã Phú Mỹ", "kept_history": "xã Phú Mỹ"})

    assert answer.context["open"] == []
    assert "checked" in answer.content.decode()


@pytest.mark.parametrize(("day", "count"), [("31/12/2020", 0), ("01/01/2021", 1), ("khi khác", 1), ("", 1)])
def test_a_paper_of_former_days_may_name_it(signed_in, day, count):
    answer = signed_in.post(URL, {"title": "xã Phú Mỹ", "issued_on": day})

    assert len(answer.context["mentions"]) == count


def test_nothing_to_say_says_nothing(signed_in):
    assert signed_in.post(URL, {"title": "Lớp đảng viên mới"}).content.decode().strip() == ""


def test_an_ended_unit_is_marked_where_it_is_chosen(client):
    district = make_unit(kind="district_committee", valid_to=LAST)
    user = make_user_with(Role.CENTRE_STAFF, district)
    client.force_login(user)

    page = client.get("/reports/open/").content.decode()

    assert "(kết thúc ngày 31/12/2020)" in page
    assert "data-warning" in page


def test_the_form_of_a_survey_asks_for_the_check(client):
    client.force_login(make_user_with(Role.CENTRE_STAFF, make_unit(kind="commune_centre")))

    assert f'hx-post="{URL}"' in client.get("/surveys/new/").content.decode()
