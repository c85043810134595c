"""A clerk searches, filters, keeps the filter and exports; then makes one record of two, and two again; both widths."""

import io
from pathlib import Path

import openpyxl
import pytest

from tests.factories import make_class, make_enrolment, make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.registry.models import Person, PersonMerge
from vuntrong.web.kit import exports

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = ["wide", "phone"]
LIST = "/registry/people/"


@pytest.fixture
def commune():
    return make_unit("Đảng ủy xã Thuận Hóa")


@pytest.fixture
def clerk(commune):
    return make_user_with(Role.UNIT_CLERK, commune)


def names(page) -> list[str]:
    return page.locator("#results tbody th[scope=row] a").all_inner_texts()


def wait_for_rows(page, count: int) -> None:
    page.wait_for_function("(count) => document.querySelectorAll('#results tbody tr').length === count", arg=count)


@pytest.mark.parametrize("width", WIDTHS)
def test_people_are_found_filtered_kept_and_exported(enter, commune, clerk, width, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    people = [make_person(f"Trần Thị {name}", unit=commune, sex="female") for name in ("Hòa", "Hoài", "Hồng")]
    make_person("Nguyễn Văn Hòa", unit=commune)
    make_person("Trần Thị Hòa")
    Person.objects.filter(pk=people[0].pk).update(degree="university")
    watched = enter(clerk, LIST, width)
    page = watched.page
    watched.check_page()

    page.locator("#q").press_sequentially("tran ho", delay=30)
    wait_for_rows(page, 3)
    assert names(page) == ["Trần Thị Hòa", "Trần Thị Hoài", "Trần Thị Hồng"]
    page.locator("summary").filter(has_text="Còn thiếu").click()
    page.locator("details[open]").get_by_label("Trình độ chuyên môn", exact=True).check()
    page.locator("details[open] .btn-primary").click()
    wait_for_rows(page, 2)
    watched.check_page()

    page.locator("summary").filter(has_text="Bộ lọc đã lưu").click()
    page.fill("#filter-name", "Họ Trần thiếu bằng cấp")
    watched.check_page()
    page.locator("details[open]").get_by_role("button", name="Lưu").click()
    page.wait_for_load_state("networkidle")
    watched.go(LIST)
    wait_for_rows(page, 4)
    page.locator("summary").filter(has_text="Bộ lọc đã lưu").click()
    page.get_by_role("link", name="Họ Trần thiếu bằng cấp").click()
    wait_for_rows(page, 2)
    assert page.input_value("#q") == "tran ho"

    page.get_by_role("link", name="Bỏ mọi bộ lọc").first.click()
    wait_for_rows(page, 4)
    page.get_by_role("button", name="Xuất Excel").click()
    page.wait_for_url("**/jobs/**")
    watched.check_page()
    with page.expect_download() as started:
        page.get_by_role("link", name="Tải tệp Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(started.value.path()).read_bytes()))
    listed = [row[0] for row in book.active.values if row[1] in {"Nam", "Nữ"}]
    assert listed == ["Nguyễn Văn Hòa", "Trần Thị Hòa", "Trần Thị Hoài", "Trần Thị Hồng"]


@pytest.mark.parametrize("width", WIDTHS)
def test_two_records_become_one_by_keyboard_and_two_again(enter, commune, clerk, width):
    kept = make_person("Nguyễn Văn An", unit=commune, born_on="1990", post_text="Phó Bí thư")
    gone = make_person("Nguyễn Văn An", unit=commune, post_text="Phó Bí thư", phone="0912345678")
    make_enrolment(class_run=make_class(owner=commune), person=gone)
    watched = enter(clerk, LIST, width)
    page = watched.page

    page.get_by_role("link", name="Hồ sơ nghi trùng").click()
    page.wait_for_url("**/duplicates/")
    watched.check_page()
    page.locator("#q").press_sequentially("thuan hoa an", delay=30)
    wait_for_rows(page, 1)
    page.locator("#results tbody th a").click()
    page.wait_for_url(f"**/{kept.pk}/merge/{gone.pk}/")
    watched.check_page()
    assert page.is_checked("[name=choose-born_on][value=gone]")

    page.get_by_role("radio", name="Điện thoại 0912345678").focus()
    page.keyboard.press("ArrowLeft")
    assert page.is_checked("[name=choose-phone][value=kept]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/duplicates/")
    watched.check_page()
    kept.refresh_from_db()
    assert (kept.phone, kept.born_on.iso(), kept.enrolments.count()) == ("0912345678", "1990-05-01", 1)

    watched.go(f"{LIST}{gone.pk}/")
    assert page.url.endswith(f"{LIST}{kept.pk}/")
    watched.go(f"{LIST}merges/")
    watched.check_page()
    page.get_by_role("button", name="Hoàn tác").click()
    page.wait_for_load_state("networkidle")
    watched.check_page()

    kept.refresh_from_db()
    assert (kept.phone, PersonMerge.objects.exclude(undone_at=None).count(), gone.enrolments.count()) == ("", 1, 1)
    watched.go(f"{LIST}{gone.pk}/")
    assert page.url.endswith(f"{LIST}{gone.pk}/")
