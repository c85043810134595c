import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from tests.classes.builders import make_line
from tests.factories import make_class, make_enrolment, make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.classes.actions.making import create_classes_from_line, set_roles

pytestmark = pytest.mark.django_db
URL = "/classes/"


def codes(response) -> list[str]:
    return [row.code for row in response.context["listing"].table.data.data]


def in_2026(owner, code, **extra):
    return make_class(owner=owner, code=code, year=2026, **{"opened_on": dt.date(2026, 3, 2)} | extra)


@pytest.mark.parametrize("count", [1, 3])
def test_the_year_shows_made_and_planned_classes_in_constant_queries(
    client, staff, centre, count, django_assert_num_queries
):
    line = make_line(owner=centre, class_count=count + 1)
    for run in create_classes_from_line(line=line, count=count, by=None):
        make_enrolment(class_run=run, person=make_person(f"Lê {run.code}"))
    in_2026(make_unit(), "LẠ")

    with django_assert_num_queries(13):
        response = client.get(URL)

    assert codes(response) == [*[f"ĐVM-{n:02d}" for n in range(1, count + 1)], f"Lớp thứ {count + 1}"]


def test_a_red_cell_says_why(client, staff, centre):
    make_line(owner=centre, month=1, class_count=1)

    page = client.get(URL).content.decode()

    assert "trễ 48 ngày" in page
    assert "Khai giảng chậm nhất ngày 31/01/2026" in page
    assert "Chưa khai giảng, tính đến 20/03/2026" in page
    assert centre.short_name in page


def test_chips_count_and_filter(client, staff, centre):
    late = in_2026(centre, "TRỄ", planned_end=dt.date(2026, 3, 6), planned_learners=1)
    make_enrolment(class_run=late)
    done = in_2026(centre, "XONG", state="closed", closed_on=dt.date(2026, 3, 6))
    make_enrolment(class_run=done, person=make_person("Lê An"), state="completed", grade="good")

    everything, only_late = client.get(URL), client.get(URL, {"status": "late"})

    chips = {chip.label: chip.count for chip in everything.context["listing"].chips}
    assert (chips["Tất cả"], chips["Đang học"], chips["Đã xong"]) == (2, 1, 1)
    assert codes(only_late) == ["TRỄ", "XONG"]  # both began without an opening decision


@pytest.mark.parametrize(("words", "found"), [("dang vien", ["ĐVM"]), ("DANG", ["ĐVM"]), ("khong co", [])])
def test_search_needs_no_marks(client, staff, centre, words, found):
    in_2026(centre, "ĐVM", name="Lớp đảng viên mới")
    in_2026(centre, "BT", name="Lớp bí thư")

    assert codes(client.get(URL, {"q": words})) == found


def test_menus_narrow_by_programme_owner_and_venue(client, centre):
    client.force_login(make_user_with(Role.ORGANISATION_BOARD, centre.parent))
    mine = in_2026(centre, "A", venue="Hội trường huyện")
    in_2026(centre.parent, "B")

    assert codes(client.get(URL, {"programme": mine.programme_id})) == ["A"]
    assert codes(client.get(URL, {"owner": centre.parent_id})) == ["B"]
    assert codes(client.get(URL, {"host": "Hội trường huyện"})) == ["A"]
    assert codes(client.get(URL, {"owner": "khong"})) == ["A", "B"]


def test_the_sort_of_the_address_decides(client, staff, centre):
    for code, planned in (("A", 10), ("B", 30), ("C", 20)):
        in_2026(centre, code, planned_learners=planned)

    assert codes(client.get(URL, {"sort": "-code"})) == ["C", "B", "A"]


def test_the_workbook_holds_plan_fact_and_reasons(client, staff, centre):
    run = in_2026(centre, "A", planned_learners=2, planned_start=dt.date(2026, 3, 1))
    make_enrolment(class_run=run)

    response = client.get(URL, {"export": "xlsx"})

    rows = list(openpyxl.load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[4][0] == "A"
    assert [rows[4][4], rows[4][5].date(), *rows[4][6:9]] == ["01/03/2026", dt.date(2026, 3, 2), 2, 1, "Đang học"]
    assert "1 học viên, thiếu 1 người" in rows[4][9]
    assert rows[5][6:8] == (2, 1)


def test_a_hosted_class_is_seen_by_its_venue_and_by_nobody_else(client, staff, centre):
    school = make_unit("Trường Chính trị tỉnh", kind="provincial_school")
    hosted, other = in_2026(school, "TC K12"), in_2026(school, "TC K13")
    set_roles(class_run=hosted, revision=0, roles=[(centre, "host")], by=None)

    response = client.get(URL)

    assert codes(response) == ["TC K12"]
    assert client.get(reverse("classes:class", args=[other.pk])).status_code == 404


def test_an_empty_year_says_what_to_do(client, staff):
    page = client.get(URL).content.decode()

    assert "Chưa có lớp nào trong năm 2026" in page
    assert reverse("classes:choose-line") in page


def test_htmx_gets_the_list_alone(client, staff, centre):
    in_2026(centre, "A")

    response = client.get(URL, headers={"HX-Request": "true"})

    assert b"<html" not in response.content
    assert b'id="results"' in response.content
