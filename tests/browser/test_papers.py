"""Papers of a class in a real browser: call-up letters from the form to the issued papers, at both widths."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.classes.builders import make_centre
from tests.factories import make_class, make_enrolment, make_person, make_unit, make_user_with
from vuntrong.registry.models import IssuedPaper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def run():
    """A class that is to begin in a month, with learners of two communes."""
    centre, today = make_centre(), timezone.localdate()
    communes = [centre.parent.children.get(kind="commune_committee")]
    communes.append(make_unit("Đảng ủy xã Kim Hóa", parent=centre.parent))
    run = make_class(
        owner=centre,
        code="ĐVM-01",
        name="Lớp bồi dưỡng lý luận chính trị dành cho đảng viên mới, khóa 12",
        state="open",
        opened_on=today + dt.timedelta(days=30),
        planned_end=today + dt.timedelta(days=37),
        venue="Hội trường Trung tâm Chính trị huyện",
    )
    names = ("Trần Ánh", "Lê Bình", "Phạm Thị Hạnh", "Nguyễn Văn An", "Đỗ Quang Minh")
    for number, name in enumerate(names):
        person = make_person(name, unit=communes[number % 2], post_text="Công chức Văn phòng")
        make_enrolment(class_run=run, person=person)
    make_person("Cao Minh Đức", unit=centre, post_text="Giảng viên")
    return run


@pytest.fixture
def enter(open_browser, run):
    """Return a function that opens a page as the centre's staff."""
    user = make_user_with("centre_staff", run.owner, name="Nguyễn Thị Thu")

    def open_at(path: str, width: str = "wide"):
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
def test_call_up_letters_from_the_form_to_the_issued_papers(run, enter, width):
    watched = enter(reverse("papers:class", args=[run.pk]), width)
    page = watched.page
    watched.check_page()
    page.get_by_role("link", name="Soạn Công văn triệu tập").click()
    page.wait_for_selector(".dc-pages img")
    watched.check_page()
    page.fill("#id_signer_name", "Nguyễn Văn Bình")
    page.fill("#id_opening_time", "07 giờ 30")
    page.get_by_role("button", name="Xem văn bản").click()
    page.wait_for_load_state("networkidle")
    watched.check_page()

    page.get_by_role("button", name="Ban hành 2 công văn").click()
    page.wait_for_url("**/papers/classes/*/")
    watched.check_page()

    letters = IssuedPaper.objects.order_by("number")
    assert [one.reference for one in letters] == ["01-CV/TTCTHTH", "02-CV/TTCTHTH"]
    assert {one.content["opening_time"] for one in letters} == {"07 giờ 30"}
    page.get_by_role("link", name="01-CV/TTCTHTH", exact=True).click()
    page.wait_for_url("**/papers/*/")
    watched.check_page()
    assert "Hai tệp đúng như khi ban hành." in page.inner_text("main")
    page.get_by_role("button", name="Hủy văn bản").first.click()
    page.fill("dialog[open] [name=reason]", "Sai giờ khai giảng")
    watched.check_page()
    page.locator("dialog[open] button:not([type=button])").click()
    page.wait_for_load_state("networkidle")
    assert IssuedPaper.objects.get(number=1).state == "cancelled"
    for name in ("list", "runs", "enter"):
        watched.go(reverse(f"papers:{name}"))
        watched.check_page()
    watched.go(reverse("papers:duties", args=[run.pk]))
    watched.check_page()
