"""The import wizard in a real browser, from the file to the result, at both widths."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from tests.documents.workbook_files import xlsx
from tests.factories import make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.exchange.models import Import
from vuntrong.registry.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "CCCD", "Đơn vị", "Chức vụ", "LLCT", "Số điện thoại"]
ROWS = [
    ["DANH SÁCH CÁN BỘ XÃ TÂN HÓA"],
    HEADER,
    [1, "Nguyễn Văn An", "01/05/1980", "Nam", "001080000001", "", "Bí thư Đảng ủy", "Cao cấp", "0912345678"],
    [2, "TrÇn ThÞ BÐ", "1985", "Nữ", "", "Xã Lạ", "Chủ tịch UBND", "Trung cấp", 912345679],
    [3, "Lê Văn Cường", "12/03/1990", "Nam", "", "", "Phó Chủ tịch UBND", "TC", ""],
    [4, "Hoàng Thị Dung", "31/02/1991", "Nữ", "001191000004", "", "Chuyên viên", "", "0987654321"],
]


@pytest.fixture
def home():
    unit = make_unit("Đảng ủy xã Tân Hóa")
    make_person("Lê Văn Cường", unit=unit, born_on="1990-03-12", post_text="Chuyên viên")
    return unit


def shot(watched, name: str) -> None:
    if folder := os.environ.get("VUNTRONG_TEST_SHOTS"):
        watched.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_a_list_comes_in_by_the_wizard(enter, home, tmp_path, width):
    clerk = make_user_with(Role.UNIT_CLERK, home, name="Nguyễn Thị Thu")
    watched = enter(clerk, reverse("imports:list"), width)
    watched.check_page()
    watched.go(reverse("imports:upload"))
    watched.check_page()
    shot(watched, f"{width}-1-upload")

    for rows, expected in ((ROWS, "không có trong lịch"), (ROWS[:-1], "Ghi cùng lúc")):
        file = tmp_path / "can-bo.xlsx"
        file.write_bytes(xlsx(rows))
        watched.go(reverse("imports:upload"))
        watched.page.set_input_files("input[type=file]", str(file))
        watched.page.get_by_role("button", name="Đọc tệp", exact=True).click()
        watched.page.wait_for_url("**/reading/")
        watched.check_page()
        shot(watched, f"{width}-2-columns")
        watched.page.get_by_role("button", name="Kiểm tra danh sách", exact=True).click()
        watched.page.wait_for_url(lambda url: url.rstrip("/").split("/")[-1].isdigit())
        watched.check_page()
        shot(watched, f"{width}-3-preview-{len(rows)}")
        assert expected in watched.page.inner_text("main") or "Tất cả" in watched.page.inner_text("main")

    watched.page.get_by_role("button", name="Nhập 3 người", exact=True).click()
    watched.page.wait_for_url("**/jobs/**")
    watched.check_page()
    watched.go(reverse("imports:import", args=[Import.objects.latest("pk").pk]))
    watched.check_page()
    shot(watched, f"{width}-4-result")
    assert Person.objects.count() == 3
    for name in ("list", "units", "templates"):
        watched.go(reverse(f"imports:{name}"))
        watched.check_page()
        shot(watched, f"{width}-5-{name}")
