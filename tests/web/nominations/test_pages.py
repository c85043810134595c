"""Pages of nominations: verdicts while typing, answers, exceptions, and a constant number of queries."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.classes.nomination_cases import give_places, make_fit, make_open_class, people_of_story_3
from tests.factories import make_unit, make_user_with
from vuntrong.classes.actions.nomination import nominate
from vuntrong.classes.actions.nomination_answers import accept, ask_exception
from vuntrong.classes.models import ExceptionRequest, Nomination
from vuntrong.registry.models import SensitiveRead

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_unit("Tỉnh ủy Vĩnh Hà", kind="provincial_committee")


@pytest.fixture
def unit(province):
    return make_unit("Đảng ủy xã An Phú", parent=province)


@pytest.fixture
def school(province):
    return make_unit("Trường Chính trị tỉnh", parent=province, kind="provincial_school")


@pytest.fixture
def run(school):
    return make_open_class(school, capacity=2)


@pytest.fixture
def quota(run, unit):
    return give_places(run, unit, 6)


@pytest.fixture
def story(run, unit, quota):
    people = people_of_story_3(unit)
    rows = nominate(class_run=run, unit=unit, people=list(people.values()), by=None)
    return dict(zip(people, rows, strict=True))


def enter(client, role, unit):
    client.force_login(make_user_with(role, unit))
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


def test_a_name_typed_is_answered_with_verdict_reasons_and_ways(client, unit, quota):
    enter(client, "unit_clerk", unit)
    make_fit("Hà Thị Bích Liên", unit, born_on="1999-08-14")
    make_fit("Hà Liên", make_unit())
    k52 = make_open_class(code="K52", mode="full_time")
    give_places(k52, unit, 1)

    page = text_of(client.get(reverse("nominations:unit", args=[quota.pk]), {"q": "ha lien"}, HTTP_HX_REQUEST="true"))

    assert page.count("Hà ") == 2  # the name and the label of the button
    assert "Chưa đủ tuổi tối thiểu (nữ 28, nam 30). Đủ tuổi từ ngày 14/08/2027." in page
    assert "Có thể học tập trung ngay: K52 (15/03/2027)." in page
    assert "Đủ điều kiện với lớp khai giảng từ ngày 14/08/2027." in page
    assert "Đề nghị xét ngoại lệ: Cấp có thẩm quyền theo Quy định 350-QĐ/TW." in page
    assert SensitiveRead.objects.get().count == 1


def test_the_clerk_nominates_and_sees_the_places_used(client, unit, quota):
    enter(client, "unit_clerk", unit)
    person = make_fit("Lê An", unit)

    page = client.post(reverse("nominations:nominate", args=[quota.pk]), {"person": person.pk}, follow=True)

    assert "Đã cử Lê An." in text_of(page)
    assert "Đã dùng 1 trên 6 chỉ tiêu" in text_of(page)


@pytest.mark.parametrize("people", [1, 3])
def test_typing_costs_the_same_for_one_and_three(client, unit, quota, people, django_assert_num_queries):
    enter(client, "unit_clerk", unit)
    for number in range(people):
        make_fit(f"Lê An {number}", unit, born_on="1999-08-14")
    url = reverse("nominations:unit", args=[quota.pk])
    client.get(url, HTTP_HX_REQUEST="true")

    with django_assert_num_queries(22):
        page = client.get(url, {"q": "le an"}, HTTP_HX_REQUEST="true")

    assert len(page.context["found"]) == people


def test_the_owner_accepts_who_is_ticked_and_is_told_why_not(client, school, run, story):
    enter(client, "training_office", school)
    url, keys = reverse("nominations:accept", args=[run.pk]), [story["Toản"].pk, story["Mai"].pk]

    refused = text_of(client.post(url, {"rows": [*keys, story["Liên"].pk]}, follow=True))
    done = text_of(client.post(url, {"rows": keys}, follow=True))

    assert "Hà Thị Bích Liên không đủ điều kiện nên không thể nhận trực tiếp" in refused
    assert "Được nhận: 2. Vào danh sách chờ: 0." in done
    page = text_of(client.get(reverse("nominations:nomination", args=[story["Liên"].pk])))
    assert 'aria-disabled="true"' in page


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_of_a_class_costs_the_same_for_one_and_three(
    client, school, run, unit, people, django_assert_num_queries
):
    enter(client, "training_office", school)
    give_places(run, unit, 6)
    nominate(class_run=run, unit=unit, people=[make_fit(f"Lê An {n}", unit) for n in range(people)], by=None)
    url = reverse("nominations:class", args=[run.pk])
    client.get(url)

    with django_assert_num_queries(18):
        page = client.get(url)

    assert page.context["listing"].count == people


def test_the_waiting_list_is_told_in_its_order(client, school, run, unit):
    enter(client, "training_office", school)
    give_places(run, unit, 6)
    rows = nominate(class_run=run, unit=unit, people=[make_fit(f"Lê An {n}", unit) for n in range(4)], by=None)
    accept(class_run=run, nominations=[row.pk for row in rows], by=None)

    page = text_of(client.get(reverse("nominations:class", args=[run.pk])))

    assert "ai được cử trước thì được đưa lên trước: Lê An 2, Lê An 3" in page


def test_an_exception_goes_from_the_unit_to_the_board_and_back(client, province, unit, story):
    row = story["Liên"]
    letter = SimpleUploadedFile("cong-van.pdf", b"%PDF-1.7", content_type="application/pdf")
    enter(client, "unit_clerk", unit)
    client.post(reverse("nominations:ask", args=[row.pk]), {"reason": "Nữ duy nhất trong cấp ủy", "letter": letter})
    assert "Chờ xét ngoại lệ" in text_of(client.get(reverse("nominations:nomination", args=[row.pk])))

    enter(client, "organisation_board", province)
    assert "Hà Thị Bích Liên" in text_of(client.get(reverse("nominations:exceptions")))
    page = text_of(client.get(reverse("nominations:nomination", args=[row.pk])))
    assert "Số ngoại lệ đã chấp thuận cho chương trình này năm 2027: 0" in page
    assert client.get(reverse("nominations:letter", args=[row.pk])).content == b"%PDF-1.7"
    url = reverse("nominations:grant", args=[row.pk])
    missing = text_of(client.post(url, {"number": "", "signer": ""}))
    assert "Thiếu số quyết định" in missing
    client.post(url, {"number": "12-QĐ/BTCTU", "decided_on": "05/01/2026", "signer": "Nguyễn Văn Dũng"})

    request = ExceptionRequest.objects.get()
    assert (request.state, request.decision_number, request.decided_on) == (
        "granted",
        "12-QĐ/BTCTU",
        dt.date(2026, 1, 5),
    )


def test_the_board_refuses_an_exception_with_a_reason(client, province, story):
    ask_exception(nomination=story["Liên"], reason="Nữ duy nhất", by=None)
    enter(client, "organisation_board", province)

    client.post(reverse("nominations:refuse-exception", args=[story["Liên"].pk]), {"reason": "Học lớp K52"})

    assert Nomination.objects.get(pk=story["Liên"].pk).state == "refused"


def test_a_unit_withdraws_with_a_replacement(client, unit, story):
    enter(client, "unit_clerk", unit)
    fresh = make_fit("Lê An", unit)

    client.post(
        reverse("nominations:withdraw", args=[story["Hằng"].pk]), {"reason": "Chưa đạt", "replacement": fresh.pk}
    )

    row = Nomination.objects.get(pk=story["Hằng"].pk)
    assert (row.state, row.replaced_by.person) == ("withdrawn", fresh)


def test_the_owner_gives_places_and_enrols_by_decision(client, school, run, unit):
    enter(client, "training_office", school)
    client.post(reverse("nominations:places", args=[run.pk]), {"source": "45-QĐ/TU", "unit_0": unit.pk, "new_0": "3"})
    rows = nominate(class_run=run, unit=unit, people=[make_fit("Lê An", unit)], by=None)
    client.post(reverse("nominations:accept-one", args=[rows[0].pk]))
    page = client.post(reverse("nominations:enrol", args=[run.pk]), {"decision": "112/QĐ-TCT"}, follow=True)

    assert "Đã đưa người được nhận vào lớp." in text_of(page)
    assert run.enrolments.count() == 1


def test_a_clerk_sees_only_her_own_nominations(client, run, story):
    other = make_unit("Đảng ủy xã Hải Yến")
    enter(client, "unit_clerk", other)

    assert client.get(reverse("nominations:nomination", args=[story["Liên"].pk])).status_code == 404
    assert client.get(reverse("nominations:class", args=[run.pk])).status_code == 404
    assert list(client.get(reverse("nominations:list")).context["listing"].table.rows) == []
