"""Telling people: one text into the inboxes of users and, where an address is known, on its way by e-mail."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.utils import timezone, translation

from vuntrong.accounts.enums import MailState, MessageKind
from vuntrong.accounts.letters import Letter
from vuntrong.accounts.models import InboxEntry, Message, OutgoingMail, User
from vuntrong.accounts.queries import clerks_of, unread_key
from vuntrong.kernel import log
from vuntrong.kernel.text import search_key
from vuntrong.registry.models import Person, Unit

NO_ADDRESS = "not an e-mail address"
"""Why an e-mail is given up before the first attempt; `web` has the words."""


@dataclass(frozen=True)
class Told:
    """Whom a message reached."""

    message: Message
    units: int
    inboxes: int
    mails: int
    silent_units: Collection[int]
    """Ids of the units for which nobody signs in, neither there nor in a unit above."""


@transaction.atomic
def tell(
    *,
    letter: Letter,
    words: Mapping[str, Any],
    url: str,
    about: models.Model | None = None,
    units: Iterable[Unit] = (),
    people: Iterable[Person] = (),
    users: Iterable[User] = (),
    once: str | None = None,
    by: log.Actor | None,
) -> Told:
    """Tell the clerks of `units`, `people` and `users`; each user has it once in the inbox, each address gets one mail.

    A unit without a clerk of its own is told through the nearest unit above that has one. People with an account are
    told there, by the address of the account where it has one; a restricted record is told nothing. Who chose so gets
    no e-mail of this kind, and nobody does where the house sends none. `url` is the path of the page. With `once`, a
    caller that comes again only reaches those who were not told before. A fixed number of queries.
    """
    asked = [unit.pk for unit in units]
    persons = [person for person in people if person.restricted_on is None]
    clerks = clerks_of(asked) if asked else {}
    told: dict[int, User] = {user.pk: user for user in users if user.is_active}
    told |= {user.pk: user for found in clerks.values() for user in found}
    told |= {user.pk: user for user in User.objects.filter(is_active=True, person__in=persons)}
    message = _message(letter, words, url, about, once, by)
    entries = [InboxEntry(message=message, user=user) for user in told.values()]
    mails = _mails(message, told.values(), _home(clerks), {person.pk: person for person in persons})
    InboxEntry.objects.bulk_create(entries, batch_size=500, ignore_conflicts=True)
    OutgoingMail.objects.bulk_create(mails, batch_size=500, ignore_conflicts=True)
    silent = [key for key in asked if not clerks.get(key)]
    counts = {"inboxes": len(entries), "mails": len(mails), "silent_units": len(silent)}
    log.record("tell", message, by=by, after={"kind": letter.kind, **counts})
    forget_counts(told)
    return Told(message, len(asked), len(entries), len(mails), silent)


def forget_counts(users: Iterable[int]) -> None:
    """Let the bell of these users count again when the transaction has committed."""
    keys = [unread_key(user_id) for user_id in users]
    transaction.on_commit(lambda: cache.delete_many(keys))


def _message(
    letter: Letter,
    words: Mapping[str, Any],
    url: str,
    about: models.Model | None,
    once: str | None,
    by: log.Actor | None,
) -> Message:
    """Write the letter in the language of the house: one text goes to all."""
    with translation.override(settings.LANGUAGE_CODE):
        subject, text = str(letter.subject) % words, str(letter.text) % words
    said = {
        "kind": letter.kind,
        "subject": " ".join(subject.split())[:200],
        "text": text,
        "url": url,
        "about_type": about._meta.label_lower if about else "",
        "about_id": about.pk if about else None,
        "made_by_id": by.pk if by else None,
        "search_key": search_key(subject)[:300],
    }
    if once is None:
        return Message.objects.create(**said)
    return Message.objects.get_or_create(once=once, defaults=said)[0]


def _home(clerks: Mapping[int, Collection[User]]) -> dict[int, int]:
    """Return for each clerk the first unit that she is told for."""
    return {user.pk: unit_id for unit_id, found in reversed(list(clerks.items())) for user in found}


def _mails(
    message: Message, users: Iterable[User], home: Mapping[int, int], records: dict[int, Person]
) -> list[OutgoingMail]:
    """Return one mail for each address, whatever its capitals; an address that cannot be one is given up at once."""
    if not settings.SENDS_MAIL:
        return []
    found: dict[str, OutgoingMail] = {}
    for user in users:
        record = records.pop(user.person_id or 0, None)
        if message.kind not in user.kinds_without_mail:
            address = user.email or (record.email if record else "")
            _add(found, message, address, user=user, person_id=user.person_id, unit_id=home.get(user.pk))
    for person in records.values():
        _add(found, message, person.email, person=person, unit_id=person.unit_id)
    return list(found.values())


def _add(found: dict[str, OutgoingMail], message: Message, address: str, **whose: Any) -> None:
    address = address.strip()[:254]
    if not address:
        return
    mail = OutgoingMail(message=message, address=address, **whose)
    try:
        validate_email(address)
    except ValidationError:
        mail.state, mail.last_error = MailState.GIVEN_UP, NO_ADDRESS
    found.setdefault(address.casefold(), mail)


@transaction.atomic
def mark_read(*, entries: Collection[int] | None, user: User, is_read: bool = True) -> int:
    """Mark entries of the user's inbox as read, or as not read; all of them where `entries` is null. Returns how many.

    Reading one's own inbox is no action that the log keeps.
    """
    rows = InboxEntry.objects.filter(user=user, read_at__isnull=is_read)
    if entries is not None:
        rows = rows.filter(pk__in=entries)
    count = rows.update(read_at=timezone.now() if is_read else None)
    if count:
        forget_counts([user.pk])
    return count


@transaction.atomic
def choose_mails(*, user: User, email: str, kinds: Collection[str], by: log.Actor | None) -> User:
    """Say to which address and of which kinds the user wants e-mail."""
    before = {"email": user.email, "kinds_without_mail": user.kinds_without_mail}
    user.email = email.strip()
    user.kinds_without_mail = sorted(set(MessageKind.values) - set(kinds))
    user.save(update_fields=["email", "kinds_without_mail"])
    after = {"email": user.email, "kinds_without_mail": user.kinds_without_mail}
    log.record("choose_mails", user, by=by, before=before, after=after)
    return user
