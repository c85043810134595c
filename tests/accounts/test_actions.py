import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.factories import LONG_AGO, make_unit, make_user
from vuntrong.accounts import actions
from vuntrong.accounts.enums import Role
from vuntrong.accounts.models import Grant
from vuntrong.kernel.models import ActionLogEntry

pytestmark = pytest.mark.django_db


def last_row() -> ActionLogEntry:
    return ActionLogEntry.objects.order_by("-id")[0]


@pytest.mark.parametrize("is_superuser", [True, False])
def test_an_account_is_made_with_its_row_in_the_log(is_superuser):
    by = make_user()

    user = actions.create_user(
        username="hoa", full_name="Nguyễn Thị Hoa", password="mua-xuan", is_superuser=is_superuser, by=by
    )

    assert user.check_password("mua-xuan")
    assert (user.is_superuser, user.is_staff) == (is_superuser, is_superuser)
    assert (last_row().action, last_row().actor_id) == ("create_user", by.pk)
    assert last_row().after == {"username": "hoa", "is_superuser": is_superuser}


def test_a_change_of_an_account_says_what_stood_before():
    user, by = make_user("Hoa"), make_user()

    actions.change_user(user=user, changes={"full_name": "Nguyễn Thị Hoa", "is_active": True}, by=by)

    user.refresh_from_db()
    assert user.full_name == "Nguyễn Thị Hoa"
    assert (last_row().before, last_row().after) == ({"full_name": "Hoa"}, {"full_name": "Nguyễn Thị Hoa"})


def test_a_change_that_changes_nothing_leaves_no_trace():
    user = make_user("Hoa")

    actions.change_user(user=user, changes={"full_name": "Hoa"}, by=None)

    assert not ActionLogEntry.objects.exists()


def test_a_new_password_is_logged_without_the_password():
    user = make_user()

    actions.set_password(user=user, password="mua-xuan-den", by=None)

    user.refresh_from_db()
    assert user.check_password("mua-xuan-den")
    assert (last_row().action, last_row().before, last_row().after) == ("set_password", {}, {})


def test_a_lost_phone_is_helped_once():
    user = make_user()
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")

    removed = [actions.remove_second_factor(user=user, by=None) for _ in range(2)]

    assert removed == [1, 0]
    assert not Authenticator.objects.exists()
    assert ActionLogEntry.objects.filter(action="remove_second_factor").count() == 1


def test_all_sessions_of_an_account_end_and_no_others():
    user, other = make_user(), make_user()
    browsers = {}
    for person in (user, user, other):
        browser = Client()
        browser.post("/account/sign-in/", {"login": person.username, "password": "mat-khau-thu"})
        browsers.setdefault(person, []).append(browser)

    ended = actions.end_all_sessions(user=user, by=None)

    assert ended == 2
    assert [browser.get("/").status_code for browser in browsers[user] + browsers[other]] == [302, 302, 200]
    assert UserSession.objects.count() == 1


def test_a_role_is_granted_and_ended():
    unit, user = make_unit(), make_user()

    grant = actions.grant_role(user=user, role=Role.UNIT_CLERK, unit=unit, valid_from=LONG_AGO, by=None)
    actions.end_grant(grant=grant, on=dt.date(2026, 1, 31), by=None)

    assert Grant.objects.get().valid_to == dt.date(2026, 1, 31)
    rows = ActionLogEntry.objects.filter(subject_type="accounts.user", subject_id=user.pk).order_by("id")
    assert [row.action for row in rows] == ["grant_role", "end_grant"]
