"""Pages of rules: what holds on a day, its history, and its next row by two people."""

import datetime as dt

import pytest
from django.test import Client

from tests.factories import make_person, make_unit, make_user_with
from vuntrong.regulations.enums import RuleState
from vuntrong.regulations.models import LegalInstrument, RuleRow
from vuntrong.web.regulations.showing import lines_of

pytestmark = pytest.mark.django_db


def rule():
    return RuleRow.objects.get(code="trung-cap-khong-tap-trung", valid_to=None)


def signed_in(role):
    client = Client()
    client.force_login(make_user_with(role, make_unit()))
    return client


def typed(**changes):
    words = {
        "instrument": LegalInstrument.objects.get(number="350-QĐ/TW").pk,
        "valid_from": "01/01/2027",
        "confidence": "seen",
        "female": "26",
        "male": "28",
        "status": ["full"],
        "degree": "college",
        "grading_years": "2",
        "grading": "good",
        "serving": ["pho-truong-phong-xa"],
    }
    return words | changes


@pytest.mark.parametrize(("day", "number"), [("10/02/2023", "57-QĐ/TW"), ("29/08/2025", "350-QĐ/TW")])
def test_the_list_shows_what_is_in_force_on_the_day(day, number):
    page = signed_in("unit_clerk").get("/rules/", {"on": day, "topic": "eligibility", "q": "trung cap"})

    rows = [row.record for row in page.context["listing"].table.page]
    assert {row.instrument.number for row in rows} == {number}
    assert {row.mode for row in rows} == {"part_time", "full_time"}


@pytest.mark.parametrize("words", ["", "tap trung"])
def test_the_list_costs_the_same_with_few_and_many_rows(words, django_assert_num_queries):
    client = signed_in("unit_clerk")
    client.get("/rules/")

    with django_assert_num_queries(7):
        client.get("/rules/", {"q": words})


def test_a_rule_is_told_in_words():
    assert lines_of(rule())[:4] == [
        "Tuổi từ: nữ 28, nam 30",
        "Là: Đảng viên dự bị, Đảng viên chính thức",
        "Trình độ chuyên môn từ: Cao đẳng; dân tộc thiểu số: Trung học phổ thông; vùng khó khăn: Trung học phổ thông",
        "Xếp loại 2 năm liền trước: từ “Hoàn thành tốt nhiệm vụ” trở lên",
    ]
    assert all(lines_of(row) for row in RuleRow.objects.all())


def test_the_next_row_is_proposed_by_one_and_approved_by_another():
    clerk, head, old = signed_in("training_office"), signed_in("organisation_board"), rule()

    answer = clerk.post(f"/rules/{old.pk}/follow/", typed())
    row = RuleRow.objects.get(follows=old)

    assert answer.url == f"/rules/{row.pk}/"
    kinds = [one["kind"] for one in row.values["conditions"]]
    assert kinds == ["age", "party", "degree", "gradings", "posts", "level-below", "not-studying"]
    assert b'name="approve"' not in clerk.get(answer.url).content
    assert b'name="approve"' in head.get(answer.url).content

    head.post(f"/rules/{row.pk}/decide/", {"approve": "", "note": "Đã đọc toàn văn"})

    row.refresh_from_db()
    old.refresh_from_db()
    assert (row.state, row.decision_note) == (RuleState.APPROVED, "Đã đọc toàn văn")
    assert old.valid_to == dt.date(2026, 12, 31)


def test_whoever_proposed_is_told_that_another_must_decide():
    board, old = signed_in("organisation_board"), rule()
    board.post(f"/rules/{old.pk}/follow/", typed())
    row = RuleRow.objects.get(follows=old)

    page = board.post(f"/rules/{row.pk}/decide/", {"approve": ""}, follow=True)

    assert "Người đề xuất quy định không tự duyệt." in page.content.decode()
    row.refresh_from_db()
    assert row.state == RuleState.PROPOSED


def test_a_row_before_its_predecessor_is_refused_with_the_reason():
    page = signed_in("training_office").post(f"/rules/{rule().pk}/follow/", typed(valid_from="01/01/2025"))

    assert "bắt đầu từ ngày 29/08/2025" in page.content.decode()
    assert not RuleRow.objects.filter(state=RuleState.PROPOSED).exists()


def test_two_who_decide_at_once_are_told():
    board, approver, old = signed_in("organisation_board"), signed_in("approver"), rule()
    signed_in("training_office").post(f"/rules/{old.pk}/follow/", typed())
    row = RuleRow.objects.get(follows=old)
    board.post(f"/rules/{row.pk}/decide/", {"reject": "", "note": "Chưa có văn bản"})

    page = approver.post(f"/rules/{row.pk}/decide/", {"approve": ""}, follow=True)

    assert "Người khác vừa quyết định." in page.content.decode()
    row.refresh_from_db()
    assert row.state == RuleState.REJECTED


def test_papers_name_what_they_replaced():
    page = signed_in("unit_clerk").get("/rules/instruments/", {"q": "350"})

    [row] = page.context["listing"].table.page
    assert (row.record.replaces.number, row.record.rule_count) == ("57-QĐ/TW", 6)


FIGURES, IMPACT = 13, 11
"""Queries of the card, and of the list."""


def proposal(unit):
    client = Client()
    client.force_login(make_user_with("organisation_board", unit))
    client.post(
        f"/rules/{rule().pk}/follow/", typed(female="24", male="24", status=[], degree="", grading="", serving=[])
    )
    return RuleRow.objects.get(state=RuleState.PROPOSED), client


@pytest.mark.parametrize("others", [0, 2])
def test_a_proposed_row_tells_whom_it_would_admit(others, django_assert_num_queries):
    unit = make_unit()
    make_person("Lê Thị Trẻ", unit=unit, born_on="2001-01-01", sex="female", political_level="so-cap")
    make_person("Hà Văn Xa", unit=make_unit(), born_on="2001-01-01", sex="male", political_level="so-cap")
    for number in range(others):
        make_person(f"Lò Văn {number}", unit=unit, born_on="2001-01-01", sex="male", political_level="so-cap")
    row, client = proposal(unit)

    page = client.get(f"/rules/{row.pk}/")
    assert f"/rules/{row.pk}/impact/figures/" in page.content.decode()
    client.get(f"/rules/{row.pk}/impact/figures/")
    with django_assert_num_queries(FIGURES):
        figures = client.get(f"/rules/{row.pk}/impact/figures/").context["figures"]
    assert [(one.label, one.value) for one in figures] == [
        ("Thêm người đủ điều kiện", 1 + others),
        ("Không còn đủ điều kiện", 0),
    ]
    with django_assert_num_queries(IMPACT):
        listed = client.get(figures[0].url)
    assert "Lê Thị Trẻ" in listed.content.decode()
    assert "Hà Văn Xa" not in listed.content.decode()
    assert listed.context["listing"].count == 1 + others
    assert client.get(figures[0].url, {"side": "gained", "export": "xlsx"}).status_code == 200


def test_a_row_that_judges_nobody_has_no_impact_page():
    row = RuleRow.objects.filter(topic="provision").first()

    assert signed_in("unit_clerk").get(f"/rules/{row.pk}/impact/").status_code == 404
