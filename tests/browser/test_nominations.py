"""Nomination and exception in a real browser, from the unit to the board and the owner, at both widths."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.classes.nomination_cases import give_places, make_fit, make_open_class
from tests.factories import make_unit, make_user_with
from vuntrong.classes.models import Nomination

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(open_browser):
    """Return a function that opens a page as somebody."""

    def open_at(user, path: str, width: str):
        client = Client()
        client.force_login(user)
        watched = open_browser(width)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
        watched.page.context.add_cookies([{**cookie, "url": watched.address}])
        watched.go(path)
        watched.page.wait_for_load_state("networkidle")
        return watched

    return open_at


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_from_the_nomination_over_the_exception_to_the_seat(enter, width, tmp_path):
    province = make_unit("Tỉnh ủy Vĩnh Hà", kind="provincial_committee")
    unit = make_unit("Đảng ủy xã An Phú", parent=province)
    school = make_unit("Trường Chính trị tỉnh", parent=province, kind="provincial_school")
    run = make_open_class(school, capacity=2, planned_end=dt.date(2027, 12, 15))
    quota = give_places(run, unit, 6)
    make_fit("Hà Thị Bích Liên", unit, born_on="1999-08-14")
    letter = tmp_path / "cong-van.pdf"
    letter.write_bytes(b"%PDF-1.7")

    watched = enter(make_user_with("unit_clerk", unit), reverse("nominations:unit", args=[quota.pk]), width)
    page = watched.page
    page.fill("#words", "bich lien")
    button = page.get_by_role("button", name="Cử Hà Thị Bích Liên")
    button.wait_for()
    assert "Đủ tuổi từ ngày 14/08/2027" in page.inner_text("#found")
    watched.check_page()
    button.click()
    page.wait_for_selector("text=Đã cử Hà Thị Bích Liên.")
    watched.check_page()
    page.get_by_role("link", name="Hà Thị Bích Liên").click()
    page.get_by_role("link", name="Đề nghị xét ngoại lệ").click()
    page.fill("textarea[name=reason]", "Nữ duy nhất trong cấp ủy")
    page.set_input_files("input[type=file]", letter)
    watched.check_page()
    page.get_by_role("button", name="Gửi đề nghị").click()
    page.wait_for_selector("text=Đã gửi đề nghị xét ngoại lệ.")
    watched.check_page()

    watched = enter(make_user_with("organisation_board", province), reverse("nominations:exceptions"), width)
    page = watched.page
    watched.check_page()
    page.get_by_role("link", name="Hà Thị Bích Liên").click()
    page.get_by_role("link", name="Chấp thuận ngoại lệ", exact=True).click()
    page.fill("input[name=number]", "12-QĐ/BTCTU")
    page.fill("input[name=decided_on]", "05/01/2026")
    page.fill("input[name=signer]", "Nguyễn Văn Dũng")
    watched.check_page()
    page.get_by_role("button", name="Ghi quyết định").click()
    page.wait_for_selector("text=Đã ghi nhận chấp thuận ngoại lệ.")

    watched = enter(make_user_with("training_office", school), reverse("nominations:class", args=[run.pk]), width)
    page = watched.page
    watched.check_page()
    page.get_by_role("link", name="Hà Thị Bích Liên").click()
    page.get_by_role("button", name="Nhận", exact=True).click()
    page.wait_for_selector("text=Được nhận: 1.")
    watched.check_page()

    assert Nomination.objects.get().state == "accepted"
