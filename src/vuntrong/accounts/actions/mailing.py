"""Sending what waits: each mail for itself, tried again when it fails, given up in the end where everybody sees it."""

import datetime as dt
import logging
import smtplib
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone, translation

from vuntrong.accounts.enums import UNSENT, MailState
from vuntrong.accounts.letters import FOOT
from vuntrong.accounts.models import OutgoingMail
from vuntrong.accounts.rules import MOST_ATTEMPTS, is_permanent, retry_after
from vuntrong.kernel import log

LOGGER = logging.getLogger(__name__)
BATCH = 100
"""Mails of one run; the clock starts the next one half a minute later."""
OUTAGE = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPAuthenticationError)
"""The server or our account there is at fault, not the mail: what else waits would fail as well."""


@dataclass
class Sent:
    """What one run did."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0
    is_outage: bool = False
    """Whether the run stopped because the server did not answer."""


def send_due(*, now: dt.datetime | None = None) -> Sent:
    """Send what is due, the oldest first, at most BATCH mails. 2 queries for each mail, 2 besides.

    A mail is taken by a guarded UPDATE that also says when it would be tried next, so that two workers never send the
    same one, and one whose worker was killed comes again by itself: if the kill fell between the server's receipt and
    our note of it, that one mail arrives twice.
    """
    done = Sent()
    if not settings.SENDS_MAIL:
        return done
    now = now or timezone.now()
    done.given_up += _give_up_lost(now)
    connection = get_connection()
    try:
        for mail in _due(now).select_related("message")[:BATCH]:
            if _take(mail, now):
                _send(mail, connection, done)
            if done.is_outage:
                break
    finally:
        connection.close()
    return done


def _due(now: dt.datetime) -> QuerySet[OutgoingMail]:
    waiting = OutgoingMail.objects.filter(state__in=UNSENT, next_attempt_at__lte=now)
    return waiting.order_by("next_attempt_at", "pk")


def _give_up_lost(now: dt.datetime) -> int:
    """Give up mails whose worker was killed in their last attempt."""
    return _due(now).filter(attempts__gte=MOST_ATTEMPTS).update(state=MailState.GIVEN_UP)


def _take(mail: OutgoingMail, now: dt.datetime) -> bool:
    """Count the attempt and set the time of the next; false where another worker was faster."""
    wait = retry_after(mail.attempts + 1) or retry_after(mail.attempts) or dt.timedelta()
    rows = OutgoingMail.objects.filter(pk=mail.pk, state__in=UNSENT, attempts=mail.attempts, next_attempt_at__lte=now)
    mail.attempts += 1
    return rows.update(attempts=F("attempts") + 1, next_attempt_at=now + wait) == 1


def _send(mail: OutgoingMail, connection: BaseEmailBackend, done: Sent) -> None:
    try:
        letter(mail, connection).send()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one mail must not hold the others
        _note_failure(mail, error, done)
        connection.close()
    else:
        _close(mail, MailState.SENT, sent_at=timezone.now(), last_error="")
        done.sent += 1


def _note_failure(mail: OutgoingMail, error: Exception, done: Sent) -> None:
    refused = isinstance(error, smtplib.SMTPRecipientsRefused)
    codes = (
        [code for code, _said in error.recipients.values()] if isinstance(error, smtplib.SMTPRecipientsRefused) else []
    )
    is_last = mail.attempts >= MOST_ATTEMPTS or is_permanent(codes)
    _close(mail, MailState.GIVEN_UP if is_last else MailState.FAILED, last_error=said_by(error))
    done.failed += not is_last
    done.given_up += is_last
    done.is_outage = isinstance(error, OUTAGE) and not refused
    LOGGER.warning("mail %s, attempt %s: %s", mail.pk, mail.attempts, type(error).__name__)


def _close(mail: OutgoingMail, state: MailState, **changes: object) -> None:
    """Note how the attempt ended, unless a person has taken the mail in hand meanwhile."""
    OutgoingMail.objects.filter(pk=mail.pk, state__in=UNSENT, attempts=mail.attempts).update(state=state, **changes)


def letter(mail: OutgoingMail, connection: BaseEmailBackend | None = None) -> EmailMessage:
    """Return the e-mail as it leaves: the text, the address of the page, why it came and how to end it.

    Its id is the same in every attempt, so that a mail program shows a repeat only once.
    """
    message = mail.message
    with translation.override(settings.LANGUAGE_CODE):
        foot = str(FOOT) % {"url": f"{settings.BASE_URL}{settings.MAIL_CHOICES_PATH}"}
    body = f"{message.text}\n\n{settings.BASE_URL}{message.url}\n\n-- \n{foot}\n"
    headers = {
        "Auto-Submitted": "auto-generated",
        "Message-ID": f"<{mail.queued_at:%Y%m%d%H%M%S}.{mail.pk}@{urlsplit(settings.BASE_URL).hostname}>",
    }
    sender = settings.DEFAULT_FROM_EMAIL
    return EmailMessage(message.subject, body, sender, [mail.address], connection=connection, headers=headers)


def said_by(error: Exception) -> str:
    """Return what a server or the network said, in one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_line(said)}" for code, said in error.recipients.values())[:300]
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_line(error.smtp_error)}"[:300]
    return f"{type(error).__name__}: {_line(str(error))}"[:300]


def _line(said: bytes | str) -> str:
    return " ".join((said.decode(errors="replace") if isinstance(said, bytes) else said).split())


@transaction.atomic
def retry_mails(*, mails: QuerySet[OutgoingMail], by: log.Actor | None) -> int:
    """Let mails that failed or were given up be tried at once, with all attempts anew. Returns how many there were."""
    rows = mails.filter(state__in=[MailState.FAILED, MailState.GIVEN_UP]).exclude(address="")
    keys = list(rows.values_list("pk", flat=True))
    fresh = {"state": MailState.QUEUED, "attempts": 0, "next_attempt_at": timezone.now(), "last_error": ""}
    count = OutgoingMail.objects.filter(pk__in=keys, state__in=[MailState.FAILED, MailState.GIVEN_UP]).update(**fresh)
    if count:
        log.record("retry_mails", None, by=by, subject_type=OutgoingMail._meta.label_lower, after={"mails": count})
    return count
