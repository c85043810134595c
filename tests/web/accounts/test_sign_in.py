import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_unit, make_user, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.documents.actions import store_file
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.web.accounts.demo import MESSY_LIST

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-thu"
SIGN_IN = "/account/sign-in/"


def sign_in(client: Client, username: str, password: str = PASSWORD, **extra):
    return client.post(SIGN_IN, {"login": username, "password": password}, **extra)


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def with_second_factor(user) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def test_the_right_password_opens_the_page_that_was_asked_for(client):
    make_user(username="hoa")

    response = client.post(f"{SIGN_IN}?next=/registry/", {"login": "hoa", "password": PASSWORD, "next": "/registry/"})

    assert (response.status_code, response.url) == (302, "/registry/")


def test_the_way_on_never_leaves_the_host(client):
    make_user(username="hoa")

    response = client.post(SIGN_IN, {"login": "hoa", "password": PASSWORD, "next": "https://example.org/"})

    assert response.url == reverse("today")


@pytest.mark.parametrize("username", ["hoa", "khong-co"])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(client, username):
    make_user(username="hoa")

    response = sign_in(client, username, "sai-mat-khau")

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == ["Tên đăng nhập hoặc mật khẩu chưa đúng."]


def test_a_closed_account_does_not_come_in(client):
    make_user(username="hoa", is_active=False)

    sign_in(client, "hoa")

    assert client.get("/").status_code == 302


def test_signing_out_takes_a_post(client):
    client.force_login(make_user())

    asked = client.get("/account/sign-out/")
    still_in = client.get("/").status_code
    done = client.post("/account/sign-out/")

    assert (asked.status_code, still_in, done.status_code) == (200, 200, 302)
    assert client.get("/").status_code == 302


def test_the_fifth_wrong_password_locks_that_name_on_that_computer(client, settings):
    settings.AXES_ENABLED = True
    make_user(username="hoa")
    make_user(username="lan")

    statuses = [sign_in(client, name, "sai").status_code for name in ("hoa", "Hoa", "HOA", "hoa", "hoa")]
    right_but_locked = sign_in(client, "hoa")
    elsewhere = sign_in(Client(), "hoa", REMOTE_ADDR="10.0.0.9")
    somebody_else = sign_in(Client(), "lan")

    assert statuses == [200, 200, 200, 200, 429]
    assert right_but_locked.status_code == 429
    assert "30 phút" in right_but_locked.content.decode()
    assert (elsewhere.status_code, somebody_else.status_code) == (302, 302)
    assert ActionLogEntry.objects.filter(action="lock_sign_in").count() == 1


def test_the_lock_ends_after_half_an_hour(client, settings):
    settings.AXES_ENABLED = True
    make_user(username="hoa")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            sign_in(client, "hoa", "sai")

        clock.shift(dt.timedelta(minutes=29))
        before = sign_in(client, "hoa").status_code
        clock.shift(dt.timedelta(minutes=2))
        after = sign_in(client, "hoa").status_code

    assert (before, after) == (429, 302)


def test_behind_a_trusted_proxy_the_browser_is_locked_and_not_the_proxy(client, settings):
    settings.AXES_ENABLED = True
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    make_user(username="hoa")

    locked = [sign_in(client, "hoa", "sai", headers={"x-forwarded-for": "10.1.1.1"}).status_code for _ in range(5)]
    neighbour = sign_in(Client(), "hoa", headers={"x-forwarded-for": "10.1.1.2"})

    assert locked[-1] == 429
    assert neighbour.status_code == 302


def test_with_a_second_factor_the_password_alone_does_not_open_the_account(client):
    user = make_user(username="hoa")
    secret = with_second_factor(user)

    first = sign_in(client, "hoa")
    closed = client.get("/").status_code
    second = client.post(first.url, {"code": code_of(secret)})

    assert (first.url, closed) == (reverse("mfa_authenticate"), 302)
    assert (second.status_code, second.url) == (302, "/")
    assert client.get("/").status_code == 200


def test_a_code_works_only_once(client):
    user = make_user(username="hoa")
    secret = with_second_factor(user)
    code = code_of(secret)
    client.post(sign_in(client, "hoa").url, {"code": code})
    other = Client()

    again = other.post(sign_in(other, "hoa").url, {"code": code})

    assert again.status_code == 200
    assert other.get("/").status_code == 302


def test_guessing_codes_ends_after_five(client):
    user = make_user(username="hoa")
    secret = with_second_factor(user)
    page = sign_in(client, "hoa").url
    for _ in range(5):
        client.post(page, {"code": "000000"})

    response = client.post(page, {"code": code_of(secret)})

    assert response.status_code == 200
    assert response.context["form"].errors["code"] == ["Đã thử quá nhiều lần. Chờ 30 phút rồi thử lại."]


def test_turning_the_second_factor_on_asks_for_the_password_and_gives_recovery_codes(
    client, django_capture_on_commit_callbacks
):
    user = make_user(username="hoa")
    sign_in(client, "hoa")
    on = reverse("mfa_activate_totp")

    asked = client.get(on)
    client.post(asked.url, {"password": PASSWORD, "next": on})
    page = client.get(on)
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(on, {"code": code_of(secret)})
    codes = client.get(done.url)

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert page.context["totp_svg_data_uri"].startswith("data:image/svg+xml;base64,")
    assert done.url == reverse("mfa_view_recovery_codes")
    assert len(codes.context["unused_codes"]) == 10
    assert sorted(Authenticator.objects.filter(user=user).values_list("type", flat=True)) == ["recovery_codes", "totp"]
    assert ActionLogEntry.objects.filter(action="add_second_factor", subject_id=user.pk).count() == 2


def test_a_recovery_code_opens_the_account_once(client):
    user = make_user(username="hoa")
    sign_in(client, "hoa")
    on = reverse("mfa_activate_totp")
    client.post(client.get(on).url, {"password": PASSWORD, "next": on})
    done = client.post(on, {"code": code_of(client.get(on).context["form"].secret)})
    [code, *_rest] = client.get(done.url).context["unused_codes"]
    first, second = Client(), Client()

    opened = first.post(sign_in(first, "hoa").url, {"code": code}).status_code
    again = second.post(sign_in(second, "hoa").url, {"code": code}).status_code

    assert (opened, again) == (302, 200)
    assert user.username == "hoa"


def test_changing_the_password_signs_other_sessions_out(client):
    user = make_user(username="hoa")
    sign_in(client, "hoa")
    other = Client()
    sign_in(other, "hoa")
    typed = {"oldpassword": PASSWORD, "password1": "mua-xuan-den-roi", "password2": "mua-xuan-den-roi"}

    client.post("/account/password/", typed)

    user.refresh_from_db()
    assert user.check_password("mua-xuan-den-roi")
    assert (client.get("/").status_code, other.get("/").status_code) == (200, 302)
    assert ActionLogEntry.objects.get(action="change_password").actor_id == user.pk


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"oldpassword": "sai"}, "oldpassword", "Mật khẩu hiện tại chưa đúng. Nhập lại."),
        (
            {"password2": "mua-xuan-den-chua"},
            "password2",
            "Hai lần nhập mật khẩu mới khác nhau. Nhập hai lần giống nhau.",
        ),
    ],
)
def test_a_password_that_is_not_taken_is_told_why(client, typed, field, sentence):
    user = make_user(username="hoa")
    sign_in(client, "hoa")
    good = {"oldpassword": PASSWORD, "password1": "mua-xuan-den-roi", "password2": "mua-xuan-den-roi"}

    response = client.post("/account/password/", good | typed)

    user.refresh_from_db()
    assert response.context["form"].errors[field] == [sentence]
    assert user.check_password(PASSWORD)


def test_signing_out_everywhere_ends_every_session(client):
    make_user(username="hoa")
    other = Client()
    for browser in (client, other):
        sign_in(browser, "hoa")

    listed = client.get("/account/sessions/").context["session_count"]
    client.post("/account/sessions/end-all/")

    assert listed == 2
    assert (client.get("/").status_code, other.get("/").status_code) == (302, 302)
    assert ActionLogEntry.objects.get(action="end_all_sessions").after == {"sessions": 2}


def test_the_other_sessions_can_be_ended_alone(client):
    make_user(username="hoa")
    other = Client()
    for browser in (client, other):
        sign_in(browser, "hoa")

    client.post("/account/sessions/")

    assert (client.get("/").status_code, other.get("/").status_code) == (200, 302)


def test_the_account_page_lists_roles_with_their_units(client):
    unit = make_unit("Trung tâm Chính trị huyện Tuyên Hóa", kind="district_centre")
    client.force_login(make_user_with(Role.CENTRE_STAFF, unit))

    response = client.get("/account/")

    assert [(grant.role, grant.unit) for grant in response.context["grants"]] == [(Role.CENTRE_STAFF, unit)]
    assert "Trung tâm Chính trị huyện Tuyên Hóa" in response.content.decode()


@pytest.mark.parametrize("path", ["signup", "email", "password/reset", "login", "login/code", "confirm-email"])
def test_what_the_library_offers_beyond_our_need_does_not_exist(client, path):
    client.force_login(make_user())

    responses = [client.get(f"/{start}/{path}/").status_code for start in ("account", "accounts")]

    assert responses == [404, 404]


def test_the_demonstration_page_exists_in_the_demonstration_only(client, settings):
    make_user_with(Role.CENTRE_STAFF, make_unit(), username="trung-tam")
    make_user(username="khong-vai-tro")

    hidden = client.get("/demo/")
    settings.DEMO, settings.DEMO_PASSWORD = True, "hoc-de-lam-viec"
    shown, sign_in_page = client.get("/demo/"), client.get(SIGN_IN)

    assert hidden.status_code == 404
    assert [account.username for account in shown.context["accounts"]] == ["trung-tam"]
    assert "hoc-de-lam-viec" in sign_in_page.content.decode()


def test_the_demonstration_brings_a_messy_list_to_try(client, settings):
    settings.DEMO, settings.DEMO_PASSWORD = True, "hoc-de-lam-viec"
    missing, page_without = client.get("/demo/list/"), client.get("/demo/")
    store_file(content=b"PK", name=MESSY_LIST, content_type="application/zip", by=None)
    sent, page_with = client.get("/demo/list/"), client.get("/demo/")
    settings.DEMO = False
    hidden = client.get("/demo/list/")

    assert (missing.status_code, sent.status_code, hidden.status_code) == (404, 200, 404)
    assert (sent.content, sent["Content-Disposition"]) == (b"PK", f'attachment; filename="{MESSY_LIST}"')
    assert "/demo/list/" in page_with.content.decode()
    assert "/demo/list/" not in page_without.content.decode()


def test_outside_the_demonstration_the_sign_in_page_names_nobody(client):
    make_user_with(Role.CENTRE_STAFF, make_unit(), username="trung-tam")

    response = client.get(SIGN_IN)

    assert "trung-tam" not in response.content.decode()


def test_everybody_chooses_the_language(client):
    response = client.post("/i18n/setlang/", {"language": "en", "next": SIGN_IN}, follow=True)

    assert "<h1>Sign in</h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("mua-xuan-", "Mật khẩu quá ngắn. Dùng ít nhất 10 ký tự."),
        ("9024780135", "Mật khẩu chỉ có chữ số. Thêm chữ cái."),
        ("nguyenthihoa", "Mật khẩu quá giống tên của tài khoản. Chọn mật khẩu khác."),
        ("qwertyuiop", "Mật khẩu này thuộc loại dễ bị thử đầu tiên. Chọn mật khẩu khác, ví dụ bốn từ không liên quan."),
    ],
)
def test_a_weak_password_is_refused_with_its_remedy(client, password, sentence):
    make_user(username="nguyenthihoa")
    sign_in(client, "nguyenthihoa")

    response = client.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": password, "password2": password}
    )

    assert response.context["form"].errors["password1"] == [sentence]
