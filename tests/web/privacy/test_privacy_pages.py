"""Data about me, the desk, reads by purpose, the register and its draft assessment."""

import datetime as dt
from io import BytesIO

import docx
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.factories import make_class, make_enrolment, make_person, make_unit, make_user, make_user_with
from vuntrong.accounts.actions import link_person
from vuntrong.accounts.enums import Role
from vuntrong.accounts.models import User
from vuntrong.kernel.errors import RuleBroken
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.actions.requests import enter_request
from vuntrong.registry.actions.sealing import restrict_person
from vuntrong.registry.copies import all_field_classes
from vuntrong.registry.field_names import FIELD_NAMES, MODEL_NAMES
from vuntrong.registry.models import DataRequest, FormerName, Person, Qualification, Religion, SensitiveRead

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 20)
RELIGION = "registry.Person.religion"


@pytest.fixture(autouse=True)
def _on_a_friday():
    with time_machine.travel(dt.datetime(2026, 11, 20, 2, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def person() -> Person:
    return make_person("Lò Thị Vân", phone="0912345678", religion=Religion.objects.get(code=2))


@pytest.fixture
def official(person) -> Client:
    return as_user(make_user(person=person))


@pytest.fixture
def board(person) -> Client:
    return as_user(make_user_with(Role.ORGANISATION_BOARD, person.unit))


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ask(person: Person, **extra) -> DataRequest:
    words = {"kind": "correct", "text": "Sửa ngày sinh", "received_on": TODAY, "by": None}
    return enter_request(person=person, **words | extra)


def text_of(response) -> str:
    return response.content.decode()


# ---- data about me ----


def test_an_official_sees_everything_and_reading_oneself_is_no_read(official, person):
    FormerName.objects.create(person=person, full_name="Lò Vân", search_key="lo van")
    Qualification.objects.create(person=person, kind="political", level="trung-cap", number="TC-42")
    make_enrolment(class_run=make_class(owner=person.unit, name="Lớp Nguồn 7"), person=person)

    page = text_of(official.get(reverse("privacy:me")))

    assert [word for word in ("0912345678", "Lò Vân", "TC-42", "Trung cấp", "Lớp Nguồn 7") if word not in page] == []
    assert str(person.religion) in page
    assert not SensitiveRead.objects.exists()


def test_the_page_costs_the_same_with_three_rows_of_each_kind(official, person, django_assert_max_num_queries):
    for number in range(3):
        Qualification.objects.create(person=person, kind="political", number=str(number))
        make_enrolment(class_run=make_class(owner=person.unit), person=person)

    with django_assert_max_num_queries(26):
        official.get(reverse("privacy:me"))


def test_somebody_without_a_record_is_told_whom_to_ask():
    page = text_of(as_user(make_user()).get(reverse("privacy:me")))

    assert "chưa gắn với hồ sơ" in page


def test_an_official_sees_who_read_the_sensitive_part_and_only_of_her_own(official, person):
    note_read(user=make_user("Phạm Quốc Tuấn"), kind="page", purpose="eligibility", fields=[RELIGION], person=person)
    note_read(user=make_user("Người Khác"), kind="page", purpose="training", fields=[RELIGION], person=make_person())

    page = text_of(official.get(reverse("privacy:own-reads")))

    assert "Phạm Quốc Tuấn" in page
    assert "Xét điều kiện cử đi học" in page
    assert "Người Khác" not in page


def test_an_official_asks_and_sees_the_day_of_the_answer(official):
    sent = official.post(reverse("privacy:ask"), {"kind": "correct", "text": "Sửa ngày sinh"}, follow=True)

    asked = DataRequest.objects.get()
    assert (asked.kind, asked.answer_by) == ("correct", dt.date(2026, 11, 24))
    assert "24/11/2026" in text_of(sent)
    assert "Chưa đối chiếu" in text_of(sent) or "chưa đối chiếu" in text_of(sent)


def test_an_official_does_not_answer_her_own_request_even_from_the_office(person):
    user = make_user_with(Role.ORGANISATION_BOARD, person.unit, person=person)
    asked = ask(person)

    page = as_user(user).get(reverse("privacy:request", args=[asked.pk]))
    refused = as_user(user).post(reverse("privacy:answer", args=[asked.pk]), {"answer": "Đồng ý"})

    assert page.status_code == 200
    assert refused.status_code == 403


def test_an_official_sees_no_request_of_somebody_else(official):
    assert official.get(reverse("privacy:request", args=[ask(make_person()).pk])).status_code == 404


# ---- the desk ----


def test_the_office_answers_and_carries_out(board, person):
    asked = ask(person)

    board.post(reverse("privacy:answer", args=[asked.pk]), {"answer": "Sẽ sửa"})
    board.post(reverse("privacy:carry-out", args=[asked.pk]), {"outcome": "Đã sửa", "effect": "none"})

    assert DataRequest.objects.values_list("state", "answer", "outcome").get() == ("done", "Sẽ sửa", "Đã sửa")


def test_two_tabs_the_second_answer_is_told_that_it_came_late(board, person):
    asked = ask(person)
    board.post(reverse("privacy:answer", args=[asked.pk]), {"answer": "Sẽ sửa"})

    late = board.post(reverse("privacy:answer", args=[asked.pk]), {"answer": "Không sửa"})

    assert late.status_code == 200
    assert DataRequest.objects.get().answer == "Sẽ sửa"


def test_the_term_is_extended_from_the_page(board, person):
    asked = ask(person, kind="restrict")
    board.post(reverse("privacy:answer", args=[asked.pk]), {"answer": "Sẽ hạn chế"})
    words = {"until": "15/12/2026", "reason": "Tra hồ sơ gốc", "revision": "1"}

    board.post(reverse("privacy:extend", args=[asked.pk]), words)

    assert DataRequest.objects.get().extended_to == dt.date(2026, 12, 15)


def test_the_office_enters_what_somebody_without_account_wrote(board, person):
    found = board.get(reverse("privacy:find"), {"q": "lo van"})
    words = {"kind": "delete", "text": "Xóa hồ sơ", "received_on": "19/11/2026", "has_processor": "on"}

    board.post(reverse("privacy:enter", args=[person.pk]), words)

    assert list(found.context["found"]) == [person]
    asked = DataRequest.objects.get()
    assert (asked.kind, asked.received_on, asked.has_processor) == ("delete", dt.date(2026, 11, 19), True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(board, person, count, django_assert_max_num_queries):
    for kind in ("correct", "see", "restrict")[:count]:
        ask(person, kind=kind)

    with django_assert_max_num_queries(9):
        response = board.get(reverse("privacy:requests"))

    assert response.context["listing"].count == count


def test_what_is_due_first_stands_first_and_on_the_page_of_today(board, person):
    ask(person, kind="see", received_on=dt.date(2026, 11, 19))
    late = ask(make_person("Hà Văn Cả", unit=person.unit), received_on=dt.date(2026, 11, 2))

    rows = board.get(reverse("privacy:requests")).context["listing"].table.rows
    today = board.get(reverse("today")).context

    assert next(row.record.pk for row in rows) == late.pk
    assert next(card.count for card in today["cards"] if card.icon == "shield-lock") == 2
    assert today["tasks"][0][0].about.startswith("Hà Văn Cả")


# ---- sensitive fields by purpose ----


def test_the_office_sees_everything_for_a_purpose_and_it_is_written_down(board, person):
    url = reverse("privacy:record", args=[person.pk])

    closed, opened = board.get(url), board.post(url, {"purpose": "request"})

    assert "0912345678" not in text_of(closed)
    assert "0912345678" in text_of(opened)
    read = SensitiveRead.objects.get()
    assert (read.person, read.purpose, read.kind) == (person, "request", "page")
    assert RELIGION in read.fields


def test_without_a_purpose_nothing_shows_and_nothing_is_written(board, person):
    page = board.post(reverse("privacy:record", args=[person.pk]), {"purpose": ""})

    assert "0912345678" not in text_of(page)
    assert not SensitiveRead.objects.exists()


def test_a_restricted_record_opens_in_the_archive_only(board, person):
    restrict_person(person=person, reason="Đề nghị", by=None)

    listed = text_of(board.get(reverse("privacy:restricted")))
    opened = text_of(board.post(reverse("privacy:record", args=[person.pk]), {"purpose": "archive"}))

    assert board.get(reverse("registry:person", args=[person.pk])).status_code == 404
    assert "Lò Thị Vân" not in listed
    assert f"Hồ sơ hạn chế số {person.pk}" in listed
    assert "Lò Thị Vân" in opened


def test_a_restriction_is_lifted_with_a_reason(board, person):
    restrict_person(person=person, reason="Đề nghị", by=None)

    board.post(reverse("privacy:lift", args=[person.pk]), {"reason": "Đương sự rút đề nghị"})

    assert Person.objects.get(pk=person.pk).full_name == "Lò Thị Vân"


def test_naming_a_purpose_leads_back_to_our_own_pages_only(board, person):
    url = reverse("privacy:show-sensitive", args=[person.pk])

    home = board.post(url, {"purpose": "training", "next": "/registry/people/?q=van"})
    away = board.post(url, {"purpose": "training", "next": "https://example.com/"})

    assert home.url == "/registry/people/?q=van"
    assert away.url == reverse("registry:person", args=[person.pk])


def test_the_board_sees_sensitive_fields_at_once_and_each_page_is_a_read(board, person):
    page = text_of(board.get(reverse("registry:person", args=[person.pk])))

    assert str(person.religion) in page
    read = SensitiveRead.objects.get()
    assert (read.purpose, read.kind, RELIGION in read.fields) == ("training", "page", True)


def test_others_name_a_purpose_first_which_holds_for_a_quarter_of_an_hour(person):
    clerk = as_user(make_user_with(Role.UNIT_CLERK, person.unit))
    url = reverse("registry:person", args=[person.pk])
    ask_url = reverse("privacy:show-sensitive", args=[person.pk])

    closed = text_of(clerk.get(url))
    clerk.post(ask_url, {"purpose": "eligibility", "next": url})
    opened = text_of(clerk.get(url))
    with time_machine.travel(dt.datetime(2026, 11, 20, 2, 16, tzinfo=dt.UTC), tick=False):
        later = text_of(clerk.get(url))

    assert [str(person.religion) in page for page in (closed, opened, later)] == [False, True, False]
    assert SensitiveRead.objects.get().purpose == "eligibility"


def test_a_reader_without_the_right_sees_none_and_cannot_ask(person):
    reader = as_user(make_user_with(Role.ACADEMY_READER, person.unit))

    page = text_of(reader.get(reverse("registry:person", args=[person.pk])))
    asked = reader.post(reverse("privacy:show-sensitive", args=[person.pk]), {"purpose": "training"})

    assert str(person.religion) not in page
    assert asked.status_code == 403
    assert not SensitiveRead.objects.exists()


# ---- reads, register, accounts ----


def test_the_board_reads_who_read_in_its_units(board, person):
    reader = make_user("Nguyễn Ngọc Lan")
    note_read(user=reader, kind="export", purpose="statistics", fields=[RELIGION], person=person)
    note_read(user=reader, kind="export", purpose="statistics", fields=[RELIGION], person=make_person())

    listing = board.get(reverse("privacy:reads")).context["listing"]
    sheet = board.get(reverse("privacy:reads"), {"export": "xlsx"})

    assert listing.count == 1
    assert sheet["Content-Type"].endswith("sheet")


def test_every_classed_field_and_model_has_a_name_and_stands_in_the_register(board):
    named = {
        name
        for rules in all_field_classes().values()
        for name, rule in rules.items()
        if rule.field_class != "technical"
    }
    groups = board.get(reverse("privacy:register")).context["groups"]

    assert named <= set(FIELD_NAMES)
    assert set(all_field_classes()) <= set(MODEL_NAMES)
    assert sum(len(group.fields) for group in groups) == sum(
        rule.field_class != "technical" for rules in all_field_classes().values() for rule in rules.values()
    )


def test_the_draft_assessment_is_made_from_the_register(board):
    content = board.get(reverse("privacy:assessment")).content

    document = docx.Document(BytesIO(content))
    words = "\n".join(
        [paragraph.text for paragraph in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    assert "đánh giá tác động xử lý dữ liệu cá nhân" in words
    assert [name for name in ("Tôn giáo", "Số thẻ đảng viên", "Nghị định 27/2026/NĐ-CP") if name not in words] == []
    assert "Religion" not in words


def test_an_account_is_linked_with_one_record_and_a_record_with_one_account(board, person):
    clerk = make_user_with(Role.UNIT_CLERK, person.unit, username="van")

    board.post(reverse("privacy:link", args=[clerk.pk]), {"person": person.pk})

    assert User.objects.get(pk=clerk.pk).person == person
    with pytest.raises(RuleBroken):
        link_person(user=make_user(), person=person, by=None)
    board.post(reverse("privacy:unlink", args=[clerk.pk]))
    assert User.objects.get(pk=clerk.pk).person is None


def test_a_board_links_no_account_and_no_record_of_another_province(board):
    stranger = make_user_with(Role.UNIT_CLERK, make_unit())
    clerk = make_user_with(Role.UNIT_CLERK, Person.objects.get().unit)

    assert board.get(reverse("privacy:link", args=[stranger.pk])).status_code == 404
    assert board.post(reverse("privacy:link", args=[clerk.pk]), {"person": make_person().pk}).status_code == 404
