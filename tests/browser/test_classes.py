"""Classes in a real browser: every page at both widths, results by keyboard, a workbook from the file to the list."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.classes.builders import make_centre, make_line
from tests.documents.workbook_files import xlsx
from tests.factories import make_class, make_enrolment, make_person, make_user_with
from vuntrong.classes.models import ClassRun

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def commune(centre):
    return centre.parent.children.get(kind="commune_committee")


@pytest.fixture
def run(centre, commune) -> ClassRun:
    """A class that runs, with learners of whom one came to the end."""
    today = timezone.localdate()
    run = make_class(
        owner=centre,
        code="ĐVM-01",
        name="Bồi dưỡng đảng viên mới",
        year=today.year,
        opened_on=today - dt.timedelta(days=9),
        planned_end=today - dt.timedelta(days=2),
        planned_learners=4,
        modules_total=5,
        modules_finished=5,
    )
    for name, state in (("Trần Ánh", "studying"), ("Lê Bình", "studying"), ("Nguyễn Văn An", "withdrawn")):
        make_enrolment(class_run=run, person=make_person(name, unit=commune), state=state)
    return run


@pytest.fixture
def enter(open_browser, centre):
    """Return a function that opens a page as the centre's staff."""
    user = make_user_with("centre_staff", centre, name="Nguyễn Thị Thu")

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
def test_every_page_passes_axe_without_overflow(centre, run, enter, width):
    line = make_line(owner=centre, class_count=2)
    left = run.enrolments.get(state="withdrawn")
    paths = [
        reverse("classes:choose-line"),
        reverse("classes:make", args=[line.pk]),
        reverse("classes:create-unplanned"),
    ]
    names = ("class", "learners", "history", "edit", "roles", "cancel", "modules", "close", "enrol", "enrol-new")
    paths += [reverse(f"classes:{name}", args=[run.pk]) for name in (*names, "from-needs", "results", "import")]
    paths += [reverse("classes:reinstate", args=[run.pk, left.pk])]
    watched = enter(reverse("classes:list"), width)
    for path in paths:
        watched.check_page()
        watched.go(path)
    watched.check_page()


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_a_red_cell_opens_its_reason_by_keyboard(run, enter, width):
    watched = enter(reverse("classes:list"), width)
    page = watched.page

    cell = page.locator("button[data-why]", has_text="trễ 2 ngày")
    cell.focus()
    page.keyboard.press("Enter")

    reason = page.locator("dialog.vt-why[open]")
    assert "Vì sao kết thúc trễ?" in reason.inner_text()
    watched.check_page()
    page.keyboard.press("Escape")
    assert reason.count() == 0
    assert cell.evaluate("element => element === document.activeElement")


def test_results_are_typed_down_the_column(run, enter):
    watched = enter(reverse("classes:results", args=[run.pk]))
    page = watched.page
    first, second = page.locator("select.gt-in").nth(0), page.locator("select.gt-in").nth(1)

    with page.expect_response(lambda response: "/results/" in response.url and response.request.method == "POST"):
        first.focus()
        page.keyboard.type("Kh")
        page.keyboard.press("Enter")
    page.wait_for_selector("select.gt-in.is-saved")
    assert second.evaluate("element => element === document.activeElement")
    page.select_option("[data-fill-grid]", "good")
    page.click("text=Lưu cả cột")
    page.wait_for_load_state("networkidle")

    grades = dict(run.enrolments.filter(state="completed").values_list("person__full_name", "grade"))
    assert grades == {"Trần Ánh": "fair", "Lê Bình": "good"}
    watched.check_page()


PASTE = """(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_a_column_of_results_is_pasted_by_its_words(run, enter):
    page = enter(reverse("classes:results", args=[run.pk])).page

    page.locator("select.gt-in").first.evaluate(PASTE, "khá\nGiỏi\n")
    page.locator("select.gt-in.is-saved").nth(1).wait_for()

    grades = dict(run.enrolments.filter(state="completed").values_list("person__full_name", "grade"))
    assert grades == {"Trần Ánh": "fair", "Lê Bình": "good"}


def test_a_name_is_found_while_typing_and_enrolled_once(run, commune, enter):
    make_person("Phạm Thị Hòa", unit=commune)
    watched = enter(reverse("classes:enrol", args=[run.pk]))
    page = watched.page

    page.fill("#words", "pham hoa")
    button = page.get_by_role("button", name="Đưa Phạm Thị Hòa vào lớp")
    button.dblclick()
    page.wait_for_selector("text=Đã đưa Phạm Thị Hòa vào lớp.")

    assert run.enrolments.filter(person__full_name="Phạm Thị Hòa").count() == 1
    assert "đã có trong danh sách lớp" not in page.inner_text("body")


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_a_workbook_goes_from_the_file_to_the_list(run, commune, enter, width, tmp_path: Path):
    rows = [["Họ và tên", "Ngày sinh", "Đơn vị"], ["Phan Mới", "1990", commune.name], ["Võ Sai", "31/02/1990", "?"]]
    wrong, right = tmp_path / "sai.xlsx", tmp_path / "dung.xlsx"
    wrong.write_bytes(xlsx(rows))
    right.write_bytes(xlsx(rows[:2]))
    watched = enter(reverse("classes:import", args=[run.pk]), width)
    page = watched.page

    page.set_input_files("input[type=file]", wrong)
    page.click("text=Đọc tệp")
    page.wait_for_selector(".wz-cell-error")
    watched.check_page()
    page.click("text=Chọn tệp khác")
    page.set_input_files("input[type=file]", right)
    page.click("text=Đọc tệp")
    page.click("text=Đưa 1 người vào lớp")
    page.wait_for_selector("text=Đã nhập danh sách học viên")
    watched.check_page()
    page.click("text=Mở danh sách học viên")

    page.wait_for_selector("text=Phan Mới")
    watched.check_page()


def test_ticked_learners_are_recorded_as_absent(run, enter):
    watched = enter(reverse("classes:learners", args=[run.pk]))
    page = watched.page

    page.get_by_label("Lê Bình").check()
    page.click("text=Ghi nhận thôi học, không đến")
    page.fill("input[name=reason]", "Không đến nhập học")
    watched.check_page()
    page.get_by_role("button", name="Ghi nhận", exact=True).click()
    page.wait_for_selector("text=Đã cập nhật danh sách.")

    assert run.enrolments.filter(state="no_show").count() == 1


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_a_list_with_odd_headings_comes_in_by_hand(run, commune, enter, tmp_path, width):
    rows = [[at, f"Nguyễn Mới {at}", f"12/{at + 12}/1985", commune.name, "x"] for at in range(1, 9)]
    file = tmp_path / "danh-sach.xlsx"
    file.write_bytes(xlsx([["DANH SÁCH CỬ ĐI HỌC"], ["TT", "Cán bộ", "Sinh", "Cử bởi", "Ký"], *rows]))
    watched = enter(reverse("classes:import", args=[run.pk]), width)
    page = watched.page

    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Đọc tệp", exact=True).click()
    page.wait_for_url("**/reading/")
    watched.check_page()
    shot(watched, f"learners-{width}-1-no-header")
    page.fill("#header_row", "2")
    page.get_by_role("button", name="Đọc trang này", exact=True).click()
    for letter, key in {"B": "name", "C": "born", "D": "unit"}.items():
        page.select_option(f"[name=column-{letter}]", key)
    watched.check_page()
    shot(watched, f"learners-{width}-2-columns")
    page.get_by_role("button", name="Kiểm tra danh sách", exact=True).click()
    page.wait_for_url(lambda url: url.rstrip("/").split("/")[-1].isdigit())
    assert "đảo ngày và tháng" in page.inner_text("main")
    watched.check_page()
    shot(watched, f"learners-{width}-3-doubt")

    page.get_by_role("link", name="Trang tính và cột", exact=True).click()
    page.select_option("#order-born", "month-first")
    watched.check_page()
    shot(watched, f"learners-{width}-4-order")
    page.get_by_role("button", name="Kiểm tra danh sách", exact=True).click()
    page.get_by_role("button", name="Đưa 8 người vào lớp", exact=True).wait_for()
    page.fill("#id_name", "Mẫu của xã")
    page.get_by_role("button", name="Lưu thành mẫu cột", exact=True).click()
    page.wait_for_load_state("networkidle")
    watched.check_page()
    shot(watched, f"learners-{width}-5-preview")
    page.get_by_role("button", name="Đưa 8 người vào lớp", exact=True).click()
    page.wait_for_url("**/jobs/**")
    assert run.enrolments.filter(person__full_name__startswith="Nguyễn Mới").count() == 8


def shot(watched, name: str) -> None:
    if folder := os.environ.get("VUNTRONG_TEST_SHOTS"):
        watched.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
