"""An official asks to have her data corrected, on a phone; the office answers and carries it out, at a desk."""

import pytest

from tests.browser.desk import Desk
from tests.factories import make_person, make_unit, make_user, make_user_with
from vuntrong.registry.models import DataRequest, Qualification, SensitiveRead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person():
    unit = make_unit("Đảng ủy xã Tân Phong")
    known = make_person("Lò Thị Vân", unit=unit, born_on="1986-04-12", phone="0900000412")
    Qualification.objects.create(person=known, kind="political", level="trung-cap", institution="Trường Chính trị tỉnh")
    make_user("Lò Thị Vân", username="can-bo", person=known)
    make_user_with("organisation_board", unit, username="ban-to-chuc", name="Phạm Quốc Tuấn")
    return known


def test_a_correction_is_asked_on_the_phone_and_answered_at_the_desk(person, open_browser):
    official = Desk(open_browser("phone"), "can-bo")
    official.go("privacy:me")
    assert official.says("0900000412")
    official.follow("Đề nghị sửa", r"/me/ask/")
    official.fill(text="Ngày sinh đúng là 21/4/1986")
    official.press("Gửi đề nghị", arrive=r"/privacy/requests/\d+/")
    assert official.says("Ngày sinh đúng là 21/4/1986")

    board = Desk(open_browser("wide"), "ban-to-chuc")
    assert board.says("Lò Thị Vân")
    board.go("privacy:requests")
    board.follow("Lò Thị Vân", r"/privacy/requests/\d+/")
    board.follow("Toàn bộ dữ liệu đang lưu", r"/privacy/records/\d+/")
    board.page.select_option("#id_purpose", "request")
    board.press("Xem với mục đích này", arrive=r"/privacy/records/\d+/")
    assert board.says("0900000412")
    request = DataRequest.objects.get()
    board.go("privacy:request", request.pk)
    board.follow("Trả lời", r"/answer/")
    board.fill(answer="Sẽ sửa theo giấy khai sinh")
    board.press("Trả lời", arrive=r"/privacy/requests/\d+/$")
    board.follow("Thực hiện", r"/carry-out/")
    board.page.check("input[name=effect][value=none]")
    board.fill(outcome="Đã sửa ngày sinh")
    board.press("Thực hiện", arrive=r"/privacy/requests/\d+/$")

    official.go("privacy:me")
    assert official.says("Phạm Quốc Tuấn")
    official.go("privacy:request", request.pk)
    assert official.says("Đã sửa ngày sinh")
    assert DataRequest.objects.get().state == "done"
    assert SensitiveRead.objects.get().purpose == "request"


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_the_other_pages_of_the_desk_are_sound_at_both_widths(person, open_browser, width):
    board = Desk(open_browser(width), "ban-to-chuc")

    for name in ("register", "reads", "restricted", "accounts", "find"):
        board.go(f"privacy:{name}")
    board.go("exports:training-table", person.pk)
