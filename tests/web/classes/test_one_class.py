import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.classes.builders import make_line
from tests.factories import make_class, make_enrolment, make_person, make_programme, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.classes.models import ClassRun

pytestmark = pytest.mark.django_db


def url(view: str, run: ClassRun, *more: int) -> str:
    return reverse(f"classes:{view}", args=[run.pk, *more])


def errors(response) -> list[str]:
    return list(response.context["form"].non_field_errors())


@pytest.fixture
def run(centre):
    return make_class(owner=centre, code="ĐVM-01", year=2026, state="draft", opened_on=None, modules_total=0)


@pytest.mark.parametrize("learners", [1, 3])
def test_the_page_of_a_class_costs_the_same_whatever_its_size(client, staff, run, learners, django_assert_num_queries):
    for number in range(learners):
        make_enrolment(class_run=run, person=make_person(f"Lê Văn {number}"), enrolled_on=dt.date(2026, 3, 1))

    with django_assert_num_queries(12):
        response = client.get(url("class", run))

    assert response.context["figures"][0].value == learners


def test_the_page_shows_the_way_from_the_need_to_the_class(client, staff, centre):
    line = make_line(owner=centre, class_count=1)
    client.post(reverse("classes:make", args=[line.pk]), {"count": "1", "pattern": "ĐVM-##"})
    made = ClassRun.objects.get()

    chain = client.get(url("class", made)).context["chain"]

    assert [link.label for link in chain] == [
        "Dòng kế hoạch số 1",
        f"Quyết định {line.submission.decision.number}",
        "Mở lớp",
        "ĐVM-01",
    ]


DECISION = {
    "number": "21-QĐ/TTCT",
    "issued_on": "01/03/2026",
    "issuer_text": "Trung tâm Chính trị",
    "opens_on": "09/03/2026",
    "ends_on": "13/03/2026",
}


def test_a_class_lives_from_the_line_to_its_closing(client, staff, run):
    learner = make_enrolment(class_run=run, enrolled_on=dt.date(2026, 3, 9))

    client.post(url("open", run), DECISION)
    client.post(url("start", run), {"on": "09/03/2026"})
    client.post(url("result", run, learner.pk), {f"grade-{learner.pk}": "good", f"revision-{learner.pk}": "0"})
    response = client.post(url("close", run), {"on": "13/03/2026"})

    run.refresh_from_db()
    assert response.status_code == 302
    assert (run.state, run.opened_on, run.closed_on) == ("closed", dt.date(2026, 3, 9), dt.date(2026, 3, 13))
    assert run.opening_decision.number == "21-QĐ/TTCT"


def test_a_refused_form_keeps_what_was_typed_and_says_why(client, staff, run):
    response = client.post(url("open", run), {**DECISION, "opens_on": "20/02/2026", "ends_on": ""})

    assert errors(response) == ["Ngày khai giảng 20/02/2026 trước ngày quyết định 01/03/2026. Kiểm tra lại hai ngày."]
    assert 'value="21-QĐ/TTCT"' in response.content.decode()
    run.refresh_from_db()
    assert run.state == "draft"


def test_a_class_is_opened_once_however_often_the_form_is_sent(client, staff, run):
    client.post(url("open", run), DECISION)

    response = client.post(url("open", run), DECISION)

    assert errors(response) == [
        "Nội dung này vừa được người khác cập nhật. Nội dung đang nhập được giữ lại bên dưới; đối chiếu rồi lưu lại."
    ]


def test_a_stale_edit_keeps_the_text_and_the_next_save_goes_through(client, staff, run):
    typed = {"code": "ĐVM-01", "name": "Tên mới", "mode": "full_time", "revision": "0"}
    ClassRun.objects.filter(pk=run.pk).update(revision=4, name="Tên của người khác")

    refused = client.post(url("edit", run), typed)
    saved = client.post(url("edit", run), {**typed, "revision": refused.context["form"].data["revision"]})

    assert 'value="Tên mới"' in refused.content.decode()
    assert saved.status_code == 302
    run.refresh_from_db()
    assert (run.name, run.revision) == ("Tên mới", 5)


def test_units_of_a_class_are_set(client, staff, run):
    venue, helper = make_unit("Xã A"), make_unit("Xã B")

    client.post(url("roles", run), {"host": venue.pk, "cooperating": [helper.pk], "revision": "0"})

    assert sorted(run.roles.values_list("role", "unit__name")) == [("cooperating", "Xã B"), ("host", "Xã A")]


def test_an_exhausted_line_names_the_remedy(client, staff, centre):
    line = make_line(owner=centre, class_count=1)
    address = reverse("classes:make", args=[line.pk])
    client.post(address, {"count": "1", "pattern": "A-##"})

    response = client.post(address, {"count": "1", "pattern": "A-##"})

    assert errors(response) == [
        "Dòng kế hoạch có 1 lớp, đã lập 1, còn lập được 0. Điều chỉnh kế hoạch, hoặc mở lớp ngoài kế hoạch."
    ]


@pytest.mark.parametrize("lines", [1, 3])
def test_lines_to_choose_from_in_constant_queries(client, staff, centre, lines, django_assert_num_queries):
    for _ in range(lines):
        make_line(owner=centre, programme=make_programme())

    with django_assert_num_queries(6):
        response = client.get(reverse("classes:choose-line"))

    assert [row.left for row in response.context["lines"]] == [2] * lines


def test_a_class_outside_the_plan(client, staff, centre):
    typed = {
        **DECISION,
        "owner": centre.pk,
        "programme": make_programme().pk,
        "side": "party",
        "code": "NK-01",
        "name": "Lớp ngoài kế hoạch",
        "mode": "full_time",
    }

    response = client.post(reverse("classes:create-unplanned"), typed)

    made = ClassRun.objects.get()
    assert (response.status_code, made.state, made.plan_line, made.planned_end) == (
        302,
        "open",
        None,
        dt.date(2026, 3, 13),
    )


def test_the_host_records_modules_of_a_class_of_the_school(client, staff, centre):
    school = make_unit("Trường Chính trị tỉnh", kind="provincial_school")
    hosted = make_class(owner=school, year=2026, modules_total=13, opened_on=dt.date(2026, 3, 2))
    hosted.roles.create(unit=centre, role="host")

    response = client.post(url("modules", hosted), {"finished": "5"})

    hosted.refresh_from_db()
    assert (response.status_code, hosted.modules_finished) == (302, 5)
    assert client.get(url("edit", hosted)).status_code == 403


def test_giving_up_a_class_says_so(client, staff, run):
    response = client.post(url("cancel", run), {"reason": "Mưa lũ"})

    assert [str(message) for message in get_messages(response.wsgi_request)] == ["Đã hủy lớp."]
    run.refresh_from_db()
    assert (run.state, run.cancel_reason) == ("cancelled", "Mưa lũ")


def test_a_reader_sees_the_class_and_changes_nothing(client, centre, run):
    client.force_login(make_user_with(Role.APPROVER, centre.parent))

    assert client.get(url("class", run)).status_code == 200
    assert client.post(url("cancel", run), {"reason": "x"}).status_code == 403
    run.refresh_from_db()
    assert run.state == "draft"


def test_the_history_tells_who_did_what(client, staff, run):
    client.post(url("open", run), DECISION)

    page = client.get(url("history", run)).content.decode()

    assert "Mở lớp theo quyết định" in page
    assert staff.get_full_name() in page
