import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories import make_class, make_enrolment, make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.classes.signals import figures_touched
from vuntrong.kernel.errors import Violation

pytestmark = pytest.mark.django_db
OPENED = dt.date(2026, 3, 2)


def url(view: str, run: ClassRun, *more: int) -> str:
    return reverse(f"classes:{view}", args=[run.pk, *more])


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def run(centre):
    return make_class(owner=centre, code="ĐVM-01", year=2026, opened_on=OPENED, capacity=3)


def names(response) -> list[str]:
    return [row.record.person.full_name for row in response.context["listing"].table.paginated_rows]


@pytest.mark.parametrize("count", [1, 3])
def test_learners_by_given_name_in_constant_queries(client, staff, commune, run, count, django_assert_num_queries):
    people = ["Trần Ánh", "Lê Bình", "Nguyễn Văn An"][:count]
    for name in people:
        make_enrolment(class_run=run, person=make_person(name, unit=commune))

    with django_assert_num_queries(12):
        response = client.get(url("learners", run))

    assert names(response) == [name for name in ("Nguyễn Văn An", "Trần Ánh", "Lê Bình") if name in people]


def test_a_unit_clerk_sees_only_her_own_people(client, commune, run):
    mine = make_person("Lê Bình", unit=commune)
    make_enrolment(class_run=run, person=mine)
    make_enrolment(class_run=run, person=make_person("Trần Lạ"))
    client.force_login(make_user_with(Role.UNIT_CLERK, commune))

    response = client.get(url("learners", run))

    assert names(response) == ["Lê Bình"]
    assert "Trần Lạ" not in client.get(url("class", run)).content.decode()


def test_people_are_found_without_marks_and_enrolled(client, staff, commune, run):
    person = make_person("Lê Thị Hòa", unit=commune)
    make_person("Lê Thị Hòa")  # of a unit out of sight

    found = client.get(url("enrol", run), {"q": "le thi hoa"})
    response = client.post(url("enrol-person", run), {"person": person.pk})

    assert [one.person for one in found.context["found"]] == [person]
    assert said(response) == ["Đã đưa Lê Thị Hòa vào lớp."]
    assert run.enrolments.get().person == person


def test_the_search_answers_while_typing_with_a_fragment(client, staff, run):
    response = client.get(url("enrol", run), {"q": "le"}, headers={"HX-Request": "true"})

    assert response.content.decode().lstrip().startswith('<div id="candidates">')


def test_somebody_out_of_sight_cannot_be_enrolled(client, staff, run):
    assert client.post(url("enrol-person", run), {"person": make_person().pk}).status_code == 404
    assert client.post(url("enrol-person", run), {"person": "x"}).status_code == 404


def test_a_double_click_enrols_once_and_says_so(client, staff, commune, run):
    person = make_person("Lê Bình", unit=commune)
    client.post(url("enrol-person", run), {"person": person.pk})

    response = client.post(url("enrol-person", run), {"person": person.pk})

    assert said(response)[-1] == "Lê Bình đã có trong danh sách lớp."
    assert run.enrolments.count() == 1


def test_a_full_class_says_how_many_places_are_left(client, staff, commune, run):
    for name in ("Lê An", "Lê Bình", "Lê Cường"):
        make_enrolment(class_run=run, person=make_person(name, unit=commune))

    response = client.post(url("enrol-person", run), {"person": make_person("Lê Dư", unit=commune).pk})

    assert said(response) == ["Lớp đã đủ 3 học viên, còn 0 chỗ. Tăng sĩ số tối đa trước khi thêm."]


def test_somebody_new_enters_registry_and_class(client, staff, commune, run):
    typed = {
        "full_name": "Lê Thị Mới",
        "born_on": "1991",
        "sex": "female",
        "unit": commune.pk,
        "post_text": "Đảng viên",
    }

    client.post(url("enrol-new", run), typed)

    enrolment = run.enrolments.get()
    assert (enrolment.person.full_name, str(enrolment.person.born_on), enrolment.unit) == (
        "Lê Thị Mới",
        "1991",
        commune,
    )


def test_who_never_came_is_recorded_with_day_and_reason(client, staff, commune, run):
    rows = [make_enrolment(class_run=run, person=make_person(name, unit=commune)) for name in ("Lê An", "Lê Bình")]
    ticked = {"rows": [row.pk for row in rows]}

    form = client.post(url("depart", run), ticked)
    typed = {f"revision-{row.pk}": "0" for row in rows} | {"to": "no_show", "on": "02/03/2026", "reason": "Không đến"}
    response = client.post(url("depart", run), ticked | typed)

    assert [one.person.full_name for one in form.context["people"]] == ["Lê An", "Lê Bình"]
    assert response.status_code == 302
    assert list(run.enrolments.order_by().values_list("state", "state_on").distinct()) == [("no_show", OPENED)]


def test_a_touched_report_must_be_accepted_first(client, staff, commune, run):
    def submitted(sender, **_):
        return [Violation("period-submitted", values={"sentence": "Báo cáo đã nộp ngày 15/03/2026."})]

    row = make_enrolment(class_run=run, person=make_person(unit=commune))
    typed = {"rows": [row.pk], f"revision-{row.pk}": "0", "to": "no_show", "on": "02/03/2026", "reason": "Không đến"}
    figures_touched.connect(submitted)
    try:
        refused = client.post(url("depart", run), typed)
        accepted = client.post(url("depart", run), {**typed, "despite_reports": "on"})
    finally:
        figures_touched.disconnect(submitted)

    assert refused.context["form"].non_field_errors() == ["Báo cáo đã nộp ngày 15/03/2026."]
    assert 'type="checkbox" name="despite_reports"' in refused.content.decode()
    assert accepted.status_code == 302


def test_somebody_comes_back(client, staff, commune, run):
    row = make_enrolment(class_run=run, person=make_person("Lê An", unit=commune), state="withdrawn")

    assert url("reinstate", run, row.pk) in client.get(url("learners", run)).content.decode()
    response = client.post(url("reinstate", run, row.pk), {"reason": "Đã khỏi ốm"})

    assert said(response) == ["Đã nhận Lê An trở lại lớp."]


def grid(client, run: ClassRun, **typed: str):
    return client.post(url("results", run), typed)


def test_the_whole_column_is_written_at_once(client, staff, commune, run):
    rows = [make_enrolment(class_run=run, person=make_person(name, unit=commune)) for name in ("Lê An", "Lê Bình")]
    typed = {f"grade-{row.pk}": "good" for row in rows} | {f"revision-{row.pk}": "0" for row in rows}

    response = grid(client, run, **typed)

    assert said(response) == ["Đã lưu 2 kết quả."]
    assert set(run.enrolments.values_list("state", "grade")) == {("completed", "good")}


def test_a_stale_column_keeps_what_was_typed(client, staff, commune, run):
    row = make_enrolment(class_run=run, person=make_person(unit=commune))
    Enrolment.objects.filter(pk=row.pk).update(revision=1, grade="fair", state="completed")

    response = grid(client, run, **{f"grade-{row.pk}": "good", f"revision-{row.pk}": "0"})

    row.refresh_from_db()
    assert (response.status_code, row.grade) == (200, "fair")
    assert '<option value="good" selected>' in response.content.decode()


def test_one_cell_saves_itself_and_answers_with_its_row(client, staff, commune, run):
    row = make_enrolment(class_run=run, person=make_person(unit=commune))
    address = url("result", run, row.pk)

    saved = client.post(address, {f"grade-{row.pk}": "failed", f"revision-{row.pk}": "0"}).content.decode()
    stale = client.post(address, {f"grade-{row.pk}": "good", f"revision-{row.pk}": "0"}).content.decode()

    row.refresh_from_db()
    assert (row.state, row.grade) == ("not_completed", "failed")
    assert "is-saved" in saved
    assert "Kết quả này vừa được người khác nhập" in stale


def test_the_list_goes_out_as_a_workbook(client, staff, commune, run):
    make_enrolment(class_run=run, person=make_person(unit=commune))

    assert client.get(url("learners", run), {"export": "xlsx"}).content.startswith(b"PK")


def test_a_stranger_of_another_centre_finds_nothing(client, run):
    client.force_login(make_user_with(Role.CENTRE_STAFF, make_unit(kind="district_centre")))

    for view in ("learners", "enrol", "depart", "results", "import"):
        assert client.get(url(view, run)).status_code == 404
