"""The kit in a real browser: every part at both widths, light and dark, and what the scripts promise."""

import pytest
from django.conf import settings

from tests.factories import make_person, make_unit, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sheet(client, open_browser):
    """Open the sheet of parts as the superuser."""
    home = make_unit("Đảng ủy xã Tân Phong")
    for number in range(30):
        make_person(f"Nguyễn Thị Hoa {number}" if number % 3 else f"Lê Văn Minh {number}", unit=home)
    client.force_login(make_user("Đặng Thu Hằng", is_superuser=True))

    def at(width: str):
        watched = open_browser(width)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
        watched.page.context.add_cookies([{**cookie, "url": watched.address}])
        watched.go("/parts/")
        return watched

    return at


@pytest.mark.parametrize("width", ["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_part_passes_axe_without_overflow_or_foreign_requests(sheet, width, scheme):
    watched = sheet(width)

    watched.page.emulate_media(color_scheme=scheme)
    watched.page.wait_for_load_state("networkidle")

    watched.check_page()


def test_search_narrows_the_list_and_the_address_can_be_sent_on(sheet):
    page = sheet("wide").page

    page.fill("#q", "MINH")
    page.wait_for_url("**/parts/?q=MINH")

    assert page.locator("#results tbody tr").count() == 10
    assert page.input_value("#q") == "MINH"
    page.reload()
    assert page.locator("#results tbody tr").count() == 10


def test_sorting_keeps_the_words_and_going_back_returns(sheet):
    page = sheet("wide").page
    page.fill("#q", "hoa")
    page.wait_for_url("**/?q=hoa")

    page.click("#results thead a >> text=Họ và tên")
    page.wait_for_url("**/?q=hoa&sort=full_name")
    page.go_back()
    page.wait_for_url("**/?q=hoa")
    page.wait_for_selector("#results tbody tr:nth-child(20)")

    assert page.locator("#results tbody tr").count() == 20


def test_slash_goes_to_no_search_box_while_somebody_types(sheet):
    page = sheet("wide").page

    page.focus("#q")
    page.keyboard.type("a/b")

    assert page.input_value("#q") == "a/b"


def test_confirmation_keeps_the_focus_and_escape_sends_nothing(sheet):
    page = sheet("wide").page
    page.click("[data-dialog=ask]")
    inside = page.evaluate("document.querySelector('#ask').contains(document.activeElement)")

    page.keyboard.press("Escape")

    assert inside
    assert not page.is_visible("#ask")
    assert page.evaluate("document.activeElement.dataset.dialog") == "ask"


def test_why_of_a_cell_opens_beside_it_and_returns_the_focus(sheet):
    page = sheet("wide").page
    page.click("[data-why=why-1]")
    shown = page.is_visible("#why-1")

    page.keyboard.press("Escape")

    assert shown
    assert not page.is_visible("#why-1")
    assert page.evaluate("document.activeElement.dataset.why") == "why-1"


def test_grid_moves_like_a_spreadsheet_and_escape_takes_back(sheet):
    page = sheet("wide").page
    cell = page.locator("table[data-grid] tbody tr:nth-child(1) td:nth-child(2) input")
    cell.focus()

    page.keyboard.type("42")
    page.keyboard.press("Enter")
    below = page.evaluate("document.activeElement.value")
    page.keyboard.press("ArrowRight")
    beside = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.type("9")
    page.keyboard.press("Escape")

    assert cell.input_value() == "42"
    assert below == "2"
    assert beside.endswith("Quý II")
    assert page.evaluate("document.activeElement.value") == "1.20"


def test_a_double_click_sends_once(sheet):
    page = sheet("wide").page
    sent = []
    page.route("**/parts/#", lambda route: (sent.append(1), route.abort()))
    page.route("**/parts/", lambda route: (sent.append(1), route.abort()) if route.request.method == "POST" else None)

    page.locator(".vt-form .btn-primary").first.dblclick()
    page.wait_for_timeout(300)

    assert sum(sent) == 1


def test_chooser_finds_a_unit_without_marks_and_sends_its_key(sheet):
    page = sheet("wide").page
    field = page.locator("#id_unit")

    field.fill("tan phong")
    page.keyboard.press("Enter")

    assert field.input_value() == "Đảng ủy xã Tân Phong"
    assert page.locator("select[name=unit]").first.input_value() != ""


def test_chosen_rows_are_counted_and_shift_takes_a_range(sheet):
    page = sheet("wide").page
    boxes = page.locator("#results [data-row]")

    boxes.nth(0).click()
    boxes.nth(4).click(modifiers=["Shift"])

    assert page.inner_text("[data-bulk] [data-count]") == "5"
    assert page.locator("#results tr[aria-selected=true]").count() == 5


@pytest.mark.parametrize(
    ("typed", "left"), [("7.11.2026", "07/11/2026"), ("07112026", "07/11/2026"), ("7112026", "7112026")]
)
def test_a_date_is_completed_on_leaving_the_field_unless_it_could_be_another(sheet, typed, left):
    page = sheet("wide").page

    page.fill("#id_opened_on", typed)
    page.keyboard.press("Tab")

    assert page.input_value("#id_opened_on") == left


def test_long_job_asks_again_until_it_is_over(sheet):
    page = sheet("wide").page

    page.wait_for_selector("#sample-job >> text=Đã xong")

    assert page.locator("#sample-job[hx-get]").count() == 0


def test_drawer_of_the_phone_opens_and_escape_closes_it(sheet):
    page = sheet("phone").page

    page.click("[data-drawer]")
    page.wait_for_selector("#nav.is-open")
    page.keyboard.press("Escape")

    assert page.locator("#nav.is-open").count() == 0
    assert page.get_attribute("[data-drawer]", "aria-expanded") == "false"


def test_an_expired_session_asks_to_sign_in_instead_of_filling_the_list_with_the_sign_in_page(sheet):
    page = sheet("wide").page
    page.context.clear_cookies()

    page.fill("#q", "minh")
    page.wait_for_url("**/sign-in/?next=**")

    assert page.locator("#results").count() == 0
    assert page.locator("input[name=password]").count() == 1
