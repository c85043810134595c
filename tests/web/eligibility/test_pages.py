"""Pages about eligibility: the right people, the right order, every reason, a constant number of queries."""

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import (
    make_class,
    make_enrolment,
    make_person,
    make_programme,
    make_survey,
    make_unit,
    make_user_with,
)
from vuntrong.planning.models import SurveyAnswer, TrainingNeed
from vuntrong.programmes.models import Programme
from vuntrong.programmes.queries.rules import reference_day
from vuntrong.registry.models import PlannedPost, Post, Posting, SensitiveRead, YearlyGrading
from vuntrong.regulations.models import RuleRow

pytestmark = pytest.mark.django_db
ON = "15/03/2027"
CLASS_QUERIES = 20
LIST = "/eligibility/trung-cap-llct/"


@pytest.fixture
def commune():
    return make_unit("Đảng ủy xã An Phú")


@pytest.fixture
def clerk(client, commune):
    make_programme("Trung cấp lý luận chính trị", code="trung-cap-llct", mode="part_time", kind="training")
    client.force_login(make_user_with("unit_clerk", commune))
    return client


def make_fit(name, unit, **changes):
    """Enter somebody whom the part-time course of 2027 admits."""
    words = {
        "sex": "female",
        "party_status": "full",
        "degree": "university",
        "political_level": "none",
        "ethnicity_id": 1,
    }
    person = make_person(name, unit=unit, **words | changes)
    Posting.objects.filter(person=person).update(post=Post.objects.get(code="pho-truong-phong-xa"))
    YearlyGrading.objects.bulk_create(YearlyGrading(person=person, year=year, grade="good") for year in (2025, 2026))
    return person


def test_the_list_of_a_programme_shows_verdicts_and_reasons(clerk, commune):
    make_fit("Lê Thị Mai", commune)
    make_fit("Hà Thị Liên", commune, born_on="1999-08-14")
    make_fit("Lò Thị Xa", make_unit())

    page = clerk.get(LIST, {"on": ON}).content.decode()

    assert "Lê Thị Mai" in page
    assert "Lò Thị Xa" not in page
    assert "Chưa đủ tuổi tối thiểu (nữ 28, nam 30). Đủ tuổi từ ngày 14/08/2027." in page


def test_chips_count_and_filter_by_answer(clerk, commune):
    make_fit("Lê Thị Mai", commune)
    make_fit("Hà Thị Liên", commune, born_on="1999-08-14")

    response = clerk.get(LIST, {"on": ON, "answer": "eligible"})

    listing = response.context["listing"]
    assert [(chip.label, chip.count) for chip in listing.chips][:3] == [
        ("Tất cả", 2),
        ("Đủ điều kiện", 1),
        ("Không đủ điều kiện", 1),
    ]
    assert "Hà Thị Liên" not in response.content.decode()


def test_who_goes_first_is_visible(clerk, commune):
    last, waits, planned = (make_fit(name, commune, political_level="so-cap") for name in ("Lê A", "Lê B", "Lê C"))
    Posting.objects.update(post=Post.objects.get(code="chi-uy-vien"))
    PlannedPost.objects.create(person=planned, post=Post.objects.get(code="bi-thu-dang-uy-xa"))
    survey = make_survey(owner=make_unit(), year=2024)
    answer = SurveyAnswer.objects.create(survey=survey, unit=commune)
    TrainingNeed.objects.create(answer=answer, programme=Programme.objects.get(code="trung-cap-llct"), person=waits)

    response = clerk.get(LIST, {"on": ON, "answer": "eligible"})

    page = response.content.decode()
    assert [row.record.pk for row in response.context["listing"].table.page] == [planned.pk, waits.pk, last.pk]
    assert "đăng ký từ năm 2024" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(clerk, commune, count, django_assert_num_queries):
    for number in range(count):
        make_fit(f"Lê Thị Mai {number}", commune)
    clerk.get(LIST)

    with django_assert_num_queries(16):
        clerk.get(LIST, {"on": ON})


def test_the_workbook_holds_verdict_and_reasons_and_the_read_is_logged(clerk, commune):
    make_fit("Hà Thị Liên", commune, born_on="1999-08-14")

    answer = clerk.get(LIST, {"on": ON, "export": "xlsx"})

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert any("Không đủ điều kiện" in [str(cell) for cell in row] for row in rows)
    read = SensitiveRead.objects.get()
    assert (read.kind, read.purpose, read.count) == ("export", "eligibility", 1)


def test_one_person_sees_every_programme_with_its_answer(clerk, commune):
    person = make_fit("Hà Thị Liên", commune, born_on="1999-08-14")

    response = clerk.get(f"/eligibility/people/{person.pk}/", {"on": ON})

    rows = {row.mode: row for row in response.context["rows"]}
    assert rows["Không tập trung"].state.label == "Không đủ điều kiện"
    assert rows["Không tập trung"].holds_from == dt.date(2027, 8, 14)
    assert "Có thể học hình thức tập trung" in rows["Không tập trung"].reasons[0]
    assert rows["Tập trung"].state.label == "Đủ điều kiện"
    assert SensitiveRead.objects.get().person == person


def test_the_overview_counts_by_answer(clerk, commune):
    make_fit("Lê Thị Mai", commune)
    make_fit("Hà Thị Liên", commune, born_on="1999-08-14")

    rows = {row.mode: row for row in clerk.get("/eligibility/", {"on": ON}).context["rows"]}

    assert [count for _label, count, _url in rows["Không tập trung"].counts] == [1, 1, 0, 0]
    assert [count for _label, count, _url in rows["Tập trung"].counts] == [2, 0, 0, 0]


@pytest.mark.parametrize("count", [1, 3])
def test_the_candidates_of_a_class_are_judged_on_its_first_day_and_those_in_it_are_marked(
    clerk, commune, count, django_assert_num_queries
):
    run = make_class(
        owner=commune,
        programme=Programme.objects.get(code="trung-cap-llct"),
        mode="part_time",
        opened_on=dt.date(2027, 8, 14),
    )
    people = [make_fit(f"Hà Thị Liên {number}", commune, born_on="1999-08-14") for number in range(count)]
    make_fit("Lê Thị Trẻ", commune, born_on="1999-08-15")
    clerk.force_login(make_user_with("organisation_board", commune))
    clerk.get(f"/eligibility/classes/{run.pk}/")

    with django_assert_num_queries(CLASS_QUERIES):
        page = clerk.get(f"/eligibility/classes/{run.pk}/", {"answer": "eligible"})

    assert [row.record.pk for row in page.context["listing"].table.page] == [person.pk for person in people]
    assert "xét theo ngày 14/08/2027" in page.content.decode()
    make_enrolment(class_run=run, person=people[0], state="studying")
    page = clerk.get(f"/eligibility/classes/{run.pk}/", {"q": "lien 0"})
    assert page.context["listing"].table.places[people[0].pk] == "Đang học"
    assert f"/eligibility/classes/{run.pk}/" in clerk.get(f"/classes/{run.pk}/").content.decode()
    assert (
        f"/eligibility/people/{people[0].pk}/"
        in clerk.get(reverse("registry:person", args=[people[0].pk])).content.decode()
    )


@pytest.mark.parametrize(
    ("said", "begins", "judged_on"),
    [
        ("opening", dt.date(2027, 3, 15), dt.date(2027, 3, 15)),
        ("12-31", dt.date(2027, 3, 15), dt.date(2027, 12, 31)),
        ("01-01", dt.date(2027, 3, 15), dt.date(2027, 1, 1)),
        ("12-31", dt.date(2021, 3, 15), dt.date(2021, 3, 15)),
    ],
)
def test_the_rule_of_the_day_says_on_which_day_people_are_judged(said, begins, judged_on):
    RuleRow.objects.filter(topic="reference-day").update(values={"day": said})

    assert reference_day(begins) == judged_on
