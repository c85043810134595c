"""A clerk is reminded: the bell counts, the message opens, leads to the page and is read; the office sends again."""

import pytest

from tests.browser.desk import Desk
from tests.factories import make_person, make_unit, make_user_with
from vuntrong.accounts import letters
from vuntrong.accounts.actions import tell
from vuntrong.accounts.models import OutgoingMail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unit(settings):
    settings.SENDS_MAIL = True
    commune = make_unit("Đảng ủy xã Tân Phong")
    clerk = make_user_with("unit_clerk", commune, username="van-thu", name="Hà Thị Mai", email="vanthu@xa.vn")
    make_user_with("organisation_board", commune, username="ban-to-chuc", name="Phạm Quốc Tuấn")
    for year in (2026, 2027):
        words = {"survey": f"Khảo sát nhu cầu năm {year}", "closes": f"17:00 20/12/{year}"}
        people = [make_person("Lò Văn Sáng", unit=commune, email="khong phai dia chi")]
        url = "/surveys/to-answer/"
        tell(letter=letters.SURVEY_REMINDER, words=words, url=url, units=[commune], people=people, by=clerk)
    return commune


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_a_reminder_is_seen_opened_and_read(unit, open_browser, width):
    clerk = Desk(open_browser(width), "van-thu")
    bell = clerk.page.locator("#bell")
    bell.locator("b").wait_for()
    assert bell.inner_text() == "2"

    bell.click()
    clerk.arrive(r"/inbox/$")
    clerk.follow("Nhắc trả lời: Khảo sát nhu cầu năm 2027", r"/inbox/\d+/")
    clerk.page.wait_for_function("document.querySelector('#bell').innerText === '1'")
    assert clerk.says("Hạn gửi: 17:00 20/12/2027")
    clerk.follow("Mở trang liên quan", r"/surveys/to-answer/")

    clerk.go("inbox:choices")
    clerk.page.uncheck("input[name=kinds][value=survey]")
    clerk.press("Lưu")
    clerk.page.wait_for_function("document.body.innerText.includes('Đã lưu lựa chọn')")
    clerk.watched.check_page()


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_the_office_sees_what_did_not_leave(unit, open_browser, width):
    office = Desk(open_browser(width), "ban-to-chuc")

    office.go("inbox:mails")
    assert office.says("Đây không phải địa chỉ thư điện tử")
    office.go("inbox:mail", OutgoingMail.objects.filter(state="given_up").first().pk)
    office.press("Gửi lại", arrive=r"/inbox/mails/$")
    assert OutgoingMail.objects.filter(state="given_up").count() == 1
