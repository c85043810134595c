"""Surveys in a real browser: every page at both widths, and an answer made with few clicks and by keyboard alone."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories import make_person, make_programme, make_unit, make_user_with
from tests.planning.survey_cases import ask, make_centre, names, number
from tests.planning.test_answer_workbooks import BINH, book
from vuntrong.planning.actions.answer_workbooks import receive_workbook
from vuntrong.planning.actions.answers import send_answer
from vuntrong.planning.actions.snapshots import take_snapshot
from vuntrong.planning.models import SurveyAnswer
from vuntrong.planning.queries.answer_contents import AnswerContent
from vuntrong.registry.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(client, open_browser):
    """Open the product as somebody, at one width."""

    def as_user(user, width="wide"):
        client.force_login(user)
        watched = open_browser(width)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value}
        watched.page.context.add_cookies([{**cookie, "url": watched.address}])
        return watched

    return as_user


@pytest.fixture
def house():
    """A centre that asks two communes for the second year; the first commune named two people before."""
    centre = make_centre()
    programmes = [make_programme("Trung cấp LLCT"), make_programme("Cập nhật nhóm 3", kind="updating")]
    earlier, [mine, other] = ask(centre, units=2, programmes=programmes, year=2026)
    people = [make_person(name, unit=mine) for name in ("Lê Văn An", "Lê Văn Bá")]
    content = AnswerContent(named=names(programmes[0].pk, *[person.pk for person in people]))
    send_answer(survey=earlier, unit=mine, content=content, revision=0, by=None)
    survey, _ = ask(centre, year=2027, programmes=programmes)
    for unit in (mine, other):
        survey.recipients.create(unit=unit)
    return survey, mine, other


def answer_url(survey, unit):
    return reverse("surveys:answer", args=[survey.pk, unit.pk])


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_pages_of_the_owner_pass_axe_without_overflow(enter, house, width):
    survey, mine, other = house
    programme = survey.programmes.first()
    send_answer(survey=survey, unit=mine, content=number(programme.pk), revision=0, by=None)
    first = take_snapshot(survey=survey, by=None)
    send_answer(survey=survey, unit=other, content=number(programme.pk), revision=0, by=None)
    second = take_snapshot(survey=survey, by=None)
    watched = enter(make_user_with("centre_staff", survey.owner, name="Đặng Thu Hằng"), width)
    key = [survey.pk]
    paths = [reverse("surveys:list"), reverse("surveys:create"), reverse("surveys:edit", args=key)]
    paths += [reverse(f"surveys:{name}", args=key) for name in ("survey", "answers", "needs", "snapshots", "reopen")]
    paths += [reverse("surveys:snapshot", args=[survey.pk, second.pk]), answer_url(survey, mine)]
    paths += [f"{reverse('surveys:compare', args=key)}?older={first.pk}&newer={second.pk}"]

    for path in paths:
        watched.go(path)
        watched.check_page()


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_pages_of_the_unit_pass_axe_without_overflow(enter, house, width):
    survey, mine, _ = house
    rows = [BINH, [2, "Vi Cù", "31/02/1991", "x", "", "Bơi", ""]]
    receive_workbook(survey=survey, unit=mine, content=book(rows), name="phieu.xlsx", by=None)
    watched = enter(make_user_with("unit_clerk", mine, name="Lê Thị Hoa"), width)
    key = [survey.pk, mine.pk]

    for path in (reverse("surveys:list"), f"{answer_url(survey, mine)}?prefill=1", reverse("surveys:upload", args=key)):
        watched.go(path)
        watched.check_page()
    watched.go(reverse("surveys:preview", args=key))
    watched.check_page()


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_answer_from_last_years_list_takes_six_clicks_at_most(enter, house, width):
    survey, mine, _ = house
    watched = enter(make_user_with("unit_clerk", mine, name="Lê Thị Hoa"), width)
    page, clicks = watched.page, 0
    watched.go("/")

    navigation = ".vt-nav" if width == "wide" else ".vt-bottom"
    for press in (
        f"{navigation} a[href='{reverse('surveys:list')}']",
        f"a[href='{answer_url(survey, mine)}']",
        "text=Điền danh sách năm trước",
        "[data-people] >> nth=0 >> [data-remove] >> nth=0",
        "button[value=send]",
    ):
        page.click(press)
        clicks += 1
    page.wait_for_selector("text=Đã gửi phiếu.")

    assert clicks <= 6
    answer = SurveyAnswer.objects.get(survey=survey, unit=mine)
    assert list(answer.needs.values_list("person__full_name", flat=True)) == ["Lê Văn Bá"]
    assert watched.errors == []


def test_people_are_named_by_keyboard_alone(enter, house):
    survey, mine, _ = house
    watched = enter(make_user_with("unit_clerk", mine, name="Lê Thị Hoa"))
    page = watched.page
    watched.go(answer_url(survey, mine))

    page.focus("[data-add] >> nth=0")
    page.keyboard.press("Enter")
    page.keyboard.type("van an")
    page.wait_for_selector("[role=option][data-person]")
    page.keyboard.press("Enter")
    page.keyboard.type("Trần Thị Mới")
    page.wait_for_selector("[role=option][data-new] >> text=Trần Thị Mới")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.type("1995")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("Công chức")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    searching = page.evaluate("document.activeElement.matches('[data-search]')")
    total = page.inner_text("[data-total]")
    page.click("button[value=send]")
    page.wait_for_selector("text=Đã gửi phiếu.")

    assert (searching, total) == (True, "2")
    answer = SurveyAnswer.objects.get(survey=survey, unit=mine)
    assert sorted(answer.needs.values_list("person__full_name", flat=True)) == ["Lê Văn An", "Trần Thị Mới"]
    assert Person.objects.values_list("sex", "post_text").get(full_name="Trần Thị Mới") == ("female", "Công chức")
    assert watched.errors == []


def test_units_of_a_kind_are_ticked_together(enter, house):
    survey, _, _ = house
    make_unit("Chi bộ thôn 3", parent=survey.owner.parent, kind="party_cell")
    watched = enter(make_user_with("centre_staff", survey.owner, name="Đặng Thu Hằng"))
    page = watched.page
    watched.go(reverse("surveys:create"))

    page.click("#units [data-tick-group]:has-text('Chi bộ thôn 3') [data-tick-all]")
    one = page.inner_text("#units [data-tick-count]")
    page.fill("#units [data-tick-filter]", "THON")
    shown = page.locator("#units .sv-box-list label:visible").count()

    assert one.startswith("1 / ")
    assert shown == 1
    assert watched.errors == []
