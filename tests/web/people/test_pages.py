import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.factories import LONG_AGO, make_class, make_enrolment, make_person, make_programme, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.accounts.models import Grant
from vuntrong.kernel.dates import PartialDate
from vuntrong.registry.actions import add_record, change_person
from vuntrong.registry.models import Ethnicity, Person, Religion, SensitiveRead

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit("Đảng ủy xã Thuận Hóa")


@pytest.fixture
def board(client, unit):
    user = make_user_with(Role.ORGANISATION_BOARD, unit)
    client.force_login(user)
    return user


@pytest.fixture
def person(unit):
    return make_person(unit=unit)


def page(person, query=""):
    return reverse("registry:person", args=[person.pk]) + query


def add(person, table, **values):
    revision = Person.objects.get(pk=person.pk).revision
    return add_record(person=person, table=table, values=values, revision=revision, by=None)


def fill(person):
    """Give the person a row in every table, and a class."""
    add(person, "qualifications", kind="political", level="trung-cap", issued_on=PartialDate(2019, 7), number="B 12")
    add(person, "party_memberships", probationary_on=PartialDate(2010, 5, 19), full_on=PartialDate(2011, 5, 19))
    add(person, "gradings", year=2025, grade="good")
    add(person, "awards", kind="discipline", title="Khiển trách", decided_on=PartialDate(2016))
    add(person, "planned_posts", post_text="Bí thư Đảng ủy", term="2025-2030")
    add(person, "former_names", full_name="Nguyễn Văn Tý")
    add(person, "lecturer_profiles", unit=person.unit, kind="guest", valid_from=dt.date(2022, 9, 1))
    programme = make_programme(kind="training", level="intermediate")
    run = make_class(owner=person.unit, programme=programme, state="closed", closed_on=dt.date(2027, 9, 1))
    make_enrolment(class_run=run, person=person, state="completed", state_on=dt.date(2027, 9, 1), grade="good")
    return run


def told(response):
    return [(group.year, [moment.title for moment in group.moments]) for group in response.context["years"]]


def test_the_story_stands_in_years_with_what_is_undated_last(client, board, person):
    run = fill(person)

    response = client.get(page(person))

    assert told(response) == [
        ("2027", [run.name]),
        ("2025", ["Bí thư Đảng ủy", "Hoàn thành tốt nhiệm vụ"]),
        ("2022", ["Giảng viên thỉnh giảng"]),
        ("2019", ["Trung cấp LLCT"]),
        ("2016", ["Khiển trách"]),
        ("2011", ["Đảng viên chính thức"]),
        ("2010", ["Kết nạp Đảng (dự bị)"]),
        ("", ["Đảng ủy xã Thuận Hóa"]),
    ]


def test_a_finished_class_says_which_level_it_gave_without_a_row_of_its_own(client, board, person):
    fill(person)
    person.qualifications.all().delete()

    response = client.get(page(person, "?kind=class"))

    [year] = response.context["years"]
    assert list(year.moments[0].notes) == ["Đạt: Trung cấp LLCT. Hãy ghi văn bằng khi được cấp."]
    assert person.qualifications.count() == 0


@pytest.mark.parametrize(("kind", "titles"), [("party", ["2011", "2010"]), ("work", ["2022", ""]), ("xxx", None)])
def test_the_story_is_filtered_by_kind(client, board, person, kind, titles):
    fill(person)

    response = client.get(page(person, f"?kind={kind}"))

    years = [group.year for group in response.context["years"]]
    assert years == titles if titles else len(years) == 8
    assert {choice.count for choice in response.context["choices"] if choice.is_on} == ({2} if titles else {9})


@pytest.mark.parametrize(("tab", "queries"), [("", 29), ("record", 29), ("history", 22)])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_however_long_the_record(
    client, board, person, tab, queries, rows, django_assert_max_num_queries
):
    for number in range(rows):
        add(person, "gradings", year=2020 + number, grade="good")
        add(person, "qualifications", kind="it", field="Tin học")
        run = make_class(owner=person.unit)
        make_enrolment(class_run=run, person=person)
    client.get(page(person))

    with django_assert_max_num_queries(queries):
        client.get(page(person, f"?tab={tab}"))


def test_sensitive_fields_show_to_the_office_and_the_read_is_written_down(client, board, person):
    change_person(person=person, changes={"ethnicity": Ethnicity.objects.get(code=2)}, revision=0, by=None)

    response = client.get(page(person))

    assert "Tày" in response.content.decode()
    read = SensitiveRead.objects.get()
    assert (read.user, read.person) == (board, person)
    assert "registry.Person.ethnicity" in read.fields


def test_somebody_without_the_right_sees_no_party_no_grading_and_no_ethnic_group(client, person, unit):
    fill(person)
    Person.objects.filter(pk=person.pk).update(ethnicity=2, religion=1)
    client.force_login(make_user_with(Role.ACADEMY_READER, unit))

    shown = "".join(client.get(page(person, query)).content.decode() for query in ("", "?tab=record"))

    for word in ("Tày", "Phật giáo", "Đảng viên chính thức", "Hoàn thành tốt nhiệm vụ", "19/05/2011"):
        assert word not in shown
    assert SensitiveRead.objects.count() == 0


def test_doubts_are_shown_and_keep_nobody_out(client, board, person):
    change_person(person=person, changes={"personal_id": "10900123456", "phone": "912345678"}, revision=0, by=None)

    doubts = client.get(page(person)).context["doubts"]

    assert doubts == [
        "Số định danh cá nhân: Có lẽ mất số 0 ở đầu. Có phải là 010900123456 không?",
        "Điện thoại: Có lẽ mất số 0 ở đầu. Có phải là 0912345678 không?",
    ]


DETAILS = {"full_name": "Nguyễn Văn Ân", "family_words": "1", "given_words": "1", "sex": "male", "born_on": "1990"}


def test_details_are_changed_on_a_form(client, board, person):
    typed = DETAILS | {"religion": "0", "ethnicity": "1", "revision": "0", "reason": "Theo căn cước"}

    response = client.post(reverse("people:change", args=[person.pk]), typed, follow=True)

    changed = Person.objects.get()
    assert response.redirect_chain[-1][0] == page(person)
    assert (changed.full_name, str(changed.born_on), changed.religion) == ("Nguyễn Văn Ân", "1990", Religion(code=0))


def test_a_form_without_sensitive_fields_leaves_them_as_they_are(client, person, unit):
    Person.objects.update(religion=1)
    client.force_login(make_user_with(Role.CENTRE_STAFF, unit))

    client.post(reverse("people:change", args=[person.pk]), DETAILS | {"religion": "0", "revision": "0"})

    changed = Person.objects.get()
    assert (changed.full_name, changed.religion_id) == ("Nguyễn Văn Ân", 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"revision": "7"}, "Người khác vừa sửa hồ sơ này"),
        ({"revision": "0", "born_on": "2999"}, "năm ngoài khoảng 1800-2200"),
        ({"revision": "0", "given_words": "3"}, "Tên có 3 tiếng"),
        ({"revision": "0", "left_on": "1980"}, "trước “Ngày sinh”"),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(client, board, person, typed, sentence):
    response = client.post(reverse("people:change", args=[person.pk]), DETAILS | typed)

    assert sentence in response.content.decode()
    assert response.context["form"]["full_name"].value() == "Nguyễn Văn Ân"
    assert Person.objects.get().full_name == "Nguyễn Văn An"


def record(person, table, row=None, *, remove=False):
    if row is None:
        return reverse("people:record-add", args=[person.pk, table])
    name = "people:record-remove" if remove else "people:record-change"
    return reverse(name, args=[person.pk, table, row.pk])


TYPED = {
    "postings": {"unit_text": "Huyện đoàn Tuyên Hóa", "post_text": "Bí thư", "valid_to": "31/12/2019"},
    "former_names": {"full_name": "Nguyễn Văn Tý"},
    "planned_posts": {"post_text": "Bí thư Đảng ủy", "term": "2025-2030"},
    "party_memberships": {"probationary_on": "19/5/2010", "full_on": "2011"},
    "qualifications": {"what": "political/cao-cap", "issued_on": "7/2020"},
    "gradings": {"year": "2025", "grade": "good"},
    "awards": {"kind": "reward", "title": "Bằng khen"},
}


@pytest.mark.parametrize("table", TYPED)
def test_a_row_is_added_corrected_and_taken_out_on_forms(client, board, person, table):
    client.post(record(person, table), TYPED[table] | {"revision": "0"})
    row = getattr(person, table).last()

    opened = client.get(record(person, table, row))
    again = {name: opened.context["form"][name].value() or "" for name in opened.context["form"].fields}
    unsaid = client.post(record(person, table, row), again)
    client.post(record(person, table, row, remove=True), {"reason": "Nhập nhầm", "revision": "1"})

    assert "Chưa ghi." in unsaid.content.decode()
    assert getattr(person, table).count() == (1 if table == "postings" else 0)
    assert Person.objects.get().revision == 2


def test_a_level_on_the_paper_belongs_to_kinds_without_fixed_levels(client, board, person):
    typed = {"what": "language/", "level_text": "B1", "field": "Tiếng Anh", "revision": "0"}

    client.post(record(person, "qualifications"), typed)

    row = person.qualifications.get()
    shown = client.get(record(person, "qualifications", row)).context["form"]
    assert (row.kind, row.level, shown["what"].value(), shown["level_text"].value()) == (
        "language", "B1", "language/", "B1",
    )  # fmt: skip


def test_the_last_posting_stays_and_says_why(client, board, person):
    posting = person.postings.get()
    typed = {"reason": "Nhầm", "revision": "0"}

    response = client.post(record(person, "postings", posting, remove=True), typed, follow=True)

    assert "dòng công tác duy nhất" in response.content.decode()
    assert person.postings.count() == 1


@pytest.mark.parametrize("table", ["party_memberships", "gradings"])
def test_sensitive_rows_open_only_where_sensitive_fields_do(client, person, unit, table):
    client.force_login(make_user_with(Role.CENTRE_STAFF, unit))

    assert client.get(record(person, table)).status_code == 404
    assert client.get(record(person, "nothing")).status_code == 404


POST_TYPED = {"post_text": "Bí thư", "valid_from": "01/03/2026", "reason": "Điều động"}


@pytest.mark.parametrize(
    ("typed", "is_moved"),
    [
        ({"is_main": "on"}, False),
        ({"is_main": "on", "valid_from": "01/01/2100"}, False),  # she would go one night
        ({}, True),  # besides the main post
        ({"is_main": "on", "valid_to": "31/03/2026"}, True),  # over since
    ],
)
def test_a_clerk_moves_nobody_out_of_sight(client, person, unit, typed, is_moved):
    clerk, other = make_user_with(Role.UNIT_CLERK, unit), make_unit("Đảng ủy xã Bình Minh")
    Grant.objects.create(user=clerk, role=Role.APPROVER, unit=other, valid_from=LONG_AGO)
    board = make_user_with(Role.ORGANISATION_BOARD, unit)
    Grant.objects.create(user=board, role=Role.ORGANISATION_BOARD, unit=other, valid_from=LONG_AGO)
    said = POST_TYPED | typed | {"unit": other.pk, "revision": "0"}

    with time_machine.travel(dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC), tick=False):
        client.force_login(clerk)
        refused = client.post(record(person, "postings"), said)
        count = person.postings.count()
        client.force_login(board)
        client.post(record(person, "postings"), said | {"revision": "1" if is_moved else "0"})

    assert (refused.status_code, count) == ((302, 2) if is_moved else (200, 1))
    assert is_moved or "Ban Tổ chức ghi việc điều động" in refused.content.decode()
    assert person.postings.count() == count + 1
