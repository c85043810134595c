"""E-mail that leaves: through a real SMTP server on this machine, tried again, given up, never sent twice by two."""

import datetime as dt
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from django.db import connection
from django.utils import timezone

from tests.factories import make_user
from vuntrong.accounts import letters
from vuntrong.accounts.actions import retry_mails, send_due, tell
from vuntrong.accounts.enums import MailState
from vuntrong.accounts.models import OutgoingMail
from vuntrong.accounts.rules import MOST_ATTEMPTS, RETRY_AFTER, is_permanent, retry_after
from vuntrong.kernel.models import ActionLogEntry

MINUTE = dt.timedelta(minutes=1)
SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Postbox:
    """What the server received, and which addresses it refuses with which answer."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, bytes]] = []
        self.refused: dict[str, str] = {}
        self.waits = threading.Event()
        self.waits.set()

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - as above
        self.letters += [(address, envelope.content) for address in envelope.rcpt_tos]
        return "250 OK"

    @property
    def receivers(self) -> list[str]:
        return sorted(address for address, _content in self.letters)


class AnyPort(Controller):
    """Listens on a free port and learns which one before it looks whether it answers."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def check_password(_server, _session, _envelope, _mechanism, login) -> AuthResult:
    return AuthResult(success=login.password == b"dung")


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    box = Postbox()
    controller = AnyPort(
        box, "127.0.0.1", 0, authenticator=check_password, auth_require_tls=False, server_hostname="test"
    )
    controller.start()
    settings.SENDS_MAIL, settings.EMAIL_BACKEND = True, SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", controller.port, 5
    settings.DEFAULT_FROM_EMAIL, settings.BASE_URL = "Đào tạo <daotao@tinh.vn>", "https://daotao.tinh.vn"
    yield box
    controller.stop()


def queue(*addresses: str) -> None:
    words = {"survey": "Khảo sát nhu cầu năm 2027", "closes": "20/12/2026"}
    users = [make_user(email=address) for address in addresses]
    tell(letter=letters.SURVEY_REMINDER, words=words, url="/surveys/to-answer/", users=users, by=None)


def mail_to(address: str) -> OutgoingMail:
    return OutgoingMail.objects.get(address=address)


@pytest.mark.parametrize(
    ("attempts", "wait"),
    [
        (1, dt.timedelta(minutes=5)),
        (2, dt.timedelta(minutes=15)),
        (MOST_ATTEMPTS - 1, dt.timedelta(days=1)),
        (MOST_ATTEMPTS, None),
    ],
)
def test_the_waiting_time_grows_to_a_day(attempts, wait):
    assert retry_after(attempts) == wait
    assert list(RETRY_AFTER) == sorted(RETRY_AFTER)
    assert MOST_ATTEMPTS == 8


@pytest.mark.parametrize(
    ("codes", "expected"),
    [([499], False), ([500], True), ([599], True), ([600], False), ([550, 450], False), ([], False)],
)
def test_a_refusal_for_good_is_all_fives(codes, expected):
    assert is_permanent(codes) is expected


@pytest.mark.django_db
def test_a_mail_arrives_in_vietnamese_with_the_address_of_the_page(postbox):
    queue("vanthu@xa.vn")

    done = send_due()

    [(address, content)] = postbox.letters
    received = message_from_bytes(content)
    text = received.get_payload(decode=True).decode().replace("\r\n", "\n")
    assert (done.sent, done.failed, address) == (1, 0, "vanthu@xa.vn")
    assert str(make_header(decode_header(received["Subject"]))) == "Nhắc trả lời: Khảo sát nhu cầu năm 2027"
    assert "daotao@tinh.vn" in received["From"]
    assert received.get_content_type() == "text/plain"
    assert "\nhttps://daotao.tinh.vn/surveys/to-answer/\n" in text
    assert "https://daotao.tinh.vn/inbox/choices/" in text
    mail = mail_to("vanthu@xa.vn")
    assert (mail.state, mail.attempts, mail.sent_at is not None) == (MailState.SENT, 1, True)


@pytest.mark.django_db
def test_one_bad_address_does_not_hold_the_others(postbox):
    postbox.refused = {"khong@xa.vn": "550 no such user", "day@xa.vn": "452 box is full"}
    queue("khong@xa.vn", "day@xa.vn", "tot@xa.vn")

    done = send_due()

    assert (done.sent, done.failed, done.given_up, postbox.receivers) == (1, 1, 1, ["tot@xa.vn"])
    assert (mail_to("khong@xa.vn").state, mail_to("khong@xa.vn").last_error) == (MailState.GIVEN_UP, "550 no such user")
    full = mail_to("day@xa.vn")
    assert (full.state, full.last_error, full.attempts) == (MailState.FAILED, "452 box is full", 1)


@pytest.mark.django_db
def test_a_failed_mail_is_tried_at_its_time_eight_times_and_given_up(postbox):
    postbox.refused = {"day@xa.vn": "452 box is full"}
    queue("day@xa.vn")
    now = timezone.now()
    assert send_due(now=now).failed == 1
    assert send_due(now=now + RETRY_AFTER[0] - dt.timedelta(seconds=1)).failed == 0

    for wait in RETRY_AFTER:
        now += wait
        last = send_due(now=now)

    mail = mail_to("day@xa.vn")
    assert (last.given_up, mail.state, mail.attempts) == (1, MailState.GIVEN_UP, 8)
    postbox.refused = {}
    assert send_due(now=now + dt.timedelta(days=30)).sent == 0


@pytest.mark.django_db
def test_a_mail_given_up_is_sent_when_a_person_says_so(postbox):
    postbox.refused = {"moi@xa.vn": "550 no such user"}
    queue("moi@xa.vn", "tot@xa.vn")
    send_due()
    postbox.refused = {}

    count = retry_mails(mails=OutgoingMail.objects.all(), by=None)

    assert (count, send_due().sent, postbox.receivers) == (1, 1, ["moi@xa.vn", "tot@xa.vn"])
    assert ActionLogEntry.objects.get(action="retry_mails").after == {"mails": 1}
    assert retry_mails(mails=OutgoingMail.objects.all(), by=None) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"EMAIL_PORT": 1}, {"EMAIL_HOST_USER": "vt", "EMAIL_HOST_PASSWORD": "sai"}])
def test_without_a_server_one_mail_is_tried_and_the_others_wait(postbox, settings, change):
    queue("a@xa.vn", "b@xa.vn")
    for name, value in change.items():
        setattr(settings, name, value)

    done = send_due()

    assert (done.is_outage, done.failed, postbox.letters) == (True, 1, [])
    assert mail_to("a@xa.vn").last_error
    assert (mail_to("b@xa.vn").state, mail_to("b@xa.vn").attempts) == (MailState.QUEUED, 0)


@pytest.mark.django_db
def test_the_server_of_the_settings_is_signed_in_to(postbox, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "vt", "dung"
    queue("a@xa.vn")

    assert send_due().sent == 1


@pytest.mark.django_db
def test_a_mail_whose_worker_was_killed_comes_again_by_itself(postbox, monkeypatch):
    queue("a@xa.vn")
    now = timezone.now()
    with monkeypatch.context() as killed:
        killed.setattr("vuntrong.accounts.actions.mailing._close", _dies)
        with pytest.raises(KeyboardInterrupt):
            send_due(now=now)
    assert send_due(now=now + 4 * MINUTE).sent == 0

    again = send_due(now=now + 5 * MINUTE)

    ids = {message_from_bytes(content)["Message-ID"] for _address, content in postbox.letters}
    assert (again.sent, len(postbox.letters), len(ids)) == (1, 2, 1)
    assert mail_to("a@xa.vn").state == MailState.SENT


def _dies(*_given, **_changes) -> None:
    raise KeyboardInterrupt


@pytest.mark.django_db
def test_a_mail_killed_in_its_last_attempt_is_given_up(postbox):
    queue("a@xa.vn")
    OutgoingMail.objects.update(attempts=MOST_ATTEMPTS, state=MailState.FAILED)

    assert (send_due().given_up, mail_to("a@xa.vn").state, postbox.letters) == (1, MailState.GIVEN_UP, [])


@pytest.mark.django_db
def test_nothing_leaves_where_no_server_is_named(postbox, settings):
    queue("a@xa.vn")
    settings.SENDS_MAIL = False

    assert (send_due().sent, mail_to("a@xa.vn").state) == (0, MailState.QUEUED)


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_each_mail_once(postbox):
    queue(*[f"xa{number}@tinh.vn" for number in range(12)])
    gate, sent = threading.Barrier(4), []

    def work() -> None:
        try:
            gate.wait()
            sent.append(send_due().sent)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sum(sent), len(postbox.receivers), len(set(postbox.receivers))) == (12, 12, 12)
    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {1}
