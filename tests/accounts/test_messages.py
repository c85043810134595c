"""Whom a message reaches: inboxes, addresses, once each, in a fixed number of queries."""

import pytest

from tests.factories import make_person, make_unit, make_user, make_user_with
from vuntrong.accounts import letters
from vuntrong.accounts.actions import choose_mails, mark_read, tell
from vuntrong.accounts.enums import MailState, MessageKind, Role
from vuntrong.accounts.models import InboxEntry, Message, OutgoingMail
from vuntrong.accounts.queries import unread_count
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions.sealing import anonymise_person, restrict_person

pytestmark = pytest.mark.django_db

WORDS = {"survey": "Khảo sát 2027", "closes": "17 giờ ngày 20/12/2026"}


@pytest.fixture(autouse=True)
def _with_mail(settings):
    settings.SENDS_MAIL = True


def say(**whom):
    return tell(letter=letters.SURVEY_REMINDER, words=WORDS, url="/surveys/", by=None, **whom)


def addresses() -> list[str]:
    return sorted(OutgoingMail.objects.values_list("address", flat=True))


def test_clerks_people_and_users_are_told_at_once():
    commune = make_unit()
    clerk = make_user_with(Role.UNIT_CLERK, commune, email="vanthu@xa.vn")
    person = make_person(email="an@xa.vn", unit=commune)
    boss = make_user(email="boss@tinh.vn")

    told = say(units=[commune], people=[person], users=[boss])

    assert (told.inboxes, told.mails, told.silent_units) == (2, 3, [])
    assert set(InboxEntry.objects.values_list("user", flat=True)) == {clerk.pk, boss.pk}
    assert addresses() == ["an@xa.vn", "boss@tinh.vn", "vanthu@xa.vn"]
    assert told.message.subject == "Nhắc trả lời: Khảo sát 2027"
    assert "17 giờ ngày 20/12/2026" in told.message.text
    [entry] = ActionLogEntry.objects.filter(action="tell")
    assert entry.after == {"kind": "survey", "inboxes": 2, "mails": 3, "silent_units": 0}


def test_a_unit_without_a_clerk_is_told_through_the_nearest_unit_above():
    district = make_unit(kind="district_committee")
    commune, lonely = make_unit(parent=district), make_unit()
    clerk = make_user_with(Role.UNIT_CLERK, district)
    make_user_with(Role.APPROVER, commune)

    told = say(units=[commune, lonely])

    assert [entry.user for entry in told.message.entries.all()] == [clerk]
    assert told.silent_units == [lonely.pk]


def test_an_address_gets_one_mail_whatever_its_capitals():
    unit = make_unit()
    clerk = make_user_with(Role.UNIT_CLERK, unit, email="An@xa.vn")
    same = make_person(email="an@XA.vn", unit=unit)

    say(units=[unit], people=[same], users=[clerk])

    assert addresses() == ["An@xa.vn"]


def test_a_caller_that_comes_twice_tells_once():
    users = [make_user(email="a@xa.vn"), make_user(email="b@xa.vn")]

    say(users=users[:1], once="survey 7")
    say(users=users, once="survey 7")

    assert (Message.objects.count(), InboxEntry.objects.count(), addresses()) == (1, 2, ["a@xa.vn", "b@xa.vn"])


def test_who_has_an_account_is_told_there_and_by_its_address():
    person = make_person(email="rieng@xa.vn")
    owner = make_user(person=person, email="congvu@xa.vn")
    other = make_person(email="khac@xa.vn")
    make_user(person=other)

    say(people=[person, other])

    assert owner.inbox.count() == 1
    assert addresses() == ["congvu@xa.vn", "khac@xa.vn"]


def test_who_does_not_want_mail_of_a_kind_has_it_in_the_inbox_only():
    person = make_person(email="an@xa.vn")
    user = make_user(person=person)
    kinds = [kind for kind in MessageKind if kind != MessageKind.SURVEY]
    choose_mails(user=user, email="congvu@xa.vn", kinds=kinds, by=user)

    say(people=[person])

    assert (user.inbox.count(), addresses()) == (1, [])


def test_without_a_mail_server_everything_stays_in_the_inbox(settings):
    settings.SENDS_MAIL = False

    told = say(users=[make_user(email="a@xa.vn")], people=[make_person(email="b@xa.vn")])

    assert (told.inboxes, told.mails, addresses()) == (1, 0, [])


def test_an_odd_address_is_given_up_where_the_office_sees_it():
    say(people=[make_person(email="khong co"), make_person(email="a@xa.vn\nBcc: b@xa.vn"), make_person(email="")])

    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.GIVEN_UP}
    assert OutgoingMail.objects.count() == 2


def test_closed_accounts_and_restricted_records_are_told_nothing():
    person = make_person(email="an@xa.vn")
    restrict_person(person=person, reason="theo đề nghị", by=None)
    person.refresh_from_db()

    told = say(users=[make_user(email="b@xa.vn", is_active=False)], people=[person])

    assert (told.inboxes, told.mails) == (0, 0)


@pytest.mark.parametrize("size", [1, 3])
def test_telling_many_costs_the_same(size, django_assert_num_queries):
    units = [make_unit() for _ in range(size)]
    for unit in units:
        make_user_with(Role.UNIT_CLERK, unit, email=f"vt{unit.pk}@xa.vn")
    people = [make_person(email=f"p{number}@xa.vn", unit=units[0]) for number in range(size)]

    with django_assert_num_queries(TELL_QUERIES):
        say(units=units, people=people)

    assert len(addresses()) == 2 * size


TELL_QUERIES = 11
"""Savepoint, grants, units, accounts, message, entries, mails, three of the log, release."""


def test_reading_counts_down_and_up(django_capture_on_commit_callbacks):
    user, other = make_user(), make_user()
    with django_capture_on_commit_callbacks(execute=True):
        say(users=[user, other])
        say(users=[user])
    assert unread_count(user) == 2
    first = user.inbox.first()

    with django_capture_on_commit_callbacks(execute=True):
        done = mark_read(entries=[first.pk], user=user)
        foreign = mark_read(entries=[other.inbox.get().pk], user=user)

    assert (done, foreign, unread_count(user)) == (1, 0, 1)
    with django_capture_on_commit_callbacks(execute=True):
        mark_read(entries=[first.pk], user=user, is_read=False)
    assert unread_count(user) == 2
    with django_capture_on_commit_callbacks(execute=True):
        mark_read(entries=None, user=user)
    assert unread_count(user) == 0


def test_the_count_costs_one_query_and_then_none(django_assert_num_queries):
    user = make_user()

    with django_assert_num_queries(1):
        assert (unread_count(user), unread_count(user)) == (0, 0)


def test_an_anonymous_record_leaves_no_address():
    people = [make_person("Lê An", email="an@xa.vn"), make_person("Lê Bình", email="binh@xa.vn")]
    say(people=people)

    for person in people:
        anonymise_person(person=person, reason="theo đề nghị", by=None)

    assert addresses() == ["", ""]


def test_letters_are_filled_with_names_of_things_only():
    written = [value for value in vars(letters).values() if isinstance(value, letters.Letter)]
    words = dict.fromkeys(letters.WORDS, "x")

    filled = [str(letter.subject) % words + str(letter.text) % words for letter in written]

    assert len(filled) == len(written) >= 7
    assert not letters.WORDS & {"person", "name", "full_name", "learner"}
