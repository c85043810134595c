"""The bell, the inbox, what comes by e-mail, what left; and who is told by the parts of the product."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_person, make_survey, make_unit, make_user, make_user_with
from vuntrong.accounts import letters
from vuntrong.accounts.actions import link_person, tell
from vuntrong.accounts.enums import MailState, MessageKind, Role
from vuntrong.accounts.models import InboxEntry, Message, OutgoingMail, User
from vuntrong.planning.models import SurveyRecipient
from vuntrong.registry.actions.requests import answer_request, carry_out_request, enter_request, refuse_request
from vuntrong.registry.actions.sealing import restrict_person
from vuntrong.regulations.actions import RuleWords, propose_rule
from vuntrong.regulations.models import RuleRow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_mail(settings):
    settings.SENDS_MAIL = True


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def say(*users: User, survey: str = "Khảo sát 2027", **whom) -> Message:
    words = {"survey": survey, "closes": "20/12/2026"}
    return tell(letter=letters.SURVEY_REMINDER, words=words, url="/surveys/", users=users, by=None, **whom).message


def text_of(response) -> str:
    return response.content.decode()


# ---- the bell ----


def test_the_bell_costs_a_page_nothing_and_counts_when_it_is_asked(django_assert_num_queries, client):
    user = make_user()
    say(user)
    client.force_login(user)

    page = text_of(client.get(reverse("inbox:choices")))
    bell = text_of(client.get(reverse("inbox:bell")))
    later = text_of(client.get(reverse("inbox:choices")))

    assert f'hx-get="{reverse("inbox:bell")}"' in page
    assert "Thông báo, 1 chưa đọc" in bell
    assert "hx-get" not in bell
    assert "Thông báo, 1 chưa đọc" in later


def test_reading_a_message_answers_with_the_new_bell(django_capture_on_commit_callbacks):
    user = make_user()
    say(user)
    client, entry = as_user(user), user.inbox.get()
    assert "1 chưa đọc" in text_of(client.get(reverse("inbox:bell")))
    assert user.inbox.get().read_at is None

    page = client.get(reverse("inbox:message", args=[entry.pk]))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("inbox:read", args=[entry.pk]))

    assert "Khảo sát 2027" in text_of(page)
    assert 'hx-swap-oob="true"' in text_of(answer)
    assert user.inbox.get().read_at is not None


# ---- the list ----


@pytest.mark.parametrize("size", [1, 3])
def test_the_inbox_costs_the_same(size, django_assert_max_num_queries):
    user = make_user()
    for number in range(size):
        say(user, survey=f"Đợt {number}")
    client = as_user(user)

    with django_assert_max_num_queries(8):
        page = text_of(client.get(reverse("inbox:list")))

    assert page.count("Nhắc trả lời: Đợt") >= size


def test_the_inbox_is_searched_without_accents_and_filtered():
    user = make_user()
    say(user, survey="Đảng viên mới")
    say(user, survey="Sơ cấp lý luận")
    client = as_user(user)
    client.post(reverse("inbox:mark"), {"rows": [user.inbox.first().pk]})

    found = text_of(client.get(reverse("inbox:list"), {"q": "dang vien"}))
    unread = text_of(client.get(reverse("inbox:list"), {"read": "0"}))

    assert ("Đảng viên mới" in found, "Sơ cấp" in found) == (True, False)
    assert ("Đảng viên mới" in unread, "Sơ cấp" in unread) == (True, False)


def test_marking_all_and_back():
    user, other = make_user(), make_user()
    say(user, other)
    say(user)
    client = as_user(user)

    client.post(reverse("inbox:mark"), {"all": "1"})
    assert user.inbox.filter(read_at=None).count() == 0
    client.post(reverse("inbox:mark"), {"rows": [entry.pk for entry in InboxEntry.objects.all()], "unread": "1"})

    assert user.inbox.filter(read_at=None).count() == 2
    assert other.inbox.get().read_at is None


# ---- what comes by e-mail ----


def test_choosing_what_comes_by_mail():
    user = make_user()
    client = as_user(user)

    bad = client.post(reverse("inbox:choices"), {"email": "khong", "kinds": []})
    good = client.post(reverse("inbox:choices"), {"email": "an@xa.vn", "kinds": ["rule", "survey"]})

    user.refresh_from_db()
    assert (bad.status_code, good.status_code, user.email) == (200, 302, "an@xa.vn")
    assert set(user.kinds_without_mail) == set(MessageKind.values) - {"rule", "survey"}


def test_the_page_says_so_where_nothing_leaves(settings):
    settings.SENDS_MAIL = False

    assert "chưa gửi thư điện tử" in text_of(as_user(make_user()).get(reverse("inbox:choices")))


# ---- what left ----


def test_the_office_sees_why_a_mail_failed_and_sends_it_again():
    unit = make_unit()
    office = make_user_with(Role.ORGANISATION_BOARD, unit)
    message = say(units=[unit])
    words = {"state": MailState.GIVEN_UP, "attempts": 8, "last_error": "550 5.1.1 no such user"}
    mail = OutgoingMail.objects.create(message=message, address="cu@xa.vn", unit=unit, **words)
    client = as_user(office)

    listed = text_of(client.get(reverse("inbox:mails")))
    page = text_of(client.get(reverse("inbox:mail", args=[mail.pk])))
    client.post(reverse("inbox:retry"), {"rows": [mail.pk]})

    mail.refresh_from_db()
    assert "Máy chủ thư của người nhận báo không có hộp thư này. (550 5.1.1 no such user)" in listed
    assert "Gửi lại" in page
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 0)


def test_mails_of_other_units_and_of_sealed_records_are_not_seen():
    mine, theirs = make_unit(), make_unit()
    person = make_person(unit=mine, email="an@xa.vn")
    say(people=[person, make_person(unit=theirs, email="binh@xa.vn"), make_person(unit=mine, email="cuc@xa.vn")])
    restrict_person(person=person, reason="theo đề nghị", by=None)

    page = text_of(as_user(make_user_with(Role.HOME_AFFAIRS, mine)).get(reverse("inbox:mails")))

    assert [word in page for word in ("an@xa.vn", "binh@xa.vn", "cuc@xa.vn")] == [False, False, True]


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_of_mails_costs_the_same(size, django_assert_max_num_queries):
    unit = make_unit()
    client = as_user(make_user_with(Role.ORGANISATION_BOARD, unit))
    say(people=[make_person(unit=unit, email=f"p{number}@xa.vn") for number in range(size)])

    with django_assert_max_num_queries(11):
        page = text_of(client.get(reverse("inbox:mails")))

    assert f"p{size - 1}@xa.vn" in page


# ---- who is told ----


def test_a_reminder_reaches_the_clerk_of_the_unit():
    centre, unit, silent = make_unit(kind="district_centre"), make_unit(), make_unit()
    survey = make_survey(owner=centre)
    asked = [SurveyRecipient.objects.create(survey=survey, unit=one) for one in (unit, silent)]
    clerk = make_user_with(Role.UNIT_CLERK, unit, email="vanthu@xa.vn")
    client = as_user(make_user_with(Role.CENTRE_STAFF, centre))

    page = client.post(reverse("surveys:remind", args=[survey.pk]), {"rows": [one.pk for one in asked]}, follow=True)

    assert "Đã nhắc 2 đơn vị: 1 hộp thông báo, 1 thư điện tử." in text_of(page)
    assert "1 đơn vị chưa có ai dùng hệ thống" in text_of(page)
    message = clerk.inbox.get().message
    assert (message.url, message.about_type, message.about_id) == (
        "/surveys/to-answer/",
        "planning.needssurvey",
        survey.pk,
    )
    assert OutgoingMail.objects.get().address == "vanthu@xa.vn"


@pytest.mark.parametrize(
    ("act", "subject"),
    [
        (lambda one: answer_request(request=one, answer="Sẽ sửa", by=None), "đã được trả lời"),
        (lambda one: refuse_request(request=one, reason="Không có giấy", by=None), "bị từ chối"),
    ],
)
def test_who_asked_about_her_data_hears_of_the_answer_but_not_in_the_mail(act, subject):
    person = make_person(email="an@xa.vn")
    user = link_person(user=make_user(), person=person, by=None)
    asked = enter_request(person=person, kind="correct", text="Sửa", received_on=dt.date(2026, 11, 20), by=None)

    act(asked)

    message = user.inbox.get().message
    assert subject in message.subject
    assert (message.url, "Sẽ sửa" in message.text, "Không có giấy" in message.text) == (
        reverse("privacy:request", args=[asked.pk]),
        False,
        False,
    )
    assert OutgoingMail.objects.get().address == "an@xa.vn"


def test_a_request_that_ends_in_anonymity_tells_nobody():
    person = make_person(email="an@xa.vn")
    asked = enter_request(person=person, kind="delete", text="Xóa", received_on=dt.date(2026, 11, 20), by=None)
    answer_request(request=asked, answer="Sẽ xóa", by=None)

    carry_out_request(request=asked, outcome="Đã xóa", effect="anonymise", by=None)

    assert Message.objects.count() == 1
    assert OutgoingMail.objects.get().address == ""


def test_a_proposed_rule_reaches_those_who_decide_except_the_proposer():
    unit = make_unit()
    proposer = make_user_with(Role.ORGANISATION_BOARD, unit)
    decider = make_user_with(Role.APPROVER, unit)
    make_user_with(Role.UNIT_CLERK, unit)
    old = RuleRow.objects.filter(state="approved").first()
    said = {name: getattr(old, name) for name in ("topic", "code", "title", "values", "instrument", "subject", "mode")}
    words = RuleWords(**said, valid_from=old.valid_from + dt.timedelta(days=9000), follows=old)

    propose_rule(words=words, by=proposer)

    assert [entry.user for entry in InboxEntry.objects.all()] == [decider]
    assert old.title in decider.inbox.get().message.subject
