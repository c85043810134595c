"""Two communes merge in mid-class: the whole wizard by keyboard, then what everybody sees (Story 1)."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_class, make_enrolment, make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.registry.models import Post, Reorganisation, Unit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = ["wide", "phone"]


class Story:
    """Tân Lộc (9 learners) and Phú Mỹ (5) with a class of the school, hosted by the centre of Tân Lộc."""

    def __init__(self) -> None:
        self.day = timezone.localdate()
        opened = self.day - dt.timedelta(days=120)
        self.province = make_unit("Tỉnh ủy Vĩnh Hà", kind="provincial_committee", short_name="Tỉnh ủy")
        self.school = make_unit("Trường Chính trị Vĩnh Hà", kind="provincial_school", parent=self.province)
        self.one, self.other = (
            make_unit(f"Đảng ủy xã {name}", parent=self.province, short_name=name) for name in ("Tân Lộc", "Phú Mỹ")
        )
        self.centre = make_unit("TTCT xã Tân Lộc", kind="commune_centre", parent=self.one)
        words = {"code": "K12-TL", "name": "Trung cấp lý luận chính trị K12", "opened_on": opened, "year": opened.year}
        self.run = make_class(owner=self.school, **words)
        self.run.roles.create(unit=self.centre, role="host")
        for unit, count in ((self.one, 9), (self.other, 5), (self.school, 44)):
            for number in range(count):
                make_enrolment(class_run=self.run, person=make_person(f"Nguyễn Văn {number}", unit=unit))
        self.secretaries = [
            make_person(name, unit=unit, post_text="Bí thư Đảng ủy")
            for name, unit in (("Trần Văn Hòa", self.one), ("Lê Thị Mai", self.other))
        ]


@pytest.fixture
def story():
    Post.objects.get_or_create(code="bi-thu-xa", defaults={"name": "Bí thư Đảng ủy", "managing_level": "provincial"})
    return Story()


def grid_cell(page, name: str, row: int):
    return page.locator(f"#events tbody tr:nth-child({row}) [name={name}]")


def type_events(page) -> None:
    """Fill two rows by keyboard: the merger of the communes and the new name of the centre."""
    grid_cell(page, "kind", 1).select_option("merge")
    grid_cell(page, "old", 1).fill("Đảng ủy xã Tân Lộc; Đảng ủy xã Phú Mỹ")
    grid_cell(page, "new", 1).focus()
    page.keyboard.type("Đảng ủy xã Tân Phú")
    grid_cell(page, "kind", 2).select_option("rename")
    grid_cell(page, "old", 2).fill("TTCT xã Tân Lộc")
    grid_cell(page, "new", 2).fill("TTCT xã Tân Phú")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_day_of_the_merger(story, enter, width):
    board = make_user_with(Role.ORGANISATION_BOARD, story.province, name="Hoàng Văn Dũng")
    watched = enter(board, reverse("reorganisations:list"), width)
    page = watched.page
    watched.check_page()

    page.get_by_role("link", name="Chuẩn bị đợt sắp xếp").first.click()
    page.fill("#id_title", "Sáp nhập xã Tân Lộc và xã Phú Mỹ")
    page.fill("#id_takes_effect_on", f"{story.day:%d/%m/%Y}")
    assert page.input_value("#id_unit") == "Tỉnh ủy Vĩnh Hà"
    page.fill("#id_instrument_text", "Nghị quyết 118/NQ-UBTVQH16")
    watched.check_page()
    page.get_by_role("button", name="Lưu và nhập biến động").click()
    page.wait_for_url("**/events/")
    watched.check_page()
    type_events(page)
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.wait_for_url("**/choices/")
    watched.check_page()

    assert Unit.objects.filter(name__contains="Tân Phú").count() == 0
    goal = Reorganisation.objects.get().rows[0]["targets"][0]["unit"]
    rows = page.locator("#choices tbody tr")
    assert rows.count() == 2
    rows.nth(0).locator("select").select_option(goal)
    rows.nth(1).locator("select").select_option(goal)
    rows.nth(1).locator("input").fill("Phó Bí thư Đảng ủy")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    page.wait_for_url("**/preview/")
    watched.check_page()
    page.locator("table a").nth(1).click()
    page.wait_for_url("**/lists/**")
    watched.check_page()
    page.go_back()
    page.get_by_role("button", name="Xác nhận", exact=True).first.click()
    page.wait_for_selector("dialog[open]")
    watched.check_page()
    page.locator("dialog[open] .btn-primary").click()
    page.wait_for_url("**/jobs/**")
    watched.check_page()
    page.get_by_role("link", name="Mở đợt sắp xếp").click()
    watched.check_page()
    assert "Hoàng Văn Dũng" in page.inner_text("main")

    watched.go(reverse("registry:unit", args=[story.other.slug]))
    watched.check_page()
    assert "Đảng ủy xã Tân Phú" in page.inner_text("main")
    watched.go(reverse("registry:unit-tree") + "?line=state")
    watched.check_page()
    watched.go(reverse("registry:units") + "?is_alive=0")
    watched.check_page()
    watched.go(reverse("classes:class", args=[story.run.pk]))
    watched.check_page()
    year = story.run.opened_on.year
    report = reverse(
        "reports:report",
        kwargs={"slug": story.province.slug, "kind": "annual", "start": f"{year}-01-01", "end": f"{year}-12-31"},
    )
    watched.go(report)
    assert "Đảng ủy xã Phú Mỹ" in page.inner_text("main")
    watched.check_page()
    page.get_by_role("link", name="Theo đơn vị hiện nay").click()
    watched.check_page()
    text = page.inner_text("main")
    assert "Đảng ủy xã Tân Phú" in text
    assert "Đảng ủy xã Phú Mỹ" not in text


def test_a_paper_that_names_the_old_commune_warns_and_may_keep_it(story, enter):
    Unit.objects.filter(pk=story.other.pk).update(is_alive=False)
    story.other.versions.update(valid_to=story.day - dt.timedelta(days=1))
    office = make_user_with(Role.TRAINING_OFFICE, story.province)
    watched = enter(office, reverse("classes:edit", args=[story.run.pk]))
    page = watched.page

    page.fill("#id_venue", "Hội trường Đảng ủy xã Phú Mỹ")
    page.keyboard.press("Tab")
    page.wait_for_selector("#wording .is-wait")
    watched.check_page()
    page.locator("#wording input[type=checkbox]").check()
    page.wait_for_selector("#wording .is-run")
    watched.check_page()

    assert "Đảng ủy xã Phú Mỹ" in page.inner_text("#wording")
